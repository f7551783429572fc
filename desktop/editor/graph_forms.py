"""The few questions that a change to the graph asks, each a small dialog that says no in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
)

from desktop.dialogs.base import Dialog
from desktop.editor.goals import Goals, WholeLines
from desktop.icons import icon
from desktop.theme import theme
from desktop.widgets.basics import Button, Combo, label
from desktop.widgets.choices import Circle
from drawing.boxes import icon_of
from drawing.diagram import Box, Look
from knowledge.editing import graph
from knowledge.editing.change import Edit
from knowledge.editing.graph import Goal, ways_to
from knowledge.editing.steps import add_step
from knowledge.editing.ways import NewWay, add_way
from knowledge.model import Page, Step, StepKind, Way

if TYPE_CHECKING:
    from desktop.window import MainWindow

Change = Callable[[Page], Edit]
Make = Callable[[Change], str]  # makes a change; a sentence when it cannot be made

KINDS: tuple[tuple[str, StepKind | None], ...] = (
    ("Worked out from its ways on", None),
    ("Question", StepKind.QUESTION),
    ("Action", StepKind.ACTION),
    ("Referral", StepKind.REFERRAL),
    ("Urgent", StepKind.URGENT),
    ("Start", StepKind.START),
    ("End", StepKind.END),
)


def kind_icon(kind: StepKind | None) -> str:
    """The icon a box of this kind bears."""
    return icon_of(Box("", Look(kind.value), "")) if kind is not None else "git-fork"


class Form(Dialog):
    """Some fields, a sentence where something is amiss, Cancel and one button that does it."""

    def __init__(self, window: MainWindow, title: str, does: str, high: int = 380) -> None:
        super().__init__(window, title, 560, high)
        self.told = label("", "strong")
        self.told.hide()
        self.does = Button(does, "check", "filled", self.take)
        self.foot(Button("Cancel", "x", "lined", self.reject), self.does)

    def field(self, words: str, text: str = "", sample: str = "") -> QLineEdit:
        found = QLineEdit(text)
        found.setAccessibleName(words)
        found.setPlaceholderText(sample)
        found.returnPressed.connect(self.take)
        self.body.addWidget(label(words, "strong"))
        self.body.addWidget(found)
        return found

    def finish(self, *, stretch: bool = True) -> None:
        """The last of the form: where refusals stand."""
        self.above_feet(self.told)
        if stretch:
            self.body.addStretch(1)

    def take(self) -> None:
        """Do it, or say why not; the form stays open then."""
        self.refuse(self.done_or_why())
        if self.told.isHidden():
            self.accept()

    def refuse(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))

    def done_or_why(self) -> str:
        """Make the change; "" when it is made."""
        raise NotImplementedError


class Choices(WholeLines):
    """A few sentences of which one is chosen."""

    def add(self, words: str, how: str, number: int = 0) -> None:
        self.put(words, (how, number))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        high = sum(self.item(row).sizeHint().height() for row in range(self.count()))
        self.setFixedHeight(min(high, theme().px(150)) + theme().px(4))

    def choice(self) -> tuple[str, int]:
        how, number = self.currentItem().data(Qt.ItemDataRole.UserRole)
        return how, number


class AskWords(Form):
    """One line of words."""

    def __init__(
        self,
        window: MainWindow,
        title: str,
        asks: str,
        now: str,
        done: Callable[[str], str],
        hint: str = "",
    ) -> None:
        super().__init__(window, title, "Change it", 300)
        self.done_with = done
        self.words = self.field(asks, now)
        if hint:
            self.body.addWidget(label(hint, "small"))
        self.finish()
        self.words.selectAll()
        self.words.setFocus()

    def done_or_why(self) -> str:
        return self.done_with(self.words.text())


class StepForm(Form):
    """A step more: its title, its kind, how one comes to it."""

    def __init__(
        self, window: MainWindow, page: Page, step: Step | None, way: int, make: Make
    ) -> None:
        super().__init__(window, "Add a step", "Add the step", 640)
        self.page, self.step, self.make = page, step, make
        self.title = self.field("What is the step called?", sample="For example: Ring the GP")
        self.kind = Combo()
        self.kind.setAccessibleName("What kind of step is it?")
        for words, kind in KINDS:
            self.kind.addItem(icon(kind_icon(kind)), words)
        self.body.addWidget(label("What kind of step is it?", "strong"))
        self.body.addWidget(self.kind)
        self.limit_label = label("By when is it done?", "strong")
        self.body.addWidget(self.limit_label)
        self.limit = QLineEdit()
        self.limit.setAccessibleName("By when is it done?")
        self.limit.setPlaceholderText("For example: now, or within 4 hours")
        self.limit.returnPressed.connect(self.take)
        self.body.addWidget(self.limit)
        self.kind.currentIndexChanged.connect(lambda _: self._fit())
        self.where = Choices("How do you come to it?")
        self.where_label = label("How do you come to it?", "strong")
        self.body.addWidget(self.where_label)
        self.body.addWidget(self.where)
        self.when_label = label("When do you go this way?", "strong")
        self.body.addWidget(self.when_label)
        self.when = QLineEdit()
        self.when.setAccessibleName("When do you go this way?")
        self.when.setPlaceholderText("For example: No better after a week")
        self.when.returnPressed.connect(self.take)
        self.body.addWidget(self.when)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("What to do there")
        self.text.setPlaceholderText("You can also write this later, in the words.")
        self.text.setTabChangesFocus(True)
        self.text.setMaximumHeight(theme().px(90))
        self.body.addWidget(label("What to do there", "strong"))
        self.body.addWidget(self.text)
        self.finish()
        self._places(way)
        self.where.currentRowChanged.connect(lambda _: self._fit())
        self._fit()
        self.title.setFocus()

    def _places(self, way: int) -> None:
        """One more way on, between this step and where a way leads, or alone."""
        step = self.step
        if step is None:
            self.where.add("It is the first step", "alone")
            return
        self.where.add(f"One more way on from step {step.number}, {step.title}", "more")
        for number, other in enumerate(step.ways):
            on = f" (when: {other.condition})" if other.condition else ""
            words = f"Between step {step.number} and {other.link.text}{on}"
            self.where.add(words, "between", number)
        self.where.add("Nothing leads to it yet", "alone")
        bare = len(step.ways) == 1 and not step.ways[0].condition
        self.where.setCurrentRow(way + 1 if way >= 0 else 1 if bare else 0)

    def _fit(self) -> None:
        how, _ = self.where.choice()
        self.when.setVisible(how == "more")
        self.when_label.setVisible(how == "more")
        urgent = KINDS[self.kind.currentIndex()][1] is StepKind.URGENT
        self.where.setVisible(self.step is not None)
        self.where_label.setVisible(self.step is not None)
        self.limit.setVisible(urgent)
        self.limit_label.setVisible(urgent)

    def done_or_why(self) -> str:
        (how, number), step = self.where.choice(), self.step
        title, when, body = (
            self.title.text().strip(),
            self.when.text().strip(),
            self.text.toPlainText(),
        )
        _, kind = KINDS[self.kind.currentIndex()]
        limit = self.limit.text().strip() if kind is StepKind.URGENT else ""
        if not title:
            self.title.setFocus()
            return "Write what the step is called."
        if kind is StepKind.URGENT and not limit:
            self.limit.setFocus()
            return "Say by when an urgent step is done."
        if how == "more" and step is not None and step.ways and not when:
            self.when.setFocus()
            return f"Say when to go this way: step {step.number} has other ways on."

        def add(page: Page) -> Edit:
            here = _same(page, step) if step is not None else None
            if here is None or how == "alone":
                behind = here or page.intro
                return add_step(page, behind, title, kind, (), body, timeframe=limit)
            if how == "more":
                return graph.add_after(page, here, title, kind, when, body, limit)
            return graph.add_between(page, here, here.ways[number], title, kind, body, limit)

        return self.make(add)


class WayForm(Form):
    """When one goes on, and where to."""

    def __init__(
        self,
        window: MainWindow,
        page: Page,
        step: Step,
        make: Make,
        goal: str = "",
        way: Way | None = None,
    ) -> None:
        """With `way` that one is led elsewhere; else a new one is added, to `goal` if it is given."""
        title = "Lead this way on elsewhere" if way is not None else "Add a way on"
        super().__init__(window, title, "Lead it there" if way is not None else title, 540)
        self.page, self.step, self.make, self.way = page, step, make, way
        self.body.addWidget(label(f"From step {step.number}, {step.title}", "lead"))
        self.when: QLineEdit | None = None
        if way is None:
            sample = "For example: Yes" if step.ways else "Can stay empty if it always follows"
            self.when = self.field("When do you go this way?", sample=sample)
        self.goals = Goals(self.session, page, step.anchor)
        self.goals.choose(goal if way is None else way.link.target)
        self.goals.taken.connect(self.take)
        self.body.addWidget(label("Where does it lead?", "strong"))
        self.body.addWidget(self.goals, 1)
        self.finish(stretch=False)
        (self.when or self.goals.field).setFocus()

    def done_or_why(self) -> str:
        goal, step, way = self.goals.goal(), self.step, self.way
        if goal is None:
            return "Choose a step or a page from the list."
        if way is not None:
            number = step.ways.index(way)

            def lead(page: Page) -> Edit:
                here = _same(page, step)
                return graph.lead_way(page, here, here.ways[number], goal)

            return self.make(lead)
        when = self.when.text().strip() if self.when is not None else ""
        if step.ways and not when and self.when is not None:
            self.when.setFocus()
            return f"Say when to go this way: step {step.number} has other ways on."
        new = NewWay(when, goal.target, goal.words)
        return self.make(lambda page: add_way(page, _same(page, step), new))


class RemoveStep(Form):
    """What leads to the step, and what is to become of those ways."""

    def __init__(
        self, window: MainWindow, page: Page, step: Step, links: tuple[str, ...], make: Make
    ) -> None:
        super().__init__(window, "Remove this step", "Remove the step", 460)
        self.page, self.step, self.make = page, step, make
        self.body.addWidget(label(f"Step {step.number}, {step.title}, with all its text.", "lead"))
        arriving = ways_to(page, step)
        one = len(arriving) == 1
        self.out = Circle("Remove this way on too" if one else "Remove these ways on too")
        self.on = Circle("Lead it to" if one else "Lead them to")
        self.goal = Combo()
        self.goal.setAccessibleName(self.on.text())
        self.goal.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.goal.setMinimumContentsLength(12)
        if arriving:
            many = "One way on leads" if one else f"{len(arriving)} ways on lead"
            self.body.addWidget(label(f"{many} to it:", "strong"))
            for other, way in arriving:
                when = f"{way.condition}, " if way.condition else ""
                self.body.addWidget(label(f"• {when}from step {other.number}, {other.title}"))
            self._choices()
        if links:
            self.body.addWidget(label("These links will lead nowhere:", "strong"))
            for words in links[:6]:
                self.body.addWidget(label(f"• {words}"))
        self.body.addWidget(label("Undo brings everything back.", "small"))
        self.finish()

    def _choices(self) -> None:
        self.group = QButtonGroup(self)
        for other in self.page.steps:
            if other.anchor != self.step.anchor:
                words = f"Step {other.number}: {other.title}"
                self.goal.addItem(words, Goal(f"#{other.anchor}", other.title))
        onward = [way for way in self.step.ways if way.anchor != self.step.anchor]
        for way in onward:
            if way.page != self.page.path:
                self.goal.addItem(way.link.text, Goal(way.link.target, way.link.text))
        for button in (self.out, self.on):
            self.group.addButton(button)
            self.body.addWidget(button)
        self.body.addWidget(self.goal)
        self.on.setEnabled(self.goal.count() > 0)
        (self.on if len(onward) == 1 else self.out).setChecked(True)
        if len(onward) == 1:
            targets = [self.goal.itemData(n).target for n in range(self.goal.count())]
            if onward[0].link.target in targets:
                self.goal.setCurrentIndex(targets.index(onward[0].link.target))

    def done_or_why(self) -> str:
        goal = self.goal.currentData() if self.on.isChecked() else None
        step = self.step
        return self.make(lambda page: graph.take_out(page, _same(page, step), goal))


def _same(page: Page, step: Step) -> Step:
    """The step in the words as they are now."""
    return same_step(page, step.anchor, step.number)


def same_step(page: Page, anchor: str, number: int) -> Step:
    """The step of this name; of twins the one nearest to where it stood."""
    from knowledge.editing.change import Stale

    found = [step for step in page.steps if step.anchor == anchor]
    if not found:
        raise Stale("That step is not there any more")
    return min(found, key=lambda step: abs(step.number - number))
