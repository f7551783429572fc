"""Earlier versions of a page: when, who, why; word by word beside the page; restored as a new version."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QListWidget, QTextBrowser

from desktop.dialogs.base import Dialog
from desktop.editor.desk import desk_of
from desktop.editor.said import changes
from desktop.theme import theme
from desktop.widgets.basics import Button, label
from knowledge.dates import in_words
from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from desktop.window import MainWindow
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


class EarlierVersions(Dialog):
    """The list above, what differs below: signs and strokes, not colour alone."""

    def __init__(self, window: MainWindow) -> None:
        self.path = window.tab.place.page
        page = window.session.page(self.path)
        super().__init__(window, "Earlier versions", 860, 660)
        self.page = page
        self.versions: list[Version] = []
        self.body.addWidget(label(page.title if page is not None else self.path, "lead"))
        self.told = label("Looking for earlier versions.", "small")
        self.list = QListWidget()
        self.list.setAccessibleName("Earlier versions, the newest first")
        self.list.setWordWrap(True)
        self.list.setMinimumHeight(theme().px(150))
        self.steps = label("", "")
        self.text = QTextBrowser()
        self.text.setAccessibleName("What has changed since")
        self.text.setOpenLinks(False)
        self.text.setMinimumHeight(theme().px(240))
        self.body.addWidget(self.told)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(label("What has changed since then", "heading"))
        self.body.addWidget(self.steps)
        self.body.addWidget(self.text, 2)
        self.back = Button("Make it the page again", "history", "filled", self.restore)
        self.back.setEnabled(False)
        self.foot(Button("Close", "x", "lined", self.reject), self.back)
        self.list.currentRowChanged.connect(self._chosen)
        store, path = desk_of(self.session).store, self.path
        self.session.tasks.run(lambda: store.versions(path), self._found, lane="drafts")

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
        self.text.setPlainText("Comparing.")

        def work() -> tuple[str, list[str], bool]:
            from knowledge.source import read_page

            then = read_page(page.path, version.text())
            return (
                compared(then.text, page.text),
                changes(then, page, library),
                (then.digest == page.digest),
            )

        self.session.tasks.run(work, self._show, self._failed, key="versions", lane="drafts")

    def _show(self, found: tuple[str, list[str], bool]) -> None:
        html, said, same = found
        look = theme().colours
        self.text.document().setDefaultStyleSheet(
            f"ins {{ background: {look['hit']}; color: {look['hit_ink']}; }} "
            f"del {{ color: {look['urgent_ink']}; }}"
        )
        same_words = "This is the page as it stands."
        self.text.setHtml(same_words if same else html)
        self.steps.setText(" ".join(f"{line}." for line in said[:5]))
        self.steps.setVisible(bool(said))
        self.back.setEnabled(not same)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnowledgeError):
            raise error
        self.text.setPlainText(str(error))
        self.back.setEnabled(False)

    def restore(self) -> None:
        """Make the chosen version the page, as a new version; what stands there now is kept too."""
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
        self.session.tasks.run(
            lambda: store.restore(path, version, opened, change),
            lambda done: self._restored(done, version),
            self._failed,
            lane="saving",
        )

    def _restored(self, done: Saved | Conflict, version: Version) -> None:
        from knowledge.library import with_page
        from knowledge.saving.store import Saved

        library = self.session.library
        if not isinstance(done, Saved) or library is None:
            self.text.setPlainText(
                "Somebody changed the page just now, so nothing was restored. Open it again first."
            )
            return
        self.session.take(with_page(library, self.path, version.text()))
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
