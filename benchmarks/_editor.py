"""The editor in its window: keys to the screen beside a bare text field, the preview, saving until it can be found."""

import os
import random
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.core import make_library
from benchmarks.window import Heart, settle, wait

PAGE = "team-03/pages/long.md"
WORK = "  processor time of all threads for it"
WORDS = "the baby feeds well and gains, ask again on Friday "


def bounds(times):
    ordered = sorted(times)
    return statistics.median(ordered), ordered[int((len(ordered) - 1) * 0.95)], ordered[-1]


def row(name, times, limit=""):
    median, p95, most = bounds(times)
    print(f"{name:52}{median:8.1f}{p95:8.1f}{most:8.1f}{limit:>14}")


class Painted:
    """Counts the paintings of a widget that are done."""

    def __init__(self, widget):
        from PySide6.QtCore import QEvent, QObject

        class Filter(QObject):
            count = 0

            def eventFilter(self, watched, event):
                self.count += event.type() == QEvent.Type.Paint
                return False

        self.filter = Filter(widget)
        widget.installEventFilter(self.filter)

    @property
    def count(self):
        return self.filter.count


def type_words(app, field, many, wall, own):
    """Keys as a quick typist gives them, each timed until its letter is painted; a pause after each line."""
    from PySide6.QtTest import QTest

    painted = Painted(field.viewport())
    for number in range(many):
        before, begun = painted.count, (time.perf_counter(), time.thread_time())
        QTest.keyClicks(field, WORDS[number % len(WORDS)])
        while painted.count == before:
            app.processEvents()
        app.processEvents()
        wall.append((time.perf_counter() - begun[0]) * 1000)
        own.append((time.thread_time() - begun[1]) * 1000)
        settle(0.7 if number % 25 == 24 else 0.09)


def bare(app, text):
    from PySide6.QtWidgets import QPlainTextEdit

    field = QPlainTextEdit()
    field.resize(560, 600)
    field.setPlainText(text)
    field.show()
    settle(0.3)
    middle(field)
    return field


def middle(field):
    cursor = field.textCursor()
    block = field.document().findBlockByNumber(field.blockCount() // 2)
    while not block.text().strip() or block.text().startswith(("#", "|", ">", "-")):
        block = block.next()
    cursor.setPosition(block.position() + len(block.text()))
    field.setTextCursor(cursor)
    field.centerCursor()


def opened_editor(app, window, path):
    from desktop.places import edit_place

    window.session.go(edit_place(path))
    wait(lambda: getattr(window.view, "editing", None) is not None)
    editing = window.view.editing
    wait(lambda: editing.path == path and editing.look is not None)
    settle(1.5)
    middle(window.view.words)
    window.view.words.setFocus()
    settle(0.5)
    return window.view


def preview_times(app, view, graph, many):
    """From the last key of a word until its preview is painted."""
    from PySide6.QtTest import QTest

    preview = view.preview
    preview.switch.chosen.emit("graph" if graph else "page")
    settle(1.5)
    screen = Painted(preview.graph.board if graph else preview.reader.viewport())
    done = []

    def shown(*_):
        done.append(screen.count)

    signal = preview.graph.drawer.drawn if graph else preview.reader.shown
    signal.connect(shown)
    times, work = [], []
    for number in range(many):
        step = next((s for s in reversed(view.editing.look.page.steps)), None)
        if graph:
            view.go_to_line(step.line)
            view.words.moveCursor(view.words.textCursor().MoveOperation.WordRight)
            settle(0.4)
        QTest.keyClicks(view.words, "wor")
        done.clear()
        begun, worked = time.perf_counter(), time.process_time()
        QTest.keyClicks(view.words, "d" if number % 2 else "t")
        wait(lambda: done and screen.count > done[0])
        times.append((time.perf_counter() - begun) * 1000)
        work.append((time.process_time() - worked) * 1000)
        settle(0.6)
    signal.disconnect(shown)
    return times, work


def save_times(app, window, view, many):
    """From saving until search has taken it in, and a word that only this version has is found."""
    from PySide6.QtTest import QTest

    from knowledge.saving.versions import Change

    session, times, work, told = window.session, [], [], [0]

    def ready():
        told[0] += 1

    session.search_ready.connect(ready)
    for number in range(many):
        word = "".join(random.Random(number).choices("abcdefghiklmnoprstuvw", k=14))
        QTest.keyClicks(view.words, f" {word}")
        settle(0.8)
        told[0] = 0
        begun, worked = time.perf_counter(), time.process_time()
        view.editing.save(Change("champion", "A word"))
        wait(lambda: told[0] > 0)
        found = session.engine.search(word).hits
        times.append((time.perf_counter() - begun) * 1000)
        work.append((time.process_time() - worked) * 1000)
        assert [hit.page for hit in found] == [PAGE]
        settle(0.6)
    session.search_ready.disconnect(ready)
    return times, work


def long_page(size):
    part = (
        "Sleep, feeding and mood after birth, and who to ring about each of them. "
        * 4
        + "\n\n- One thing to ask about\n- Another, see [the services](../services/gp.md)\n\n"
        "| Level | When |\n|---|---|\n| Universal | All families |\n\n"
    )
    head = "---\nid: long\ntitle: A long page\nkind: page\nstatus: sample\n---\n\n"
    return head + "".join(f"## Part {n}\n\n{part}" for n in range(size // (len(part) + 12) + 1))


class Rounds:
    """One kind of work after the other in the same window, with the longest stops of each."""

    def __init__(self, app, window, goes):
        self.app, self.window, self.session, self.goes = app, window, window.session, goes
        self.pauses = []

    def beating(self, name, work):
        with Heart() as heart:
            done = work()
        self.pauses.append((name, heart.pauses, heart.work))
        return done

    def keys(self, many):
        view = opened_editor(self.app, self.window, PAGE)
        wall, own, bare_wall, bare_own = [], [], [], []
        rounds = max(1, many // 100)

        def typing():
            for _ in range(rounds):
                type_words(self.app, view.words, 100, wall, own)

        self.beating("typing, drafts and previews", typing)
        field = bare(self.app, view.editing.text())
        for _ in range(rounds):
            field.activateWindow()
            type_words(self.app, field, 100, bare_wall, bare_own)
        field.close()
        row("key to screen", wall, "16")
        row("  the same in a bare QPlainTextEdit", bare_wall)
        row("  of it the window's own work", own)
        row("  the same in a bare QPlainTextEdit", bare_own)

    def preview(self, _):
        view = opened_editor(self.app, self.window, PAGE)
        times, work = self.beating(
            "preview of the page", lambda: preview_times(self.app, view, False, self.goes)
        )
        row("last key to preview, the page", times, "300")
        row(WORK, work)
        settle(3)

    def saving(self, _):
        view = opened_editor(self.app, self.window, PAGE)
        times, work = self.beating(
            "saving", lambda: save_times(self.app, self.window, view, self.goes)
        )
        row("save to found, among 1,000 pages", times, "100/250")
        row(WORK, work)

    def graph(self, _):
        from knowledge.model import Kind

        pages = self.session.library.pages.values()
        longest = max((p for p in pages if p.kind is Kind.PATHWAY), key=lambda p: len(p.text))
        view = opened_editor(self.app, self.window, longest.path)
        times, work = self.beating(
            "preview of a graph", lambda: preview_times(self.app, view, True, self.goes)
        )
        row(f"last key to graph, {len(longest.steps)} steps", times, "300")
        row(WORK, work)

    def tell_stops(self):
        print(f"\n{'the window stands still, ms':52}{'p99':>8}{'most':>8}{'own work':>10}")
        for name, times, work in self.pauses:
            ordered = sorted(times)
            p99 = ordered[int((len(ordered) - 1) * 0.99)]
            print(f"{name:52}{p99:8.1f}{ordered[-1]:8.1f}{max(work):10.1f}")


PARTS = ("keys", "preview", "saving", "graph")


def measured(app, window, keys, goes, parts):
    session = window.session
    wait(lambda: session.library is not None and session.searchable, 300)
    settle(2)
    print(f"\n{'in a page of 50 kB, ms':52}{'p50':>8}{'p95':>8}{'most':>8}{'p95 at most':>14}")
    rounds = Rounds(app, window, goes)
    for part in parts:
        getattr(rounds, part)(keys)
    rounds.tell_stops()


def measure(keys, goes, parts=PARTS):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from desktop.quickstart import load_qt

    load_qt()
    from PySide6.QtWidgets import QApplication

    from desktop import theme
    from desktop.session import Session
    from desktop.settings import Settings
    from desktop.window import MainWindow
    from knowledge.places import Profile

    app = QApplication([])
    theme.start(app, "light", 1.0)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "library"
        make_library(root)
        (root / PAGE).write_text(long_page(50_000), "utf-8")
        profile = Profile.at(Path(folder) / "profile")
        window = MainWindow(Session(profile, Settings(profile.data), root))
        window.resize(1280, 720)
        window.show()
        window.session.open()
        measured(app, window, keys, goes, parts)
        window.close()
