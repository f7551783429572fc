"""Underlines words that are not known, a moment after each pause, and offers what may have been meant."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit

from desktop.editor.writing import shown, units
from desktop.theme import theme

if TYPE_CHECKING:
    from desktop.editor.editing import Look
    from desktop.editor.speller import Misspelt, Speller
    from desktop.editor.words import WordsEdit
    from desktop.session import Session
    from knowledge.library import Library


class Spelling:
    """The check of one editor. Lists are loaded when the first page is edited, off the screen's thread."""

    def __init__(self, session: Session, words: WordsEdit) -> None:
        self.session, self.words = session, words
        self.speller: Speller | None = None
        self.loading = False
        self.latest: Look | None = None
        self.found: list[QTextCursor] = []
        words.advise = self.advise
        words.underlined = self.underlined

    def check(self, look: Look) -> None:
        """Look through the words of a page; underlines follow unless they have changed by then."""
        if not self.session.settings.get("spelling"):
            self._show([])
            return
        self.latest = look
        if self.speller is None:
            self._load(look.library)
            return
        speller, lines = self.speller, shown(look.text)

        def done(found: list[Misspelt]) -> None:
            if self.words.document().toRawText().replace("\u2029", "\n") == lines:
                self._show(found)

        # In one lane with the preview, and so after it: what readers see comes first.
        self.session.tasks.run(
            lambda: speller.misspelt(lines),
            done,
            key=f"spelling-{id(self)}",
            lane="render",
            shown=self.words,
        )

    def _load(self, library: Library) -> None:
        """Once: the list that ships, and the words of every page."""
        if self.loading:
            return
        self.loading, own = True, self.session.settings.get("words")

        def work() -> Speller:
            from desktop.editor.speller import Speller

            return Speller(library, own)

        def done(speller: Speller) -> None:
            self.speller = speller
            if self.latest is not None:
                self.check(self.latest)

        self.session.tasks.run(work, done, lane="spelling", shown=self.words)

    def _show(self, found: list[Misspelt]) -> None:
        self.found = []
        document = self.words.document()
        for one in found:
            block = document.findBlockByNumber(one.line)
            before = block.text()[: one.start]
            cursor = QTextCursor(block)
            cursor.setPosition(block.position() + units(before))
            end = cursor.position() + units(one.word)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            self.found.append(cursor)
        self.words.remark()

    def underlined(self) -> list[QTextEdit.ExtraSelection]:
        """The marks, but for the word that is being written."""
        marks = []
        here = self.words.textCursor().position() if self.words.hasFocus() else -1
        document = self.words.document()
        for cursor in self.found:
            if cursor.document() is not document or cursor.selectionEnd() == here:
                continue
            mark = QTextEdit.ExtraSelection()
            form = QTextCharFormat()
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            form.setUnderlineColor(theme().colour("urgent"))
            mark.cursor, mark.format = cursor, form
            marks.append(mark)
        return marks

    def advise(self, menu: QMenu, at: QTextCursor) -> None:
        """What the menu at a word offers: what may have been meant, and to keep the word."""
        first = menu.actions()[0]
        place = next(
            (c for c in self.found if c.selectionStart() <= at.position() <= c.selectionEnd()), None
        )
        entries: list[tuple[str, object]] = []
        if place is not None and self.speller is not None and place.hasSelection():
            word = place.selectedText()
            near = self.speller.suggestions(word)
            entries += [(other, partial(self._put, place, other)) for other in near]
            if not near:
                entries.append(("Nothing like it is known", None))
            entries.append((f"Keep '{word}' as a word", partial(self._keep, word)))
        on = bool(self.session.settings.get("spelling"))
        entries.append((f"{'Stop checking' if on else 'Check'} spelling", self._turn))
        for text, done in entries:
            action = menu.addAction(text)
            action.setEnabled(done is not None)
            if done is not None:
                action.triggered.connect(done)
            menu.insertAction(first, action)
        menu.insertSeparator(first)

    def _put(self, place: QTextCursor, word: str) -> None:
        place.insertText(word)
        self.found = [cursor for cursor in self.found if cursor is not place]
        self.words.remark()

    def _keep(self, word: str) -> None:
        settings = self.session.settings
        settings.set("words", sorted({*settings.get("words"), word}))
        if self.speller is not None:
            self.speller.keep(word)
        self.found = [c for c in self.found if c.selectedText().casefold() != word.casefold()]
        self.words.remark()

    def _turn(self) -> None:
        settings = self.session.settings
        settings.set("spelling", not settings.get("spelling"))
        self.found = []
        self.words.remark()
        self.words.document().contentsChanged.emit()
