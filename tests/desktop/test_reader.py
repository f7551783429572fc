"""The text of a page: nothing but the library's own, and every link through one router."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QPoint, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QImage, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.hints import hint_of
from desktop.pictures import read_picture
from desktop.theme import theme
from desktop.views.article import ArticleView
from desktop.widgets.asides import Choice, Outside, TermPanel
from desktop.widgets.reader import Reader
from desktop.window import MainWindow
from knowledge.library import open_library
from knowledge.render import Lead, read_target
from tests.support.libraries import page, write_library

Opened = Callable[..., MainWindow]

GLOSSARY = page(
    "Glossary",
    "| Term | Expansion | Meaning | People type |\n|---|---|---|---|\n"
    "| PIMH | Parent and infant mental health | How parent and baby get on | bonding |\n",
)
BODY = """Read about PIMH and [the next page](next.md#second).
[Outside](https://www.nice.org.uk/guidance) and [bad](file:///etc/passwd). A fact. [^S1]

## First heading {#first}

A word here, a word there.

## Second heading {#second}

""" + "\n\n".join(f"Paragraph {n} with a word." for n in range(60))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    image = QImage(900, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    (tmp_path / "library" / "media").mkdir(parents=True)
    assert image.save(str(tmp_path / "library" / "media" / "red.png"))
    return write_library(
        tmp_path / "library",
        {
            "glossary.md": GLOSSARY,
            "pages/one.md": page(
                "One", BODY, sources='[{key: "S1", title: "A book", strength: seen}]'
            ),
            "pages/next.md": page("Next", "# Next\n\nText.\n\n## Second {#second}\n\nMore."),
            "pages/picture.md": page("Picture", "![A red line](../media/red.png)"),
        },
    )


def reading(window: MainWindow, qtbot: QtBot, link: str) -> ArticleView:
    window.session.go_to(link)
    view = window.view
    assert isinstance(view, ArticleView)
    qtbot.waitUntil(lambda: not view.reader.busy and bool(view.reader.toPlainText()))
    return view


def test_a_page_shows_its_text_under_its_own_name(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    view = reading(open_window(small), qtbot, "pages/one.md")
    assert "A word here" in view.reader.toPlainText()
    assert view.reader.accessibleName() == "One"
    assert [h.title for h in view.reader.headings()] == [
        "First heading",
        "Second heading",
        "Sources",
    ]


def test_the_text_before_is_gone_as_soon_as_another_page_is_asked_for(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    window = open_window(small)
    view = reading(window, qtbot, "pages/one.md")
    window.session.go_to("pages/next.md")
    assert view.head.title.text() == "Next"
    assert view.reader.toPlainText() == ""


def test_a_link_leads_to_the_page_and_its_heading(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    window = open_window(small)
    view = reading(window, qtbot, "pages/one.md")
    link = next(found for found in view.reader.links() if found.words == "the next page")
    view.reader.follow(link.address)
    assert window.tab.place.link == "pages/next.md#second"
    view.reader.follow(link.address, new_tab=True)
    assert window.tab_bar.count() == 2


def test_a_link_outside_asks_first_and_shows_the_real_host(
    open_window: Opened, qtbot: QtBot, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    view = reading(open_window(small), qtbot, "pages/one.md")
    view.reader.follow("https://www.nice.org.uk/guidance")
    asked = view.findChild(Outside)
    assert asked is not None
    assert "www.nice.org.uk" in asked.accessibleDescription()
    assert opened == []
    asked.go.click()
    assert opened == ["https://www.nice.org.uk/guidance"]


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "search-ms:query=x",
        "//host/share/x",
        "\\\\host\\share",
        "data:text/html,x",
        "page:../../etc/passwd",
        "page:C:/x",
        "ftp://host/x",
        "",
    ],
)
def test_every_other_link_is_refused_in_one_sentence(
    open_window: Opened, qtbot: QtBot, small: Path, address: str
) -> None:
    window = open_window(small)
    view = reading(window, qtbot, "pages/one.md")
    told: list[str] = []
    window.session.told.connect(told.append)
    view.reader.follow(address)
    assert window.tab.place.link == "pages/one.md"
    assert told == ["Fingerpost does not open this kind of link."]


def test_a_term_of_the_glossary_explains_itself_beside_its_word(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    view = reading(open_window(small), qtbot, "pages/one.md")
    link = next(found for found in view.reader.links() if found.words == "PIMH")
    view.reader.follow(link.address)
    panel = view.window().findChild(TermPanel)
    assert panel is not None
    assert "How parent and baby get on" in panel.accessibleName()
    panel.close()


def test_a_link_says_what_it_is_before_it_is_taken(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    view = reading(open_window(small), qtbot, "pages/one.md")
    library = view.session.library
    link = next(found for found in view.reader.links() if found.words == "PIMH")
    cursor = QTextCursor(view.reader.document())
    cursor.setPosition(link.position + 1)
    spot = view.reader.cursorRect(cursor).center()
    assert view.reader.hint_at(spot).startswith("PIMH. ")
    assert "How parent and baby get on" in view.reader.hint_at(spot)
    assert view.reader.hint_at(QPoint(view.reader.viewport().width() - 2, 2)) == ""
    assert hint_of("https://www.nice.org.uk/guidance/cg192", library) == (
        "Leads outside Fingerpost, to www.nice.org.uk"
    )
    assert hint_of("page:pages/one.md", library) == library.pages["pages/one.md"].title
    assert hint_of("page:gone.md", library) == "This page is not in the library"
    assert hint_of("javascript:alert(1)", library) == ""


def test_what_is_not_a_picture_of_the_library_is_never_served(
    open_window: Opened, qtbot: QtBot, small: Path, tmp_path: Path
) -> None:
    view = reading(open_window(small), qtbot, "pages/one.md")
    secret = tmp_path / "secret.png"
    QImage(4, 4, QImage.Format.Format_RGB32).save(str(secret))
    sources = [
        str(secret),
        secret.as_uri(),
        "media:../secret.png",
        "media:%2e%2e/secret.png",
        "//host/share/a.png",
        "file://host/share/a.png",
        "http://127.0.0.1/a.png",
        "data:image/png;base64,AAAA",
        "icon:../../secret/ink",
        "icon:nothing/ink",
        "qrc:/a.png",
        "",
    ]
    for kind in QTextDocument.ResourceType:
        for source in sources:
            served = view.reader.loadResource(int(kind.value), QUrl(source))
            assert isinstance(served, QByteArray)
            assert served.isEmpty()
            assert not served.isNull() or served.size() == 0


HOSTILE = [
    "![x](file:///etc/passwd.png)",
    "![x](//host/share/x.png)",
    "![x](http://127.0.0.1:9/x.png)",
    "![x](../../secret.png)",
    "<img src='file:///etc/hostname'>",
    "<iframe src='http://127.0.0.1:9/'></iframe>",
    "<link rel=stylesheet href='http://127.0.0.1:9/x.css'>",
    "<style>@import url(http://127.0.0.1:9/x.css); p { background: url(file:///etc/passwd) }</style>",
    "<body background='//host/share/x.png'>",
    "<object data='file:///etc/passwd'></object>",
    "[x](javascript:alert(1))",
    "[x](file:///etc/passwd)",
    "[x](do:uncover-all)",
    "<a href='do:level-1'>x</a>",
    "<a href='search-ms:query=x'>x</a>",
    "[x](data:text/html;base64,AAAA)",
    "<table background='//host/share/x.png'><tr><td>x</td></tr></table>",
]


def test_a_hostile_page_asks_for_nothing_and_leads_nowhere(
    open_window: Opened, qtbot: QtBot, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_library(small, {"pages/hostile.md": page("Hostile", "\n\n".join([*HOSTILE, "The end."]))})
    asked: list[str] = []
    serve = Reader.loadResource

    def noted(self: Reader, kind: int, name: QUrl) -> object:
        asked.append(name.toString())
        return serve(self, kind, name)

    monkeypatch.setattr(Reader, "loadResource", noted)
    view = reading(open_window(small), qtbot, "pages/hostile.md")
    assert "The end." in view.reader.toPlainText()
    view.reader.grab()
    assert [name for name in asked if not name.startswith("icon:")] == []
    allowed = {Lead.PAGE, Lead.SOURCE, Lead.TERM}
    assert {read_target(link.address).lead for link in view.reader.links()} <= allowed


def test_a_picture_is_shown_no_wider_than_the_column(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    view = reading(open_window(small), qtbot, "pages/picture.md")
    picture = view.reader.document().resource(
        QTextDocument.ResourceType.ImageResource.value, QUrl("media:media/red.png")
    )
    assert isinstance(picture, QImage)
    assert picture.width() == theme().px(720)
    assert "A red line" in view.reader.toPlainText()


def test_a_link_out_of_the_library_is_not_followed_for_a_picture(
    small: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.png"
    QImage(4, 4, QImage.Format.Format_RGB32).save(str(secret))
    (small / "media" / "link.png").symlink_to(secret)
    library = open_library(small)
    assert read_picture(library, "media:media/red.png", 100) is not None
    assert read_picture(library, "media:media/link.png", 100) is None


def test_find_counts_marks_and_goes_round(open_window: Opened, qtbot: QtBot, small: Path) -> None:
    view = reading(open_window(small), qtbot, "pages/one.md")
    view.find_in_page()
    view.finder.field.setText("WORD")
    assert view.finder.count.text() == "1 of 62"
    assert len(view.reader.extraSelections()) == 62
    view.find_previous()
    assert view.finder.count.text() == "62 of 62"
    assert view.reader.verticalScrollBar().value() > 0
    view.find_next()
    assert view.finder.count.text() == "1 of 62"
    view.finder.field.setText("nowhere at all")
    assert view.finder.count.text() == "Not on this page"
    view.finder.leave()
    assert view.reader.extraSelections() == []


def test_headings_and_links_can_be_chosen_from_lists(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    window = open_window(small)
    view = reading(window, qtbot, "pages/one.md")
    view.show_headings()
    choice = view.findChild(Choice)
    assert choice is not None
    assert choice.list.item(1).text() == "Second heading"
    choice.list.itemActivated.emit(choice.list.item(1))
    assert view.reader.verticalScrollBar().value() > 0


def test_a_new_look_keeps_the_line_being_read(
    open_window: Opened, qtbot: QtBot, small: Path, qapp: QApplication
) -> None:
    window = open_window(small)
    view = reading(window, qtbot, "pages/one.md")
    view.reader.go_to_position(view.reader.toPlainText().index("Paragraph 30"))
    before = view.reader.keep()
    assert before["at"] > 0
    with qtbot.waitSignal(view.reader.shown):
        theme().set("dark", 1.5)
    after = view.reader.keep()
    assert abs(after["at"] - before["at"]) < 60
    assert after["heading"] == before["heading"] == "Second heading"


def test_the_scroll_bar_stands_from_one_long_page_to_the_next(
    open_window: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    """Were it to come and go, each page would be laid out twice."""
    long = "\n\n".join(f"Paragraph {n} with words enough to fill its line." for n in range(90))
    root = write_library(
        tmp_path / "long",
        {"one.md": page("One", long), "two.md": page("Two", long), "short.md": page("Short", "A.")},
    )
    window = open_window(root)
    view = reading(window, qtbot, "one.md")
    bar, widths = view.reader.verticalScrollBar(), []
    assert bar.isVisible()
    wide = view.reader.viewport().width()
    view.reader.shown.connect(lambda: widths.append(view.reader.viewport().width()))
    window.session.go_to("two.md")
    assert bar.isVisible()
    qtbot.waitUntil(lambda: not view.reader.busy)
    assert widths == [wide]
    reading(window, qtbot, "short.md")
    assert not bar.isVisible()
