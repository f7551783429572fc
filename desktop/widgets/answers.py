"""The list of answers: grouped by kind, each with the reason it is there, words marked, nothing cut."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.icons import KIND_ICONS, STEP_ICONS, paint_icon
from desktop.theme import theme
from desktop.widgets.painted import units

if TYPE_CHECKING:
    from search.hits import Answer, Hit

Index = QModelIndex | QPersistentModelIndex

GROUPS = {
    "pathway": "Pathway steps",
    "threshold": "Thresholds",
    "service": "Services",
    "casestudy": "Case studies",
    "session": "Sessions",
    "page": "Pages",
}
PAGE_FIRST = ("service", "threshold", "casestudy")  # headings such as "What it does" name nothing
FEW = 4
BATCH = 16  # rows that are laid out in one go; more than most windows show
SAME_MEANING = (
    2  # search.hits.Why.SYNONYM; the room of search is loaded only with its first question
)
_SETTLE_S = (
    0.25  # a click that lands just as the list changes was meant for what stood there before
)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: the head of a group, or an answer."""

    kind: str
    hit: Hit | None = None
    shown: int = 0


def rows_of(answer: Answer) -> list[Row]:
    """The answers by kind, kinds in the order of their best; of several kinds a few each."""
    kinds: dict[str, list[Hit]] = {}
    for hit in answer.hits:
        kinds.setdefault(hit.kind, []).append(hit)
    few = FEW if len(kinds) > 1 else len(answer.hits)
    rows: list[Row] = []
    for kind, hits in kinds.items():
        shown = hits[:few]
        rows.append(Row(kind, None, len(shown)))
        rows += [Row(kind, hit) for hit in shown]
    return rows


def named(hit: Hit) -> str:
    """What an answer is called: a step or entry by its heading, a service or threshold by its page."""
    return hit.title if hit.kind in PAGE_FIRST else hit.heading or hit.title


def below(hit: Hit) -> tuple[str, int]:
    """The line under an answer's title that says why it is there, and where its snippet begins in it."""
    other = hit.heading if named(hit) == hit.title else hit.title
    where = f"{other} · " if other and other != named(hit) else ""
    state = "Overdue for review · " if hit.overdue else ""
    like = "" if hit.marks or hit.why != SAME_MEANING else "the same in other words · "
    return f"{state}{where}{like}{hit.snippet}", len(state) + len(where) + len(like)


class AnswerModel(QAbstractListModel):
    """The rows, for the list and for a screen reader."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.totals: dict[str, int] = {}  # answers of each kind; empty until they are counted

    def show_rows(self, rows: list[Row]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        head = self.rows[index.row()].hit is None
        return (
            Qt.ItemFlag.ItemIsEnabled
            if head
            else Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(row)
        return row if role == Qt.ItemDataRole.UserRole else None

    def _spoken(self, row: Row) -> str:
        if row.hit is None:
            return f"{GROUPS.get(row.kind, row.kind)}, {self.count_of(row)}"
        urgent = "Urgent. " if row.hit.urgent else ""
        return f"{urgent}{named(row.hit)}. {below(row.hit)[0]}"

    def found(self, row: Row) -> int:
        """How many answers of its kind there are; as many as are shown until they are counted."""
        return max(self.totals.get(row.kind, 0), row.shown)

    def count_of(self, row: Row) -> str:
        found = self.found(row)
        return f"{row.shown} of {found}" if found > row.shown else str(found)


class AnswerPainter(QStyledItemDelegate):
    """Paints a row as high as its words need."""

    ICON: ClassVar = 18

    def _lines(
        self, words: str, font: QFont, width: int, marks: list[tuple[int, int]]
    ) -> tuple[QTextLayout, int]:
        look = theme()
        layout = QTextLayout(words, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        formats = []
        for start, length in marks:
            style = QTextCharFormat()
            style.setBackground(look.colour("hit"))
            style.setForeground(look.colour("hit_ink"))
            style.setFontWeight(QFont.Weight.Bold)
            style.setFontUnderline(True)
            found = QTextLayout.FormatRange()
            found.start, found.length = units(words[:start]), units(words[start : start + length])
            found.format = style
            formats.append(found)
        layout.setFormats(formats)
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, y))
            y += line.height()
        layout.endLayout()
        return layout, int(y + 0.99)

    def _parts(self, hit: Hit, width: int) -> tuple[QTextLayout, int, QTextLayout, int]:
        look = theme()
        room = width - look.px(44) - look.px(14)
        words = named(hit) + ("  Urgent" if hit.urgent else "")
        title, high = self._lines(words, look.font("body", 600), room, [])
        text, start = below(hit)
        marks = [(start + mark.start, mark.end - mark.start) for mark in hit.marks]
        words_below, low = self._lines(text, look.font("small"), room, marks)
        return title, high, words_below, low

    def _width(self) -> int:
        view = self.parent()
        return view.viewport().width() if isinstance(view, QListView) else 400

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look = theme()
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        width = self._width()
        if row.hit is None:
            return QSize(width, look.px(36))
        _, high, _, low = self._parts(row.hit, width)
        return QSize(width, high + low + look.px(18))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.hit is None:
            self._paint_head(painter, rect, row, index.model())
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            self._paint_hit(painter, rect, row.hit, chosen)
        painter.restore()

    def _paint_head(self, painter: QPainter, rect: QRect, row: Row, model: object) -> None:
        assert isinstance(model, AnswerModel)
        look = theme()
        inside = rect.adjusted(look.px(14), look.px(8), -look.px(14), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(look.colour("ink_muted"))
        painter.setFont(look.font("small", 600))
        painter.drawText(
            inside, middle | Qt.AlignmentFlag.AlignLeft, GROUPS.get(row.kind, row.kind)
        )
        right = Qt.AlignmentFlag.AlignRight
        if not model.totals:
            return  # a number that grows a moment later would only puzzle
        if row.shown == model.found(row):
            painter.setFont(look.font("small"))
            painter.drawText(inside, middle | right, model.count_of(row))
            return
        font = look.font("small")
        words = "show all"
        wide = QFontMetrics(font).horizontalAdvance(words)
        painter.setFont(font)
        painter.drawText(
            inside.adjusted(0, 0, -wide, 0), middle | right, f"{model.count_of(row)} · "
        )
        underlined = QFont(font)
        underlined.setUnderline(True)
        painter.setFont(underlined)
        painter.setPen(look.colour("link"))
        painter.drawText(inside, middle | right, words)

    def _paint_hit(self, painter: QPainter, rect: QRect, hit: Hit, chosen: bool) -> None:
        look = theme()
        if chosen:
            painter.fillRect(rect, look.colour("accent_tint"))
            painter.fillRect(
                QRect(rect.left(), rect.top(), look.px(3), rect.height()), look.colour("accent")
            )
        title, high, words, _ = self._parts(hit, rect.width())
        left, top = rect.left() + look.px(44), rect.top() + look.px(8)
        size = look.px(self.ICON)
        name = STEP_ICONS.get(hit.step) or KIND_ICONS.get(hit.kind, "file-text")
        ink = "urgent_ink" if hit.urgent else "ink_muted"
        place = QRectF(rect.left() + look.px(14), top + look.px(1), size, size)
        paint_icon(painter, "octagon-alert" if hit.urgent else name, place, look.colours[ink])
        painter.setPen(look.colour("ink"))
        if hit.urgent:
            style = QTextCharFormat()
            style.setForeground(look.colour("urgent_ink"))
            found = QTextLayout.FormatRange()
            found.start, found.length = units(named(hit)), 8
            found.format = style
            title.draw(painter, QPointF(left, top), [found])
        else:
            title.draw(painter, QPointF(left, top))
        painter.setPen(look.colour("ink_muted"))
        words.draw(painter, QPointF(left, top + high + look.px(2)))


class AnswerList(QListView):
    """Arrows move, Enter opens, Ctrl+Enter opens in a new tab."""

    chosen = Signal(object)  # Hit, to be previewed
    opened = Signal(object, bool)  # Hit, in a new tab
    all_wanted = Signal(str)  # a kind to be shown whole

    def __init__(self) -> None:
        super().__init__()
        self.answers = AnswerModel()
        self.setModel(self.answers)
        self.setItemDelegate(AnswerPainter(self))
        self.setAccessibleName("Answers")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A bar that comes and goes changes the width, and with it how high every row has to be.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)  # what is seen first, the rest in a moment
        self.setBatchSize(BATCH)
        self._changed_at = 0.0
        self.selectionModel().currentChanged.connect(self._current_changed)
        theme().changed.connect(self.scheduleDelayedItemsLayout)

    def show_rows(self, rows: list[Row], keep: bool) -> None:
        """Show these rows; the chosen answer stays chosen if it is still there and `keep` is asked."""
        before = self.hit() if keep else None
        self._changed_at = time.monotonic()
        self.answers.show_rows(rows)
        goal = next(
            (n for n, row in enumerate(rows) if before is not None and same(row.hit, before)), -1
        )
        if goal < 0:
            goal = next((n for n, row in enumerate(rows) if row.hit is not None), -1)
        if goal >= 0:
            self.setCurrentIndex(self.answers.index(goal))
        if goal == 1:
            self.scrollToTop()

    def show_totals(self, totals: dict[str, int]) -> None:
        """The answers have been counted: the heads say so, nothing moves."""
        self.answers.totals = totals
        self.viewport().update()

    def hit(self) -> Hit | None:
        index = self.currentIndex()
        return self.answers.rows[index.row()].hit if index.isValid() else None

    def move_by(self, by: int) -> None:
        """The next answer down or up; heads are passed over."""
        at, rows = self.currentIndex().row(), self.answers.rows
        places = [n for n, row in enumerate(rows) if row.hit is not None]
        if not places:
            return
        here = min(range(len(places)), key=lambda n: abs(places[n] - at))
        goal = places[max(0, min(len(places) - 1, here + by))]
        self.setCurrentIndex(self.answers.index(goal))
        self.scrollTo(self.answers.index(0 if goal == 1 else goal))

    def open_chosen(self, new_tab: bool) -> None:
        hit = self.hit()
        if hit is not None:
            self.opened.emit(hit, new_tab)

    def _current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        hit = self.hit()
        if hit is not None:
            self.chosen.emit(hit)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or time.monotonic() - self._changed_at < _SETTLE_S:
            return
        row = self.answers.rows[index.row()]
        if row.hit is None:
            if self.answers.found(row) > row.shown:
                self.all_wanted.emit(row.kind)
            return
        self.setCurrentIndex(index)
        middle = event.button() is Qt.MouseButton.MiddleButton
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self.opened.emit(row.hit, middle or ctrl)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.open_chosen(ctrl)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.move_by(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


def same(one: Hit | None, other: Hit) -> bool:
    return one is not None and (one.page, one.anchor, one.heading) == (
        other.page,
        other.anchor,
        other.heading,
    )
