"""The careful drawing comes from another process, the same on one processor as on two."""

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from drawing.draw import refined_picture
from drawing.svg import svg_of
from tests.support.nets import diagram_from

WAYS = ["a -x-> b", "a -y-> c", "b -> d", "c -> d", "d -again~> a", "d -> e"]


@pytest.mark.slow
def test_a_worker_process_gives_the_same_drawing():
    diagram = diagram_from(WAYS)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        drawing = pool.submit(refined_picture, diagram).result(timeout=60)
    assert drawing == refined_picture(diagram)
    assert drawing.refined


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="cannot choose processors here")
def test_the_number_of_processors_does_not_matter():
    diagram = diagram_from(WAYS)
    everywhere = svg_of(refined_picture(diagram))
    processors = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(processors)})
    try:
        assert svg_of(refined_picture(diagram)) == everywhere
    finally:
        os.sched_setaffinity(0, processors)


def test_drawing_loads_no_window_and_no_heavy_library():
    heavy = {"PySide6", "networkx", "whoosh"}
    import subprocess

    code = "import sys, drawing.draw, drawing.svg, drawing.sheets; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert heavy.isdisjoint(said.stdout.split())
