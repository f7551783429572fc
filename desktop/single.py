"""One window for each profile: a second start hands its page to the first and leaves."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger("fingerpost.single")

MARK = "running"  # spares a first start the loading of QtNetwork before its first paint
_PATIENCE_MS = 2_000
_ANSWER_MS = 15_000  # whoever took the call lives, however busy it is: two windows would be worse


def address(profile: Path) -> str:
    """The name under which the window of this profile can be reached, the same for every start."""
    import hashlib

    folder = os.path.normcase(profile.resolve())
    return f"fingerpost-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:20]}"


def hand_over(profile: Path, page: str, library: Path | None) -> bool:
    """Give the page to the window that runs on this profile; whether there is one that took it."""
    if not (profile / MARK).exists():
        return False
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    if not _reaches(socket, profile):
        return False  # it was killed, and only its mark is left
    _let_it_come_forward()
    wish = {"page": page, "library": str(library.resolve()) if library else ""}
    socket.write(json.dumps(wish).encode("utf-8") + b"\n")
    socket.flush()
    answered = socket.waitForReadyRead(_ANSWER_MS)
    taken = answered and bytes(socket.readAll().data()).startswith(b"taken")
    socket.disconnectFromServer()
    return taken


def _reaches(socket: QLocalSocket, profile: Path) -> bool:
    """Whether a window of this profile takes the call."""
    socket.connectToServer(address(profile))
    return socket.waitForConnected(_PATIENCE_MS)


def _let_it_come_forward() -> None:
    """Windows lets a program take the front only if the one in front agrees."""
    import sys

    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)


class FirstWindow(QObject):
    """Listens for later starts on the same profile."""

    asked = Signal(str)  # a page to open, or "" just to come forward

    def __init__(self, profile: Path, library: Path) -> None:
        super().__init__()
        self.profile = profile
        self.library = library
        self._server: QLocalServer | None = None
        self._callers: list[QLocalSocket] = []

    def listen(self) -> bool:
        """Be the window of this profile from now on; False where that cannot be."""
        from PySide6.QtNetwork import QLocalServer, QLocalSocket

        if (self.profile / MARK).exists() and _reaches(QLocalSocket(self), self.profile):
            log.info("another window of this profile takes later starts")
            return False  # to listen would take its name from it
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        name = address(self.profile)
        if not server.listen(name):
            QLocalServer.removeServer(name)  # left by one that was killed
            if not server.listen(name):
                log.warning("later starts cannot be taken: %s", server.errorString())
                return False
        server.newConnection.connect(self._connected)
        self._server = server
        try:
            self.profile.mkdir(parents=True, exist_ok=True)
            (self.profile / MARK).write_text(str(os.getpid()), encoding="ascii")
        except OSError:
            log.warning("later starts will open windows of their own")
        return True

    def close(self) -> None:
        """Leave the place to the next."""
        if self._server is None:
            return
        self._server.newConnection.disconnect(self._connected)
        for socket in self._callers:
            socket.abort()
        self._callers.clear()
        self._server.close()
        self._server = None
        (self.profile / MARK).unlink(missing_ok=True)

    def _connected(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            caller = self._server.nextPendingConnection()
            caller.readyRead.connect(self._listen_to_all)
            self._callers.append(caller)
        self._listen_to_all()

    def _listen_to_all(self) -> None:
        from PySide6.QtNetwork import QLocalSocket

        gone = QLocalSocket.LocalSocketState.UnconnectedState
        for caller in list(self._callers):
            self._read(caller)
        self._callers = [caller for caller in self._callers if caller.state() is not gone]

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            return
        try:
            wish: Any = json.loads(bytes(socket.readLine().data()))
            page, library = str(wish["page"]), str(wish["library"])
        except (ValueError, KeyError, TypeError):
            socket.disconnectFromServer()
            return
        if library and Path(library) != self.library.resolve():
            socket.write(b"another library\n")
        else:
            socket.write(b"taken\n")
            self.asked.emit(page)
        socket.flush()
