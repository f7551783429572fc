"""What has changed on the pages of a session since it was last presented, word by word."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTextBrowser

from desktop.dialogs.base import Dialog
from desktop.editor.versions import compared
from desktop.theme import theme
from desktop.widgets.basics import Button, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.window import MainWindow
    from knowledge.presented import Since


class WhatChanged(Dialog):
    """Signs and strokes say what came and went, not colour alone."""

    def __init__(self, window: MainWindow, found: Sequence[Since]) -> None:
        super().__init__(window, "What changed since you last presented it", 820, 620)
        self.body.addWidget(
            label("− was taken away. + is new. Kept on this computer only.", "small")
        )
        self.text = QTextBrowser()
        self.text.setAccessibleName("What changed")
        self.text.setOpenLinks(False)
        self.text.setMinimumHeight(theme().px(360))
        look = theme().colours
        self.text.document().setDefaultStyleSheet(
            f"ins {{ background: {look['hit']}; color: {look['hit_ink']}; }} "
            f"del {{ color: {look['urgent_ink']}; }}"
        )
        self.body.addWidget(self.text, 1)
        self.foot(Button("Close", "x", "filled", self.accept))
        self.text.setPlainText("Comparing.")
        self.session.tasks.run(lambda: _told(found), self.text.setHtml, lane="drafts")


def _told(found: Sequence[Since]) -> str:
    parts: list[str] = []
    for since in found:
        parts.append(f"<h3>Stop {since.number + 1}: {escape(since.title)}</h3>")
        if not since.now:
            parts.append("<p><strong>It is no longer in the library.</strong></p>")
        parts.append(f"<p>{compared(since.then, since.now)}</p>")
    return "".join(parts)
