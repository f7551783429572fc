"""A champion in a process of its own, who writes and saves until she is killed; and the window that opens after it."""

import json
import os
import random
import sys
import time
from hashlib import sha256
from pathlib import Path

WORDS = "the baby gains well, ask again on friday; ring the crisis team when in doubt. "
PATIENCE = 60  # also where somebody else has the machine to himself for a while


def digest(text):
    return sha256(text.encode()).hexdigest()[:16]


class Said:
    """Lines through a pipe: they are with the reader whatever becomes of us."""

    def __init__(self, pipe):
        self.pipe = pipe

    def __call__(self, what, text=""):
        os.write(self.pipe, f"{what} {time.monotonic():.4f} {digest(text)}\n".encode())


def window_on(library, profile):
    """The window as the program opens it."""
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
    place = Profile.at(Path(profile))
    window = MainWindow(Session(place, Settings(place.data), Path(library)))
    window.resize(1280, 720)
    window.show()
    window.session.open()
    wait(app, lambda: window.session.library is not None)
    return app, window


def wait(app, so):
    limit = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < limit, "waited in vain"
        app.processEvents()
        time.sleep(0.001)


def editor(app, window, page):
    from desktop.places import edit_place

    window.session.go(edit_place(page))
    wait(app, lambda: getattr(window.view, "editing", None) is not None)
    wait(app, lambda: window.view.editing.look is not None)
    return window.view


class Typist:
    """Types with real keys, saves now and then by the keyboard, and says all of it."""

    def __init__(self, app, window, view, said, coin):
        self.app, self.window, self.view, self.said, self.coin = app, window, view, said, coin
        drafts, editing = view.editing.store.drafts, view.editing
        keep, save = drafts.keep, editing.store.save

        def keeping(page, text, base):
            said("keeping", text.decode())
            return keep(page, text, base)

        def saving(page, text, opened, change):
            said("saving", text.decode())
            done = save(page, text, opened, change)
            said("saved", text.decode())
            return done

        drafts.keep, editing.store.save = keeping, saving

    def write(self):
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        words, number = self.view.words, 0
        self.view.go_to_line(26)
        next_save = self.coin.randrange(40, 160)
        self.said("typed", self.view.editing.text())
        while True:
            key = self.coin.random()
            if key < 0.03:
                QTest.keyClick(words, Qt.Key.Key_Return)
            elif key < 0.08:
                QTest.keyClick(words, Qt.Key.Key_Backspace)
            else:
                QTest.keyClicks(words, WORDS[number % len(WORDS)])
            number += 1
            self.said("typed", self.view.editing.text())
            self.rest(0.03)
            if number == next_save:
                self.save()
                next_save += self.coin.randrange(60, 300)  # drafts are kept in between

    def rest(self, seconds):
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            self.app.processEvents()
            time.sleep(0.002)

    def save(self):
        """Ctrl+Shift+S, why, Return; typing goes on at once."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        from desktop.editor.saving import SavePage

        self.view.do_save()
        wait(self.app, lambda: self.window.findChild(SavePage) is not None)
        dialog = self.window.findChild(SavePage)
        QTest.keyClicks(dialog.why, "A better word")
        if dialog.errors:
            QTest.keyClicks(dialog.override, "Put right later")
        QTest.keyClick(dialog.why, Qt.Key.Key_Return)
        dialog.setParent(None)
        dialog.deleteLater()


def go_on(app, window, view):
    """What the next window offers, and whether the words can be gone on with and saved."""
    from desktop.editor.desk import desk_of
    from desktop.widgets.basics import Button
    from knowledge.saving.versions import Change

    told = []
    window.session.told.connect(told.append)
    found = []
    desk_of(window.session).left(found.append)
    wait(app, lambda: found)
    offered = False
    if found[0]:
        wait(app, view.notice.isVisible)
        button = next(b for b in view.notice.findChildren(Button) if b.text() == "Go on with it")
        button.click()
        offered = True
    text = view.editing.text()
    if view.editing.differs:
        done = []
        view.editing.saved.connect(done.append)
        view.editing.conflicted.connect(done.append)
        view.editing.trouble.connect(done.append)
        view.editing.save(Change("champion", "After the power came back"))
        wait(app, lambda: done)
        assert not view.editing.differs, str(done[0])
    print(json.dumps({"offered": offered, "text": digest(text)}))


def main():
    library, profile, page, seed, pipe = sys.argv[1:]
    app, window = window_on(library, profile)
    view = editor(app, window, page)
    if pipe == "look":
        go_on(app, window, view)
        window.close()
    else:
        Typist(app, window, view, Said(int(pipe)), random.Random(int(seed))).write()


if __name__ == "__main__":
    main()
