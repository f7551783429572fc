"""Every key of a show as data: the windows, the buttons and the help read this one table."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


@dataclass(frozen=True, slots=True)
class Act:
    """Something the trainer can do. `id` names the controller's method (`do_<id>`)."""

    id: str
    words: str
    keys: tuple[Qt.Key, ...]
    shown: str  # the key as it stands on a button
    icon: str = ""
    says: str = ""  # in full, where the words are short

    @property
    def name(self) -> str:
        return self.says or self.words


_K = Qt.Key
ACTS = (
    Act("next", "Next", (_K.Key_Space, _K.Key_PageDown, _K.Key_Right, _K.Key_N), "Space"),
    Act("back", "Back", (_K.Key_PageUp, _K.Key_Left, _K.Key_Backspace, _K.Key_P), "PgUp"),
    Act("uncover", "Uncover", (_K.Key_U,), "U", "eye", "Uncover everything here"),
    Act("cover", "Cover", (_K.Key_C,), "C", "eye-off", "Cover what lies ahead"),
    Act("other", "Another way", (_K.Key_A,), "A", "git-fork", "Try another way"),
    Act("zoom", "Zoom", (_K.Key_Z,), "Z", "zoom-in", "Zoom to a branch"),
    Act("overview", "Overview", (_K.Key_O,), "O", "list-ordered", "Overview of all stops"),
    Act("words", "Words", (_K.Key_T,), "T", "file-text", "Words of the step"),
    Act("flags", "Red flags", (_K.Key_R,), "R", "octagon-alert"),
    Act("pointer", "Pointer", (_K.Key_L,), "L", "send"),
    Act("pen", "Highlighter", (_K.Key_H,), "H", "pencil"),
    Act("wipe", "Wipe", (_K.Key_X,), "X", "rotate-ccw", "Wipe the highlighting"),
    Act("black", "Blank", (_K.Key_B, _K.Key_Period), "B", "eye-off"),
    Act("white", "Blank, white", (_K.Key_W,), "W", "eye-off"),
    Act(
        "swap",
        "Swap screens",
        (_K.Key_S,),
        "S",
        "refresh-cw",
        "Swap screens; on one screen, show the other window",
    ),
    Act("keys", "Keys", (_K.Key_F1, _K.Key_Question), "F1", "keyboard", "All keys of presenting"),
    Act("end", "End", (_K.Key_Escape,), "Esc", "x"),
)
# What has no letter of its own.
OTHERS = (
    ("1 to 9", "Take that way on"),
    ("Number, Enter", "Go to that stop"),
    ("Ctrl+K", "Jump to any page, unseen by the room"),
    ("Ctrl++, Ctrl+−", "Notes larger or smaller"),
)
BY_ID = {act.id: act for act in ACTS}
_BY_KEY = {key: act for act in ACTS for key in act.keys}
_PLAIN = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.KeypadModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def act_of(event: QKeyEvent) -> Act | None:
    """What a key asks for by itself."""
    if event.modifiers() not in _PLAIN:
        return None
    return _BY_KEY.get(Qt.Key(event.key()))


def digit_of(event: QKeyEvent) -> int | None:
    if event.modifiers() not in _PLAIN or not _K.Key_0 <= event.key() <= _K.Key_9:
        return None
    return int(event.key()) - int(_K.Key_0)
