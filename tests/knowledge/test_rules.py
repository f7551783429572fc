"""Every rule: what breaks it, and the very sentence its author reads; what does not, and silence."""

from datetime import date

import pytest

from knowledge.catalogue import every_rule
from knowledge.rules.links import MOST_HINTS
from knowledge.rules.registry import RULES
from tests.support.pages import DETAILS, checked, sentences

D = DETAILS.format(id="x", title="A page")


def details(*more, without=()):
    """Details with nothing amiss, some lines added, others left out."""
    lines = [line for line in D.splitlines() if line.split(":")[0] not in without]
    return "\n".join([*lines[:-1], *more, "---", ""])


GUIDE = details(
    "concerns: [low]",
    "for: Low mood.",
    "not_for: Emergencies.",
    "sources:",
    "  - {key: P7, title: A study, strength: seen}",
)
RED = "> [!URGENT]\n> Ring 999.\n\nA fact. [^P7]\n\n"
SOUND = (
    GUIDE + RED + "## One {#one}\n\n- Yes → [Two](#two)\n- Unsure → [Two](#two)\n\n## Two {#two}\n"
)
CASE = (
    details("place: Leeds", "year: 2019", "sources:", "  - {key: P7, strength: seen}")
    + "A fact [^P7].\n\n"
)
CASE_BODY = "".join(
    f"## {h}\n\nNot reported\n\n"
    for h in (
        "Situation",
        "What was done",
        "Who took part",
        "Results",
        "Costs",
        "Learning",
        "Challenges",
        "Try this",
    )
)


def steps(body, before=RED):
    """A pathway with these steps; the first of them stands on line 19."""
    return GUIDE + before + body


def chain(count):
    """A pathway of so many steps, one after the other, that says what to do when unsure."""
    body = "".join(
        f"## Unsure {n} {{#s{n}}}\n\n- → [next](#s{n + 1})\n\n" for n in range(count - 1)
    )
    return steps(body + f"## The end {{#s{count - 1}}}\n")


P = "pathways/x.md"
PAGE = "pages/x.md"
BROKEN = {
    # -- details
    "title-missing": (
        PAGE,
        details(without=("title",)) + "words\n",
        [
            "1: warning title-missing: This page has no title, so it is shown as 'x' (Add a line 'title: ...' at the top)"
        ],
    ),
    "title-long": (
        PAGE,
        DETAILS.format(id="x", title="w" * 91),
        [
            "3: warning title-long: The title has 91 characters; 90 is the most that lists can show (Shorten it, and put the rest into the summary)"
        ],
    ),
    "id-form": (
        PAGE,
        DETAILS.format(id="Low mood", title="A"),
        [
            "2: warning id-form: The short name 'Low mood' may not work in links (Use lower-case letters, figures and dashes, such as low-mood)"
        ],
    ),
    "status-missing": (
        PAGE,
        details(without=("status",)),
        [
            "1: warning status-missing: This page does not say whether it is approved, so it is shown as a sample (Add a line 'status: draft' at the top)"
        ],
    ),
    "owner-missing": (
        PAGE,
        details(without=("owner",)),
        [
            "1: warning owner-missing: This page does not say who looks after it (Add a line 'owner:' with a role or a team, not a person's name)"
        ],
    ),
    "summary-missing": (
        PAGE,
        details("summary:", without=("summary",)),
        [
            "7: notice summary-missing: This page has no summary (Say in one or two sentences what it is for)"
        ],
    ),
    "review-missing": (
        PAGE,
        details(without=("review_by",)),
        [
            "1: warning review-missing: This page has no review date (Add a line such as 'review_by: 2027-05-21')"
        ],
    ),
    "overdue": (
        PAGE,
        details("review_by: 2026-11-20", without=("review_by",)),
        [
            "7: warning overdue: This page is overdue for review since 20 November 2026 (Review it and set a new date)"
        ],
    ),
    "approved-no-approver": (
        PAGE,
        details("status: approved", "approved_on: 2026-11-01", without=("status",)),
        [
            "7: error approved-no-approver: This page is approved but does not say by whom (Add a line 'approved_by:' with the role that approved it)"
        ],
    ),
    "approved-no-date": (
        PAGE,
        details("status: approved", "approved_by: Lead", without=("status",)),
        [
            "7: error approved-no-date: This page is approved but does not say when (Add a line such as 'approved_on: 2026-11-21')"
        ],
    ),
    "approved-ahead": (
        PAGE,
        details("approved_on: 2026-11-23"),
        [
            "8: warning approved-ahead: The approval date 23 November 2026 is in the future (Correct the date)"
        ],
    ),
    "review-before-approval": (
        PAGE,
        details("approved_on: 2026-11-01", "review_by: 2026-11-01", without=("review_by",)),
        [
            "8: warning review-before-approval: The review date is not after the approval on 1 November 2026 (Correct one of the two)"
        ],
    ),
    "kind-folder": (
        "pathways/x.md",
        details("kind: page"),
        [
            "8: warning kind-folder: This page says it is a page but stands in the folder for pathways (Move the file, or correct its kind)"
        ],
    ),
    "purpose-missing": (
        "thresholds/x.md",
        details("concerns: [a]"),
        [
            "1: warning purpose-missing: This page does not say when it is the right one (Add a line 'for: ...' at the top)",
            "1: warning purpose-missing: This page does not say when it is the wrong one, and where to go then (Add a line 'not_for: ...' at the top)",
        ],
    ),
    "concerns-missing": (
        "thresholds/x.md",
        details("for: a", "not_for: b"),
        [
            "1: warning concerns-missing: This page lists no words that a person would type on meeting the problem (Add 'concerns:' with a list of them)"
        ],
    ),
    # -- links
    "link-dead": (
        PAGE,
        "[one](../pathways/two.md) and [](two.md#a)\n",
        [
            "1: error link-dead: The link 'one' leads to ../pathways/two.md, which is not in this library (Choose a page that is there)",
            "1: error link-dead: A link leads to two.md, which is not in this library (Choose a page that is there)",
        ],
    ),
    "anchor-dead": (
        P,
        steps(
            "## One {#one}\n\n- Yes → [Two](#two-questons)\n- Unsure → [Two](#two-questions)\n\n## Two {#two-questions}\n"
        ),
        [
            "21: error anchor-dead: The way on 'Yes' leads to #two-questons, which is not a step of this page (Did you mean #two-questions?)"
        ],
    ),
    "link-outside": (
        PAGE,
        "[a](../../x.md) [b](file:///etc/passwd) [c]()\n",
        [
            "1: error link-outside: The link 'a' leads to '../../x.md', which is outside the library (Copy the file into the library, or use a web address that begins with https://)",
            "1: error link-outside: The link 'b' leads to 'file:///etc/passwd', which is outside the library (Copy the file into the library, or use a web address that begins with https://)",
            "1: error link-outside: The link 'c' leads nowhere (Choose where it leads)",
        ],
    ),
    "picture-online": (
        PAGE,
        "![a](https://example.org/a.png)\n",
        [
            "1: error picture-online: This picture is on the web, and nothing is fetched from there (Copy the picture into the media folder)"
        ],
    ),
    "picture-missing": (
        PAGE,
        "![a](../media/a.png)\n",
        [
            "1: error picture-missing: The picture ../media/a.png is not in this library (Put the file into the media folder)"
        ],
    ),
    "picture-undescribed": (
        PAGE,
        "![](https://example.org/a.png)\n",
        [
            "1: warning picture-undescribed: This picture has no description (Say in a few words, between the square brackets, what it shows)"
        ],
    ),
    "related-unknown": (
        PAGE,
        details("related: [y]"),
        [
            "8: error related-unknown: The related page 'y' is not in this library (Use the short name (id) of a page)"
        ],
    ),
    "replacement-unknown": (
        PAGE,
        details("status: withdrawn", without=("status",)),
        [
            "7: error replacement-unknown: This page is withdrawn and does not say what replaces it (Add replaced_by with the short name (id) of that page)"
        ],
    ),
    # -- steps
    "no-steps": (
        P,
        GUIDE + RED,
        [
            "1: error no-steps: This pathway has no steps (Begin each step with a heading of two # signs)"
        ],
    ),
    "step-unreachable": (
        P,
        SOUND + "\n## Three {#three}\n",
        [
            "26: error step-unreachable: No way leads to 'Three' (Add a way on to it from an earlier step, or take it away)"
        ],
    ),
    "step-dead-end": (
        P,
        SOUND.replace("## Two {#two}", "## Two {#two .action}"),
        [
            "24: error step-dead-end: 'Two' has no way on and is not an end (Add a way on, such as '- → [Next step](#next-step)', or mark it .end)"
        ],
    ),
    "question-one-way": (
        P,
        steps("## One {#one .question}\n\n- Unsure → [Two](#two)\n\n## Two {#two}\n"),
        [
            "21: error question-one-way: The question 'One' has only one way on (Add the other answer, or mark the step .action)"
        ],
    ),
    "way-unlabelled": (
        P,
        steps("## One {#one}\n\n- Unsure → [Two](#two)\n- → [Two](#two)\n\n## Two {#two}\n"),
        [
            "22: error way-unlabelled: A way on of 'One' does not say when to take it (Write the condition before the arrow)"
        ],
    ),
    "way-twice": (
        P,
        steps("## One {#one}\n\n- Unsure → [Two](#two)\n- unsure → [Two](#two)\n\n## Two {#two}\n"),
        [
            "22: warning way-twice: Two ways on of 'One' are both called 'unsure' (Say how they differ)"
        ],
    ),
    "loop-no-exit": (
        P,
        steps(
            "## One {#one}\n\n- Unsure → [Two](#two)\n- No → [Two](#two)\n\n## Two {#two}\n\n- → [One](#one)\n"
        ),
        [
            "19: error loop-no-exit: From 'One', 'Two' one only goes round in a circle (Add a way on that leads out of it)"
        ],
    ),
    "steps-many": (
        P,
        chain(26),
        [
            "119: warning steps-many: This pathway has 26 steps; past 25 people lose their way (Split it into two pathways)"
        ],
    ),
    "steps-too-many": (
        P,
        chain(51),
        [
            "219: error steps-too-many: This pathway has 51 steps; 50 is the most (Split it into several pathways)"
        ],
    ),
    "ways-many": (
        P,
        steps(
            "## One {#one}\n\n"
            + "".join(f"- Unsure {n} → [Two](#two)\n" for n in range(5))
            + "\n## Two {#two}\n"
        ),
        [
            "25: warning ways-many: 'One' has 5 ways on; more than 4 are hard to weigh (Ask in two steps)"
        ],
    ),
    "urgent-no-timeframe": (
        P,
        SOUND.replace("## Two {#two}", "## Two {#two .urgent}"),
        [
            "24: error urgent-no-timeframe: The urgent step 'Two' does not say how fast (Add a time limit behind its name, such as timeframe=\"now\")"
        ],
    ),
    "no-red-flags": (
        P,
        steps("## One {#unsure}\n\n> [!URGENT]\n> Ring 999.\n", "A fact. [^P7]\n\n"),
        [
            "16: error no-red-flags: This pathway has no red-flag box (Before the first step, write a quote that begins with [!URGENT] and says what to look for)"
        ],
    ),
    "no-unsure": (
        P,
        steps("## One {#one .end}\n"),
        [
            "19: warning no-unsure: This pathway does not say what to do when unsure (Give a question a way on that begins with 'Unsure')"
        ],
    ),
    "end-with-ways": (
        P,
        SOUND.replace("{#two}", "{#two .end}") + "\n- → [Out](../services/y.md)\n",
        [
            "26: warning end-with-ways: 'Two' is marked as an end but has a way on (Take the way on away, or mark it .action)"
        ],
    ),
    "start-misplaced": (
        P,
        SOUND.replace("{#two}", "{#two .start}"),
        [
            "24: warning start-misplaced: 'Two' is marked as the start but is not the first step (Move it to the top, or mark it .action)"
        ],
    ),
    "step-title-long": (
        P,
        SOUND.replace("## Two ", "## One two three four five six seven eight nine "),
        [
            "24: warning step-title-long: The title 'One two three four five six seven eight nine' has 9 words (Say it in 8 words; the rest can stand below)"
        ],
    ),
    "step-title-twice": (
        P,
        SOUND.replace("## Two ", "## ONE "),
        ["24: warning step-title-twice: 'ONE' is the title of step 1 too (Say how the two differ)"],
    ),
    # -- sources
    "sources-missing": (
        "thresholds/x.md",
        details(),
        [
            "1: warning sources-missing: This page lists no sources (Add 'sources:' with a key, a title and a strength for each)"
        ],
    ),
    "source-undefined": (
        PAGE,
        details("sources:", "  - {key: S1-CS8, strength: seen}")
        + "A [^S1-CS8], b [^S1-CS9], c [^note].\n\n[^note]: Words.\n",
        [
            "11: error source-undefined: The source [^S1-CS9] is not listed at the top of this page (Did you mean S1-CS8?)"
        ],
    ),
    "source-unused": (
        "thresholds/x.md",
        details("sources:", "  - {key: P7, strength: seen}"),
        [
            "9: warning source-unused: No fact of this page names the source 'P7' (Put [^P7] behind the fact it stands for, or take it away)"
        ],
    ),
    "fact-unchecked": (
        PAGE,
        details("sources:", "  - {key: P7}") + "A fact [^P7].\n",
        [
            "11: notice fact-unchecked: This fact rests on 'P7', which nobody has checked (Check it locally, then name the source you found)"
        ],
    ),
    # -- kinds
    "service-no-number": (
        "services/x.md",
        details("phone:"),
        ["8: notice service-no-number: This service has no number yet (Add your local number)"],
    ),
    "case-heading-missing": (
        "casestudies/x.md",
        CASE + CASE_BODY.replace("## Results", "## Result"),
        [
            "43: error case-heading-missing: The heading 'Results' is missing (Add it, with 'Not reported' below when the source is silent. Is 'Result' meant to be it?)"
        ],
    ),
    "case-heading-order": (
        "casestudies/x.md",
        CASE + "## Costs\n\nx\n\n" + CASE_BODY.replace("## Costs\n\nNot reported\n\n", ""),
        [
            f"{n}: warning case-heading-order: '{h}' stands after 'Costs' (Move it before 'Costs')"
            for n, h in (
                (19, "Situation"),
                (23, "What was done"),
                (27, "Who took part"),
                (31, "Results"),
            )
        ],
    ),
    "case-heading-empty": (
        "casestudies/x.md",
        CASE + CASE_BODY.removesuffix("Not reported\n\n"),
        [
            "43: warning case-heading-empty: Nothing stands under 'Try this' (Write 'Not reported' when the source is silent)"
        ],
    ),
    "case-place-missing": (
        "casestudies/x.md",
        CASE.replace("place: Leeds\n", "") + CASE_BODY,
        [
            "1: warning case-place-missing: This case study does not give its place (Add a line 'place: ...' at the top)"
        ],
    ),
    "session-no-stops": (
        "sessions/x.md",
        details() + "1. no link\n",
        [
            "1: error session-no-stops: This session has no running order (Add a numbered list; begin each line with a link to a page or step)"
        ],
    ),
    "session-fiction": (
        "sessions/x.md",
        details() + "1. [Here](x.md)\n",
        [
            "1: warning session-fiction: This session does not say that its case is fictional (Say so at the top of the case)"
        ],
    ),
    "table-row-uneven": (
        PAGE,
        "| a | b |\n|---|---|\n| c |\n| d | e |\n",
        [
            "3: warning table-row-uneven: This row has 1 cell; the table has 2 columns (Add or remove a | so that they match)"
        ],
    ),
    "ladder-gap": (
        PAGE,
        "| Level | Total |\n|---|---|\n| Low | 0 to 9 [^a] |\n| Possible | 11 to 12 |\n| Probable | 15 or more |\n",
        [
            "4: warning ladder-gap: No level has 10: 'Low' and 'Possible' leave a gap (Change one of the two rows so that every number has its level)",
            "5: warning ladder-gap: No level has 13 to 14: 'Possible' and 'Probable' leave a gap (Change one of the two rows so that every number has its level)",
        ],
    ),
    "ladder-overlap": (
        PAGE,
        "| Level | Total |\n|---|---|\n| High | GAD-2 3 or more, today |\n| Low | GAD-2 up to 3 |\n",
        [
            "4: warning ladder-overlap: Two levels have 3: 'Low' and 'High' overlap (Change one of the two rows so that every number has one level)"
        ],
    ),
    "heading-skipped": (
        PAGE,
        "# A\n\n### B\n\n#### C\n\n## D\n\n#### E\n",
        [
            "3: warning heading-skipped: 'B' skips a level: it has 3 # signs under a heading with 1 (Use ## here, or add the heading between)",
            "9: warning heading-skipped: 'E' skips a level: it has 4 # signs under a heading with 2 (Use ### here, or add the heading between)",
        ],
    ),
    "heading-empty": (
        PAGE,
        "# A\n\n##\n",
        [
            "3: warning heading-empty: This heading has no words (Write what the part is about, or take the # signs away)"
        ],
    ),
    "heading-top-again": (
        PAGE,
        details() + "# A\n\n# B\n",
        [
            "11: warning heading-top-again: 'B' has one # sign, as only the title of the page should (Use two # signs, or more)"
        ],
    ),
    # -- privacy
    "nhs-number": (
        PAGE,
        "Ring 0300 123 1234, case 943 476 5919, 943-476-5919 or 9434765919, not 943 476 5918.\n\n943 476 5919\n",
        [
            f"{n}: error nhs-number: This looks like an NHS number; Fingerpost holds nothing about patients (Take it out. If it is something else, write it with a word between its figures)"
            for n in (1, 1, 1, 3)
        ],
    ),
    "personal-email": (
        PAGE,
        "duty.team@example.org, jane.smith@example.org\n",
        [
            "1: error personal-email: The address jane.smith@example.org looks like a person's own (Use the address of a team, such as duty.team@...)"
        ],
    ),
    # -- slips of typing and pasting
    "letters-garbled": (
        PAGE,
        details() + "It\u00e2\u20ac\u2122s her baby.\n",
        [
            "9: error letters-garbled: 'â€™' stands where '’' was typed (It went wrong on the way from another program)"
        ],
    ),
    "letter-lost": (
        PAGE,
        details() + "It\ufffds her baby.\n",
        [
            "9: error letter-lost: A letter was lost behind 'It' (Type it again; it went missing on the way from another program)"
        ],
    ),
    "versions-mixed": (
        PAGE,
        details() + "<<<<<<< mine\nOne.\n=======\nTwo.\n>>>>>>> theirs\n",
        [
            "9: error versions-mixed: Two versions of this page stand here, one below the other (Keep the words that are right; take out the others, and the lines of <, = and >)"
        ],
    ),
    "link-gap": (
        PAGE,
        details() + "See [this] (x.md).\n",
        [
            "9: error link-gap: This is no link, because a space stands between its two brackets (Take the space away)"
        ],
    ),
    "link-turned": (
        PAGE,
        details() + "See (this)[x.md].\n",
        [
            "9: error link-turned: This is no link, because its brackets are the wrong way round (Write it as [this](x.md))"
        ],
    ),
    "link-open": (
        PAGE,
        details() + "See [this](x.md and more.\n",
        [
            "9: error link-open: This is no link, because its last bracket is missing (Put ) behind its address)"
        ],
    ),
    "source-no-hook": (
        PAGE,
        details("sources: [{key: P7, strength: seen}]") + "A fact [P7] [^P7].\n",
        [
            "10: warning source-no-hook: [P7] is shown as it stands, because a ^ is missing (Write it as [^P7])"
        ],
    ),
    "list-mark": (
        PAGE,
        details() + "• One\n",
        [
            "9: warning list-mark: This is no list, because the line begins with • (Begin it with a dash and a space)"
        ],
    ),
    "heading-quotes": (
        PAGE,
        details() + "## One {#one lane=“HV”}\n\nWords.\n",
        [
            '9: error heading-quotes: What stands in { } is not understood, because its quotes are curly (Use straight quotes: ")'
        ],
    ),
    "table-no-line": (
        PAGE,
        details() + "| A | B |\n| 1 | 2 |\n",
        [
            "9: error table-no-line: This is no table, because no line of dashes stands below its first row (Put |---|---| below it)"
        ],
    ),
}


@pytest.mark.parametrize("code", BROKEN)
def test_a_breach_is_told_at_its_line_in_plain_words(tmp_path, code):
    path, text, expected = BROKEN[code]
    assert sentences(tmp_path, code, {path: text}) == [f"{path}:{line}" for line in expected]


AMONG_OTHERS = {
    "id-twice": (
        {"a.md": DETAILS.format(id="x", title="A"), "b.md": DETAILS.format(id="x", title="B")},
        [
            "b.md:2: error id-twice: The short name 'x' belongs to a.md too, so links by name lead there (Give this page another id)"
        ],
    ),
    "link-dead": (
        {
            "pages/a.md": "[Feeding](../pathway/feeding.md) [Sleep](../pathways/slep.md#now)\n",
            "pathways/feeding.md": "## A\n",
            "pathways/sleep.md": "## Now\n",
        },
        [
            "pages/a.md:1: error link-dead: The link 'Feeding' leads to ../pathway/feeding.md, which is not in this library (Did you mean ../pathways/feeding.md?)",
            "pages/a.md:1: error link-dead: The link 'Sleep' leads to ../pathways/slep.md, which is not in this library (Did you mean ../pathways/sleep.md?)",
        ],
    ),
    "anchor-dead": (
        {
            "a.md": "[B](pathways/b.md#tow) [C](c.md#x)\n",
            "pathways/b.md": "# B\n\n## Two {#two}\n",
            "c.md": "# C\n",
        },
        [
            "a.md:1: error anchor-dead: The link 'B' leads to #tow, which is not a step of 'B' (Choose a step that is there)",
            "a.md:1: error anchor-dead: The link 'C' leads to #x, which is not a heading of 'C' (Choose a heading that is there)",
        ],
    ),
    "link-withdrawn": (
        {
            "a.md": "[B](b.md)\n",
            "b.md": "---\ntitle: Old\nstatus: withdrawn\nreplaced_by: c\n---\n[B](b.md)\n",
            "c.md": "---\nid: c\ntitle: New\n---\n",
        },
        [
            "a.md:1: warning link-withdrawn: The link 'B' leads to 'Old', which is withdrawn (Use 'New' instead)"
        ],
    ),
    "related-unknown": (
        {"a.md": details("related: [feding]"), "feeding.md": "x"},
        [
            "a.md:8: error related-unknown: The related page 'feding' is not in this library (Did you mean feeding?)"
        ],
    ),
    "replacement-unknown": (
        {"a.md": "---\nstatus: withdrawn\nreplaced_by: fedding\n---\n", "feeding.md": "x"},
        [
            "a.md:3: error replacement-unknown: The page that replaces it, 'fedding', is not in this library (Did you mean feeding?)"
        ],
    ),
    "linked-back": (
        {"casestudies/a.md": details("related: [b]"), "pathways/b.md": "# B\n"},
        [
            "casestudies/a.md:8: notice linked-back: 'B' is named here but does not name this case study (Link it from the step it shows)"
        ],
    ),
    "topic-unknown": (
        {"library.yaml": "topics: [Feeding]\n", "a.md": details("topics: [Feding, Feeding]")},
        [
            "a.md:8: warning topic-unknown: The topic 'Feding' is not one that library.yaml lists (Did you mean Feeding?)"
        ],
    ),
    "picture-missing": (
        {"a.md": "![A chart](media/grwth.png)\n", "media/growth.png": b"x"},
        [
            "a.md:1: error picture-missing: The picture media/grwth.png is not in this library (Did you mean media/growth.png?)"
        ],
    ),
}


@pytest.mark.parametrize("code", AMONG_OTHERS)
def test_a_breach_among_other_pages_is_told_too(tmp_path, code):
    files, expected = AMONG_OTHERS[code]
    assert sentences(tmp_path, code, files) == expected


def test_every_rule_has_its_test():
    assert set(RULES) == set(BROKEN) | set(AMONG_OTHERS)


SOUND_PAGES = {
    P: SOUND,
    "services/x.md": details(
        "phone: 01632 960000", "email: feeding.team@example.org", "hours: always"
    ),
    "thresholds/x.md": GUIDE.replace("id: x", "id: t")
    + "A fact [^P7].\n\n| Level | b |\n|---|---|\n| c | d |\n",
    "casestudies/x.md": CASE.replace("id: x", "id: c") + CASE_BODY,
    "sessions/x.md": DETAILS.format(id="s", title="A session")
    + "The case is fictional.\n\n1. [One](../pathways/x.md#one)\n",
    "pages/x.md": DETAILS.format(id="p", title="A page")
    + "# A page\n\n## Part\n\n### Inside\n\n[Up](#part), [one](../pathways/x.md#one), ![A chart](../media/a.png), <https://example.org>, [ring](tel:999)\n",
    "media/a.png": b"x",
}


def test_sound_pages_of_every_kind_are_left_in_peace(tmp_path):
    files = {**SOUND_PAGES, "services/x.md": SOUND_PAGES["services/x.md"].replace("id: x", "id: d")}
    assert [p.sentence() for p in checked(tmp_path, files).problems] == []


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("urgent box in the first step only", SOUND.replace("> [!URGENT]\n> Ring 999.\n\n", "")),
        (
            "a step reached from the introduction",
            SOUND.replace("A fact.", "A fact. See [three](#three).") + "\n## Three {#three .end}\n",
        ),
    ],
)
def test_what_counts_as_red_flag_and_as_reached(tmp_path, file, text):
    codes = [p.code for p in checked(tmp_path, {P: text}).problems]
    assert codes == (["no-red-flags"] if file.startswith("urgent") else [])


def test_a_withdrawn_page_is_never_overdue(tmp_path):
    text = details(
        "status: withdrawn",
        "replaced_by: x",
        "review_by: 2020-01-01",
        without=("status", "review_by"),
    )
    assert sentences(tmp_path, "overdue", {PAGE: text}) == []


@pytest.mark.parametrize(
    ("day", "overdue"), [(date(2027, 5, 21), False), (date(2027, 5, 22), True)]
)
def test_a_page_is_overdue_from_the_day_after_its_review_date(tmp_path, day, overdue):
    assert bool(sentences(tmp_path, "overdue", {PAGE: D}, day)) is overdue


def test_a_way_to_an_inner_heading_reaches_its_step(tmp_path):
    text = SOUND + "\n### Inside {#inside}\n\n"
    text = text.replace("[Two](#two)", "[Two](#inside)")
    assert sentences(tmp_path, "step-unreachable", {P: text}) == []


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("987 654 4321", 0),  # wrong check digit
        ("111 111 1111", 0),
        ("Ring 07700 900123", 0),
        ("doi 10.1000/9434765919", 0),
        ("https://example.org/9434765919", 0),
        ("943 476 5919 1", 0),
        ("4010232137", 1),
        ("NHS no.401 023 2137.", 0),
        ("(401-023-2137)", 1),
    ],
)
def test_only_what_has_the_check_digit_of_an_nhs_number_is_taken_for_one(tmp_path, text, counts):
    assert len(sentences(tmp_path, "nhs-number", {PAGE: text})) == counts


@pytest.mark.parametrize(
    ("address", "personal"),
    [
        ("safeguarding@example.org", False),
        ("hv.duty@example.org", False),
        ("earlyhelp2@example.org", False),
        ("j.smith@example.nhs.uk", True),
        ("jane@example.org", True),
        ("12345@example.org", False),
        ("@example.org", False),
    ],
)
def test_the_address_of_a_team_is_no_personal_one(tmp_path, address, personal):
    assert bool(sentences(tmp_path, "personal-email", {PAGE: f"Write to {address}."})) is personal


def test_a_page_with_hundreds_of_dead_links_tells_of_all(tmp_path):
    text = "".join(f"[a](x{n}.md) [b](#y{n})\n" for n in range(300))
    found = checked(tmp_path, {PAGE: text}).problems
    assert len(found) == 600


def test_the_table_of_codes_in_the_documentation_is_the_table_of_the_program():
    from pathlib import Path

    text = (Path(__file__).parents[2] / "docs" / "checks.md").read_text(encoding="utf-8")
    rows = [
        tuple(cell.strip().strip("`") for cell in line.strip("|").split("|"))
        for line in text.splitlines()
        if line.startswith("| `")
    ]
    assert rows == [(code, severity.value, asks) for code, severity, asks in every_rule()]


def test_every_code_is_one_plain_word_with_dashes():
    codes = [code for code, _, _ in every_rule()]
    assert len(set(codes)) == len(codes)
    assert all(code == code.lower() and code.replace("-", "").isalpha() for code in codes)


def test_a_page_full_of_faults_gets_suggestions_for_the_first_few_only(tmp_path):
    faults = range(MOST_HINTS + 30)
    files = {
        "page.md": details(f"related: [{', '.join(f'sleeping-well{n}' for n in faults)}]")
        + "".join(f"![A](the-picture{n}.png) [A](sleeping-well{n}.md)\n" for n in faults),
        "the-picture.png": "",
        "sleeping-well.md": D.replace("id: x", "id: sleeping-well"),
    }
    found = checked(tmp_path, files).problems
    for code in ("picture-missing", "related-unknown", "link-dead"):
        hints = [p.hint for p in found if p.code == code]
        assert len(hints) == len(faults)
        assert sum(hint.startswith("Did you mean") for hint in hints) == MOST_HINTS


@pytest.mark.parametrize(
    "rows",
    [
        ("0 to 9", "10 to 12", "13 or more"),
        ("below 10", "10-12", "above 12"),
        ("Less than 1 standard deviation below the mean", "2 standard deviations or more"),
        ("3 to 6 weeks", "8 to 12 weeks"),  # reviews are at certain ages
        ("Any count", "10 to 12 [^a]", "Judgement at any count"),
        ("EPDS 0 to 9", "PHQ-9 15 or more"),  # two tools
        ("GAD-2 below 3, and you worry", "GAD-2 below 3"),
        ("13 or more", "10 to 12", "0 to 9"),
        ("38°C or more", "below 36"),
        ("Section 17, or early help", "Section 47, court"),
        ("281", "23", "8"),  # how many children
    ],
)
def test_a_ladder_without_gaps_and_one_that_is_no_score_are_left_in_peace(tmp_path, rows):
    table = "".join(f"| L{n} | {words} |\n" for n, words in enumerate(rows))
    page = f"| Level | Total |\n|---|---|\n{table}"
    for code in ("ladder-gap", "ladder-overlap"):
        assert sentences(tmp_path, code, {PAGE: page}) == []
