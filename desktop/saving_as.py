"""Asks where a file is to go, and says where it went."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

_DOCUMENTS = QStandardPaths.StandardLocation.DocumentsLocation
_last: list[str] = []  # the folder chosen before, until the program is closed


class SaveAs(QFileDialog):
    """A name, a folder and a form; the ending of the name follows the form that is chosen."""

    def __init__(self, parent: QWidget | None, title: str, name: str, forms: Sequence[str]) -> None:
        """`forms` as in "Picture (*.png)", the offered one first."""
        super().__init__(parent, title)
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setNameFilters(list(forms))
        self.setDefaultSuffix(ending(forms[0]))
        documents = QStandardPaths.writableLocation(_DOCUMENTS)
        for folder in (*_last, documents, QDir.homePath()):
            if folder and Path(folder).is_dir():
                self.setDirectory(folder)
                break
        self.selectFile(f"{name}.{ending(forms[0])}")
        self.filterSelected.connect(self._follow)

    def _follow(self, form: str) -> None:
        """The name in the field ends as the form does, so that what is there is asked about by its right name."""
        wanted = ending(form)
        chosen = self.selectedFiles()
        self.setDefaultSuffix(wanted)
        if chosen:
            self.selectFile(Path(chosen[0]).with_suffix(f".{wanted}").name)

    def file(self) -> Path | None:
        """What was chosen; None if it was left."""
        if not self.exec() or not self.selectedFiles():
            return None
        chosen = Path(self.selectedFiles()[0])
        _last[:] = [str(chosen.parent)]
        return chosen


def ending(form: str) -> str:
    """What a file of this form ends in."""
    return form.partition("*.")[2].rstrip(")")


def saved(file: Path, sheets: int = 1) -> str:
    """The sentence once it is there."""
    many = f", {sheets} sheets" if sheets > 1 else ""
    return f"Saved: {file.name}{many}, in {file.parent}"
