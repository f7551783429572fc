"""The trainer's notes: what to say and ask at this stop, as large as the trainer likes."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from desktop.icons import pixmap
from desktop.theme import theme
from desktop.widgets.basics import Button, label
from knowledge.render import Options, style_sheet

if TYPE_CHECKING:
    from desktop.session import Session
    from knowledge.model import Page
    from knowledge.showing.show import Scene

SIZES = (14, 16, 18, 20, 22, 24, 28, 32, 36, 42, 48, 56, 64, 72)
LOCKED = "Notes never reach the audience window."


class Notes(QWidget):
    """Seen by the trainer alone."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.scene: Scene | None = None
        self.outcome_shown = False
        self._stale = True
        self._rendered: dict[tuple[str, str], str] = {}
        self.title = label("Your notes, seen by you alone", "strong")
        self.smaller = Button("Smaller notes", done=lambda: self.step(-1), look="lined")
        self.larger = Button("Larger notes", done=lambda: self.step(1), look="lined")
        self.smaller.setText("A−")
        self.larger.setText("A+")
        self.text = QTextBrowser()
        self.text.setAccessibleName("Your notes")
        self.text.setOpenLinks(False)
        self.lock = QLabel()
        self.locked = label(LOCKED, "small")
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        for button in (self.smaller, self.larger):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            head.addWidget(button)
        foot = QHBoxLayout()
        foot.addWidget(self.lock)
        foot.addWidget(self.locked, 1)
        self.column = QVBoxLayout(self)
        self.column.addLayout(head)
        self.column.addWidget(self.text, 1)
        self.column.addLayout(foot)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme().changed.connect(self._restyle)
        self._restyle()

    def use_low(self, low: bool) -> None:
        """Where it is low the words come first; the title says as well that nobody else sees them."""
        for part in (self.lock, self.locked):
            part.setVisible(not low)
        self.text.setMinimumHeight(theme().px(24))

    @property
    def size_(self) -> int:
        found: int = self.session.settings.get("notes_size")
        return found

    def step(self, by: int) -> None:
        """Notes larger or smaller; the size is remembered."""
        place = min(range(len(SIZES)), key=lambda n: abs(SIZES[n] - self.size_))
        size = SIZES[max(0, min(len(SIZES) - 1, place + by))]
        self.session.settings.set("notes_size", size)
        self._resize()

    def show_scene(self, scene: Scene, outcome_shown: bool) -> None:
        if (scene, outcome_shown) != (self.scene, self.outcome_shown):
            self.scene, self.outcome_shown = scene, outcome_shown
            self._stale = True
            self._write()

    def showEvent(self, event: QShowEvent) -> None:
        self._write()
        super().showEvent(event)

    def _restyle(self) -> None:
        look = theme()
        edge = look.px(16)
        self.column.setContentsMargins(edge, look.px(10), edge, look.px(8))
        self.lock.setPixmap(pixmap("lock", "ink_muted", 16, self.devicePixelRatioF()))
        self._resize()

    def _resize(self) -> None:
        look = theme()
        size = look.px(self.size_)
        rules = style_sheet(look.colours, {"article": size, "small": size * 0.8})
        self.text.document().setDefaultStyleSheet(rules)
        self.text.document().setDefaultFont(look.font("body"))
        self._stale = True
        self._write()

    def _write(self) -> None:
        """When they are in view: until then others may come."""
        scene = self.scene
        if not self._stale or not self.isVisible():
            return
        self._stale = False
        self.text.setHtml(f"<body>{self._html(scene)}</body>" if scene is not None else "")

    def _html(self, scene: Scene) -> str:
        parts = []
        if scene.trouble:
            parts.append(f"<p><strong>{escape(scene.trouble)}</strong></p>")
        if scene.ask:
            parts.append(f"<p>Ask the room: <strong>{escape(scene.ask)}</strong></p>")
        parts += [self._said(said.page, said.note.body) for said in scene.notes]
        if scene.outcome:
            where = "the room sees it" if self.outcome_shown else "still covered"
            parts.append(f"<p><strong>Outcome</strong>, {where}: {escape(scene.outcome)}</p>")
        return "".join(parts) or "<p>No notes for this stop.</p>"

    def _said(self, page: Page, words: str) -> str:
        """One note, rendered once: what is uncovered or comes back says it again."""
        found = self._rendered.get((page.path, words))
        if found is None:
            found = self.session.renderer.text(page, words, Options(trainer=True))
            self._rendered[page.path, words] = found
        return found
