"""A pathway changed through its graph: by mouse, by keyboard, undone, marked, and always one with the words."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.actions import COMMANDS
from desktop.editor.board import Board
from desktop.editor.graph_forms import AskWords, RemoveStep, StepForm, WayForm
from desktop.editor.graph_side import Chosen, GraphSide
from desktop.editor.view import EditorView
from desktop.places import edit_place
from desktop.window import MainWindow
from knowledge.model import StepKind
from knowledge.saving.versions import Change as Saying

TINY = Path(__file__).parents[2] / "data" / "tiny"
PAGE = "pathways/feeding.md"
WEIGHT, WATCH, REASSURE = "step:weight", "step:watch", "step:reassure"

Opened = Callable[..., MainWindow]


class Editor:
    """The editor of one pathway, and a hand on its graph."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window
        window.show_place(edit_place(PAGE))
        assert isinstance(window.view, EditorView)
        self.view = window.view
        assert self.view.editing is not None
        self.editing = self.view.editing
        self.first = self.editing.text()
        self.settle()

    @property
    def side(self) -> GraphSide:
        return self.view.preview.graph

    @property
    def board(self) -> Board:
        return self.side.board

    @property
    def text(self) -> str:
        return self.editing.text()

    def settle(self) -> None:
        """Until the picture is that of the words."""

        def ready() -> bool:
            look, shown = self.editing.look, self.side._shown
            return (
                look is not None
                and look.text == self.text
                and self.side.page is look.page
                and shown is not None
                and shown is self.side._wanted
                and self.side.drawing is not None
                and self.side.drawing.refined
                and self.board.picture is not None
            )

        self.qtbot.waitUntil(ready, timeout=20_000)

    def spot(self, key: str) -> QPoint:
        assert self.board.picture is not None
        self.board.reveal(key, now=True)
        return self.board.to_screen(self.board.picture.box_rect(key)).center().toPoint()

    def spot_of_way(self, source: str, number: int) -> QPoint:
        assert self.board.picture is not None
        self.board.fit()
        self.board.reveal(source, now=True)
        way = self.board.picture.ways[self.board.picture.leaving[source][number]]
        (x, y), (x2, y2) = way.points[0], way.points[1]
        middle = QPointF((x + x2) / 2, (y + y2) / 2)
        return ((middle - self.board.origin) * self.board.zoom).toPoint()

    def click(self, key: str) -> None:
        QTest.mouseClick(self.board, Qt.MouseButton.LeftButton, pos=self.spot(key))

    def dialog(self, kind: type[QDialog]) -> QDialog:
        return next(form for form in self.window.findChildren(kind) if form.isVisible())

    def line(self) -> str:
        return self.view.words.textCursor().block().text()


@pytest.fixture
def editor(qtbot: QtBot, open_window: Opened, tmp_path: Path) -> Editor:
    library = Path(shutil.copytree(TINY, tmp_path / "library"))
    window = open_window(library)
    window.activateWindow()
    return Editor(qtbot, window)


def test_a_box_that_is_clicked_is_where_the_cursor_of_the_words_stands(editor: Editor) -> None:
    editor.click(WATCH)
    assert editor.side.chosen == Chosen(WATCH)
    assert editor.line().startswith("## Watch a feed")
    assert "step 2, Watch a feed" in editor.side.chosen_words.text()
    editor.view.words.setFocus()
    editor.view.words.stand_at(editor.side.page.steps[2].line)  # type: ignore[union-attr]
    editor.qtbot.waitUntil(lambda: editor.side.chosen == Chosen(REASSURE), timeout=3_000)


def test_a_way_on_is_chosen_by_its_line_its_number_and_its_place_in_the_words(
    editor: Editor,
) -> None:
    spot = editor.spot_of_way(WEIGHT, 1)
    QTest.mouseClick(editor.board, Qt.MouseButton.LeftButton, pos=spot)
    assert editor.side.chosen == Chosen(WEIGHT, 1)
    assert editor.line().startswith("- Not gaining")
    editor.click(WEIGHT)
    QTest.keyClick(editor.board, Qt.Key.Key_3)
    assert editor.side.chosen == Chosen(WEIGHT, 2)
    assert editor.line().startswith("- Unsure")
    QTest.keyClick(editor.board, Qt.Key.Key_Right)
    assert editor.side.chosen == Chosen(WEIGHT, 0)
    QTest.keyClick(editor.board, Qt.Key.Key_Escape)
    assert editor.side.chosen == Chosen(WEIGHT)
    QTest.keyClick(editor.board, Qt.Key.Key_9)
    assert "three ways on" in editor.side.refused.words


def test_a_step_is_renamed_by_f2_and_every_link_that_bore_its_name_follows(editor: Editor) -> None:
    editor.click(REASSURE)
    QTest.keyClick(editor.board, Qt.Key.Key_F2)
    form = editor.dialog(AskWords)
    assert isinstance(form, AskWords)
    form.words.setText("")
    QTest.keyClick(form.words, Qt.Key.Key_Return)
    assert form.told.text() == "A heading needs words. Write a title."
    assert form.isVisible()
    form.words.setText("Say it is well")
    QTest.keyClick(form.words, Qt.Key.Key_Return)
    assert not form.isVisible()
    assert editor.text == editor.first.replace("[Reassure]", "[Say it is well]").replace(
        "## Reassure", "## Say it is well"
    )
    editor.settle()
    assert editor.side._shown is not None
    assert editor.side._shown.boxes == {REASSURE: "changed"}
    assert "Step 3 is now called Say it is well" in editor.view.preview.said.text()
    assert "changed: step 3" in editor.board.spoken(REASSURE)


def test_each_change_is_one_step_of_undo_to_the_byte(editor: Editor) -> None:
    editor.click(WEIGHT)
    editor.view.graph.set_kind(StepKind.ACTION)
    assert "{#weight .action lane" in editor.text
    editor.settle()
    QTest.keyClick(editor.board, Qt.Key.Key_2)
    QTest.keyClick(editor.board, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert editor.side.chosen == Chosen(WEIGHT, 0)
    assert editor.text.index("- Not gaining") < editor.text.index("- Gaining")
    editor.settle()
    QTest.keyClick(editor.board, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert editor.side.refused.words == "This is the way on furthest to the left already."
    QTest.keyClick(editor.board, Qt.Key.Key_Delete)
    assert "- Not gaining" not in editor.text
    editor.settle()
    for _ in range(3):
        QTest.keyClick(editor.board, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text == editor.first
    editor.settle()
    assert not editor.view.preview.said.text()
    for _ in range(3):
        QTest.keyClick(editor.board, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert "- Not gaining" not in editor.text


def test_a_way_drawn_from_one_box_to_another_asks_when_and_is_written(editor: Editor) -> None:
    editor.board.fit()
    begin, goal = editor.spot(WATCH), editor.spot(WEIGHT)
    begin = editor.spot(WATCH) if not editor.board.rect().contains(begin) else begin
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(editor.board, left, pos=begin)
    QTest.mouseMove(editor.board, (begin + goal) / 2)
    QTest.mouseMove(editor.board, goal)
    QTest.mouseRelease(editor.board, left, pos=goal)
    form = editor.dialog(WayForm)
    assert isinstance(form, WayForm)
    chosen = form.goals.goal()
    assert chosen is not None
    assert chosen.words == "Is the baby gaining weight?"
    form.take()
    assert form.told.text() == "Say when to go this way: step 2 has other ways on."
    assert isinstance(form.when, QLineEdit)
    QTest.keyClicks(form.when, "No better")
    QTest.keyClick(form.when, Qt.Key.Key_Return)
    line = "- No better → [Is the baby gaining weight?](#weight)\n"
    assert line in editor.text
    assert editor.text.replace(line, "") == editor.first
    assert editor.side.chosen == Chosen(WATCH, 2)
    editor.settle()
    assert editor.side._shown is not None
    assert list(editor.side._shown.ways.values()) == ["added"]


def test_a_drag_let_go_over_nothing_or_ended_by_escape_changes_nothing(editor: Editor) -> None:
    editor.board.fit()
    begin = editor.spot(WEIGHT)
    left = Qt.MouseButton.LeftButton
    for end in ("nothing", "escape"):
        QTest.mousePress(editor.board, left, pos=begin)
        QTest.mouseMove(editor.board, begin + QPoint(30, 0))
        QTest.mouseMove(editor.board, QPoint(2, 2))
        if end == "escape":
            QTest.keyClick(editor.board, Qt.Key.Key_Escape)
        QTest.mouseRelease(editor.board, left, pos=QPoint(2, 2))
    assert not [d for d in editor.window.findChildren(WayForm) if d.isVisible()]
    assert editor.text == editor.first


def test_a_step_is_added_between_two_and_drawn_with_its_sign(editor: Editor) -> None:
    editor.click(WEIGHT)
    QTest.keyClick(editor.board, Qt.Key.Key_2)
    QTest.keyClick(editor.board, Qt.Key.Key_Insert)
    form = editor.dialog(StepForm)
    assert isinstance(form, StepForm)
    assert form.where.currentItem().text().startswith("Between step 1 and Watch a feed")
    form.take()
    assert form.told.text() == "Write what the step is called."
    QTest.keyClicks(form.title, "Weigh again")
    QTest.keyClick(form.title, Qt.Key.Key_Return)
    assert "- Not gaining → [Weigh again](#weigh-again)" in editor.text
    assert "## Weigh again {#weigh-again}\n\n- → [Watch a feed](#watch)\n" in editor.text
    assert editor.side.chosen == Chosen("step:weigh-again")
    editor.settle()
    assert editor.line().startswith("## Weigh again")
    assert editor.side._shown is not None
    assert editor.side._shown.boxes["step:weigh-again"] == "added"
    assert "added: step 2" in editor.board.spoken("step:weigh-again")


def test_a_step_more_needs_to_say_when_it_is_gone_to(editor: Editor) -> None:
    editor.click(WATCH)
    editor.side.buttons["step"].click()
    form = editor.dialog(StepForm)
    assert isinstance(form, StepForm)
    QTest.keyClicks(form.title, "Ring the GP")
    form.kind.setCurrentIndex(form.kind.findText("Referral"))
    form.text.setPlainText("Say what you saw.")
    form.take()
    assert form.told.text() == "Say when to go this way: step 2 has other ways on."
    QTest.keyClicks(form.when, "Worse")
    form.take()
    assert "- Worse → [Ring the GP](#ring-the-gp)" in editor.text
    assert "## Ring the GP {#ring-the-gp .referral}\n\nSay what you saw.\n" in editor.text


def test_a_way_on_is_led_to_a_page_of_the_library_and_the_old_line_stays_as_a_ghost(
    editor: Editor,
) -> None:
    editor.click(WATCH)
    QTest.keyClick(editor.board, Qt.Key.Key_1)
    editor.view.graph.do("lead")
    form = editor.dialog(WayForm)
    assert isinstance(form, WayForm)
    QTest.keyClicks(form.goals.field, "duty")
    QTest.keyClick(form.goals.field, Qt.Key.Key_Return)
    assert "- Better → [Duty desk](../services/duty-desk.md)" in editor.text
    editor.settle()
    assert "Step 2 now leads to Duty desk, not to Reassure." in editor.view.preview.said.text()
    assert editor.side._shown is not None
    assert sorted(editor.side._shown.ways.values()) == ["added", "removed"]


def test_a_step_that_others_lead_to_is_asked_about_before_it_goes(editor: Editor) -> None:
    editor.click(WATCH)
    QTest.keyClick(editor.board, Qt.Key.Key_Delete)
    form = editor.dialog(RemoveStep)
    assert isinstance(form, RemoveStep)
    words = " ".join(label.text() for label in form.inside.findChildren(type(form.told)))
    assert "One way on leads to it:" in words
    assert "Not gaining, from step 1, Is the baby gaining weight?" in words
    form.on.setChecked(True)
    form.goal.setCurrentIndex(form.goal.findText("Step 3: Reassure"))
    form.take()
    assert "## Watch a feed" not in editor.text
    assert "- Not gaining → [Reassure](#reassure)" in editor.text
    editor.settle()
    assert editor.side._shown is not None
    assert editor.side._shown.boxes == {"gone:step:watch": "removed"}
    editor.click("gone:step:watch")
    assert editor.side.chosen_words.text() == "This is no longer there. Undo brings it back."
    editor.view.do_undo()
    assert editor.text == editor.first


def test_without_a_choice_each_tool_says_what_to_do_first(editor: Editor) -> None:
    editor.side.choose(Chosen())
    for name in ("way", "rename", "limit", "kind", "menu", "remove", "lead", "when", "left"):
        editor.view.graph.do(name)
        assert editor.side.refused.words.startswith("Choose a "), name


def test_the_menu_says_in_words_what_can_be_done(editor: Editor) -> None:
    def told() -> list[str]:
        step = editor.side.step()
        assert step is not None
        menu = editor.view.graph.menu_of(step)
        words = [a.text().split("\t")[0] for a in menu.actions() if a.text()]
        menu.deleteLater()
        return words

    editor.click(WEIGHT)
    assert told() == [
        "Rename this step",
        "Change its kind",
        "Change its time limit",
        "Add a step after this one",
        "Add a way on",
        "Its ways on",
        "Remove this step",
        "Undo",
    ]
    QTest.keyClick(editor.board, Qt.Key.Key_2)
    assert told() == [
        "Change when it is taken",
        "Lead it elsewhere",
        "Put a step in between",
        "Move it to the left",
        "Move it to the right",
        "Remove this way on",
        "Undo",
    ]


def test_every_command_of_the_graph_can_be_asked_for_by_name(editor: Editor) -> None:
    named = [c for c in COMMANDS if c.when == "graph"]
    assert len(named) == 11
    assert all(editor.window.can(command) for command in named)
    for command in named:
        assert callable(getattr(editor.view.graph, f"do_{command.id.removeprefix('graph_')}"))
    editor.click(WATCH)
    editor.window.do_id("graph_limit")
    form = editor.dialog(AskWords)
    assert isinstance(form, AskWords)
    assert form.words.text() == "within 2 days"
    form.words.setText("today")
    form.take()
    assert 'timeframe="today"' in editor.text


def test_escape_leads_out_of_the_graph_to_the_words(editor: Editor) -> None:
    editor.view.do_alone()
    assert not editor.view.words.isVisible()
    editor.board.setFocus()
    QTest.keyClick(editor.board, Qt.Key.Key_Escape)
    assert editor.view.words.isVisible()


def test_words_typed_since_the_last_look_are_what_is_changed(editor: Editor) -> None:
    editor.click(WATCH)
    editor.editing.put(
        editor.text.replace("## Is the baby", "## New {#new}\n\nX.\n\n## Is the baby")
    )
    editor.view.graph.set_kind(StepKind.QUESTION)
    assert "## Watch a feed {#watch .question" in editor.text
    editor.editing.put(editor.text.replace("{#watch .question", "{#watched .question"))
    editor.view.graph.set_kind(StepKind.END)
    assert editor.side.refused.words.startswith("That step is not there any more.")
    assert ".question" in editor.text


def test_the_urgent_strip_keeps_its_place_below_whatever_the_editor_says(editor: Editor) -> None:
    editor.click(WATCH)
    editor.view.graph.set_kind(StepKind.START)
    editor.settle()
    assert editor.window.minimumSizeHint().height() <= 620


def test_an_urgent_step_is_asked_by_when_and_can_be_saved(editor: Editor) -> None:
    editor.click(REASSURE)
    QTest.keyClick(editor.board, Qt.Key.Key_Insert)
    form = editor.dialog(StepForm)
    assert isinstance(form, StepForm)
    assert not form.limit.isVisible()
    QTest.keyClicks(form.title, "Ring 999")
    form.kind.setCurrentIndex(form.kind.findText("Urgent"))
    assert form.limit.isVisible()
    form.take()
    assert form.told.text() == "Say by when an urgent step is done."
    QTest.keyClicks(form.limit, "now")
    form.take()
    assert '## Ring 999 {#ring-999 .urgent timeframe="now"}' in editor.text
    editor.settle()
    editor.click(WEIGHT)
    editor.view.graph.set_kind(StepKind.URGENT)
    asked = editor.dialog(AskWords)
    assert isinstance(asked, AskWords)
    assert asked.windowTitle() == "Time limit of this step"
    asked.reject()


def test_a_change_in_the_graph_is_never_one_step_of_undo_with_what_was_typed(
    editor: Editor,
) -> None:
    editor.click(WATCH)
    editor.view.words.setFocus()
    QTest.keyClick(editor.view.words, Qt.Key.Key_End)
    QTest.keyClicks(editor.view.words, " x")
    typed = editor.text
    editor.editing.put(typed + "y")
    editor.editing.put(typed + "yz")
    editor.view.do_undo()
    assert editor.text == typed + "y"
    editor.view.do_undo()
    assert editor.text == typed


def test_once_it_is_in_the_library_nothing_is_marked_any_more(editor: Editor) -> None:
    editor.click(WATCH)
    editor.view.graph.set_kind(StepKind.QUESTION)
    editor.settle()
    assert editor.side._shown is not None
    assert editor.side._shown.boxes
    editor.editing.save(Saying("champion", "A question", True))
    editor.qtbot.waitUntil(
        lambda: editor.side._shown is not None and not editor.side._shown.boxes, timeout=10_000
    )
    assert not editor.view.preview.said.text()


def test_by_keyboard_alone_any_arrow_begins_at_the_first_step(editor: Editor) -> None:
    editor.side.choose(Chosen())
    editor.board.focus = ""
    editor.window.activateWindow()
    editor.qtbot.waitUntil(editor.window.isActiveWindow, timeout=20_000)
    for _ in range(12):
        editor.window.do_id("next_region")
        if editor.board.hasFocus():
            break
    assert editor.board.hasFocus()
    QTest.keyClick(editor.board, Qt.Key.Key_Down)
    assert editor.side.chosen == Chosen(WEIGHT)
    QTest.keyClick(editor.board, Qt.Key.Key_Down)
    assert editor.side.chosen == Chosen(REASSURE)
    assert editor.line().startswith("## Reassure")


def test_the_graph_opens_with_its_first_step_in_view_whatever_comes_after(editor: Editor) -> None:
    board = editor.board
    seen = board.rect()
    first = next(iter(board.picture.place))  # type: ignore[union-attr]

    def in_view() -> bool:
        assert board.picture is not None
        return board.rect().contains(
            board.to_screen(board.picture.box_rect(first)).center().toPoint()
        )

    assert in_view()
    drawing = editor.side.drawing
    assert drawing is not None
    board.open_at(first)
    board.origin -= QPointF(4_000, 4_000)  # as after a quick picture of other proportions
    editor.side._drawn(drawing, again=True)
    assert in_view()
    editor.window.resize(1100, 640)
    editor.qtbot.waitUntil(lambda: board.rect() != seen, timeout=3_000)
    assert in_view()


def test_words_that_are_in_no_box_draw_nothing_and_the_lines_below_them_are_still_found(
    editor: Editor,
) -> None:
    drawn: list[object] = []
    editor.side.drawer.drawn.connect(lambda drawing, _: drawn.append(drawing))
    picture, line = editor.board.picture, editor.side.line_of(Chosen(WATCH))
    first = editor.side.page
    editor.view.go_to_line(editor.side.line_of(Chosen(WEIGHT)) + 2)
    QTest.keyClicks(editor.view.words, "More words.")
    QTest.keyClick(editor.view.words, Qt.Key.Key_Return)
    QTest.keyClick(editor.view.words, Qt.Key.Key_Return)
    editor.settle()
    assert editor.side.page is not first
    assert drawn == []
    assert editor.board.picture is picture
    assert editor.side.line_of(Chosen(WATCH)) == line + 2


def test_a_graph_that_nobody_sees_is_drawn_when_it_is_shown(editor: Editor) -> None:
    editor.view.preview.switch.chosen.emit("page")
    drawn: list[object] = []
    editor.side.drawer.drawn.connect(lambda drawing, _: drawn.append(drawing))
    step = editor.side.line_of(Chosen(WEIGHT))
    editor.view.go_to_line(step)
    editor.view.words.moveCursor(editor.view.words.textCursor().MoveOperation.WordRight)
    QTest.keyClicks(editor.view.words, "Growth ")
    editor.qtbot.waitUntil(
        lambda: editor.side.page is not None and "Growth" in editor.side.page.text, timeout=20_000
    )
    assert drawn == []
    editor.view.preview.switch.chosen.emit("graph")
    editor.settle()
    assert editor.side.drawing is not None
    titles = [box.box.title for box in editor.side.drawing.boxes]
    assert any("Growth" in title for title in titles)


def test_a_way_more_is_seen_before_it_is_drawn_with_care(editor: Editor) -> None:
    drawn: list[bool] = []
    editor.side.drawer.drawn.connect(lambda drawing, _: drawn.append(drawing.refined))
    words = f"{editor.text}\n- If unsure → [Weight](#weight)\n"
    editor.editing.put(words)
    editor.editing.look_now()
    editor.settle()
    assert drawn[-1]
    assert len(drawn) <= 2
