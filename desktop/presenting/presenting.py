"""A show under way: two windows, one moment, and what every key and button does to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QScreen
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QWidget

from desktop.presenting.audience import Audience, roomy
from desktop.presenting.dialogs import Jump, Keys, Overview, WhichScreen
from desktop.presenting.graphs import Graphs
from desktop.presenting.keys import act_of, digit_of
from desktop.presenting.rehearsal import Rehearsal
from desktop.presenting.screens import Placing, Screens, screens, to_front
from desktop.presenting.stage import Stage
from desktop.presenting.trainer import Trainer
from knowledge.showing import moment as moves
from knowledge.showing.moment import Blank, Moment, Sheet, begin, hidden, scene_at
from knowledge.showing.pace import pace
from knowledge.showing.show import Show, show_of
from knowledge.showing.telling import ahead, coming, hidden_words

if TYPE_CHECKING:
    from desktop.presenting.roomview import RoomView
    from desktop.window import MainWindow

WAY_AFTER_MS = 700  # a digit alone takes its way after this; before it, more digits name a stop
TYPED_STAYS_MS = 5_000


class Presenting(QObject):
    """One show. It goes on from the library as it was when it began, whatever becomes of it meanwhile."""

    ended = Signal()
    moved = Signal()

    def __init__(self, window: MainWindow, show: Show, start: Moment) -> None:
        super().__init__(window)
        self.window_, self.session = window, window.session
        self.show, self.moment = show, start
        self.graphs = Graphs(self.session, show)
        self.stage = Stage(self.graphs, show.library)
        self.audience = Audience(self.stage)
        self.trainer = Trainer(self.session, show, self.stage)
        self.screens = Screens(self.session.settings)
        self.began = self.arrived = self.session.now()
        self.visited: frozenset[int] = frozenset()
        self.tool = ""
        self.typed = ""
        self._at: tuple[int, int] = (-1, 0)
        self._let_go = (0, 0)  # the key that was let go last, and when
        self._room: QScreen | None = None  # the projector, while the room's picture fills it
        self._lost = False  # whether it went in mid-session
        self._clock = QTimer(self)
        self._clock.setInterval(1_000)
        self._clock.timeout.connect(self._tick)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.timeout.connect(self._typed_out)
        self.over = False
        self.rehearsal = Rehearsal(self)
        self._connect()

    def _connect(self) -> None:
        trainer = self.trainer
        trainer.asked.connect(self.do)
        trainer.desk.asked.connect(self.do)
        trainer.controls.asked.connect(self.do)
        trainer.desk.way_taken.connect(self.take)
        trainer.order.wanted.connect(self.go_to)
        trainer.strip.chosen.connect(lambda page: self.visit(page or self._emergency()))
        trainer.closed.connect(self.do_end)
        view = trainer.desk.framed.view
        view.pointed.connect(self.stage.point)
        view.drawn.connect(self._drawn)
        self.audience.closed.connect(self.do_end)
        self.stage.replaced.connect(self.rehearsal.begin)
        app = QGuiApplication.instance()
        if isinstance(app, QApplication):
            app.installEventFilter(self)
            app.screenRemoved.connect(self._screen_gone)
            app.screenAdded.connect(self._screen_came)

    # -- beginning and ending -----------------------------------------------------------------

    def start(self, room: QScreen | None = None, *, asked: bool = False) -> None:
        """Open both windows where they belong."""
        if asked:
            self.screens.remember(room)
        self._show()
        self._place(self.screens.placing(self.window_.screen()))
        self._clock.start()
        QTimer.singleShot(0, self, self.graphs.prepare)

    def _place(self, placing: Placing) -> None:
        """The windows to their screens; the trainer's has the keyboard."""
        self._room = placing.room
        if placing.room is not None:
            self._lost = False
            self.audience.fill(placing.room)
        else:
            self.audience.as_window(placing.trainer)
        trainer = self.trainer
        area = placing.trainer.availableGeometry()
        trainer.setScreen(placing.trainer)
        if placing.room is not None or not roomy(area):
            trainer.setGeometry(area)
            trainer.showMaximized()
        else:
            trainer.resize(1280, 760)
            trainer.move(area.x() + 20, area.y() + 20)
            trainer.show()
        to_front(trainer)
        trainer.desk.framed.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell_where()

    @property
    def views(self) -> tuple[RoomView, ...]:
        """What the room sees, before the room and before the trainer."""
        return self.audience.room, self.trainer.desk.framed.view

    def furnish(self) -> Iterator[None]:
        """Make what some later step will have in the trainer's window, one by one."""
        steps = [scene.step for scene in self.show.scenes if scene.step is not None]
        yield from self.trainer.desk.make_ways(max((len(step.ways) for step in steps), default=0))

    def come_forward(self) -> None:
        to_front(self.trainer)

    def _tell_where(self) -> None:
        found = screens()
        room = self.audience.screen()
        number = found.index(room) + 1 if room in found else 1
        several = len(found) > 1
        words = "The room sees a plain window" if several else "The room’s window is behind"
        if self.audience.full:
            words = f"The room sees screen {number}"
        self.trainer.tell_where(words, several=several, offer=several and not self.audience.full)

    def do_end(self) -> None:
        """Back to where the trainer was; which pages were shown is remembered, never to whom."""
        if self.over:
            return
        self.over = True
        self._clock.stop()
        self._typing.stop()
        app = QGuiApplication.instance()
        if isinstance(app, QApplication):
            app.removeEventFilter(self)
            app.screenRemoved.disconnect(self._screen_gone)
            app.screenAdded.disconnect(self._screen_came)
        if self.visited:
            stops = self.show.stops
            shown = [n for n, at in enumerate(stops) if at in self.visited] if stops else None
            self.session.presented(self.show.path, shown)
        self.graphs.stop()
        self.rehearsal.stop()
        self.audience.end()
        self.trainer.end()
        to_front(self.window_)
        self.ended.emit()
        for part in (self.audience, self.trainer, self):
            part.deleteLater()

    # -- moving -------------------------------------------------------------------------------

    def move_to(self, moment: Moment) -> None:
        """Another moment: everything follows from it."""
        if moment == self.moment:
            return
        self.moment = moment
        self._show()

    def _show(self) -> None:
        show, moment = self.show, self.moment
        if (moment.at, len(moment.walk)) != self._at:
            if moment.at != self._at[0]:
                self.arrived = self.session.now()
            self._at = (moment.at, len(moment.walk))
        self.visited |= {moment.at}
        now_seen = self.rehearsal.seen(moment)
        self.stage.show_seen(now_seen, moment.leaf)
        scene = scene_at(show, moment)
        covered = bool(moment.blank or hidden(show, moment))
        next_ = coming(show, moment, self.stage.leaf, self.stage.leaves)
        trainer = self.trainer
        trainer.desk.tell(next_, hidden_words(show, moment), covered, now_seen)
        trainer.controls.tell(next_, now_seen)
        trainer.notes.show_scene(scene, bool(now_seen.outcome))
        trainer.order.tell(moment.at, self.visited)
        grave = [f"{mark.words}." for mark in now_seen.marks if mark.state == "overdue"]
        trouble = " ".join([*([scene.trouble] if scene.trouble else []), *grave])
        trouble = trouble or ahead(show, moment.at)
        trainer.troubles.setText(trouble)
        trainer.troubles.setVisible(bool(trouble))
        tools = trainer.desk.tool_buttons
        tools["words"].setChecked(moment.sheet is Sheet.WORDS)
        tools["flags"].setChecked(moment.sheet is Sheet.FLAGS)
        self._tick()
        self.rehearsal.begin()
        self.moved.emit()

    def _tick(self) -> None:
        now = self.session.now()
        told = pace(self.show, self.moment.at, self.began, self.arrived, now)
        self.trainer.clocks.tell(now, told, planned=bool(self.show.minutes))

    def _emergency(self) -> str:
        found = sorted(self.show.library.emergency, key=lambda p: not p.startswith("pathways/"))
        return found[0] if found else self.show.path

    def go_to(self, at: int) -> None:
        self.move_to(moves.go_to(self.show, self.moment, at))

    def visit(self, page: str, anchor: str = "") -> None:
        """To a place the room asked for; it sees only the arrival."""
        found = self.show.library.find(page)
        if found is not None:
            section = found[1]
            page, anchor = found[0].path, anchor or (section.anchor if section else "")
        self.move_to(moves.visit(self.show, self.moment, page, anchor))

    def jump(self, number: int) -> None:
        """To a stop by the number that stands before it."""
        self.move_to(moves.jump(self.show, self.moment, number))

    def take(self, number: int) -> None:
        self.move_to(moves.take(self.show, self.moment, number))

    # -- acts ---------------------------------------------------------------------------------

    def do(self, name: str) -> None:
        """Whatever a button or key asks for."""
        self._forget_typed()
        getattr(self, f"do_{name}")()

    def do_next(self) -> None:
        self.move_to(self.rehearsal.forward())

    def do_back(self) -> None:
        self.move_to(moves.back(self.show, self.moment, self.stage.leaf))

    def do_uncover(self) -> None:
        self.move_to(moves.uncover(self.show, self.moment))

    def do_cover(self) -> None:
        self.move_to(moves.cover(self.show, self.moment))

    def do_other(self) -> None:
        self.move_to(moves.other(self.show, self.moment))

    def do_zoom(self) -> None:
        self.move_to(moves.zoom(self.show, self.moment))

    def do_words(self) -> None:
        if hidden(self.show, self.moment) and scene_at(self.show, self.moment).step is not None:
            self._say("The step’s words may tell the answer: they stay covered. U uncovers.")
        self.move_to(moves.lay(self.show, self.moment, Sheet.WORDS))

    def do_flags(self) -> None:
        self.move_to(moves.lay(self.show, self.moment, Sheet.FLAGS))

    def do_black(self) -> None:
        self.move_to(moves.blank(self.moment, Blank.BLACK))

    def do_white(self) -> None:
        self.move_to(moves.blank(self.moment, Blank.WHITE))

    def do_pointer(self) -> None:
        self._hold("pointer")

    def do_pen(self) -> None:
        self._hold("pen")

    def do_wipe(self) -> None:
        self.stage.wipe()

    def _hold(self, tool: str) -> None:
        self.tool = "" if self.tool == tool else tool
        self.stage.point(None)
        desk = self.trainer.desk
        desk.framed.view.use(self.tool)
        for name in ("pointer", "pen"):
            desk.tool_buttons[name].setChecked(self.tool == name)

    def _drawn(self, at: QPointF, first: bool) -> None:
        self.stage.stroke(at, first=first)

    def do_overview(self) -> None:
        panel = Overview(self.trainer, self.show, self.moment.at, self.visited)
        panel.wanted.connect(self.go_to)
        panel.open()

    def do_keys(self) -> None:
        Keys(self.trainer).open()

    def do_jump(self) -> None:
        to_front(self.trainer)
        panel = Jump(self.trainer, self.session)
        panel.wanted.connect(self.visit)
        panel.open()

    # -- screens ------------------------------------------------------------------------------

    def do_swap(self) -> None:
        """The windows change screens, and it stays so for these; on one screen the other comes to the front."""
        found = screens()
        if len(found) < 2:
            in_front = self.trainer if self.audience.isActiveWindow() else self.audience
            to_front(in_front)
            return
        other = [s for s in found if s is not self.audience.screen()]
        here = [s for s in found if s is not self.trainer.screen()]
        room = (other if self.audience.full else here)[0]
        self.screens.remember(room)
        self._place(self.screens.placing(self.trainer.screen()))

    def do_project(self) -> None:
        """The projector is there again: the room's window goes to it."""
        room = next((s for s in screens() if s is not self.trainer.screen()), None)
        if room is not None:
            self.screens.remember(room)
            self._place(self.screens.placing(self.trainer.screen()))

    def _screen_gone(self, gone: QScreen) -> None:
        """Nothing is lost: the room's picture comes to the trainer's screen as a window."""
        lost = gone is self._room or len(screens()) < 2
        self._lost = self._lost or lost
        QTimer.singleShot(0, self, self._gather if lost else self._tell_where)

    def _gather(self) -> None:
        if self.over:
            return
        found = screens()
        trainer = next((s for s in found if s is self.trainer.screen()), found[0])
        self.audience.as_window(trainer)
        self.trainer.setScreen(trainer)
        to_front(self.trainer)
        words = "The projector has gone. The room’s picture is a window now"
        several = len(found) > 1
        self.trainer.tell_where(words, several=several, offer=several)

    def _screen_came(self, _came: QScreen) -> None:
        QTimer.singleShot(0, self, self._return)

    def _return(self) -> None:
        """A projector that went in mid-session and is known has the room's picture again at once."""
        if self._lost and not self.over and self.screens.chosen:
            self._place(self.screens.placing(self.trainer.screen()))
        elif not self.over:
            self._tell_where()

    # -- keys ---------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys mean the same in both windows; what is typed into a field is the field's."""
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() is QEvent.Type.KeyRelease:
            self._let_go = (event.key(), event.timestamp())
        if (
            event.type() is QEvent.Type.KeyPress
            and isinstance(watched, QWidget)
            and watched.window() in (self.trainer, self.audience)
            and not isinstance(watched, (QLineEdit, QDialog))
        ):
            return self.key(event, watched)
        return False

    def key(self, event: QKeyEvent, watched: QWidget) -> bool:
        """Whether a key was one of the show's."""
        ours = act_of(event) is not None or digit_of(event) is not None
        # Where a held key comes as presses and releases, Qt misses some: nobody lets go for no time.
        held = event.timestamp() > 0 and (event.key(), event.timestamp()) == self._let_go
        if ours and (held or event.isAutoRepeat()):
            return True  # a key that is leant on must not run through the answers
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return self._with_control(Qt.Key(event.key()))
        key = Qt.Key(event.key())
        digit = digit_of(event)
        if digit is not None:
            self.digit(digit)
            return True
        if self.typed and self._on_typed(key):
            return True
        if key == Qt.Key.Key_Space and isinstance(watched, QAbstractButton):
            return False  # a button that has the keyboard is pressed by it
        act = act_of(event)
        if act is None:
            return False
        self.do(act.id)
        return True

    def _on_typed(self, key: Qt.Key) -> bool:
        """While a number is being typed: Enter goes there, Backspace and Esc put it right, not the show."""
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._jump_typed()
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Escape):
            self._forget_typed()
        else:
            return False
        return True

    def _with_control(self, key: Qt.Key) -> bool:
        done: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_K: self.do_jump,
            Qt.Key.Key_L: self.do_jump,
            Qt.Key.Key_Plus: lambda: self.trainer.notes.step(1),
            Qt.Key.Key_Equal: lambda: self.trainer.notes.step(1),
            Qt.Key.Key_Minus: lambda: self.trainer.notes.step(-1),
        }
        found = done.get(key)
        if found is None:
            return False
        found()
        return True

    def digit(self, digit: int) -> None:
        """A digit alone takes a way; with Enter, or with more digits, it names a stop."""
        self.typed = (self.typed + str(digit))[-3:]
        step = scene_at(self.show, self.moment).step
        way = step is not None and len(self.typed) == 1 and 1 <= digit <= len(step.ways)
        words = f"{self.typed}: Enter goes to stop {self.typed}"
        if way:
            words = f"{self.typed}: takes way {digit}. Enter: to stop {self.typed}"
        self.trainer.controls.tell_typed(words)
        self._typing.start(WAY_AFTER_MS if way else TYPED_STAYS_MS)

    def _say(self, words: str) -> None:
        """A word to the trainer, for as long as one reads it."""
        self.trainer.controls.tell_typed(words)
        self._typing.start(TYPED_STAYS_MS)

    def _typed_out(self) -> None:
        typed, step = self.typed, scene_at(self.show, self.moment).step
        self._forget_typed()
        if len(typed) == 1 and step is not None:
            self.take(int(typed))

    def _jump_typed(self) -> None:
        typed = self.typed
        self._forget_typed()
        self.jump(int(typed))

    def _forget_typed(self) -> None:
        self._typing.stop()
        self.typed = ""
        self.trainer.controls.tell_typed("")


def present(window: MainWindow, *, here: bool = False) -> Presenting | None:
    """Present the page in view, from its beginning or from where the trainer is. None: not, or not yet."""
    place, library = window.tab.place, window.session.library
    if library is None or place.kind != "page":
        return None
    _, since = window.session.last_presented(place.page)
    show = show_of(library, place.page, {s.number: f"{s.says}." for s in since})
    if show is None:
        return None
    view = window.view
    at = view.place if view is not None and view.place is not None else place
    start = begin(show, place.page, at.anchor) if here else begin(show)
    made = Presenting(window, show, start)
    if made.screens.known:
        made.start()
        return made
    ask = WhichScreen(window)
    ask.accepted.connect(lambda: made.start(ask.screen_, asked=True))
    ask.rejected.connect(made.do_end)
    ask.open()
    return made


__all__ = ["Presenting", "present"]
