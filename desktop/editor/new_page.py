"""A new page: which kind, then the few questions of that kind; it begins as a draft."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.dialogs.base import Dialog
from desktop.editor.begun import Begun
from desktop.places import edit_place
from desktop.theme import theme
from desktop.widgets.basics import Button, Combo, FlowLayout, clear_layout, label
from knowledge.model import Kind

if TYPE_CHECKING:
    from desktop.window import MainWindow

KIND = "kind of page"  # among the answers
KEPT_MS = 2_000  # after the last key


class NewPage(Dialog):
    """Nothing is in the library until the page is saved there."""

    title = "New page"

    def __init__(self, window: MainWindow) -> None:
        from desktop.editor.templates import NAMES

        super().__init__(window, self.title, 620, 640)
        self.kind = Combo()
        self.kind.setAccessibleName("What kind of page")
        for kind, words in NAMES.items():
            self.kind.addItem(words, kind.value)
        self.body.addWidget(label("What kind of page?", "strong"))
        self.body.addWidget(self.kind)
        self.questions = QVBoxLayout()
        self.questions.setSpacing(theme().px(6))
        self.body.addLayout(self.questions)
        self.told = label("", "urgent")
        self.told.hide()
        self.above_feet(self.told)
        self.body.addWidget(
            label("It begins as a draft. Readers see it when you save it to the library.", "small")
        )
        self.body.addStretch(1)
        self.fields: dict[str, QLineEdit | QPlainTextEdit | Combo] = {}
        self.begun = Begun(self.session)
        self.said = self.begun.read()  # by the question's key, whichever kind asked it
        self.again = QTimer(self, singleShot=True, interval=KEPT_MS)
        self.again.timeout.connect(self.keep)
        self._say_again()
        self.feet_buttons = (
            Button("Cancel", "x", "lined", self.reject),
            Button("Begin the page", "pencil", "filled", self.begin),
        )
        self.foot(*self.feet_buttons)
        self.kind.setCurrentIndex(max(0, self.kind.findData(self.said.get(KIND))))
        self.kind.currentIndexChanged.connect(lambda _: self._ask())
        self._ask()
        self.finished.connect(lambda _: self.again.stop())
        self.rejected.connect(self.keep)

    def _say_again(self) -> None:
        """Answers of before are there again; they can be put away."""
        self.afresh = QWidget()
        row = FlowLayout(self.afresh, space=6)
        row.addWidget(label("What you wrote before is here again.", "small", wrap=False))
        row.addWidget(Button("Begin afresh", "rotate-ccw", "link", self.empty))
        self.afresh.setVisible(any(key != KIND for key in self.said))
        self.body.insertWidget(1, self.afresh)

    def empty(self) -> None:
        """Nothing is answered."""
        self.said = {}
        self.afresh.hide()
        self._ask()
        self.begun.forget()

    def keep(self) -> None:
        """Have the answers on the disk: a page that is not begun has no draft yet."""
        if self.answers():
            self.begun.keep(self._all())

    def _all(self) -> dict[str, str]:
        return {**self.said, **self.answers(), KIND: self.kind.currentData()}

    def choose(self, kind: Kind) -> None:
        """What kind is known: the first question is next."""
        self.kind.setCurrentIndex(self.kind.findData(kind.value))
        next(iter(self.fields.values())).setFocus()

    def _ask(self) -> None:
        from desktop.editor.templates import QUESTIONS

        self.said.update(self.answers())
        clear_layout(self.questions)
        self.fields = {}
        for question in QUESTIONS[Kind(self.kind.currentData())]:
            field: QLineEdit | QPlainTextEdit | Combo
            if question.pick is not None:
                field = self._pages(question.pick)
            elif question.long:
                field = QPlainTextEdit()
                field.setTabChangesFocus(True)
                field.setFixedHeight(theme().px(84))
            else:
                field = QLineEdit()
            self._fill(field, question.sample, self.said.get(question.key, ""))
            field.setAccessibleName(question.words)
            self.questions.addWidget(label(question.words, "strong"))
            self.questions.addWidget(field)
            self.fields[question.key] = field
        # The questions came after the buttons; the keyboard is to meet them first.
        for before, after in pairwise([self.kind, *self.fields.values(), *self.feet_buttons]):
            QWidget.setTabOrder(before, after)

    def _fill(self, field: QLineEdit | QPlainTextEdit | Combo, sample: str, words: str) -> None:
        if isinstance(field, Combo):
            field.setCurrentIndex(max(0, field.findData(words)))
            field.currentIndexChanged.connect(lambda _: self.again.start())
            return
        field.setPlaceholderText(sample)
        if isinstance(field, QLineEdit):
            field.setText(words)
        else:
            field.setPlainText(words)
        field.textChanged.connect(self.again.start)

    def _pages(self, kind: Kind) -> Combo:
        """The pages of one kind to choose from, or none of them."""
        box = Combo()
        box.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(12)  # titles may be longer than the window is wide
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box.addItem("None yet", "")
        library = self.session.library
        for page in library.of_kind(kind) if library is not None else ():
            box.addItem(page.title, page.path)
        return box

    def answers(self) -> dict[str, str]:
        """What was answered, by the question's key."""
        found = {}
        for key, field in self.fields.items():
            if isinstance(field, Combo):
                words = field.currentData()
            else:
                words = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
            if words.strip():
                found[key] = words.strip()
        return found

    def begin(self) -> None:
        """Put the page on the desk, as a draft."""
        from desktop.editor.desk import desk_of
        from desktop.editor.templates import begin, path_for
        from knowledge.editing.approve import in_months

        library = self.session.library
        answers = self.answers()
        if library is None:
            return
        if "title" not in answers:
            self.told.setText("Give the page a title first; it can be changed later.")
            self.told.show()
            return
        kind = Kind(self.kind.currentData())
        desk = desk_of(self.session)
        kept = {draft.page: draft for draft in desk.store.drafts.all()}
        path = path_for(kind, answers["title"], {**library.pages, **desk.pages, **kept})
        answers.setdefault("owner", self.session.settings.get("role"))
        today = self.session.now().date()
        review = in_months(today, library.settings.months_for(kind.value))
        desk.begin(path, begin(kind, answers, path, review, library))
        self.begun.forget()  # in the lane of the drafts: the page is one by then
        self.accept()
        self.session.go(edit_place(path))


class NewSession(NewPage):
    """The same, for a trainer."""

    title = "New session"

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.choose(Kind.SESSION)
