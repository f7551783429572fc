"""What a screen reader is told of the graph, asked over the real accessibility bus."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.graph.chart import chart_of
from knowledge.library import open_library

SCRIPT = Path(__file__).parents[1] / "support" / "graph_on_bus.py"
TOOLS = ("dbus-run-session", "Xvfb", "openbox", "gdbus")
SERVICE = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")


@pytest.fixture(scope="module")
def told() -> dict[str, object]:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing or not SERVICE.exists():
        pytest.skip(f"NOT TESTED: no accessibility bus here; missing: {', '.join(missing)}")
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, str(SCRIPT)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    assert lines, done.stderr
    return json.loads(lines[-1])


@pytest.mark.slow
def test_the_graph_is_a_list_of_its_boxes(told: dict[str, object]) -> None:
    assert told["role"] == "list"
    assert told["roles"] == ["list item"]
    assert len(told["names"]) == 13


@pytest.mark.slow
def test_a_box_says_its_number_kind_title_time_limit_and_ways_on(told: dict[str, object]) -> None:
    library = open_library(SCRIPT.parents[2] / "content")
    page = library.pages["pathways/perinatal-emergency.md"]
    chart = chart_of(page, library.pages.get, library.emergency)
    assert told["names"] == [chart.spoken(box.key) for box in chart.diagram.boxes]
    step = page.steps[1]
    first = step.ways[0].condition
    assert told["names"][1].startswith(
        f"step 2 of {len(page.steps)}, question, {step.title}, {step.lane}, "
        f"time limit: {step.timeframe}, two ways on: 1, {first}, urgent, step 3, "
    )


@pytest.mark.slow
def test_the_box_one_stands_on_says_so(told: dict[str, object]) -> None:
    assert [n for n, words in enumerate(told["descriptions"]) if words] == [0]
    assert told["descriptions"][0] == "you are here"


@pytest.mark.slow
def test_the_focus_goes_with_the_arrows_and_a_number_takes_a_way_of_the_box_it_is_on(
    told: dict[str, object],
) -> None:
    assert [name[:12] for name in told["focus after Down"]] == ["step 2 of 13"]
    assert [name[:12] for name in told["here after Down"]] == ["step 1 of 13"]
    assert [name[:12] for name in told["here after 1"]] == ["step 3 of 13"]
