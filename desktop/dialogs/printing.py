"""Print, with a look at the sheets first, or save them as PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewWidget

from desktop.dialogs.base import Dialog
from desktop.printing import Paper, Sheets, layout_a4, pdf_writer, print_sheets
from desktop.saving_as import SaveAs, saved
from desktop.theme import theme
from desktop.widgets.basics import Button, label

if TYPE_CHECKING:
    from PySide6.QtGui import QPagedPaintDevice

    from desktop.window import MainWindow
    from knowledge.model import Page


class Printing(Dialog):
    """Shows the sheets as they will be."""

    title = "Print"
    told = "Copies on paper are not kept up to date: every sheet says so."

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, self.title, 720, 680)
        self.page = self.session.page(window.tab.place.page)
        self.printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self.printer.setPageLayout(layout_a4())
        self.preview = QPrintPreviewWidget(self.printer)
        self.preview.setAccessibleName("The sheets as they will be printed")
        self.preview.setMinimumHeight(theme().px(360))
        self.preview.paintRequested.connect(self._paint)
        title = self.page.title if self.page is not None else ""
        self.body.addWidget(label(f"{title}. {self.told}", "small"))
        self.choices()
        self.body.addWidget(self.preview, 1)
        save = Button("Save as PDF", "download", "lined", self._save)
        self.foot(
            Button("Close", "x", "lined", self.reject),
            save,
            Button("Print", "printer", "filled", self._print),
        )

    def choices(self) -> None:
        """What is asked before the sheets are shown."""

    def sheets(self, device: QPagedPaintDevice, page: Page) -> Paper:
        """The page laid out for a device."""
        columns = bool(self.session.settings.wants_columns)
        return Sheets(device, page, self.session.library, self.session.renderer, columns=columns)

    @property
    def file_name(self) -> str:
        return f"{self.page.id}.pdf" if self.page is not None else "page.pdf"

    def _paint(self, printer: QPrinter) -> None:
        if self.page is not None:
            print_sheets(self.sheets(printer, self.page), self.session.now().date())

    def _print(self) -> None:
        if QPrintDialog(self.printer, self).exec():
            self._paint(self.printer)
            self.accept()

    def _save(self) -> None:
        if self.page is None:
            return
        name = self.file_name.removesuffix(".pdf")
        file = SaveAs(self, "Save as PDF", name, ["PDF (*.pdf)"]).file()
        if file is not None:
            self.save_to(file)

    def save_to(self, file: Path) -> None:
        """Write the PDF and say so, or say why it could not be written."""
        assert self.page is not None
        try:
            with file.open("ab"):
                pass  # Qt would only fall silent if the file could not be written
        except OSError as error:
            self.session.told.emit(
                f"{file.name} could not be saved: {error.strerror}. Choose another folder."
            )
            return
        writer = pdf_writer(file, f"{self.title}: {self.page.title}")
        count = print_sheets(self.sheets(writer, self.page), self.session.now().date())
        self.accept()
        self.session.told.emit(saved(file, count))
