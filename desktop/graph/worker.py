"""Draws carefully in another process, so that the window never waits. Nothing here loads Qt."""

from __future__ import annotations

import atexit
import logging
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from drawing.draw import refined_picture

if TYPE_CHECKING:
    from drawing.diagram import Diagram, Drawing

log = logging.getLogger("fingerpost.drawing")
FLAG = "--draw-for-window"  # how the program is asked to be the other process


class Worker:
    """One process beside this one; begun when first wanted, and begun anew when it was ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def draw(
        self,
        diagram: Diagram,
        scale: float,
        before: Drawing | None,
        columns: bool | None = None,
    ) -> Drawing:
        """The careful drawing. Made here where there can be no other process."""
        wanted = (diagram, scale, columns, before)
        try:
            answer = self._ask(wanted)
        except (OSError, EOFError, pickle.PickleError):
            log.warning("drawing in this process instead", exc_info=True)
            self.close()
            return refined_picture(*wanted)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _ask(
        self, wanted: tuple[Diagram, float, bool | None, Drawing | None]
    ) -> Drawing | Exception:
        if self._process is None or self._process.poll() is not None:
            self._begin()
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        pickle.dump(wanted, process.stdin)
        process.stdin.flush()
        answer: Drawing | Exception = pickle.load(process.stdout)
        return answer

    def _begin(self) -> None:
        self.close()
        frozen = bool(getattr(sys, "frozen", False))
        source = str(Path(__file__).parents[2])
        paths = os.pathsep.join(p for p in (source, os.environ.get("PYTHONPATH", "")) if p)
        self._process = subprocess.Popen(
            [sys.executable, *(() if frozen else ("-m", "desktop")), FLAG],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ if frozen else {**os.environ, "PYTHONPATH": paths},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def close(self) -> None:
        """End the other process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        process.wait(5)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    log.debug("the other process had ended before its work was read")


def serve() -> int:
    """What the other process does until nobody asks any more."""
    while True:
        try:
            wanted = pickle.load(sys.stdin.buffer)
        except EOFError:
            return 0
        answer: Drawing | Exception
        try:
            answer = refined_picture(*wanted)
        except Exception as error:  # noqa: BLE001  told to the one who asked
            answer = error
        pickle.dump(answer, sys.stdout.buffer)
        sys.stdout.buffer.flush()


WORKER = Worker()
atexit.register(WORKER.close)
