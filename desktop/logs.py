"""The log: what the program did, never what anybody looked for. In the profile, its latest lines in memory."""

from __future__ import annotations

import logging
from collections import deque
from pathlib import Path

LINES = 300
FILE = "fingerpost.log"
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_LARGEST = 500_000

_private: deque[str] = deque(maxlen=200)


def keep_out(words: str) -> None:
    """What somebody typed to search for: wherever it turns up in a line, it is left out."""
    words = words.strip()
    if len(words) > 2 and words not in _private:
        _private.append(words)


def without_private(text: str) -> str:
    """The text without anything that was searched for, and without the name of the user's folder."""
    for words in sorted(_private, key=len, reverse=True):
        text = text.replace(words, "…")
    return text.replace(str(Path.home()), "~")


class _Discreet(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return without_private(super().format(record))


class Recent(logging.Handler):
    """The latest lines, for the report of a crash and for the file once it is open."""

    def __init__(self) -> None:
        super().__init__()
        self.records: deque[logging.LogRecord] = deque(maxlen=LINES)
        self.setFormatter(_Discreet(_FORMAT))

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def lines(self) -> list[str]:
        return [self.format(record) for record in list(self.records)]


recent = Recent()


def start() -> None:
    """Remember from now on; cheap enough for before the first paint."""
    root = logging.getLogger()
    if recent not in root.handlers:
        root.addHandler(recent)
    root.setLevel(logging.WARNING)
    logging.getLogger("fingerpost").setLevel(logging.INFO)


def write_to(folder: Path) -> logging.Handler | None:
    """Also write to a file in `folder`, from what is remembered on; None where that cannot be."""
    from logging.handlers import RotatingFileHandler

    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / FILE, maxBytes=_LARGEST, backupCount=2, encoding="utf-8"
        )
    except OSError:
        return None
    handler.setFormatter(_Discreet(_FORMAT))
    for record in list(recent.records):
        handler.handle(record)
    logging.getLogger().addHandler(handler)
    return handler


def stop(handler: logging.Handler | None) -> None:
    """Let go of the file and of what is remembered."""
    for one in (handler, recent):
        if one is not None:
            logging.getLogger().removeHandler(one)
            one.close()
    recent.records.clear()


def take_qt_messages() -> None:
    """Qt's own warnings belong in the log, not on a terminal nobody sees."""
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    levels = {
        QtMsgType.QtWarningMsg: logging.WARNING,
        QtMsgType.QtCriticalMsg: logging.ERROR,
        QtMsgType.QtFatalMsg: logging.CRITICAL,
    }
    log = logging.getLogger("fingerpost.qt")

    def take(kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
        log.log(levels.get(kind, logging.DEBUG), "%s", words)

    qInstallMessageHandler(take)
