"""A page or step gets another name or place: what follows is shown first, and happens together or not at all."""

from __future__ import annotations

import re
from html import escape
from posixpath import dirname, splitext
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTextBrowser

from desktop.dialogs.base import Dialog
from desktop.editor.desk import desk_of
from desktop.editor.roles import offer_roles
from desktop.places import Place
from desktop.theme import theme
from desktop.widgets.basics import Button, Combo, column, label
from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from desktop.window import MainWindow
    from knowledge.editing.carry import Follows, Plan

WAIT_MS = 300
WIDE = 1.5  # with larger text the two last fields stand below each other
_BRACES = re.compile(r"\s*\{[^{}]*\}\s*$")
_ADDRESS = re.compile(r"\]\(([^()\s]*)\)")
FIRST = "Type another name above: what follows is shown here before anything happens."


class Rename(Dialog):
    """What it is, what it is to be called, and every line of the library that changes with it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, "Rename or move", 860, 680)
        place = window.tab.place
        self.page = self.session.page(place.page)
        self.plan: Plan | None = None
        self.asked = 0
        self.what = Combo()
        self.what.setAccessibleName("What gets another name")
        self.title = self._line("Title")
        self.folder = Combo()
        self.folder.setEditable(True)
        self.folder.setAccessibleName("Folder")
        self.file = self._line("Name of its file")
        self.anchor = self._line("Name in links")
        self.why = self._line("Why, in one line")
        self.who = self._line("Your role or team")
        self.shown = QTextBrowser()
        self.shown.setAccessibleName("What follows")
        self.shown.setOpenLinks(False)
        self.shown.setMinimumHeight(theme().px(140))
        self.told = label("", "urgent")
        self.told.hide()
        self.count = label("", "strong")
        self._arrange()
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(WAIT_MS)
        self.timer.timeout.connect(self._work_out)
        self._fill(place)
        for field in (self.title, self.file, self.anchor):
            field.textChanged.connect(lambda _: self._changed())
        self.folder.editTextChanged.connect(lambda _: self._changed())
        self.what.currentIndexChanged.connect(lambda _: self._choose())
        self.title.setFocus()
        self.title.selectAll()

    @staticmethod
    def _line(words: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(words)
        return field

    def _arrange(self) -> None:
        self.body.addWidget(self.what)
        self.body.addWidget(label("Title", "strong"))
        self.body.addWidget(self.title)
        said = "Links from outside the library hold on to it; change it only if it no longer fits."
        self.for_step = column(
            label("Name in links", "strong"), self.anchor, label(said, "small"), space=6
        )
        self.for_page = column(
            label("Folder", "strong"),
            self.folder,
            label("Name of its file", "strong"),
            self.file,
            space=6,
        )
        for part in (self.for_step, self.for_page):
            self.body.addWidget(part)
        self.body.addWidget(self.told)
        self.body.addWidget(self.count)
        self.body.addWidget(self.shown, 1)
        self.last = QHBoxLayout()
        for words, field in (("Why, in one line", self.why), ("Your role or team", self.who)):
            self.last.addWidget(column(label(words, "strong"), field, space=6), 1)
        self.body.addLayout(self.last)
        if theme().scale > WIDE:
            self.last.setDirection(QHBoxLayout.Direction.TopToBottom)
        offer_roles(self.who, self.session)
        self.do = Button("Rename", "check", "filled", self.rename)
        self.do.setEnabled(False)
        self.foot(Button("Cancel", "x", "lined", self.reject), self.do)

    def _fill(self, place: Place) -> None:
        page, library = self.page, self.session.library
        if page is None or library is None:
            return
        self.what.addItem(f"This page: {page.title}", "")
        for section in page.sections:
            if section.level and section.anchor:
                number = f"Step {section.number}: " if hasattr(section, "number") else "Heading: "
                self.what.addItem(number + section.title, section.anchor)
        folders = sorted({dirname(path) for path in library.pages})
        self.folder.addItems(folders)
        self.who.setText(self.session.settings.get("role"))
        # A pathway always stands at a step; at its first one the whole page is more likely meant.
        first = page.steps[0].anchor if page.steps else ""
        chosen = self.what.findData(place.anchor) if place.anchor not in ("", first) else 0
        self.what.setCurrentIndex(max(0, chosen))
        self._choose()

    def _choose(self) -> None:
        page, anchor = self.page, self.what.currentData()
        if page is None:
            return
        section = page.by_anchor.get(anchor) if anchor else None
        self.for_step.setVisible(section is not None)
        self.for_page.setVisible(section is None)
        self.title.setText(section.title if section is not None else page.title)
        self.anchor.setText(section.anchor if section is not None else "")
        self.folder.setEditText(dirname(page.path))
        self.file.setText(splitext(page.path.rpartition("/")[2])[0])
        self._changed()

    # -- what follows -------------------------------------------------------------------------

    def _changed(self) -> None:
        self.plan = None
        self.do.setEnabled(False)
        self.timer.start()

    @property
    def path(self) -> str:
        """Where the page is to stand."""
        page = self.page
        ending = splitext(page.path)[1] if page is not None else ".md"
        folder = self.folder.currentText().strip().strip("/")
        name = self.file.text().strip().removesuffix(ending) + ending
        return f"{folder}/{name}" if folder else name

    def _work_out(self) -> None:
        library = self.session.library
        page = self.session.page(self.page.path) if self.page is not None else None
        if page is None or library is None:
            return
        title, anchor, path = self.title.text(), self.what.currentData(), self.path
        name = self.anchor.text().strip()
        self.asked += 1
        asked = self.asked

        def work() -> Plan:
            from knowledge.editing.carry import plan_page, plan_step

            if anchor:
                step = page.by_anchor.get(anchor)
                if step is None:
                    raise KnowledgeError("This step is not there any more", "Open it again.")
                return plan_step(library, page, step, title, name)
            return plan_page(library, page, title, path)

        def done(plan: Plan) -> None:
            if asked == self.asked:
                self._show(plan)

        def failed(error: Exception) -> None:
            if not isinstance(error, KnowledgeError):
                raise error
            if asked == self.asked:
                self._tell(str(error))

        self.session.tasks.run(work, done, failed, key="rename", lane="drafts")

    def _show(self, plan: Plan) -> None:
        self._tell("")
        self.plan = plan if plan.files else None
        blocked = self._unsaved(plan)
        if blocked:
            self._tell(f"Words of '{blocked}' are not saved yet. Save or throw them away first.")
        self.do.setEnabled(self.plan is not None and not blocked)
        pages = len(plan.files)
        self.do.setText(f"Rename, {pages} pages change" if pages > 1 else "Rename")
        self.do.setAccessibleName(self.do.text())
        if not plan.files:
            self.count.setText("")
            self.shown.setPlainText(FIRST)
            return
        lines = sum(len(f.lines) for f in plan.files)
        many = "1 line will change" if lines == 1 else f"{lines} lines will change"
        others = "1 other page" if plan.others == 1 else f"{plan.others} other pages"
        also = f", in this page and in {others}" if plan.others else ", in this page alone"
        self.count.setText(f"{plan.promises}. {many}{also}.")
        look = theme().colours
        self.shown.document().setDefaultStyleSheet(
            f"ins {{ background: {look['hit']}; color: {look['hit_ink']}; }} "
            f"del {{ color: {look['urgent_ink']}; }}"
        )
        notes = "".join(f"<p>{escape(note)}</p>" for note in plan.notes)
        self.shown.setHtml(notes + "".join(_file(file) for file in plan.files))

    def _unsaved(self, plan: Plan) -> str:
        pages = desk_of(self.session).pages
        for file in plan.files:
            editing = pages.get(file.path)
            if editing is not None and editing.differs:
                return file.title
        return ""

    def _tell(self, words: str) -> None:
        self.told.setText(words)
        self.told.setVisible(bool(words))
        if words:
            self.count.setText("")

    # -- doing it -----------------------------------------------------------------------------

    def rename(self) -> None:
        """All of it, or nothing; what could not be done is said."""
        from knowledge.saving.carrying import Part, Step
        from knowledge.saving.versions import Change

        plan, why = self.plan, self.why.text().strip()
        if plan is None or not self.do.isEnabled():
            return
        if not why:
            self.told.setText("Say in a few words why it gets another name.")
            self.told.show()
            self.why.setFocus()
            return
        who = self.who.text().strip()
        self.session.settings.set("role", who)
        parts = tuple(Part(f.path, f.data, f.opened, f.to) for f in plan.files)
        step = Step(plan.says, parts, Change(who, why, plan.substantive))
        carrying = desk_of(self.session).store.carrying
        self.do.setEnabled(False)
        self.session.tasks.run(
            lambda: carrying.do(step),
            lambda notice: self._done(plan, notice),
            self._not_done,
            lane="saving",
        )

    def _not_done(self, error: Exception) -> None:
        if not isinstance(error, KnowledgeError):
            raise error
        self._tell(str(error))
        self.do.setEnabled(True)

    def _done(self, plan: Plan, notice: str) -> None:
        from desktop.editor.carried import follow

        self.accept()
        was: str = self.what.currentData()
        place = follow(self.window_, plan, was, self.anchor.text().strip() if was else "")
        self.session.told.emit(f"{plan.says}. Every link follows. {notice}".strip())
        self.session.go(place)


def _file(file: Follows) -> str:
    where = f"{file.path} becomes {file.to}" if file.to else file.path
    rows = [f"<p><b>{escape(file.title)}</b> ({escape(where)})</p>"]
    rows += [_line(*line) for line in file.lines]
    if not file.lines:
        rows.append("<p>Its words stay as they are.</p>")
    return "".join(rows)


def _line(number: int, before: str, after: str) -> str:
    """A line as it is read; where only an address changes, the address."""
    was, now = _read(before), _read(after)
    if was == now:
        old, new = _addresses(before), _addresses(after)
        lead = [f"{o} → {n}" for o, n in zip(old, new, strict=False) if o != n]
        told = f"Its link follows: {', '.join(lead)}" if lead else "Its name in links follows"
        return f"<p>Line {number}. {escape(now)}<br><small>{escape(told)}</small></p>"
    gone = f"<del>− {escape(was)}</del><br>" if was else ""
    return f"<p>Line {number}<br>{gone}<ins>+ {escape(now)}</ins></p>"


def _read(line: str) -> str:
    from knowledge.text import plain

    return plain(_BRACES.sub("", line).strip().lstrip("#->|").strip())


def _addresses(line: str) -> list[str]:
    return _ADDRESS.findall(line)
