"""A long page is put into its document in portions; it is the same document as if it had been put in at once."""

import pytest
from PySide6.QtCore import Qt, QThread
from PySide6.QtGui import QFont, QTextDocument
from PySide6.QtWidgets import QTextBrowser

from desktop import composing, theme
from desktop.widgets import pacing, reader
from knowledge.library import open_library
from knowledge.places import shipped_library
from knowledge.render import Options, Renderer, style_sheet


@pytest.fixture(scope="module")
def library():
    return open_library(shipped_library())


def empty():
    look = theme.theme()
    document = QTextDocument()
    document.setDefaultFont(look.font("article"))
    sheet = style_sheet(look.colours, look.tokens["type_px"], look.scale)
    document.setDefaultStyleSheet(sheet + reader.more_style(look.colours, look.px))
    return document


def told(document):
    """Every block with its format and its pieces."""
    found, block = [], document.begin()
    while block.isValid():
        form, pieces, inside = block.blockFormat(), [], block.begin()
        while not inside.atEnd():
            piece = inside.fragment()
            look = piece.charFormat()
            # Qt may or may not keep a space at the end of a paragraph, which nobody sees.
            pieces.append(
                (piece.text().strip(), look.fontWeight(), look.anchorHref(), look.anchorNames())
            )
            inside += 1
        margins = form.topMargin(), form.bottomMargin(), form.leftMargin(), form.indent()
        listed = block.textList()
        number = listed.itemNumber(block) if listed is not None else -1
        shape = form.headingLevel(), Qt.AlignmentFlag(form.alignment()), margins, number
        found.append((block.text().strip(), shape, [piece for piece in pieces if piece[0]]))
        block = block.next()
    return found


@pytest.mark.slow
def test_every_page_is_the_same_in_portions(library, started, monkeypatch):
    renderer, cut = Renderer(), 0
    for page in library.pages.values():
        html = composing.article(renderer, library, page, Options(icons=True))
        whole, pieced = empty(), empty()
        whole.setHtml(html)
        monkeypatch.setattr(reader, "portions", lambda text, p=reader.portions: p(text, 2_000))
        reader.put_in(pieced, html)
        cut += len(reader.portions(html))
        monkeypatch.undo()
        assert told(pieced) == told(whole), page.path
        whole.setTextWidth(700)
        pieced.setTextWidth(700)
        assert pieced.size() == whole.size(), page.path
    assert cut > 3 * len(library.pages)


def test_nothing_is_cut_inside_a_table_or_list():
    inside = '<table><tr><td><h2 id="a">A</h2></td></tr></table><ul><li><h3 id="b">B</h3></li></ul>'
    html = f'<p>{"x" * 50}</p>{inside}<h2 id="c">C</h2><p>end</p>'
    assert reader.portions(html, 20) == [
        html[: html.index('<h2 id="c"')],
        '<h2 id="c">C</h2><p>end</p>',
    ]
    assert reader.portions(html, 10_000) == [html]


def test_a_long_text_is_laid_out_in_even_steps_to_its_end(qtbot, started):
    parts = (f"<h2>Part {n}</h2><p>{'Sleep and feeding. ' * 40}</p>" for n in range(300))
    paced = QTextDocument()
    paced.setHtml("".join(parts))
    pacing.pace(paced)
    browser = QTextBrowser()
    qtbot.addWidget(browser)
    browser.resize(620, 400)
    browser.show()
    browser.setDocument(paced)
    bar = browser.verticalScrollBar()
    lengths = [bar.maximum()]
    with qtbot.waitSignal(paced.documentLayout().documentSizeChanged, timeout=20_000):
        pass
    while paced.findChild(pacing.Paced)._at < paced.characterCount():
        qtbot.wait(10)
        lengths.append(bar.maximum())
    qtbot.wait(30)
    lengths.append(bar.maximum())
    assert len(set(lengths)) > 5
    assert bar.maximum() + bar.pageStep() == pytest.approx(paced.size().height(), abs=2)


def test_a_text_is_laid_out_once_for_the_room_there_is(qapp):
    html, font = "<p>One line and no more.</p>" * 3, QFont()
    text, _ = reader.build_document(html, "", font, None, 700, QThread.currentThread())
    taken_up = text.documentLayout()
    assert not any(text.findBlockByNumber(number).layout().lineCount() for number in range(3))
    text.setTextWidth(60)
    assert taken_up.documentSize().height() > 0
    assert all(text.findBlockByNumber(number).layout().lineCount() > 1 for number in range(3))
