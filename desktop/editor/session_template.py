"""What a new session begins with: a case to be told, and a pathway walked twice, at last with the answers covered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.editing.words import escape, link_to
from knowledge.model import StepKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.library import Library
    from knowledge.model import Page, Step

USUAL = 60  # minutes
LONGEST = 480
_EACH = 3  # minutes a stop takes about
_MOST = 12  # steps that are walked twice
_OPEN = "What do you see or hear, and what comes next?"
_COVERED = "This time you decide. What comes next?"
_CASE = "Tell the case here: who, when, what you saw. No names, and nothing about a real family."


def session_body(answers: Mapping[str, str], path: str, library: Library | None) -> str:
    """The text below the details."""
    minutes = minutes_of(answers.get("minutes", ""))
    found = library.find(answers.get("pathway", "")) if library is not None else None
    pathway = found[0] if found is not None and found[0].steps else None
    whom = " ".join(answers.get("whom", "").split()).rstrip(".")
    lines = [
        f"Use this session with {escape(whom) or 'your team'}. It takes {minutes} minutes.",
        "",
    ]
    if pathway is not None:
        link = f"[{escape(pathway.title)}]({link_to(path, pathway.path)})"
        lines += [f"It follows {link}. Its facts stand on that page, with their sources.", ""]
    lines += [
        "> [!TRAINER]",
        "> Say at the start that anyone may step out, and who they can talk to.",
    ]
    lines += ["", "## The case {#case}", "", "This case is fictional. It shows no real family.", ""]
    lines += [answers.get("case", "").strip() or _CASE, "", "## Running order {#running-order}", ""]
    return "\n".join([*lines, *_stops(path, pathway, minutes)]) + "\n"


def minutes_of(words: str) -> int:
    """The first number in what was answered, of minutes or hours; a usual length when there is none."""
    digits = "".join(c if c.isdecimal() else " " for c in words).split()
    each = 60 if "hour" in words.casefold() and "min" not in words.casefold() else 1
    return max(5, min(LONGEST, int(digits[0][:4]) * each)) if digits else USUAL


def _stops(path: str, pathway: Page | None, minutes: int) -> list[str]:
    if pathway is None:
        return [f"1. [The case](#case) ({minutes} minutes)", "", f"    Ask: {_OPEN}"]
    steps = _walked(pathway.steps, max(2, min(_MOST, minutes // (2 * _EACH))))
    times = _shared(minutes, 2 * len(steps))
    lines: list[str] = []
    for number, step in enumerate([*steps, *steps], 1):
        covered = number > len(steps)
        unit = "minute" if times[number - 1] == 1 else "minutes"
        link = f"[{escape(step.title)}]({link_to(path, pathway.path, step.anchor)})"
        plan = f"({times[number - 1]} {unit}{', covered' if covered else ''})"
        lines += [f"{number}. {link} {plan}", "", f"    Ask: {_COVERED if covered else _OPEN}", ""]
    return lines[:-1]


def _walked(steps: Sequence[Step], most: int) -> list[Step]:
    """Questions first, for they are what a room decides; in the order of the page."""
    asked = [s for s in steps if s.kind is StepKind.QUESTION]
    others = [s for s in steps if s.kind not in (StepKind.QUESTION, StepKind.END)]
    chosen = {s.number for s in [*asked, *others][:most]}
    return [s for s in steps if s.number in chosen]


def _shared(minutes: int, stops: int) -> list[int]:
    """The time in whole minutes, the first stops a little longer."""
    each, rest = divmod(max(minutes, stops), stops)
    return [each + (number < rest) for number in range(stops)]
