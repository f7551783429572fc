"""What was answered for a page that is not begun yet: on the disk after each pause, there again the next time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from knowledge.files import Clock, Files, clear, make_folders, write_whole

if TYPE_CHECKING:
    from desktop.session import Session


class Begun:
    """The answers of one form, in the person's own profile; gone once the page is a draft."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.file = session.profile.data / "begun.json"

    def read(self) -> dict[str, str]:
        """The answers by the question's key; none when there are none, or they cannot be read."""
        try:
            found = json.loads(self.file.read_bytes())
        except (OSError, ValueError):
            return {}
        found = found if isinstance(found, dict) else {}
        return {str(key): words for key, words in found.items() if isinstance(words, str)}

    def keep(self, answers: dict[str, str]) -> None:
        """Have them on the disk, off the screen's thread; one that cannot be kept is tried at the next pause."""
        data = json.dumps(answers, ensure_ascii=False).encode()

        def work() -> None:
            files = Files()
            make_folders(files, self.file.parent)
            write_whole(files, self.file, data, Clock())

        self.session.tasks.run(work, None, lambda _: None, lane="drafts")

    def forget(self) -> None:
        self.session.tasks.run(lambda: clear(Files(), self.file), lane="drafts")
