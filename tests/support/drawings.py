"""Careful drawings that all processes of one run of tests share: a pathway is drawn once, not once in each."""

from __future__ import annotations

import hashlib
import os
import pickle
from dataclasses import dataclass
from pathlib import Path

from desktop.graph.worker import Worker
from drawing.diagram import Diagram, Drawing


@dataclass
class SharedDrawings:
    """Stands before the program's worker, which draws what nobody has had drawn in this run.

    A drawing depends on what is asked for and on the program, and the program is one in a run.
    """

    folder: Path
    worker: Worker

    def draw(
        self,
        diagram: Diagram,
        scale: float,
        before: Drawing | None,
        columns: bool | None = None,
    ) -> Drawing:
        if before is not None:  # after a change; no two tests make the same
            return self.worker.draw(diagram, scale, before, columns)
        asked = repr((diagram, scale, columns))
        file = self.folder / hashlib.sha256(asked.encode()).hexdigest()
        try:
            known, drawing = pickle.loads(file.read_bytes())
        except FileNotFoundError:
            drawing = self.worker.draw(diagram, scale, None, columns)
            self._keep(file, (asked, drawing))
            return drawing
        assert known == asked
        assert isinstance(drawing, Drawing)
        return drawing

    @staticmethod
    def _keep(file: Path, found: tuple[str, Drawing]) -> None:
        being_written = file.with_name(f"{file.name}.{os.getpid()}")
        being_written.write_bytes(pickle.dumps(found))
        being_written.replace(file)  # whoever reads it meanwhile finds all of it or nothing
