"""A step or a page gets another name: every link follows, all of it or none, through power cuts too."""

from __future__ import annotations

import errno
import shutil
from datetime import date
from pathlib import Path

import pytest

from knowledge.editing.carry import Plan, plan_page, plan_step
from knowledge.editing.change import Refused
from knowledge.errors import KnowledgeError
from knowledge.library import Library, open_library
from knowledge.saving.carrying import Part, Step
from knowledge.saving.store import Change, PageStore
from knowledge.validate import check
from tests.support.clock import HandClock
from tests.support.faults import KILLED, Faults, FaultyFiles, Unsynced, die, run_killed

HUB = """---
id: hub
title: Low mood
---
> [!URGENT]
> Danger: ring 999.

## Ring the team {.referral timeframe="today"}

Say what you saw.

## Look again {.end}

- Worse → [Ring the team](#ring-the-team)
"""
PAGES = {
    "pathways/hub.md": HUB,
    "pathways/a.md": "## Ask {.question}\n\n- Yes → [Ring the team](hub.md#ring-the-team)\n"
    "- No → [Low mood](hub.md)\n",
    "services/b.md": "See [Ring the team](../pathways/hub.md#ring-the-team), or [the team][t].\n\n"
    "[t]: ../pathways/hub.md#ring-the-team\n",
    "pages/d.md": "You can [ring the team](../pathways/hub.md#ring-the-team) now.\n",
    "pages/c.md": "Then *[ring them](../pathways/hub.md#ring-the-team)*.\r\n",
    "library.yaml": "name: Test\ntop_six:\n  - pathways/hub.md#ring-the-team\n",
}
STRIDE = 3  # a prime that no pattern of calls follows; 1 tries every one
WHY = Change("Champion", "Plainer words")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "library"
    for path, text in PAGES.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
    return root


def _step(library: Library, anchor: str = "ring-crisis-team") -> Plan:
    page = library.pages["pathways/hub.md"]
    return plan_step(library, page, page.steps[0], "Ring the crisis team", anchor)


def _move(library: Library) -> Plan:
    page = library.pages["pathways/hub.md"]
    return plan_page(library, page, "Low mood after birth", "pathways/perinatal/low-mood.md")


PLANS = {"step": _step, "page": _move}


def _as_step(plan: Plan) -> Step:
    return Step(plan.says, tuple(Part(f.path, f.data, f.opened, f.to) for f in plan.files), WHY)


def _store(root: Path, files: Unsynced | FaultyFiles | None = None) -> PageStore:
    profile = root.parent / "profile"
    return PageStore(root, profile, files=files or Unsynced(), clock=HandClock())


def _now(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not any(p.startswith(".") for p in path.relative_to(root).parts)
    }


def _after(root: Path, plan: Plan) -> dict[str, bytes]:
    found = _now(root)
    for file in plan.files:
        found.pop(file.path)
        found[file.to or file.path] = file.data
    return found


def test_a_step_that_three_pages_link_to_is_shown_line_by_line_before_anything_happens(root):
    before = _now(root)
    plan = _step(open_library(root))
    said = {
        (f.path, line.number): (line.before, line.after) for f in plan.files for line in f.lines
    }
    assert plan.files[0].path == "pathways/hub.md"
    assert said["pathways/a.md", 3] == (
        "- Yes → [Ring the team](hub.md#ring-the-team)",
        "- Yes → [Ring the crisis team](hub.md#ring-crisis-team)",
    )
    assert said["pages/c.md", 1][1] == "Then *[ring them](../pathways/hub.md#ring-crisis-team)*."
    assert said["library.yaml", 3][1] == "  - pathways/hub.md#ring-crisis-team"
    assert said["pages/d.md", 1][1].startswith("You can [ring the crisis team](")
    assert said["services/b.md", 3][1] == "[t]: ../pathways/hub.md#ring-crisis-team"
    assert plan.others == 5
    assert _now(root) == before


def test_a_title_alone_leaves_every_address_as_it_is(root):
    plan = _step(open_library(root), "")
    changed = {f.path: f.data.decode() for f in plan.files}
    assert set(changed) == {
        "pathways/hub.md",
        "pathways/a.md",
        "services/b.md",
        "pages/d.md",
    }
    assert "## Ring the crisis team {#ring-the-team" in changed["pathways/hub.md"]
    assert "[Ring the crisis team](hub.md#ring-the-team)" in changed["pathways/a.md"]


@pytest.mark.parametrize("name", PLANS)
def test_what_was_shown_is_saved_and_no_link_is_dead(root, name):
    plan = PLANS[name](open_library(root))
    wanted = _after(root, plan)
    store = _store(root)
    assert store.carrying.do(_as_step(plan)) == ""
    assert _now(root) == wanted
    assert store.carrying.unfinished() == []
    after = open_library(root)
    dead = [p for p in check(after, date(2026, 11, 21)).problems if p.code.startswith("link-")]
    assert dead == []
    newest = store.versions(plan.files[0].to or plan.files[0].path)[0]
    assert newest.change == WHY
    assert HUB.encode() in [version.text() for version in store.versions(newest.page)]


@pytest.mark.parametrize("name", PLANS)
def test_a_disk_that_fails_anywhere_leaves_everything_as_it_was(root, name):
    before = _now(root)
    plan = PLANS[name](open_library(root))
    wanted = _after(root, plan)

    def full() -> None:
        raise OSError(errno.ENOSPC, "full")

    told = []
    for at in range(1, _calls(root, name), STRIDE):
        store = _store(root, FaultyFiles(Faults(at, full)))
        try:
            store.carrying.do(_as_step(plan))
        except KnowledgeError as error:
            told.append(str(error))
        assert _now(root) in (before, wanted), f"half done at call {at}"
        for left in _store(root).carrying.unfinished():
            _store(root).carrying.forget(left)
        _put_back(root, before)
    assert len(told) > 10
    assert {said.split(".")[0] for said in told} <= {
        "Nothing was changed",
        "Nothing was changed, because the plan could not be kept: the disk is full",
    }


def main(arguments: list[str]) -> None:
    """Do it in a process that dies at one of its calls."""
    root, name, at, half_way = arguments
    store = _store(Path(root), FaultyFiles(Faults(int(at), die, half_way == "half")))
    store.carrying.do(_as_step(PLANS[name](open_library(Path(root)))))


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANS)
def test_a_power_cut_anywhere_is_finished_at_the_next_start(root, name):
    before = _now(root)
    wanted = _after(root, PLANS[name](open_library(root)))
    finished = 0
    for at in range(1, _calls(root, name), STRIDE):
        assert run_killed(__name__, [str(root), name, str(at), "half"]) == KILLED
        for path, data in _now(root).items():
            assert data in (before.get(path), wanted.get(path)), f"{path} is damaged at call {at}"
        later = _store(root)
        for left in later.carrying.unfinished():
            later.carrying.finish(left)
            finished += 1
            assert _now(root) == wanted, f"not finished after call {at}"
        assert later.carrying.unfinished() == []
        assert _now(root) in (before, wanted), f"half done after call {at}"
        _put_back(root, before)
    assert finished > 10


def _calls(root: Path, name: str) -> int:
    """How often the disk is changed on the way."""
    place = root.parent / "probe"
    shutil.copytree(root, place / "library")
    faults = Faults()
    store = _store(place / "library", FaultyFiles(faults))
    store.carrying.do(_as_step(PLANS[name](open_library(place / "library"))))
    return len(faults.calls) + 1


def _put_back(root: Path, before: dict[str, bytes]) -> None:
    shutil.rmtree(root)
    shutil.rmtree(root.parent / "profile", ignore_errors=True)
    for path, data in before.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)


def test_a_page_changed_meanwhile_stops_all_of_it(root):
    plan = _step(open_library(root))
    (root / "services/b.md").write_text("Somebody else was here.\n")
    before = _now(root)
    with pytest.raises(
        KnowledgeError, match=r"Nothing was changed\. services/b\.md was changed by"
    ):
        _store(root).carrying.do(_as_step(plan))
    assert _now(root) == before


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("pathways/con.md", "Windows keeps the name"),
        ("pathways/a?.md", "a character that Windows cannot have"),
        ("pathways/" + "x" * 300 + ".md", "longer than"),
        ("pathways/x .md/y.md ", "end with a space"),
        ("pathways/.hidden.md", "begin with a dot"),
        ("pathways/plain.txt", "ends in .md"),
        ("pathways/A.md", "There is a page 'pathways/a.md' already"),
        ("../out.md", "cannot be the name of a page"),
        ("", "the name is empty"),
    ],
)
def test_a_name_that_windows_or_a_share_cannot_hold_is_refused_with_one_sentence(root, path, why):
    library = open_library(root)
    with pytest.raises(Refused, match=why) as told:
        plan_page(library, library.pages["pathways/hub.md"], "Low mood", path)
    assert str(told.value).count(". ") <= 1
    assert len(str(told.value)) < 220


def test_a_name_for_links_is_no_longer_than_links_can_hold(root):
    with pytest.raises(Refused, match="cannot be a name for links"):
        _step(open_library(root), "x" * 300)


def test_what_will_be_is_not_said_as_if_it_were(root: Path) -> None:
    library = open_library(root)
    page = library.pages["pathways/hub.md"]
    step, old = page.steps[0], page.steps[0].title
    both = _step(library)
    assert both.says == f"The step '{old}' is now called 'Ring the crisis team'"
    assert both.promises == f"The step '{old}' will be called 'Ring the crisis team'"
    assert "will be called 'Low mood after birth'" in _move(library).promises
    link = plan_step(library, page, step, old, "ring-crisis-team")
    assert link.promises == f"The step '{old}' gets another name in links"
    assert link.says == f"The step '{old}' has another name in links"
