"""The style sheet: what the palette cannot say about Qt's own widgets."""

from __future__ import annotations

from string import Template
from typing import Any, Protocol


class Look(Protocol):
    """What the sheet needs to know of the theme."""

    name: str
    colours: dict[str, str]
    tokens: dict[str, Any]

    def px(self, size: float) -> int: ...


_SHEET = Template("""
QWidget { font-family: "$family", "Segoe UI", "Noto Sans", sans-serif; font-size: ${body}px; }
QToolTip { background: $raised; color: $ink; border: 1px solid $edge; padding: ${p4}px ${p8}px; }
QLabel { background: transparent; }
QLabel[role="display"] { font-size: ${display}px; font-weight: 700; }
QLabel[role="title"] { font-size: ${title}px; font-weight: 700; }
QLabel[role="heading"] { font-size: ${heading}px; font-weight: 700; }
QLabel[role="lead"] { font-size: ${lead}px; }
QLabel[role="small"] { font-size: ${small}px; color: $ink_muted; }
QLabel[role="key"] {
  font-size: ${key_cap}px; font-weight: 500; color: $ink; background: $surface;
  border: 1px solid $edge; border-radius: ${p4}px; padding: 0px ${p4}px;
}
QLabel[role="muted"] { color: $ink_muted; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="urgent"] { color: $urgent_ink; font-weight: 600; }
QLabel[role="warn"] { color: $warn_ink; font-weight: 600; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QSpinBox {
  background: $surface; color: $ink; border: ${b}px solid $edge; border-radius: ${r}px;
  padding: ${p4}px ${p8}px; min-height: ${control_in}px;
  selection-background-color: $accent; selection-color: $on_accent;
}
QRadioButton::indicator, QCheckBox::indicator { width: ${p16}px; height: ${p16}px; }
QComboBox::drop-down { border: none; width: ${p24}px; }
QComboBox QAbstractItemView { background: $raised; color: $ink; border: 1px solid $edge; }
QLineEdit, QPlainTextEdit, QTextEdit { placeholder-text-color: $ink_muted; }
QLineEdit[role="large"] {
  font-size: ${lead}px; min-height: ${large_in}px; padding: ${p8}px ${p12}px; border: ${b2}px solid $ink;
}

QPushButton, QToolButton {
  background: transparent; color: $ink; border: ${b}px solid transparent; border-radius: ${r}px;
  padding: ${p4}px ${p8}px; min-height: ${control_in}px; font-weight: 500;
}
QPushButton:hover, QToolButton:hover { background: $accent_tint; }
QPushButton:pressed, QToolButton:pressed { background: $accent_tint; border-color: $edge; }
QPushButton:checked, QToolButton:checked { background: $accent; color: $on_accent; }
QPushButton:disabled, QToolButton:disabled { color: $dim_ink; }
QPushButton[look="lined"] { border-color: $edge; background: $surface; padding: ${p4}px ${p12}px; }
QPushButton[look="lined"]:hover { background: $accent_tint; }
QPushButton[look="lined"]:checked { background: $accent; border-color: $accent; }
QPushButton[look="filled"] {
  background: $accent; color: $on_accent; font-weight: 600; padding: ${p4}px ${p16}px;
}
QPushButton[look="filled"]:disabled { background: $sunken; color: $dim_ink; }
QPushButton[look="filled"]:hover { background: $accent_hover; }
QPushButton[look="filled"]:disabled { background: $sunken; color: $dim_ink; border-color: $line; }
QPushButton[look="link"] {
  color: $link; text-decoration: underline; padding: 0px ${p4}px; text-align: left; font-weight: 400;
}
QPushButton[role="crumb"] {
  font-size: ${small}px; padding: ${p4}px 0px 0px 0px; border: none; min-height: ${crumb_in}px;
}
QToolButton::menu-indicator, QPushButton::menu-indicator { image: none; }

QWidget#top-bar { background: $surface; border-bottom: 1px solid $line; }
QWidget#navigation { background: $sunken; border-right: 1px solid $line; }
QWidget#page-head { background: $canvas; }
QWidget#surface { background: $surface; }
QFrame[role="card"] { background: $surface; border: ${b}px solid $line; border-radius: ${card}px; }
QFrame[role="line"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="line-down"] { background: $line; border: none; max-width: 1px; min-width: 1px; }

QListView, QTreeView, QTableView {
  background: $surface; color: $ink; border: none; outline: none;
  selection-background-color: $accent_tint; selection-color: $ink;
  alternate-background-color: $canvas;
}
QListView::item, QTreeView::item { padding: ${p4}px ${p8}px; min-height: ${control_in}px; }
QHeaderView::section {
  background: $sunken; color: $ink; border: none; border-bottom: 1px solid $line; padding: ${p4}px ${p8}px;
  font-weight: 600;
}
QTextBrowser, QTextEdit[role="reading"] { background: $surface; color: $ink; border: none; padding: 0; }

QTabBar { background: $sunken; }
QTabBar::tab {
  background: $sunken; color: $ink; padding: ${p4}px ${p12}px; min-height: ${tab}px;
  border: none; border-right: 1px solid $line;
}
QTabBar::tab:selected { background: $surface; font-weight: 600; border-top: ${b2}px solid $accent; }
QTabBar QToolButton[role="cross"] { padding: 0; min-height: 0; border: none; }

QMenu { background: $raised; color: $ink; border: 1px solid $edge; padding: ${p4}px; }
QMenu::item { padding: ${p8}px ${p24}px ${p8}px ${p12}px; border-radius: ${p4}px; }
QMenu::item:selected { background: $accent_tint; color: $ink; }
QMenu::item:disabled { color: $dim_ink; }
QMenu::separator { height: 1px; background: $line; margin: ${p4}px ${p8}px; }

QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QScrollBar:vertical { background: $sunken; width: ${bar}px; margin: 0; border: none; }
QScrollBar:horizontal { background: $sunken; height: ${bar}px; margin: 0; border: none; }
QScrollBar::handle { background: $edge; border-radius: ${bar_r}px; margin: 2px; }
QScrollBar::handle:vertical { min-height: ${p32}px; }
QScrollBar::handle:horizontal { min-width: ${p32}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
QDialog { background: $canvas; }
""")


def style_sheet(theme: Look) -> str:
    """The sheet for the look in force."""
    px, sizes = theme.px, theme.tokens["type_px"]
    strong = 2 if theme.name == "contrast" else 1
    values = dict(theme.colours)
    values.update(
        family=theme.tokens["font"]["family"],
        **{
            name: str(px(sizes[name]))
            for name in ("body", "display", "title", "heading", "lead", "small")
        },
        **{f"p{n}": str(px(n)) for n in (4, 8, 12, 16, 24, 32)},
        r=str(px(6)),
        card=str(px(8)),
        b=str(strong),
        b2="2",
        key_cap=str(px(12)),
        crumb_in=str(px(20)),
        control_in=str(px(24)),
        large_in=str(px(36)),
        tab=str(px(24)),
        bar=str(px(12)),
        bar_r=str(px(4)),
    )
    return _SHEET.substitute(values)
