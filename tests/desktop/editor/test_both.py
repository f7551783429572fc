"""Two versions of a page as one text, as it is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from desktop.editor.both import Both
from desktop.editor.compared_text import as_read
from knowledge.library import open_library
from knowledge.render import Renderer
from knowledge.source import read_page

STARTER = Path(__file__).parents[3] / "content"


def put(then: str, now: str) -> str:
    return re.sub(r'<a name="[^"]*"></a>', "", Both().put(then, now))


@pytest.mark.parametrize(
    ("then", "now", "both"),
    [
        ("<p>Ring now.</p>", "<p>Ring now.</p>", "<p>Ring now.</p>"),
        (
            "<p>Score of 10 or more.</p>",
            "<p>Score of 12 or more.</p>",
            "<p>Score of <del>− 10</del> <ins>+ 12</ins> or more.</p>",
        ),
        (
            "<p>One.</p><p>Two.</p>",
            "<p>One.</p>",
            "<p>One.</p><p><del>− Two.</del> </p>",
        ),
        (
            "<ul><li>One</li></ul>",
            "<ul><li>One</li><li>Two <strong>more</strong></li></ul>",
            "<ul><li>One</li><li><ins>+ Two</ins> <strong><ins>+ more</ins> </strong></li></ul>",
        ),
        (
            "<table><tr><td>Low</td><td>0 to 9</td></tr></table>",
            "<table><tr><td>Low</td><td>0 to 8</td></tr></table>",
            "<table><tr><td>Low</td><td>0 to <del>− 9</del> <ins>+ 8</ins> </td></tr></table>",
        ),
        (
            "<table><tr><td>Low</td></tr><tr><td>High</td></tr></table>",
            "<table><tr><td>High</td></tr></table>",
            "<table><tr><td><del>− Low</del> </td></tr><tr><td>High</td></tr></table>",
        ),
        (
            '<p>See <a href="a">the team</a> today.</p>',
            '<p>See <a href="a">the duty team</a>.</p>',
            '<p>See <a href="a">the <ins>+ duty</ins> team</a><del>− today.</del> <ins>+ .</ins> </p>',
        ),
    ],
)
def test_what_came_and_went_is_marked_where_it_is_read(then: str, now: str, both: str) -> None:
    assert put(then, now) == both


def test_every_word_of_both_versions_is_there_for_every_page(qapp: QApplication) -> None:
    library, renderer = open_library(STARTER), Renderer()
    pages = sorted(library.pages.values(), key=lambda page: page.path)[::4]
    for page in pages:
        text = page.text.replace("The ", "A ").replace("\n- ", "\n- Also ", 2).replace("7", "8")
        then = read_page(page.path, text.encode())
        found = as_read(renderer, then, page)
        document = QTextDocument()
        document.setHtml(re.sub(r"<del>.*?</del>", "", found.html))
        now = QTextDocument()
        now.setHtml(as_read(renderer, page, page).html)
        assert _words(document) == _words(now), page.path
        assert found.places > 0


def _words(document: QTextDocument) -> list[str]:
    return "".join(document.toPlainText().replace("+ ", "").split()).split("\ufffc")
