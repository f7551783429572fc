"""A pathway's window on an X server of its own, asked over the accessibility bus as a screen reader would.

Run under `dbus-run-session`; prints what was found as JSON. With `--window` it is the window itself.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = "pathways/perinatal-emergency.md"
FOCUSED = 12  # the number of this state in the AT-SPI tables
_CHILD = re.compile(r"\('([^']+)', (?:objectpath )?'([^']+)'\)")
Node = tuple[str, str]


def main() -> None:
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-noreset"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        display = told.readline().strip()
    manager = subprocess.Popen(["openbox"], env={**os.environ, "DISPLAY": f":{display}"})
    window = None
    try:
        window = subprocess.Popen(
            [sys.executable, __file__, "--window"],
            cwd=ROOT,
            env={
                **os.environ,
                "DISPLAY": f":{display}",
                "QT_QPA_PLATFORM": "xcb",
                "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
                "PYTHONPATH": str(ROOT),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        print(json.dumps(asked(window)))
    finally:
        if window is not None:
            window.terminate()
            window.wait(10)
        for helper in (manager, server):
            helper.terminate()
            helper.wait(10)


def asked(window: subprocess.Popen[str]) -> dict[str, object]:
    """What a screen reader is told at first, and after keys."""
    assert window.stdin is not None
    assert window.stdout is not None
    window.stdout.readline()
    bus = _gdbus("--session", "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus.GetAddress")
    address = bus.split("'")[1]
    root: Node = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
    graph = _wait(lambda: find(address, root, "Graph: "))
    boxes = children(address, graph)
    found: dict[str, object] = {
        "role": role(address, graph),
        "names": [text(address, box, "Name") for box in boxes],
        "descriptions": [text(address, box, "Description") for box in boxes],
        "roles": sorted({role(address, box) for box in boxes}),
    }
    for keys in ("Down", "1"):
        window.stdin.write(f"{keys}\n")
        window.stdin.flush()
        window.stdout.readline()
        boxes = children(address, graph)
        found[f"focus after {keys}"] = [
            text(address, box, "Name") for box in boxes if FOCUSED in states(address, box)
        ]
        found[f"here after {keys}"] = [
            text(address, box, "Name")
            for box in boxes
            if text(address, box, "Description") == "you are here"
        ]
    return found


def _wait(ask: object) -> Node:
    for _ in range(60):
        answer = ask()  # type: ignore[operator]
        if answer is not None:
            return answer
        time.sleep(0.25)
    raise SystemExit("the graph never came to the accessibility bus")


def _gdbus(where: str, name: str, path: str, method: str, *values: str) -> str:
    bus = [where] if where == "--session" else ["--address", where]
    command = ["gdbus", "call", *bus, "--dest", name, "--object-path", path, "--method", method]
    return subprocess.run(
        [*command, *values], capture_output=True, text=True, timeout=20, check=False
    ).stdout


def children(address: str, node: Node) -> list[Node]:
    return _CHILD.findall(_gdbus(address, *node, "org.a11y.atspi.Accessible.GetChildren"))


def text(address: str, node: Node, what: str) -> str:
    method = "org.freedesktop.DBus.Properties.Get"
    said = _gdbus(address, *node, method, "org.a11y.atspi.Accessible", what).strip()
    inside = said.removeprefix("(<").removesuffix(">,)")
    return inside[1:-1].replace("\\'", "'") if inside else ""


def role(address: str, node: Node) -> str:
    return _gdbus(address, *node, "org.a11y.atspi.Accessible.GetRoleName").split("'")[1]


def states(address: str, node: Node) -> set[int]:
    words = re.findall(r"\b\d+", _gdbus(address, *node, "org.a11y.atspi.Accessible.GetState"))
    bits = int(words[0]) | int(words[1]) << 32
    return {n for n in range(64) if bits >> n & 1}


def find(address: str, node: Node, name: str, depth: int = 0) -> Node | None:
    """The first object whose name begins so."""
    if text(address, node, "Name").startswith(name):
        return node
    for child in children(address, node) if depth < 14 else []:
        found = find(address, child, name, depth + 1)
        if found is not None:
            return found
    return None


def window() -> None:
    """Open the pathway, say so, and press the keys that come in, one a line."""
    from PySide6.QtCore import QEventLoop, Qt, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from desktop import theme
    from desktop.places import page_place
    from desktop.session import Session
    from desktop.settings import Settings
    from desktop.views.pathway import PathwayView
    from knowledge.library import open_library
    from knowledge.places import Profile

    def wait(milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    app = QApplication([])
    theme.start(app, "light", 1.0)
    profile = Profile.at(Path(tempfile.mkdtemp()))
    session = Session(profile, Settings(profile.data), ROOT / "content")
    session.library = open_library(ROOT / "content")
    view = PathwayView(session)
    view.resize(1200, 700)
    view.show()
    view.show_place(page_place(PAGE))
    while view.canvas.picture is None:
        wait(20)
    for _ in range(40):  # the window manager may still be starting
        view.activateWindow()
        view.canvas.setFocus(Qt.FocusReason.TabFocusReason)
        wait(50)
        if view.canvas.hasFocus():
            break
    print("ready", flush=True)
    _listen(app, lambda keys: QTest.keyClick(view.canvas, _key(keys)))
    app.exec()


def _key(name: str) -> object:
    from PySide6.QtCore import Qt

    return {"Down": Qt.Key.Key_Down, "1": Qt.Key.Key_1}[name]


def _listen(app: object, press: object) -> None:
    """Keys come on the standard input; each is answered when it has been pressed."""
    from PySide6.QtCore import QSocketNotifier, QTimer

    notifier = QSocketNotifier(0, QSocketNotifier.Type.Read, app)  # type: ignore[call-overload]

    def come() -> None:
        line = sys.stdin.readline().strip()
        if not line:
            notifier.setEnabled(False)
            app.quit()  # type: ignore[attr-defined]
            return
        press(line)  # type: ignore[operator]
        QTimer.singleShot(400, lambda: print("done", flush=True))

    notifier.activated.connect(come)


if __name__ == "__main__":
    window() if "--window" in sys.argv else main()
