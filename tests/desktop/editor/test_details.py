"""The form beside the words: every detail a champion changes often, as lines, lists and choices, never as YAML."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.editor.hours_form import HoursForm
from desktop.editor.view import EditorView
from desktop.window import MainWindow
from tests.support.writing import edit

TINY = Path(__file__).parents[2] / "data" / "tiny"

Opened = Callable[..., MainWindow]
TAB = Qt.FocusPolicy.TabFocus


def test_a_telephone_number_is_added_and_taken_away_in_its_own_line(
    qtbot: QtBot, desk_window: Opened
) -> None:
    window = desk_window()
    view, editing = edit(qtbot, window, "services/duty-desk.md")
    before = editing.text()
    field = view.details.more["phone"].field
    assert isinstance(field, QLineEdit)
    assert "concerns" not in view.details.more
    was = field.text()
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "01632 960123")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "01632 960123" in editing.text()
    assert len(editing.text().splitlines()) == len(before.splitlines())
    qtbot.waitUntil(lambda: "960123" in str(view.details.page and view.details.page.text))
    field.setText(was)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "960123" not in editing.text(), timeout=5_000)


def test_what_people_type_is_a_list_one_to_a_line(qtbot: QtBot, desk_window: Opened) -> None:
    window = desk_window()
    view, editing = edit(qtbot, window, "pathways/feeding.md")
    field = view.details.more["concerns"].field
    assert isinstance(field, QTextEdit)
    assert field.toPlainText() == "not feeding\nsore"
    field.setPlainText("not feeding\nsore\n\n  cracked   nipples ")
    view.details._text_changed("concerns", field.toPlainText())
    assert "concerns: [not feeding, sore, cracked nipples]" in editing.text()
    view.details._put("levels", "Universal", True)
    assert "levels:" in editing.text()


def _following(field: QWidget) -> QWidget:
    """Where Tab leads to."""
    field = field.nextInFocusChain()
    while field.isHidden() or field.focusProxy() or not field.focusPolicy() & TAB:
        field = field.nextInFocusChain()
    return field


def test_a_page_of_another_kind_is_asked_what_that_kind_has_in_the_same_order(
    qtbot: QtBot, desk_window: Opened
) -> None:
    window = desk_window()
    view, editing = edit(qtbot, window, "pathways/feeding.md")
    form, more = view.details.form, view.details.more
    assert list(more) == ["version", "for", "not_for", "concerns"]
    editing.put(editing.text().replace("id: feeding", "id: feeding\nkind: service"))
    qtbot.waitUntil(lambda: "area" in more)
    assert more["concerns"].field.isHidden()
    fields = [more[key].field for key in ("version", "concerns", "phone", "email", "area")]
    places = [form.indexOf(field) for field in (*fields, view.details.hours)]
    assert places == sorted(places)
    assert form.itemAt(places[2] - 1).widget() is more["phone"].named  # type: ignore[union-attr]
    assert _following(view.details.review) is more["version"].field
    assert _following(more["version"].field) is more["phone"].field
    assert _following(more["area"].field) is view.details.hours
    before = editing.text()
    more["phone"].field.setFocus()
    QTest.keyClick(more["phone"].field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editing.text() != before  # the field has nothing of its own to take back


def test_the_form_offers_no_approval(qtbot: QtBot, desk_window: Opened) -> None:
    window = desk_window()
    view, _ = edit(qtbot, window, "pathways/feeding.md")
    offered = [view.details.status.itemText(n) for n in range(view.details.status.count())]
    assert offered == ["Sample", "Draft", "In check"]
    assert view.details.approval.text() == "Not yet approved"


def hours_form(window: MainWindow, view: EditorView) -> HoursForm:
    view.details.hours.click()
    return window.findChildren(HoursForm)[-1]


def test_opening_hours_are_changed_day_by_day_as_one_change_of_the_text(
    qtbot: QtBot, desk_window: Opened
) -> None:
    window = desk_window()
    view, editing = edit(qtbot, window, "services/duty-desk.md")
    form = hours_form(window, view)
    monday = form.days[0]
    form.always.setChecked(False)
    monday.setText("nine to five")
    form.take()
    assert form.told.text() == (
        "Monday: 'nine' is not a time such as 09:00. Write it as 09:00 to 17:00, or closed."
    )
    monday.setText("9 to 5")
    form.take()
    assert form.told.text() == (
        "Monday: '5' may be the morning or the afternoon. Write it as 09:00 to 17:00, or closed."
    )
    monday.setText("9am to 12:30, 13:15 - 17:00")
    form._as_on_monday()
    form.days[5].setText("10:00 to 12:00")
    form.days[6].setText("closed")
    form.holidays.setText("closed")
    before = editing.text()
    form.take()
    assert form.told.isHidden()
    assert 'Mon-Fri: ["09:00-12:30", "13:15-17:00"]' in editing.text()
    assert editing.text().split("---", 2)[2] == before.split("---", 2)[2]
    said = "Monday to Friday 09:00 to 12:30, 13:15 to 17:00; Saturday 10:00 to 12:00; Sunday closed"
    qtbot.waitUntil(lambda: view.details.hours_said.text() == said)
    form = hours_form(window, view)
    assert form.days[4].text() == "09:00 to 12:30, 13:15 to 17:00"
    assert form.holidays.text() == "closed"
    form.always.setChecked(True)
    form.take()
    assert "hours: always" in editing.text()


def test_a_long_owner_is_seen_whole(qtbot: QtBot, desk_window: Opened) -> None:
    window = desk_window()
    view, editing = edit(qtbot, window, "pathways/feeding.md")
    owner = view.details.owner
    low = owner.height()
    long = "Perinatal and infant mental health champions of the whole county and its two cities"
    view.details._text_changed("owner", long)
    qtbot.waitUntil(lambda: owner.toPlainText() == long)
    assert f"owner: {long}" in editing.text()
    qtbot.waitUntil(lambda: owner.height() > low)
    assert owner.document().size().height() <= owner.height()
