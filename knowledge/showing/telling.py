"""What the trainer is told: what Space does next, and what the room does not see yet. Never for the room."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.showing.moment import Moment, Next, hidden, scene_at, what_next
from knowledge.showing.show import Scene, Show
from knowledge.text import plain


@dataclass(frozen=True, slots=True)
class Coming:
    """What happens next: in one line, on the button, and what it will show."""

    doing: Next
    button: str
    first: str
    lines: tuple[tuple[str, str], ...] = ()  # a condition or level, and where it leads


def coming(show: Show, moment: Moment, leaf: int = 0, leaves: int = 1) -> Coming:
    """What Space does at this moment."""
    doing = what_next(show, moment, leaf, leaves)
    scene = scene_at(show, moment)
    if doing is Next.SHOW:
        return Coming(doing, "Show the picture", "Show the room’s picture again")
    if doing is Next.LEAF:
        return Coming(doing, "Turn the page", f"Page {leaf + 2} of {leaves} of this text")
    if doing is Next.LEVEL:
        ladder = scene.ladder
        number = hidden(show, moment)[0]
        row = ladder.rows[number - 1] if ladder is not None else None
        name = row.cells[0] if row is not None and row.cells else str(number)
        rest = "; ".join(row.cells[1:]) if row is not None else ""
        return Coming(doing, "Uncover the next level", "Uncover a level", ((name, rest),))
    if doing is Next.UNCOVER:
        return Coming(doing, "Uncover the answers", "Uncover", _answers(scene))
    if doing is Next.RETURN:
        back = show.scenes[moment.at]
        return Coming(
            doing, "Back to the running order", f"Back to: {named(show, moment.at, back)}"
        )
    if doing is Next.STOP:
        number = moment.at + 1
        scene = show.scenes[number]
        minutes = ((f"{scene.minutes} min", scene.ask),) if scene.minutes or scene.ask else ()
        return Coming(doing, "Next stop", named(show, number, scene), minutes)
    return Coming(doing, "The end", "This is the last stop. Esc ends.")


def named(show: Show, at: int, scene: Scene) -> str:
    """A scene with the number people know it by."""
    number = show.number_of(at)
    return f"{number}. {scene.title}" if number else scene.title


def hidden_words(show: Show, moment: Moment) -> str:
    """What the room does not see yet, in a few words."""
    if moment.blank:
        return f"The room’s screen is {moment.blank.value}"
    many = len(hidden(show, moment))
    if not many:
        return "Nothing is covered"
    scene = scene_at(show, moment)
    what = "level" if scene.covered and scene.ladder is not None and many > 1 else "outcome"
    return f"1 {what} covered" if many == 1 else f"{many} {what}s covered"


def ahead(show: Show, at: int) -> str:
    """The next stop to look at before it comes: its page has changed, is withdrawn or is gone."""
    for number in range(at + 1, len(show.scenes)):
        scene = show.scenes[number]
        if scene.trouble:
            return f"Coming, {named(show, number, scene)}: {scene.trouble}"
    return ""


def _answers(scene: Scene) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    if scene.covered and scene.step is not None:
        found += [(plain(w.condition), plain(w.link.text)) for w in scene.step.ways]
    elif scene.covered and scene.section is not None:
        found.append(("", scene.section.title))
    if scene.outcome:
        found.append(("Outcome", scene.outcome))
    return tuple(found)
