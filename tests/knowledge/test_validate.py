"""Checking a library again after a change finds what checking it afresh would."""

import random
from datetime import timedelta

from knowledge.library import with_page
from knowledge.problems import Severity
from knowledge.validate import check, check_page
from tests.support.pages import TODAY, checked, library

FILES = {
    "library.yaml": "topics: [Feeding]\nemergency_pages: [pathways/a.md]\n",
    "pathways/a.md": "---\nid: a\ntitle: A\n---\n## One {#one}\n\n- Yes → [B](b.md#two)\n- Unsure → [S](../services/s.md)\n",
    "pathways/b.md": "---\nid: b\ntitle: B\nrelated: [c]\n---\n## Two {#two}\n\n[The case](../casestudies/c.md)\n",
    "casestudies/c.md": "---\nid: c\ntitle: C\nrelated: [a, b]\n---\n## Situation\n",
    "services/s.md": "---\nid: s\ntitle: S\nstatus: withdrawn\nreplaced_by: t\n---\n",
    "services/t.md": "---\nid: t\ntitle: T\n---\n",
    "pages/p.md": "[S](../services/s.md) and [one](../pathways/a.md#one)\n",
}
CHANGES = [
    ("title: A", "title: Another"),
    ("title: T", "title: The new desk"),
    ("{#two}", "{#deux}"),
    ("{#one}", "{#eins}"),
    ("id: t", "id: tt"),
    ("id: c", "id: a"),
    ("related: [a, b]", "related: [b]"),
    ("related: [c]", "related: []"),
    ("[The case](../casestudies/c.md)", "words"),
    ("words", "[The case](../casestudies/c.md) [A](a.md#eins)"),
    ("status: withdrawn", "status: draft"),
    ("status: draft", "status: withdrawn"),
    ("- Yes → [B](b.md#two)", "- Yes → [B](b.md#nowhere)"),
    ("## Situation", "## Situation\n\nSee [A](../pathways/a.md)."),
    ("---\nid: b", "--\nid: b"),
]


def codes(found):
    return [p.sentence() for p in found.problems]


def test_checking_again_finds_what_checking_afresh_does_whatever_changed(tmp_path):
    chance = random.Random(20261121)
    first = library(tmp_path, FILES)
    for _ in range(150):
        now, known = first, check(first, TODAY)
        for _ in range(6):
            path = chance.choice(list(now.pages) or ["pages/p.md"])
            text = now.pages[path].text if path in now.pages else "# New\n"
            old, new = chance.choice(CHANGES)
            if chance.random() < 0.1:
                now = with_page(now, path, None)
            elif chance.random() < 0.1:
                now = with_page(now, f"pages/new{chance.randint(0, 2)}.md", text.encode())
            else:
                now = with_page(now, path, text.replace(old, new).encode())
            known = check(now, TODAY, known)
            assert codes(known) == codes(check(now, TODAY))


def test_problems_stand_in_the_order_of_paths_and_lines(tmp_path):
    found = checked(tmp_path, FILES)
    places = [(p.path, p.line) for p in found.problems]
    assert places == sorted(places)
    assert found.of("services/s.md") == tuple(
        p for p in found.problems if p.path == "services/s.md"
    )
    assert sum(found.count(severity) for severity in Severity) == len(found.problems)


def test_another_day_or_other_settings_mean_checking_afresh(tmp_path):
    text = "---\nid: x\nreview_by: 2026-11-21\n---\n"
    lib = library(tmp_path, {"a.md": text})
    known = check(lib, TODAY)
    assert "overdue" not in {p.code for p in known.problems}
    assert "overdue" in {p.code for p in check(lib, TODAY + timedelta(days=1), known).problems}
    (tmp_path / "library.yaml").write_text("checks: {owner-missing: off}\n")
    again = check(library(tmp_path, {"a.md": text}), TODAY, known)
    assert "owner-missing" in {p.code for p in known.problems}
    assert "owner-missing" not in {p.code for p in again.problems}


def test_one_page_is_checked_among_the_others_while_it_is_written(tmp_path):
    lib = library(tmp_path, FILES)
    draft = with_page(lib, "pages/p.md", b"[S](../services/x.md)\n").pages["pages/p.md"]
    assert [p.code for p in check_page(draft, lib, TODAY)] == ["link-dead"]


def test_a_problem_is_told_as_json_too(tmp_path):
    [problem] = checked(tmp_path, {"a.md": "##A\n"}).problems
    assert problem.as_json() == {
        "path": "a.md",
        "line": 1,
        "severity": "warning",
        "code": "heading-no-space",
        "message": "This is no heading, because no space follows the # signs",
        "hint": "Put a space behind the # signs",
        "anchor": "",
        "fixable": True,
    }
