"""How quickly the graph is made ready, panned and zoomed in the window, for small and large pathways.

Run with `python -m benchmarks.graph_view`; QT_QPA_PLATFORM=offscreen is used where there is no screen.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time

SIZES = (30, 300, 3000)
FRAMES = 60
GOALS = {30: None, 300: (20, 6, 10), 3000: (150, 10, 15)}


def pathway(count: int, seed: int = 7):
    """A pathway of so many boxes: mostly downward ways, some across, some loops."""
    from drawing.diagram import Arrow, Box, Diagram, Look

    rng = random.Random(seed)
    looks = (Look.QUESTION, Look.ACTION, Look.ACTION, Look.REFERRAL, Look.URGENT)
    words = "Ask the two questions about mood and listen before you write anything down".split()
    boxes = [
        Box(
            f"b{n}",
            Look.START if not n else rng.choice(looks),
            " ".join(rng.sample(words, rng.randint(3, 8))),
            n + 1,
            timeframe=rng.choice(("", "", "within 2 weeks")),
        )
        for n in range(count)
    ]
    arrows = [
        Arrow(
            f"b{rng.randrange(max(0, n - 6), n)}", f"b{n}", rng.choice(("", "Yes", "None of these"))
        )
        for n in range(1, count)
    ]
    for _ in range(count // 3):
        low = rng.randrange(count - 1)
        high = min(count - 1, low + rng.randint(1, 12))
        arrows.append(Arrow(f"b{low}", f"b{high}", "If in doubt"))
    return Diagram("made", "Made", tuple(boxes), tuple(arrows))


def placed(diagram):
    """The drawing; very large ones are set out on a grid, because only the painting is measured here."""
    from drawing.boxes import fit_box, shape_of, words_at
    from drawing.diagram import Drawing, PlacedBox, PlacedWay, Rect
    from drawing.draw import first_picture

    if len(diagram.boxes) <= 300:
        return first_picture(diagram)
    across = 40
    boxes = []
    for n, box in enumerate(diagram.boxes):
        fitted = fit_box(box)
        rect = Rect((n % across) * 320.0, (n // across) * 160.0, fitted.width, fitted.height)
        words, icons = words_at(fitted, rect)
        boxes.append(PlacedBox(box, rect, shape_of(box), words, icons))
    at = {box.key: box.rect for box in boxes}
    ways = []
    for arrow in diagram.arrows:
        a, b = at[arrow.source], at[arrow.target]
        x, y = a.middle[0], b.middle[0]
        level = a.bottom + 20
        ways.append(PlacedWay(arrow, ((x, a.bottom), (x, level), (y, level), (y, b.y))))
    whole = Rect(0, 0, across * 320.0, (len(boxes) // across + 1) * 160.0)
    return Drawing(diagram, whole, tuple(boxes), tuple(ways))


def measured(count: int, app) -> tuple[float, float, float, float, float]:
    from PySide6.QtCore import QPointF

    from desktop.graph.canvas import Canvas
    from desktop.graph.letters import _laid
    from desktop.graph.lit import Lit
    from desktop.graph.picture import Picture

    drawing = placed(pathway(count))
    builds = []
    for _ in range(5):
        began = time.process_time()
        picture = Picture(drawing)
        builds.append(time.process_time() - began)
    canvas = Canvas()
    canvas.resize(1280, 800)
    canvas.show_picture(picture)
    canvas.light(Lit(chosen="b0"))
    canvas.show()
    app.processEvents()
    _laid.cache_clear()
    began = time.process_time()
    canvas.repaint()
    first = time.process_time() - began

    def frames(change) -> list[float]:
        found = []
        for n in range(FRAMES):
            change(n)
            began = time.process_time()
            canvas.repaint()
            found.append(time.process_time() - began)
        return found

    canvas.zoom_to(1.0, now=True)
    pan = frames(lambda n: canvas.pan_by(3, 11))
    app.setProperty("motion", False)
    canvas.fit()
    fit = canvas.zoom
    zoom = frames(lambda n: canvas.zoom_to(fit * (1 + n % 5 * 0.02), QPointF(640, 400), now=True))
    canvas.close()
    ms = [1000 * value for value in (statistics.median(builds), first, statistics.median(pan))]
    ms.append(1000 * sorted(pan)[int(FRAMES * 0.95)])
    ms.append(1000 * statistics.median(zoom))
    return tuple(ms)


def main() -> None:
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from desktop import theme

    app = QApplication([])
    theme.start(app, "light", 1.0)
    print("milliseconds of processor time at 1280 x 800, median (goal)")
    print(
        f"{'boxes':>6} {'build':>14} {'first paint':>12} {'pan':>12} {'pan p95':>8} {'zoom at fit':>14}"
    )
    for count in SIZES:
        build, first, pan, slow, zoom = measured(count, app)
        goal = GOALS[count]
        a, b, c = (f" ({g})" for g in goal) if goal else ("", "", "")
        print(
            f"{count:>6} {build:>8.1f}{a:<6} {first:>12.1f} {pan:>7.1f}{b:<5} {slow:>8.1f} {zoom:>8.1f}{c:<6}"
        )


if __name__ == "__main__":
    main()
