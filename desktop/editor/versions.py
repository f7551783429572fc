"""Earlier versions of a page: when, who, why; word by word beside the page; restored as a new version."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget

from desktop.dialogs.base import Dialog
from desktop.editor.compared_text import Compared, ComparedText, as_read
from desktop.editor.desk import desk_of
from desktop.editor.graph_compared import ComparedGraph
from desktop.editor.said import changes, together
from desktop.theme import theme
from desktop.widgets.basics import Button, label
from desktop.widgets.switch import Switch
from knowledge.dates import in_words
from knowledge.errors import KnowledgeError
from knowledge.model import Kind

if TYPE_CHECKING:
    from desktop.window import MainWindow
    from knowledge.model import Page
    from knowledge.saving.store import Conflict, Saved
    from knowledge.saving.versions import Version

ACTS = {
    "saved": "Saved",
    "found": "As it was found",
    "renamed": "Given another name",
    "deleted": "Put in the bin",
    "restored": "Taken out of the bin",
    "aside": "Set aside: never in the library",
}
_WORD = re.compile(r"\n+|[^\s]+[ \t]*|[ \t]+")
MOST = 20_000  # letters of one difference; a longer one is shown whole


class Difference(NamedTuple):
    """A version, and how the page of now differs from it."""

    then: Page
    both: Compared
    said: list[str]


class EarlierVersions(Dialog):
    """The list above, what differs below: signs and strokes, not colour alone."""

    def __init__(self, window: MainWindow) -> None:
        self.path = window.tab.place.page
        page = window.session.page(self.path)
        super().__init__(window, "Earlier versions", 1000, 700)
        self.page = page
        self.versions: list[Version] = []
        self.both: Compared | None = None
        self.body.addWidget(label(page.title if page is not None else self.path, "lead"))
        self.told = label("Looking for earlier versions.", "small")
        self.list = QListWidget()
        self.list.setAccessibleName("Earlier versions, the newest first")
        self.list.setWordWrap(True)
        self.list.setMinimumHeight(theme().px(96))
        self.steps = label("", "")
        self.text = ComparedText(self.session)
        self.text.setMinimumHeight(theme().px(240))
        self.body.addWidget(self.told)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(label("What has changed since then", "heading"))
        self.body.addWidget(self.steps)
        self.graph = ComparedGraph(self.session)
        self.graph.setMinimumHeight(theme().px(240))
        self.shown = QStackedWidget()
        self.shown.addWidget(self.text)
        self.shown.addWidget(self.graph)
        self.switch = Switch(
            "How it is shown", [("text", "Words", "file-text"), ("graph", "Graph", "network")]
        )
        self.switch.chosen.connect(self._switched)
        drawn = page is not None and page.kind is Kind.PATHWAY
        self.switch.setVisible(drawn)
        self.next = Button("Next change", "chevron-down", "lined", self.text.go_on)
        row = QHBoxLayout()
        row.addWidget(self.switch)
        row.addWidget(label("− was taken away. + is new.", "small"), 1)
        row.addWidget(self.next)
        self.body.addLayout(row)
        self.body.addWidget(self.shown, 2)
        self._switched("graph" if drawn else "text")
        self.back = Button("Make it the page again", "history", "filled", self.restore)
        self.back.setEnabled(False)
        self.foot(Button("Close", "x", "lined", self.reject), self.back)
        self.list.currentRowChanged.connect(self._chosen)
        store, path = desk_of(self.session).store, self.path
        self.session.tasks.run(lambda: store.versions(path), self._found, lane="drafts")

    def _switched(self, which: str) -> None:
        self.switch.show_choice(which)
        self.shown.setCurrentWidget(self.graph if which == "graph" else self.text)
        self.next.setEnabled(which != "graph")
        if which == "text" and self.both is not None:
            self.text.show_both(self.both)  # a hidden text has no width yet

    def _found(self, versions: list[Version]) -> None:
        self.versions = versions
        for version in versions:
            when = version.saved.astimezone()
            parts = [f"{in_words(when.date())}, {when:%H:%M}", ACTS[version.act.value]]
            parts += [part for part in (version.change.who, version.change.why) if part]
            if version.change.substantive:
                parts.append("a change of substance")
            self.list.addItem(" · ".join(parts))
        many = "1 version is" if len(versions) == 1 else f"{len(versions)} versions are"
        none = "No earlier version is kept: this page has not been changed with this program."
        self.told.setText(f"{many} kept." if versions else none)
        if versions:
            self.list.setCurrentRow(0)

    def _chosen(self, row: int) -> None:
        page, library = self.page, self.session.library
        if page is None or library is None or not 0 <= row < len(self.versions):
            return
        version = self.versions[row]
        self.back.setEnabled(False)
        self.text.say("Comparing.")
        renderer = self.session.renderer

        def work() -> Difference:
            from knowledge.source import read_page

            then = read_page(page.path, version.text())
            return Difference(then, as_read(renderer, then, page), changes(then, page, library))

        self.session.tasks.run(work, self._show, self._failed, key="versions", lane="drafts")

    def _show(self, found: Difference) -> None:
        page, library = self.page, self.session.library
        if page is None or library is None:
            return
        same = found.then.digest == page.digest
        if page.kind is Kind.PATHWAY:
            self.graph.show_pages(found.then, page, library)
        self.both = found.both
        self.text.show_both(found.both)
        said = together(found.said, 5)
        alike = "It reads the same; only spaces or signs differ."
        self.steps.setText("This is the page as it stands." if same else said or alike)
        self.back.setEnabled(not same)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnowledgeError):
            raise error
        self.text.say(str(error))
        self.back.setEnabled(False)

    def restore(self) -> None:
        """Make the chosen version the page, as a new version; what stands there now is kept too."""
        from knowledge.editing.approve import unapproved
        from knowledge.saving.versions import Change

        row = self.list.currentRow()
        if self.page is None or not 0 <= row < len(self.versions):
            return
        version, opened = self.versions[row], self.page.digest
        when = in_words(version.saved.astimezone().date())
        who = self.session.settings.get("role")
        change = Change(who, f"The version of {when} again", True)
        store, path = desk_of(self.session).store, self.path
        self.back.setEnabled(False)

        def work() -> tuple[Saved | Conflict, bytes]:
            data = unapproved(path, version.text())
            return store.put(path, data, opened, change), data

        self.session.tasks.run(
            work,
            lambda found: self._restored(*found),
            self._failed,
            lane="saving",
        )

    def _restored(self, done: Saved | Conflict, data: bytes) -> None:
        from knowledge.library import with_page
        from knowledge.saving.store import Saved

        library = self.session.library
        if not isinstance(done, Saved) or library is None:
            self.text.say(
                "Somebody changed the page just now, so nothing was restored. Open it again first."
            )
            return
        self.session.take(with_page(library, self.path, data))
        self.session.told.emit("Restored, as a new version. Readers see it now.")
        self.accept()


def compared(then: str, now: str) -> str:
    """What was taken away and what was put in: lines that differ word by word, the rest shortened."""
    old, new = then.splitlines(keepends=True), now.splitlines(keepends=True)
    parts: list[str] = []
    for tag, i, j, a, b in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[i:j]), "".join(new[a:b])
        parts.append(_short(gone) if tag == "equal" else _by_word(gone, come))
    return "".join(parts)


def _by_word(then: str, now: str) -> str:
    whole = len(then) + len(now) > MOST
    old, new = ([then], [now]) if whole else (_WORD.findall(then), _WORD.findall(now))
    parts: list[str] = []
    for tag, i, j, a, b in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[i:j]), "".join(new[a:b])
        if tag == "equal":
            parts.append(_words(gone))
            continue
        if gone.strip():
            parts.append(f"<del>− {_words(gone)}</del> ")
        if come.strip():
            parts.append(f"<ins>+ {_words(come)}</ins> ")
    if now.endswith("\n") and parts and not parts[-1].endswith("<br>"):
        parts.append("<br>")
    return "".join(parts)


def _short(words: str) -> str:
    lines = words.split("\n")
    if len(lines) > 8:
        words = "\n".join([*lines[:3], "…", *lines[-3:]])
    return _words(words)


def _words(words: str) -> str:
    return escape(words).replace("\n", "<br>")
