"""`fingerpost graph`: positions as JSON, and SVG."""

import json
import xml.etree.ElementTree as ET

import pytest

from drawing.__main__ import main

PAGE = """---
id: test
title: A test & more
kind: pathway
---

## Start {#start}

- → [Well?](#well)

## Well? {#well}

- Yes, <quite> → [Done](#done)
- No → [Ring](other.md)
- Unsure → [Again](#start)

## Done {#done}
"""


@pytest.fixture
def library(tmp_path):
    folder = tmp_path / "pathways"
    folder.mkdir()
    (folder / "test.md").write_text(PAGE, encoding="utf-8")
    (folder / "empty.md").write_text("---\nid: empty\nkind: pathway\n---\n\nNo steps.\n", "utf-8")
    return tmp_path


def test_json_has_the_place_of_every_box_line_and_label(library, capsys):
    assert main(["graph", "test", "--library", str(library)]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [step["id"] for step in data["steps"]] == ["start", "well", "done"]
    for step in data["steps"]:
        assert step["width"] >= 176
        assert 0 <= step["x"] <= data["width"] - step["width"]
    assert all(len(way["points"]) >= 2 for way in data["ways"])
    assert [bool(way["label"]) for way in data["ways"]] == [False, True, True, True]
    assert [way["loop"] for way in data["ways"]] == [False, False, False, True]
    assert data["ways"][2]["to"] == "pathways/other.md"


def test_svg_is_well_formed_and_names_itself(library, tmp_path):
    out = tmp_path / "test.svg"
    assert (
        main(["graph", "test", "--library", str(library), "--format", "svg", "-o", str(out)]) == 0
    )
    root = ET.parse(out).getroot()
    space = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{space}title").text == "A test & more"
    assert "Step 2, question: Well?" in root.find(f"{space}desc").text
    words = [element.text for element in root.iter(f"{space}text")]
    assert "Yes, <quite>" in words
    assert words[0] == "A test & more"
    above = " ".join(words[:9])
    assert "SAMPLE, not approved for clinical use" in above
    assert "Uncontrolled when printed" in above


def test_data_formats_are_left_to_the_core(library, capsys):
    assert main(["graph", "test", "--library", str(library), "--format", "mermaid"]) == 0
    said = capsys.readouterr().out
    assert said.startswith('---\ntitle: "A test & more. ')
    assert "\nflowchart TD\n" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["test", "--format", "gif"], "no format"),
        (["nowhere"], "no page"),
        (["empty"], "no steps"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_one_line(library, capsys, arguments, said):
    assert main(["graph", *arguments, "--library", str(library)]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


def test_steps_of_one_name_have_their_own_ids_and_places_and_it_is_said(library, capsys):
    (library / "pathways" / "twice.md").write_text(
        PAGE.replace("id: test", "id: twice").replace("## Done {#done}", "## Done {#well}"), "utf-8"
    )
    assert main(["graph", "twice", "--library", str(library)]) == 0
    told = capsys.readouterr()
    data = json.loads(told.out)
    assert [step["id"] for step in data["steps"]] == ["start", "well", "well#3"]
    assert len({(step["x"], step["y"]) for step in data["steps"]}) == 3
    assert "Step 3 has the name of step 2" in told.err
    assert data["notes"][0] in told.err
