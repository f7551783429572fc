"""Rendering pages of 5, 50 and 500 kB: with nothing loaded, for the first time, again, and marked.

python -m benchmarks.render [repeats]
"""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from knowledge.glossary import read_glossary
from knowledge.render import Options, Renderer, Terms
from knowledge.source import read_page

CONTENT = Path(__file__).parents[1] / "content"
SIZES = (5, 50, 500)


def made_page(kilobytes):
    """A page of about so many kB, of the sections of the library that ships."""
    page = CONTENT / "pathways" / "perinatal-mental-health.md"
    ladder = CONTENT / "thresholds" / "ill-baby-red-amber-green.md"
    head, body = page.read_text("utf-8").split("\n---\n", 1)
    pieces = body.split("\n## ")
    pieces += ladder.read_text("utf-8").split("\n---\n", 1)[1].split("\n## ")[1:]
    text, number = [pieces[0]], 0
    size = len(pieces[0])
    while size < kilobytes * 1000:
        piece = pieces[1 + number % (len(pieces) - 1)].replace("{#", f"{{#n{number}-")
        text.append(piece)
        size += len(piece) + 4
        number += 1
    return read_page(page.name, (head + "\n---\n" + "\n## ".join(text)).encode())


def timed(work, repeats):
    taken = []
    for _ in range(repeats):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return median(taken)


def plain_markdown(text):
    import markdown
    import nh3

    names = ["tables", "admonition", "fenced_code", "toc", "attr_list", "def_list", "footnotes"]
    return nh3.clean(markdown.Markdown(extensions=[*names, "sane_lists"]).convert(text))


def loading():
    """Milliseconds from a program that knows the page to its first HTML, a new process each time."""
    code = (
        "import time; from benchmarks.render import *; page = made_page(5); begun = time.perf_counter();"
        "Renderer().page(page); print((time.perf_counter() - begun) * 1000)"
    )
    said = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
        for _ in range(5)
    ]
    return median(said)


def main():
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    terms = Terms(read_glossary(read_page("glossary.md", (CONTENT / "glossary.md").read_bytes())))
    marked = Options(terms=terms, hits=("review", "sign"), ways=True)
    keeper = Renderer()
    print(
        "| page | sections | Python-Markdown, nh3 | cold | with terms, hits | one section | cached | plain words |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for size in SIZES:
        page = made_page(size)
        body = page.text[page.sections[0].span.start :]
        keeper.page(page)
        times = [
            timed(lambda body=body: plain_markdown(body), repeats),
            timed(lambda page=page: keeper_cold(keeper, page), repeats),
            timed(lambda page=page: keeper_cold(keeper, page, marked), repeats),
            timed(lambda page=page: keeper_section(keeper, page), repeats),
            timed(lambda page=page: keeper.page(page), 100),
            timed(lambda page=page: [keeper.plain_text(page, s) for s in page.sections], repeats),
        ]
        numbers = " | ".join(f"{t:.1f}" if t >= 0.1 else f"{t:.4f}" for t in times)
        print(f"| {len(body) / 1000:.0f} kB | {len(page.sections)} | {numbers} |")
    print(f"\nFirst page of 5 kB with nothing loaded yet: {loading():.0f} ms")


def keeper_cold(renderer, page, options=None):
    renderer.forget()
    return renderer.page(page, options or Options())


def keeper_section(renderer, page):
    renderer.forget()
    return renderer.section(page, page.sections[len(page.sections) // 2])


if __name__ == "__main__":
    main()
