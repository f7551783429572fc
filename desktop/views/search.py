"""Answers while somebody types: the list by kind, what can be narrowed to, and the section itself beside it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from desktop.icons import pixmap
from desktop.places import Place, list_place, page_place
from desktop.searches import KEEPING, missed, remember
from desktop.theme import theme
from desktop.widgets.answers import GROUPS, AnswerList, rows_of
from desktop.widgets.basics import Button, FlowLayout, KeyCap, Line, label
from desktop.widgets.painted import Chip
from desktop.widgets.preview import Preview

if TYPE_CHECKING:
    from desktop.session import Session
    from desktop.widgets.topbar import SearchField
    from search.hits import Answer, Count, Counts, Hit

DEBOUNCE_MS = 30
COUNT_AFTER_MS = 180
MISSED_AFTER_MS = 2_000
LIMIT = 40
LIMIT_OF_KIND = 200
MORE = {"topics": "Topic", "levels": "Level", "ages": "Age", "regions": "Place", "audiences": "For"}


class SearchPane(QWidget):
    """What stands in place of the page while somebody searches. Esc brings the page back."""

    left = Signal()

    def __init__(self, session: Session, field: SearchField) -> None:
        super().__init__()
        self.session, self.field = session, field
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Answers to your search")
        self.words = ""
        self.answer: Answer | None = None
        self.awaited: bool | None = None  # Enter came first: open the best, in a new tab or not
        self.totals: dict[str, int] = {}
        self.kind = ""
        self.narrowed: dict[str, Any] = {}
        self.list = AnswerList()
        self.preview = Preview(session)
        self.says = label("", "small")
        self.says.setAccessibleName("How many answers")
        self.kinds = QWidget()
        self.kind_flow = FlowLayout(self.kinds)
        self.kind_chips: dict[str, Chip] = {}
        self.more = Button("Narrow", "filter", "lined", self._toggle_more)
        self.more.setCheckable(True)
        self.filters = QWidget()
        self.filter_flow = FlowLayout(self.filters, 6)
        self.filters.hide()
        self.nothing = Nothing(session)
        self.nothing.hide()
        self._arrange()
        self._ask = _timer(self, DEBOUNCE_MS, self._search)
        self._count = _timer(self, COUNT_AFTER_MS, self._ask_counts)
        self._missed = _timer(self, MISSED_AFTER_MS, self._note_missed)
        self._connect()
        theme().changed.connect(self._fit)

    # -- building -----------------------------------------------------------------------------

    def _arrange(self) -> None:
        look = theme()
        self.top = QHBoxLayout()
        self.top.addWidget(self.kinds, 1)
        self.top.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        self.top.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(10))
        answers = QWidget()
        column = QVBoxLayout(answers)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.says.setContentsMargins(look.px(14), look.px(8), look.px(14), look.px(4))
        column.addWidget(self.says)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(answers)
        self.split.addWidget(self.preview)
        self.split.setSizes([590, 610])
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.foot = Foot(self.session)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self.top)
        outer.addWidget(self.filters)
        outer.addWidget(Line())
        outer.addWidget(self.split, 1)
        outer.addWidget(Line())
        outer.addWidget(self.foot)
        self._make_kind_chip("", "All")
        for kind, words in GROUPS.items():
            self._make_kind_chip(kind, words)
        self.kind_chips[""].setChecked(True)

    def _make_kind_chip(self, kind: str, words: str) -> None:
        chip = Chip(words, cross=False)
        chip.clicked.connect(lambda _=False, k=kind: self._choose_kind(k))
        self.kind_chips[kind] = chip
        self.kind_flow.addWidget(chip)
        chip.setVisible(kind == "")

    def _connect(self) -> None:
        self.field.stepped.connect(self.list.move_by)
        self.field.opened.connect(self._enter)
        self.list.chosen.connect(self._preview)
        self.list.opened.connect(self._open)
        self.list.all_wanted.connect(self._choose_kind)
        self.preview.asked.connect(self._go)
        self.session.search_ready.connect(self._again)

    # -- asking -------------------------------------------------------------------------------

    def ask(self, words: str) -> None:
        """Somebody typed; answers follow in a moment."""
        self.words = words.strip()
        self.awaited = None
        self._ask.start()

    def _again(self) -> None:
        """More of the library can be searched now."""
        if self.words and self.isVisible():
            self._ask.start()

    def _narrowing(self) -> Any:
        from search.hits import Narrowing

        return replace(Narrowing(kinds=(self.kind,) if self.kind else ()), **self.narrowed)

    def _search(self) -> None:
        if self.session.engine is None:
            self.says.setText("The search is being made ready.")
            return
        limit = LIMIT_OF_KIND if self.kind else LIMIT
        self.session.search(self.words, self._answered, limit=limit, narrowing=self._narrowing())

    def _answered(self, answer: Answer) -> None:
        if self.answer is None or answer.query != self.answer.query:
            self.totals = {}
            for chip in self.kind_chips.values():
                chip.await_count()
        self.answer = answer
        self._show()
        self._count.start()
        if not answer.hits:
            self._missed.start()
        if self.awaited is not None and self._answers_the_words():
            new_tab, self.awaited = self.awaited, None
            self._enter(new_tab)

    def _answers_the_words(self) -> bool:
        """Whether what is shown answers what stands in the field, and not what stood there before."""
        return self.answer is not None and self.answer.query.strip() == self.words

    def _note_missed(self) -> None:
        """Whoever still looks at an empty answer has finished typing."""
        answer = self.answer
        narrowed = bool(self.narrowed or self.kind)
        if not self.isVisible() or narrowed or answer is None or answer.hits:
            return
        if self.words and self._answers_the_words():
            missed(self.session, self.words)

    def _ask_counts(self) -> None:
        if self.words:
            self.session.count(self.words, self._counted, narrowing=self._narrowing())

    # -- showing ------------------------------------------------------------------------------

    def _show(self) -> None:
        answer = self.answer
        if answer is None:
            return
        rows = rows_of(answer)
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.preview.setVisible(bool(rows) and not self._narrow)
        self.says.setText(self._summary(answer))
        self.list.show_rows(rows, keep=False)
        if not rows:
            self.nothing.show_answer(answer)
        self.chain()

    def _summary(self, answer: Answer) -> str:
        """How many answers there are, and how the words were read."""
        shown = len(answer.hits)
        many = self.totals.get(self.kind) if self.kind else sum(self.totals.values())
        said = count_of(max(many or 0, shown))
        if not self.totals and shown >= LIMIT:
            said = f"The best {shown} answers"  # how many there are besides comes in a moment
        elif many and many > shown:
            said += f", the best {shown} in this list"
        said += read_as(answer)
        if answer.partial and shown and not all(hit.complete for hit in answer.hits):
            said += (
                ". Those with all your words come first"
                if answer.hits[0].complete
                else (". They have some of your words")
            )
        if answer.building:
            said += ". The library is still being taken in"
        return said

    def _counted(self, counts: Counts) -> None:
        """One number for one thing: chips, heads of groups and the line above all count answers."""
        rows = counts.rows
        self.totals = {c.value: c.sections for c in rows.get("kinds", ())}
        for kind, chip in self.kind_chips.items():
            chip.set_count(self.totals.get(kind, 0) if kind else sum(self.totals.values()))
            chip.setVisible(not kind or kind in self.totals or kind == self.kind)
        self.kind_flow.invalidate()
        self.kinds.updateGeometry()
        self.list.show_totals(self.totals)
        if self.answer is not None:
            self.says.setText(self._summary(self.answer))
        self._fill_filters(rows)
        self.chain()

    def _fill_filters(self, rows: dict[str, tuple[Count, ...]]) -> None:
        self.filter_flow.clear()
        for row, name in MORE.items():
            values = rows.get(row, ())
            chosen = self.narrowed.get(row, ())
            shown = [v for v in values if v.value in chosen or len(values) > 1]
            if shown:
                self.filter_flow.addWidget(label(f"{name}:", "small", wrap=False))
            for value in shown:
                chip = Chip(value.value, value.sections)
                chip.setChecked(value.value in chosen)
                chip.clicked.connect(lambda _=False, r=row, v=value.value: self._narrow_to(r, v))
                self.filter_flow.addWidget(chip)
        if self.narrowed:
            self.filter_flow.addWidget(Button("Clear all", "x", "link", self._clear))
        self.filters.updateGeometry()

    def _toggle_more(self) -> None:
        self.filters.setVisible(self.more.isChecked())
        if self.more.isChecked():
            self._count.start()

    def _narrow_to(self, row: str, value: str) -> None:
        chosen = [v for v in self.narrowed.get(row, ()) if v != value]
        if len(chosen) == len(self.narrowed.get(row, ())):
            chosen.append(value)
        self.narrowed = {**self.narrowed, row: tuple(chosen)}
        if not chosen:
            del self.narrowed[row]
        self._search()

    def _clear(self) -> None:
        self.narrowed = {}
        self._choose_kind("")

    def _choose_kind(self, kind: str) -> None:
        self.kind = "" if kind == self.kind else kind
        for name, chip in self.kind_chips.items():
            chip.setChecked(name == self.kind)
        self._search()

    def _preview(self, hit: Hit) -> None:
        words = tuple(hit.snippet[m.start : m.end] for m in hit.marks)
        self.preview.show_place(page_place(hit.page, hit.anchor, words))
        self.chain()

    def chain(self) -> None:
        """Tab goes from the field to the chips, the answers and the preview, then on to the rest."""
        chips = [self.filter_flow.itemAt(n) for n in range(self.filter_flow.count())]
        parts = [self.field, *self.kind_chips.values(), self.more]
        parts += [widget for item in chips if item is not None and (widget := item.widget())]
        parts += [
            self.list,
            *self.nothing.findChildren(QWidget),
            *self.preview.findChildren(QWidget),
        ]
        stops = [part for part in parts if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    # -- opening ------------------------------------------------------------------------------

    def _enter(self, new_tab: bool) -> None:
        if not self.isVisible():
            return
        if self._answers_the_words():
            self.list.open_chosen(new_tab)
        else:
            self.awaited = new_tab

    def _open(self, hit: Hit, new_tab: bool) -> None:
        remember(self.session.settings, self.words, self.session.now().date())
        words = tuple(hit.snippet[m.start : m.end] for m in hit.marks)
        self._go(page_place(hit.page, hit.anchor, words), new_tab)

    def _go(self, place: Place, new_tab: bool = False) -> None:
        self.words = ""
        self.session.go(place, new_tab)

    # -- fitting ------------------------------------------------------------------------------

    _narrow = False

    def fits(self, mode: str) -> None:
        self._narrow = mode in ("narrow", "tiny")
        self.preview.setVisible(not self._narrow and self.list.isVisibleTo(self))
        self.foot.setVisible(not self._narrow)

    def _fit(self) -> None:
        self.list.doItemsLayout()

    def keyPressEvent(self, event: Any) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Nothing(QWidget):
    """No answer: what is nearest, whom to ask, and a line for the champion."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        look = theme()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(look.px(14), look.px(8), look.px(14), look.px(8))
        self.words = label("", "strong")
        self.places = QWidget()
        self.flow = FlowLayout(self.places)
        self.keep = Button("Tell my champion that this is missing", "flag", "lined", self._note)
        self.said = label(
            "It is kept on this computer only, without your name, and can be cleared.", "small"
        )
        for widget in (self.words, self.places):
            self.column.addWidget(widget)
        self.column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.said)
        self.column.addStretch(1)
        self.query = ""

    def show_answer(self, answer: Answer) -> None:
        self.query = answer.query
        self.words.setText(
            answer.message or "No page says that. Try fewer words, or tell your champion."
        )
        self.flow.clear()
        for near in (*answer.nearest, *((answer.ask,) if answer.ask else ())):
            button = Button(near.title, "phone" if near is answer.ask else "arrow-right", "lined")
            goal = page_place(near.page) if near.page else list_place(f"topic/{near.topic}")
            button.clicked.connect(lambda _=False, p=goal: self.session.go(p))
            self.flow.addWidget(button)
        missing = bool(answer.query.strip()) and not answer.building
        self.keep.setVisible(missing)
        self.said.setVisible(missing)
        self.keep.setEnabled(True)

    def _note(self) -> None:
        engine = self.session.engine
        if engine is not None:
            query = self.query
            self.session.tasks.run(lambda: engine.note_gap(query), lane="search")
            self.keep.setEnabled(False)
            self.session.told.emit("Kept for your champion on this computer.")


class Foot(QWidget):
    """The keys, and a word about what not to type."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.settings = session.settings
        self.row = QHBoxLayout(self)
        self.lock = QLabel()
        self.kept = label("", "small", wrap=False)
        for keys, words in (
            ("↑ ↓", "move"),
            ("Enter", "open"),
            ("Ctrl Enter", "new tab"),
            ("Esc", "back to your page"),
        ):
            for key in keys.split():
                self.row.addWidget(KeyCap(key))
            self.row.addWidget(label(words, "small", wrap=False))
            self.row.addSpacing(theme().px(8))
        self.row.addStretch(1)
        self.row.addWidget(self.lock)
        self.row.addWidget(self.kept)
        theme().changed.connect(self._fit)
        self.settings.changed.connect(lambda name: self._say() if name == KEEPING else None)
        self._fit()
        self._say()

    def _say(self) -> None:
        on = self.settings.get(KEEPING)
        words = "Searches are kept here for 30 days." if on else "Searches are not kept."
        self.kept.setText(f"Do not type names. {words}")

    def _fit(self) -> None:
        look = theme()
        self.row.setContentsMargins(look.px(14), look.px(6), look.px(14), look.px(6))
        self.row.setSpacing(look.px(6))
        self.lock.setPixmap(pixmap("lock", "ink_muted", 14, self.devicePixelRatioF()))


def count_of(many: int) -> str:
    return "No answers" if not many else "1 answer" if many == 1 else f"{many} answers"


def read_as(answer: Answer) -> str:
    """Which words no page has, and what they were read as."""
    if not answer.corrected:
        return ""
    typed, meant = answer.query.casefold().split(), answer.corrected.split()
    if len(typed) != len(meant):
        return f". Read as “{answer.corrected}”"
    pairs = [(a, b) for a, b in zip(typed, meant, strict=True) if a != b]
    said = " and ".join(f"“{a}” read as “{b}”" for a, b in pairs)
    return f". {said}" if said else ""


def _timer(owner: QWidget, ms: int, done: Any) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(ms)
    timer.timeout.connect(done)
    return timer


__all__ = ["SearchPane"]
