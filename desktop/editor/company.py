"""Who else is editing the pages of the desk: told and asked every half minute, advice and never a lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from knowledge.saving.presence import REFRESH_EVERY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from desktop.session import Session
    from knowledge.saving.presence import Editor, Presence


class Company(QObject):
    """Leaves a note beside the library for each page being edited, and reads those of others."""

    others = Signal(str, str)  # path, words; "" when nobody else is there

    def __init__(
        self, session: Session, pages: Iterable[str], presence: Callable[[], Presence]
    ) -> None:
        super().__init__(session)
        self.session, self.pages, self.presence = session, pages, presence
        self._timer = QTimer(self)
        self._timer.setInterval(int(REFRESH_EVERY * 1000))
        self._timer.timeout.connect(self.look)

    def look(self) -> None:
        """Off the screen's thread: a share may be slow, or gone."""
        if self.session.library is None:
            return
        self._timer.start()
        presence, paths = self.presence(), list(self.pages)
        who = self.session.settings.get("role")

        def work() -> dict[str, list[Editor]]:
            for path in paths:
                presence.editing(path, who)
            return {path: presence.others(path) for path in paths}

        self.session.tasks.run(work, self._found, key="company", lane="company")

    def _found(self, found: dict[str, list[Editor]]) -> None:
        for path, editors in found.items():
            self.others.emit(path, said(editors))

    def leave(self, path: str) -> None:
        presence = self.presence()
        self.session.tasks.run(lambda: presence.left(path), lane="company")

    def rest(self) -> None:
        """The window goes: nobody is told for longer than needed that it is here."""
        self._timer.stop()
        for path in self.pages:
            self.presence().left(path)


def said(editors: list[Editor]) -> str:
    """Who is there and since when, in a few words."""
    if not editors:
        return ""
    first = editors[0]
    ago = "now" if first.seconds_ago < 60 else f"{first.seconds_ago / 60:.0f} min ago"
    if first.since is not None:
        ago = f"since {first.since.astimezone():%H:%M}"
    more = f" and {len(editors) - 1} more" if len(editors) > 1 else ""
    who = first.who[:1].upper() + first.who[1:]
    return f"Also editing: {who}{more} ({ago})"
