"""A page becomes a diagram: a box for each step, one beside each way that leaves the page."""

import pytest

from drawing.diagram import Look
from drawing.draw import first_picture, refined_picture
from drawing.pathway import diagram_of
from knowledge.library import open_library
from knowledge.model import Kind
from tests.support.checkout import ROOT
from tests.support.layout_score import score
from tests.support.nets import picture_drawn

PAGE = """---
kind: pathway
title: Test
---

## Any sign? {#sign .question lane="Health visitor"}

- Any red flag → [Emergency: act now](emergency.md)
- A worry → [Emergency: act now](emergency.md)
- Unsure → [Ring them](../services/them.md)
- None → [Go on](#on)

## Go on {#on timeframe="same day"}

- Again → [Any sign?](#sign)
"""
OTHER = '---\nkind: pathway\ntitle: E\n---\n\n## Ring 999 {.urgent timeframe="now"}\n\nNow.\n'
SERVICE = "---\nkind: service\ntitle: Them\n---\n\nWho.\n"


def library_at(folder):
    (folder / "pathways").mkdir()
    (folder / "services").mkdir()
    (folder / "pathways" / "test.md").write_text(PAGE, "utf-8")
    (folder / "pathways" / "emergency.md").write_text(OTHER, "utf-8")
    (folder / "services" / "them.md").write_text(SERVICE, "utf-8")
    return open_library(folder)


def test_a_page_becomes_boxes_and_arrows_in_the_authors_order(tmp_path):
    library = library_at(tmp_path)
    diagram = diagram_of(library.pages["pathways/test.md"], library.pages.get)
    assert [(b.title, b.look.value, b.number, b.word, b.timeframe) for b in diagram.boxes] == [
        ("Any sign?", "question", 1, "", ""),
        ("Emergency: act now", "other-urgent", 0, "Urgent pathway", "now"),
        ("Emergency: act now", "other-urgent", 0, "Urgent pathway", "now"),
        ("Ring them", "other", 0, "Service", ""),
        ("Go on", "action", 2, "", "same day"),
    ]
    labels = [(arrow.label, arrow.loop) for arrow in diagram.arrows]
    assert labels == [
        ("Any red flag", False),
        ("A worry", False),
        ("Unsure", False),
        ("None", False),
        ("Again", True),
    ]


@pytest.mark.slow
def test_all_our_own_pathways_are_drawn_without_a_fault():
    library = open_library(ROOT / "content")
    pathways = library.of_kind(Kind.PATHWAY)
    assert len(pathways) >= 14
    for page in pathways:
        diagram = diagram_of(page, library.pages.get, library.emergency)
        for drawing in (first_picture(diagram), refined_picture(diagram), *columns(diagram)):
            found = score(picture_drawn(drawing))
            assert (found.hits, found.ambiguous, found.lost_labels) == (0, 0, 0), page.path
            assert found.wrong_way == 0, page.path


def columns(diagram):
    if len(diagram.lanes) > 1:
        drawing = first_picture(diagram, columns=True)
        assert [lane.name for lane in drawing.lanes] == list(diagram.lanes)
        yield drawing


def test_looks_of_our_own_pages_are_all_drawn():
    library = open_library(ROOT / "content")
    seen = {
        box.look
        for page in library.of_kind(Kind.PATHWAY)
        for box in diagram_of(page, library.pages.get, library.emergency).boxes
    }
    assert seen == set(Look) - {Look.CONNECTOR}
