"""The starter library is whole, and speaks as the house does."""

import re
from collections import defaultdict

import pytest

from knowledge.library import open_library
from knowledge.model import Kind
from tests.content.figures import CONTENT

PATHWAYS = """
perinatal-mental-health perinatal-emergency parent-infant-relationship fathers-and-partners
horizon-group universal-partnership-plus early-help-assessment safeguarding-levels-of-need
domestic-abuse infant-feeding speech-and-language unsettled-or-ill-baby antenatal-contact
high-need-below-threshold
""".split()
THRESHOLDS = """
two-questions-and-gad-2 phq-9-and-gad-7-bands epds who-holds-what
specialist-health-visitor-or-champion mental-health-emergency ill-baby-red-amber-green
bruise-in-a-baby-not-mobile level-names-crosswalk kent-caseload-reviews step-up-and-step-down
kent-support-levels coventry-caseload-2017 statutory-steps-and-time-limits
what-health-visitors-do-not-do age-and-service-gaps growth-and-feeding development
domestic-abuse-risk intensive-programmes national-contact-schedule
""".split()
CASES = """
eight-contacts parent-set-goals text-a-health-visitor brent-home-visits
poole-specialist-health-visitor wessex-ill-children roma-feeding-film horizon-group-somerset
harrow-feeding-champions bedfordshire-planned-offer kent-family-partnership kent-caseload-split
coventry-hub-meetings tower-hamlets-engagement weekly-liaison-champions
""".split()
SESSIONS = ["low-mood-worked-case", "levels-of-need"]
PAGES = [
    "welcome",
    "how-to-use",
    "writing-guide",
    "intended-purpose",
    "sources",
    "make-it-your-own",
]

NOT_SAID = re.compile(r"\bservice users?\b|\bsignpost(?:s|ed|ing)?\b|\bplease\b", re.IGNORECASE)
LONG = 20

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_MARKS = re.compile(r"```.*?```|\[\^[^\]]*\]|(?<=\])\([^)]*\)|\{[#.][^}]*\}|[*_`\[\]]", re.DOTALL)
_LINE = re.compile(r"^(?:> ?)*\s*(?:[-*]|\d+[.)])?\s*(?:\[!\w+\])?\s*")


@pytest.fixture(scope="module")
def library():
    return open_library(CONTENT)


def sentences(text):
    """The sentences of a page's body; a list item or a cell of a table ends one as a full stop does."""
    for line in _MARKS.sub("", _FRONT.sub("", text)).splitlines():
        if line.lstrip().startswith("#") or set(line) <= set("|:- "):
            continue
        for cell in _LINE.sub("", line).split("|"):
            for sentence in re.split(r"(?<=[.?!])\s+|→", cell):
                words = re.findall(r"[\w'’.-]*\w", sentence)
                if len(words) > 1:
                    yield words


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        (Kind.PATHWAY, PATHWAYS),
        (Kind.THRESHOLD, THRESHOLDS),
        (Kind.CASESTUDY, CASES),
        (Kind.SESSION, SESSIONS),
        (Kind.PAGE, PAGES),
    ],
    ids=lambda value: value.value if isinstance(value, Kind) else "",
)
def test_all_the_agreed_pages_are_there(library, kind, ids):
    there = {page.id for page in library.of_kind(kind)}
    assert sorted(set(ids) - there) == []


def test_there_are_14_pathways_21_thresholds_and_15_case_studies():
    assert (len(PATHWAYS), len(THRESHOLDS), len(CASES)) == (14, 21, 15)


def test_pathways_and_thresholds_list_eight_phrases_a_person_would_type(library):
    pages = [*library.of_kind(Kind.PATHWAY), *library.of_kind(Kind.THRESHOLD)]
    assert {p.id: len(p.concerns) for p in pages if len(set(p.concerns)) < 8} == {}


def test_nobody_is_called_a_service_user_signposted_or_told_please(library):
    said = [
        f"{path.relative_to(CONTENT)}:{number}: {match.group()}"
        for path in sorted(CONTENT.rglob("*.*"))
        if path.suffix in (".md", ".yaml")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for match in NOT_SAID.finditer(line)
    ]
    assert said == []


def test_most_sentences_are_under_20_words(library, capsys):
    lengths = defaultdict(list)
    for page in library.pages.values():
        lengths[page.kind.value] += [len(words) for words in sentences(page.text)]
    short = {kind: sum(n < LONG for n in ns) / len(ns) for kind, ns in lengths.items()}
    with capsys.disabled():
        shares = ", ".join(f"{kind} {share:.0%}" for kind, share in sorted(short.items()))
        print(f"\nSentences under {LONG} words: {shares}")
    assert min(short.values()) >= 0.8


def test_every_page_is_a_sample_with_a_role_and_a_review_date(library):
    for page in library.pages.values():
        assert page.status.value == "sample", page.path
        assert page.owner, page.path
        assert page.review_by is not None, page.path
        assert not page.approved_by, page.path


def test_a_source_is_described_alike_on_every_page(library):
    said = defaultdict(set)
    for page in library.pages.values():
        for source in page.sources:
            said[source.key].add((source.title, source.strength.value))
    assert {key: ways for key, ways in said.items() if len(ways) > 1} == {}


def test_thresholds_and_case_studies_are_named_by_what_they_name(library):
    """Between pathways one way will do, and every page may name the emergency without an answer."""
    answering = {Kind.PATHWAY, Kind.THRESHOLD, Kind.CASESTUDY}
    pages = {page.id: page for page in library.pages.values() if page.kind in answering}
    one_way = [
        f"{page.id} names {other}"
        for page in pages.values()
        for other in page.related
        if other in pages and page.id not in pages[other].related
        if other != "perinatal-emergency"
        if {page.kind, pages[other].kind} != {Kind.PATHWAY}
    ]
    assert sorted(one_way) == []
