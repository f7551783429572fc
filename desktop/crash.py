"""Mistakes of our own: written down in the profile, offered at the next start, sent nowhere."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from desktop import logs

log = logging.getLogger("fingerpost.crash")

MOST = 5  # reports kept; a mistake in painting would otherwise fill the disk
_NATIVE = "native.txt"
_PATTERN = "report-*.txt"


class Watch:
    """Writes a report of every mistake nobody caught, while the program runs."""

    def __init__(self, folder: Path, told: Callable[[], None] = lambda: None) -> None:
        self.folder = folder
        self.told = told
        self._seen: set[str] = set()
        self._native: IO[str] | None = None
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)

    def begin(self) -> None:
        """Take the hooks. What brought down the process itself is written by Python as it dies."""
        sys.excepthook = self._exception
        threading.excepthook = lambda a: self._exception(a.exc_type, a.exc_value, a.exc_traceback)
        sys.unraisablehook = lambda a: self._exception(a.exc_type, a.exc_value, a.exc_traceback)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._take_native()
            self._native = open(self.folder / _NATIVE, "a", encoding="utf-8")  # noqa: SIM115
            faulthandler.enable(self._native)
        except OSError:
            return  # a profile that cannot be written to still works

    def end(self) -> None:
        """Give the hooks back; nothing is left behind by a run without a mistake."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        if self._native is None:
            return
        faulthandler.disable()
        self._native.close()
        self._native = None
        self._take_native()

    def waiting(self) -> list[Path]:
        """Reports of earlier runs, the newest first."""
        return sorted(self.folder.glob(_PATTERN), reverse=True)

    def _take_native(self) -> None:
        """Make a report of what an earlier process wrote as it died."""
        left = self.folder / _NATIVE
        try:
            text = left.read_text("utf-8", errors="replace")
            left.unlink()
        except OSError:
            return
        if text.strip():
            self._write(f"The program was brought down.\n\n{text}")

    def _exception(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error or kind(), where)
            return
        import traceback

        text = "".join(traceback.format_exception(kind, error, where))
        log.error("a mistake of our own: %s", kind.__name__)
        if sys.stderr is not None:
            sys.stderr.write(logs.without_private(text))
        if text not in self._seen and len(self._seen) < MOST:
            self._seen.add(text)
            self._write(text)
            self.told()

    def _write(self, text: str) -> None:
        moment = datetime.now()
        report = logs.without_private("\n".join([heading(moment), text, *logs.recent.lines(), ""]))
        try:
            name = f"report-{moment:%Y%m%d-%H%M%S-%f}.txt"
            (self.folder / name).write_text(report, encoding="utf-8")
            for old in self.waiting()[MOST:]:
                old.unlink()
        except OSError:
            log.warning("the report could not be written")


def heading(moment: datetime) -> str:
    """What whoever puts it right needs to know of program and machine."""
    import platform
    from importlib import metadata

    from knowledge.dates import in_words

    try:
        version = metadata.version("fingerpost")
        qt = metadata.version("PySide6-Essentials")
    except metadata.PackageNotFoundError:
        version = qt = "unknown"
    return (
        f"Fingerpost {version}, {in_words(moment.date())}, {moment:%H:%M}\n"
        f"Python {platform.python_version()}, Qt {qt}, {platform.platform()}\n"
    )
