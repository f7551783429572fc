"""Reading and checking 1,000 pages (5 MB) cold, unchanged and with one page changed; importing; hostile texts.

python -m benchmarks.core [repeats]

The library is the starter library ten times over, as ten teams would keep it, in a temporary folder.
Every figure is CPU time of a fresh process, median of the repeats; the peers read the same pages.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEAMS = 10
RELATED = re.compile(r"^related:(?: \[.*\]|(?:\n  - .*)+)", re.MULTILINE)
NAME = re.compile(r"(  - |\[|, )")
TARGETS = {"cold": 1500, "cold, cache kept": None, "unchanged": 300, "one page": 20, "import": 60}


def make_library(folder):
    """Ten teams' copies; ids made different, as they have to be."""
    pages = size = 0
    for team in range(1, TEAMS + 1):
        shutil.copytree(ROOT / "content", folder / f"team-{team:02d}")
        for path in (folder / f"team-{team:02d}").rglob("*.md"):
            text = path.read_text("utf-8").replace("\nid: ", f"\nid: t{team}-", 1)
            text = RELATED.sub(lambda found: NAME.sub(rf"\1t{team}-", found.group()), text)  # noqa: B023
            path.write_text(text, "utf-8", newline="")
            pages, size = pages + 1, size + len(text.encode())
    old = time.time() - 3600
    for path in folder.rglob("*"):
        os.utime(path, (old, old))
    return pages, size


BEGIN = """
import json, sys, time
sys.path.insert(0, {root!r})
from pathlib import Path
from datetime import date
folder, cache, today = Path({folder!r}), Path({cache!r}), date(2026, 11, 21)
def took(work):
    begun = time.process_time()
    result = work()
    return (time.process_time() - begun) * 1000, result
"""
READ = """
import gc
from knowledge.library import open_library
from knowledge.validate import check
gc.disable()
read, library = took(lambda: open_library(folder))
checked, _ = took(lambda: check(library, today))
print(json.dumps({"reading alone": read, "checking alone": checked}))
"""
CHECK = """
from knowledge.cache import checked_library
whole, (library, found) = took(lambda: checked_library(folder, cache, today))
print(json.dumps({NAME: whole, "in all": time.process_time() * 1000, "problems": len(found.problems)}))
"""
ONE = """
import gc
from knowledge.source import read_page
from knowledge.cache import checked_library
from knowledge.library import open_library, with_page
from knowledge.validate import check
library, found = checked_library(folder, cache, today)
path = "team-03/pathways/perinatal-mental-health.md"
text = library.pages[path].text
words, title = text.replace(" the ", " this ", 1), text.replace("title: ", "title: New: ", 1)
def change(data):
    now = with_page(library, path, data)
    return now, check(now, today, found)
read_page("warm.md", text.encode())  # loads YAML, which a window has long done by then
gc.freeze()  # as a program that keeps the library would
print(json.dumps({
    "one page": took(lambda: change(words.encode()))[0],
    "one page, renamed": took(lambda: change(title.encode()))[0],
}))
"""
IMPORT = """
begun = time.process_time()
import knowledge.library
print(json.dumps({"import": (time.process_time() - begun) * 1000, "interpreter": begun * 1000}))
"""
PEERS = """
import markdown, markdown_it
texts = [p.read_text("utf-8").split("\\n---\\n", 1)[-1] for p in folder.rglob("*.md")]
reader = markdown.Markdown(extensions=["tables", "attr_list", "fenced_code", "footnotes"])
tokens = markdown_it.MarkdownIt("commonmark").enable("table")
html, _ = took(lambda: [reader.reset().convert(text) for text in texts])
parsed, _ = took(lambda: [tokens.parse(text) for text in texts])
print(json.dumps({"Python-Markdown": html, "markdown-it-py": parsed}))
"""
HOSTILE = """
from knowledge.source import read_page
from tests.support.hostile import HOSTILE
slow = {}
for name, text in HOSTILE.items():
    slow[name] = min(took(lambda: read_page("pathways/x.md", text.encode()))[0] for _ in range(3))
print(json.dumps({f"{name} ({len(HOSTILE[name]):,} characters)": ms for name, ms in slow.items()}))
"""


def run(code, folder, cache):
    begin = BEGIN.format(root=str(ROOT), folder=str(folder), cache=str(cache))
    done = subprocess.run(
        [sys.executable, "-c", begin + code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    return json.loads(done.stdout)


def measure(folder, home, repeats):
    figures = {}

    def keep(told):
        for name, value in told.items():
            figures.setdefault(name, []).append(value)

    for number in range(repeats):
        cache = home / f"cache-{number}"
        keep(run(READ, folder, cache))
        cold = run(CHECK.replace("NAME", '"cold"'), folder, cache)
        keep({"cold": cold["cold"], "cold, whole process": cold["in all"]})
        warm = run(CHECK.replace("NAME", '"unchanged"'), folder, cache)
        keep({"unchanged": warm["unchanged"], "unchanged, whole process": warm["in all"]})
        keep(run(ONE, folder, cache))
        keep(run(IMPORT, folder, cache))
        size = sum(p.stat().st_size for p in cache.rglob("*") if p.is_file())
        keep({"cache, MB": size / 1e6})
    keep(run(PEERS, folder, home))
    return {name: statistics.median(values) for name, values in figures.items()}


def main():
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        pages, size = make_library(home / "library")
        print(f"{pages:,} pages, {size / 1e6:.1f} MB, median of {repeats}, CPU ms\n")
        figures = measure(home / "library", home, repeats)
        print("| what | ms | at most |\n|---|--:|--:|")
        for name, value in figures.items():
            limit = TARGETS.get(name)
            print(f"| {name} | {value:,.1f} | {limit or ''} |")
        slow = sorted(run(HOSTILE, home, home).items(), key=lambda pair: -pair[1])
        print("\n| hostile text | ms |\n|---|--:|")
        for name, value in slow[:8]:
            print(f"| {name} | {value:.1f} |")


if __name__ == "__main__":
    main()
