"""Settling a conflict: what differs is seen, and a choice goes where it belongs."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from desktop.dialogs.conflict import SettleConflict
from desktop.window import MainWindow

TINY = Path(__file__).parents[2] / "data" / "tiny"

Opened = Callable[..., MainWindow]


def _settling(window: MainWindow, mine: str, theirs: str) -> SettleConflict:
    dialog = SettleConflict(window, "A page", (mine, theirs, None), lambda _: None)
    dialog.show()
    return dialog


def test_what_differs_in_a_conflict_is_marked_and_the_result_stands_at_it(
    desk_window: Opened,
) -> None:
    above = "---\nid: a\n---\n\n" + "\n\n".join(f"Paragraph {n}." for n in range(60))
    row = "| Possible | 10 to 12 | Repeat in {} |"
    mine, theirs = row.format("2 to 4 weeks"), row.format("2 weeks")
    end = "\n\n" + "\n\n".join(f"Later {n}." for n in range(60))
    dialog = _settling(desk_window(), above + "\n\n" + mine + end, f"{above}\n\n{theirs}{end}")
    texts = [t for t in dialog.findChildren(QPlainTextEdit) if t is not dialog.outcome]
    marked = [[m.cursor.selectedText().strip() for m in t.extraSelections()] for t in texts]
    assert marked == [["to 4"], []]
    for choice, words in (("mine", mine), ("theirs", theirs)):
        dialog.switches[0].buttons[choice].click()
        assert dialog.outcome.firstVisibleBlock().text() == words


def test_a_choice_after_a_change_by_hand_goes_where_its_paragraph_belongs(
    desk_window: Opened,
) -> None:
    head = "---\nid: a\n---\n\nFirst."
    dialog = _settling(desk_window(), f"{head}\n\nLast.", f"{head}\n\nTheirs.\n\nLast.")
    dialog.outcome.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(dialog.outcome, " By hand.")
    dialog.outcome.moveCursor(QTextCursor.MoveOperation.Start)
    dialog.switches[0].buttons["theirs"].click()
    assert dialog.outcome.toPlainText() == f"{head}\n\nTheirs.\n\nLast. By hand."


def test_the_details_of_a_page_are_never_kept_twice(desk_window: Opened) -> None:
    page = "---\nid: a\nowner: {}\n---\n\nSame.\n\n{}"
    mine, theirs = page.format("Us", "One."), page.format("Them", "Two.")
    dialog = _settling(desk_window(), mine, theirs)
    assert [list(switch.buttons) for switch in dialog.switches] == [
        ["mine", "theirs"],
        ["mine", "theirs", "both"],
    ]
