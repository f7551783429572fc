"""The row of open pages: no title hides the others, and every page is closed by a cross large enough."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabBar, QToolButton

from desktop.theme import theme
from desktop.widgets.tabbar import CROSS, WIDEST, TabBar

RIGHT = QTabBar.ButtonPosition.RightSide


@pytest.fixture
def bar(qtbot):
    bar = TabBar()
    qtbot.addWidget(bar)
    for title in ("Home", "x" * 500, "Services"):
        bar.say(bar.addTab(""), title, f"{title}, whole")
    bar.resize(900, bar.sizeHint().height())
    bar.show()
    yield bar
    theme().set(scale=1.0)


def test_a_title_of_500_characters_leaves_room_for_the_other_pages(bar):
    assert bar.tabRect(1).width() <= theme().px(WIDEST)
    assert bar.rect().contains(bar.tabRect(2))
    assert bar.accessibleTabName(1) == "x" * 500
    assert bar.tabToolTip(1).endswith("whole")


@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
def test_a_title_ends_in_dots_where_its_room_ends_also_in_the_bold_of_the_chosen(bar, scale):
    theme().set(scale=scale)
    bold = QFontMetrics(theme().font("body", 600))
    for index, title in enumerate(("Home", "x" * 500, "Services")):
        words = bar.tabText(index)
        assert words == title or words.endswith("…")
        cross = bar.tabButton(index, RIGHT)
        assert bold.horizontalAdvance(words) <= bar.tabRect(index).width() - cross.width()
    assert bar.tabText(1).endswith("…")


@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
def test_every_cross_is_large_enough_and_says_what_it_closes(bar, scale):
    theme().set(scale=scale)
    for index in range(bar.count()):
        cross = bar.tabButton(index, RIGHT)
        assert isinstance(cross, QToolButton)
        assert min(cross.width(), cross.height()) >= max(CROSS, theme().px(CROSS))
        assert cross.accessibleName() == f"Close {bar.accessibleTabName(index)}"


def test_a_cross_closes_its_own_page_also_after_others_went(bar, qtbot):
    closed = []
    bar.tabCloseRequested.connect(closed.append)
    bar.removeTab(0)
    bar.tabButton(1, RIGHT).click()
    assert closed == [1]


def test_the_middle_button_closes_a_page(bar, qtbot):
    closed = []
    bar.tabCloseRequested.connect(closed.append)
    QTest.mouseClick(bar, Qt.MouseButton.MiddleButton, pos=bar.tabRect(2).center())
    assert closed == [2]


def test_one_page_needs_no_cross(qtbot):
    bar = TabBar()
    qtbot.addWidget(bar)
    bar.addTab("Home")
    assert bar.tabButton(0, RIGHT) is None
