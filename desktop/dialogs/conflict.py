"""Two people changed one page: the paragraphs that differ, side by side, and what is to stand in the library."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from desktop.dialogs.base import Dialog
from desktop.theme import theme
from desktop.widgets.basics import Button, label
from desktop.widgets.switch import Switch

if TYPE_CHECKING:
    from desktop.window import MainWindow

MINE, THEIRS, BOTH = "mine", "theirs", "both"
BY_YOU, BY_THEM = "only you changed this", "only they changed this"
BY_BOTH = "both of you changed this"


@dataclass(slots=True)
class Piece:
    """Paragraphs that are the same in both, or that differ."""

    mine: str
    theirs: str
    choice: str = MINE
    by: str = ""  # who changed it since both began, where that is known

    @property
    def same(self) -> bool:
        return self.mine == self.theirs

    @property
    def chosen(self) -> str:
        if self.choice == BOTH:
            return "\n\n".join(part for part in (self.mine, self.theirs) if part)
        return self.mine if self.choice == MINE else self.theirs


def pieces(mine: str, theirs: str, base: str | None = None) -> list[Piece]:
    """The two texts paragraph by paragraph; what only one of the two changed since `base` is kept."""
    ours, others = mine.split("\n\n"), theirs.split("\n\n")
    began = base.split("\n\n") if base is not None else None
    places = _places(began, ours) if began is not None else {}
    found: list[Piece] = []
    for tag, i, j, a, b in SequenceMatcher(None, ours, others, autojunk=False).get_opcodes():
        left, right = "\n\n".join(ours[i:j]), "\n\n".join(others[a:b])
        piece = Piece(left, left if tag == "equal" else right)
        found.append(piece)
        if began is None or tag == "equal":
            continue
        before, behind = places.get(i - 1), places.get(j)
        if before is None or behind is None:
            piece.by = BY_BOTH
            continue
        was = began[before + 1 : behind]
        if ours[i:j] == was:
            piece.by, piece.choice = BY_THEM, THEIRS
        else:
            piece.by = BY_YOU if others[a:b] == was else BY_BOTH
    return found


def _places(began: list[str], now: list[str]) -> dict[int, int]:
    """Where the paragraphs that stayed stood when both began; the ends of the page stay too."""
    places = {-1: -1, len(now): len(began)}
    for old, new, size in SequenceMatcher(None, began, now, autojunk=False).get_matching_blocks():
        places.update({new + k: old + k for k in range(size)})
    return places


def together(parts: list[Piece]) -> str:
    return "\n\n".join(part.chosen for part in parts if part.chosen or part.same)


class SettleConflict(Dialog):
    """Nothing is saved until it is confirmed, and both texts stay among the earlier versions."""

    def __init__(
        self,
        window: MainWindow,
        title: str,
        texts: tuple[str, str, str | None],
        done: Callable[[str], None],
    ) -> None:
        """`texts` are mine, theirs, and what both began with where that is known."""
        super().__init__(window, "Somebody else changed this page while you were editing", 980, 660)
        self.done_with = done
        self.parts = pieces(*texts)
        self.body.addWidget(
            label(
                f"Choose for each paragraph of {title} that differs; what only one of you changed is "
                "chosen already. The result can be changed below. "
                "Nothing is saved until you say so, and both texts are kept among the earlier versions."
            )
        )
        self.switches: list[Switch] = []
        differing = [part for part in self.parts if not part.same]
        for number, part in enumerate(differing, 1):
            self.body.addWidget(self._pair(part, number, len(differing)))
        self.body.addWidget(label("What will stand in the library", "heading"))
        self.outcome = _text("The result", editable=True)
        self.outcome.setMinimumHeight(theme().px(220))
        self.body.addWidget(self.outcome)
        self.foot(
            Button("Not now: keep my draft", "file-pen-line", "lined", self.reject),
            Button("Save the result", "badge-check", "filled", self._save),
        )
        self._again()
        if differing:
            self._show_place(differing[0])

    def _pair(self, part: Piece, number: int, count: int) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        ways = [(MINE, "Keep mine", "pencil"), (THEIRS, "Keep theirs", "users")]
        if not part.mine.startswith("---"):  # a page has its details once
            ways.append((BOTH, "Keep both", "copy"))
        switch = Switch(f"Paragraph {number} of {count}", ways)
        switch.show_choice(part.choice)

        def chosen(choice: str) -> None:
            before = part.chosen
            part.choice = choice
            self._again(part, before)

        switch.chosen.connect(chosen)
        self.switches.append(switch)
        by = f": {part.by}" if part.by else ""
        column.addWidget(label(f"Difference {number} of {count}{by}", "strong"))
        row = QHBoxLayout()
        lines = max(_lines(part.mine), _lines(part.theirs))  # both at one height
        for name, words in (("Yours", part.mine), ("Theirs", part.theirs)):
            side = QVBoxLayout()
            side.addWidget(label(name, "small"))
            text = _text(f"{name}, difference {number}")
            text.setPlainText(words or "(nothing)")
            _mark(text, words, part.theirs if words is part.mine else part.mine)
            text.setFixedHeight(text.fontMetrics().lineSpacing() * lines + theme().px(24))
            side.addWidget(text)
            side.addStretch(1)
            row.addLayout(side, 1)
        column.addLayout(row)
        column.addWidget(switch)
        return box

    def _again(self, part: Piece | None = None, before: str = "") -> None:
        """The result anew; what was changed in it by hand stays, and only this paragraph changes."""
        text = self.outcome.toPlainText()
        if not self.outcome.document().isModified():
            self.outcome.setPlainText(together(self.parts))
        elif part is not None:
            if before and text.count(before) == 1:
                text = text.replace(before, part.chosen)
            elif part.chosen:
                place = self._end_of_what_stands_before(part, text)
                text = "\n\n".join(
                    piece
                    for piece in (text[:place], part.chosen, text[place:].lstrip("\n"))
                    if piece
                )
            self.outcome.setPlainText(text)
            self.outcome.document().setModified(True)
        if part is not None:
            self._show_place(part)

    def _end_of_what_stands_before(self, part: Piece, text: str) -> int:
        """Where this paragraph belongs in a result that was changed by hand; else its end."""
        number = next(n for n, other in enumerate(self.parts) if other is part)
        for other in reversed(self.parts[:number]):
            if other.chosen and text.count(other.chosen) == 1:
                return text.index(other.chosen) + len(other.chosen)
        return len(text)

    def _show_place(self, part: Piece) -> None:
        """Have this paragraph in view in the result, not the details at the top of the page."""
        text = self.outcome.toPlainText()
        found = text.find(part.chosen) if part.chosen else -1
        cursor = self.outcome.textCursor()
        place = found if found >= 0 else self._end_of_what_stands_before(part, text)
        cursor.setPosition(len(text[:place].encode("utf-16-le")) // 2)
        self.outcome.moveCursor(QTextCursor.MoveOperation.End)
        self.outcome.setTextCursor(cursor)  # from the end upwards: its first line is the first

    def _save(self) -> None:
        words = self.outcome.document().toRawText().replace("\u2029", "\n")
        self.accept()
        self.done_with(words)


def _lines(words: str) -> int:
    """About how many lines are shown; more are scrolled."""
    return min(8, 1 + len(words) // 50 + words.count("\n"))


def _mark(text: QPlainTextEdit, words: str, others: str) -> None:
    """Underline and tint the words that stand on this side only."""
    here, there = re.findall(r"\S+|\s+", words), re.findall(r"\S+|\s+", others)
    look = theme()
    form = QTextCharFormat()
    form.setBackground(look.colour("warn_tint"))
    form.setFontUnderline(True)
    marks: list[QTextEdit.ExtraSelection] = []
    for tag, i, j, _, _ in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        if tag in ("equal", "insert"):
            continue
        mark = QTextEdit.ExtraSelection()
        cursor = text.textCursor()
        start, end = (len("".join(here[:n]).encode("utf-16-le")) // 2 for n in (i, j))
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        mark.cursor, mark.format = cursor, form
        marks.append(mark)
    text.setExtraSelections(marks)


def _text(name: str, editable: bool = False) -> QPlainTextEdit:
    text = QPlainTextEdit()
    text.setAccessibleName(name)
    text.setReadOnly(not editable)
    text.setTabChangesFocus(True)
    text.setFont(theme().font("body"))
    return text
