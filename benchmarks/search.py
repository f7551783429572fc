"""Search beside SQLite FTS5 and Tantivy, on the same sections, in the same run.

    python -m benchmarks.search               500, 2,000 and 10,000 pages
    python -m benchmarks.search 500           only these
    python -m benchmarks.search --quality     the judged questions on the starter library

Milliseconds are CPU time of one process per question, snippets included, unless they say wall.
Tantivy is a benchmark's extra: pip install tantivy. Without it, its columns stay empty.
"""

import gc
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks._corpus import WORD, as_markdown, corpus, questions, slips
from search.engine import Engine
from search.entries import Given

ROOT = Path(__file__).parents[1]
LIMIT = 10
MUST_AIM = {
    "keystroke": ("3 / 20", "1.5 / 8"),
    "1 to 3 words": ("3 / 12", "2 / 8"),
    "typo": ("", ""),
    "typos found / shared": (".97 / .88", ".98 / .93"),
    "build, CPU s": ("40", "20"),
    "usable after, wall s": ("1", "1"),
    "save to searchable, wall": ("80 / 200", "30 / 80"),
    "index against text": (".55", ".45"),
    "memory while searching, MB": ("150", "150"),
}


class Ours:
    """The engine as it ships."""

    name = "fingerpost"

    def __init__(self, sheets, folder):
        self.source = Given(sheets)
        self.engine = Engine(self.source, folder / "cache", folder / "gaps")
        self.usable = None

    def build(self):
        started = time.perf_counter()

        def progress(step):
            if self.usable is None and step.searchable:
                self.usable = time.perf_counter() - started

        return self.engine.refresh(progress)

    def ask(self, text, typing=False):
        return [(h.page, h.anchor) for h in self.engine.search(text, typing=typing).hits]

    def save(self, sheet, word):
        self.source.put(sheet)
        self.engine.refresh(paths=[sheet.path])
        assert self.engine.search(word).hits

    def close(self):
        self.engine.close()


class Fts5:
    """SQLite's own full text search: porter stems, a prefix index, bm25 and its snippets."""

    name = "FTS5"

    def __init__(self, sheets, folder):
        self.sheets = sheets
        self.path = folder / "fts.sqlite"
        self.db = sqlite3.connect(self.path)

    def build(self):
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute(
            "CREATE VIRTUAL TABLE s USING fts5(title, heading, body, page UNINDEXED, "
            "anchor UNINDEXED, tokenize='porter unicode61', prefix='2 3')"
        )
        for sheet in self.sheets:
            self._put(sheet)
        self.db.commit()

    def _put(self, sheet):
        rows = [(sheet.title, e.heading, e.text, sheet.path, e.anchor) for e in sheet.entries]
        self.db.executemany("INSERT INTO s VALUES (?, ?, ?, ?, ?)", rows)

    def ask(self, text, typing=False):
        words = WORD.findall(text.lower())
        if not words:
            return []
        query = " ".join(f'"{word}"' for word in words)
        if typing:
            query = " ".join([*(f'"{word}"' for word in words[:-1]), f"{words[-1]}*"])
        found = self.db.execute(
            "SELECT page, anchor, snippet(s, 2, '[', ']', '…', 24) FROM s WHERE s MATCH ? "
            "ORDER BY bm25(s, 4.0, 2.0, 1.0) LIMIT ?",
            (query, LIMIT),
        )
        return [(page, anchor) for page, anchor, _ in found.fetchall()]

    def save(self, sheet, word):
        self.db.execute("DELETE FROM s WHERE page = ?", (sheet.path,))
        self._put(sheet)
        self.db.commit()
        assert self.ask(word)

    def size(self):
        return self.path.stat().st_size

    def close(self):
        self.db.close()


class Tantivy:
    """Tantivy through its Python binding, one thread."""

    name = "Tantivy"

    def __init__(self, sheets, folder):
        import tantivy

        self.tantivy = tantivy
        self.sheets = sheets
        self.folder = folder / "tantivy"
        self.folder.mkdir()
        build = tantivy.SchemaBuilder()
        for name in ("title", "heading", "body"):
            build.add_text_field(name, stored=name == "body", tokenizer_name="en_stem")
        for name in ("page", "anchor"):
            build.add_text_field(name, stored=True, tokenizer_name="raw")
        self.schema = build.build()
        self.index = tantivy.Index(self.schema, path=str(self.folder))
        self.fields = ["title", "heading", "body"]

    def build(self):
        writer = self.index.writer(heap_size=128_000_000, num_threads=1)
        for sheet in self.sheets:
            self._put(writer, sheet)
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()

    def _put(self, writer, sheet):
        for e in sheet.entries:
            writer.add_document(
                self.tantivy.Document(
                    title=sheet.title,
                    heading=e.heading,
                    body=e.text,
                    page=sheet.path,
                    anchor=e.anchor,
                )
            )

    def ask(self, text, typing=False):
        words = WORD.findall(text.lower())
        if not words:
            return []
        need, kinds = self.tantivy.Occur.Must, self.tantivy.Query
        whole = words[:-1] if typing else words
        parts = [
            (need, self.index.parse_query(word, self.fields, {"title": 2.0})) for word in whole
        ]
        if typing:
            begun = [
                (self.tantivy.Occur.Should, kinds.regex_query(self.schema, field, words[-1] + ".*"))
                for field in self.fields
            ]
            parts.append((need, kinds.boolean_query(begun)))
        query = kinds.boolean_query(parts)
        searcher = self.index.searcher()
        shown = self.tantivy.SnippetGenerator.create(searcher, query, self.schema, "body")
        found = []
        for _, address in searcher.search(query, LIMIT).hits:
            document = searcher.doc(address)
            shown.snippet_from_doc(document).to_html()
            found.append((document["page"][0], document["anchor"][0]))
        return found

    def save(self, sheet, word):
        writer = self.index.writer(heap_size=15_000_000, num_threads=1)
        writer.delete_documents_by_term("page", sheet.path)
        self._put(writer, sheet)
        writer.commit()
        self.index.reload()
        assert self.ask(word)

    def size(self):
        return sum(path.stat().st_size for path in self.folder.iterdir())

    def close(self):
        del self.index


def engines():
    try:
        import tantivy  # noqa: F401
    except ImportError:
        print("tantivy is not installed: its columns stay empty")
        return [Ours, Fts5]
    return [Ours, Fts5, Tantivy]


def percentiles(times):
    ordered = sorted(times)
    return f"{_number(ordered[len(ordered) // 2])} / {_number(ordered[int(len(ordered) * 0.95)])}"


def _number(value):
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"


def timed(ask, asked, **options):
    times = []
    for text in asked:
        start = time.process_time()
        ask(text, **options)
        times.append((time.process_time() - start) * 1000)
    return percentiles(times)


def keystrokes(sheets):
    asked = (
        questions(sheets, 20, 1, 11) + questions(sheets, 25, 2, 12) + questions(sheets, 15, 3, 13)
    )
    return [text[:end] for text in asked for end in range(1, len(text) + 1)]


def measure(kind, sheets, folder):
    """One engine's column."""
    column = {}
    engine = kind(sheets, folder)
    start = time.process_time()
    done = engine.build()
    column["build, CPU s"] = f"{time.process_time() - start:.1f}"
    gc.collect()
    gc.freeze()  # the pages themselves are the benchmark's, not the engine's
    engine.ask("first question")
    column["keystroke"] = timed(engine.ask, keystrokes(sheets), typing=True)
    for count in (1, 2, 3):
        column[f"{count} word{'s' * (count > 1)}"] = timed(
            engine.ask, questions(sheets, 80, count, count)
        )
    if kind is Ours:
        column["usable after, wall s"] = f"{engine.usable:.2f}"
        files = [p for p in (folder / "cache").rglob("*") if p.is_file()]
        terms = sum(p.stat().st_size for p in files if not p.name.endswith(".record.col"))
        column["index against text"] = f"{terms / done.text_bytes:.2f}"
        column["with the text it shows"] = f"{done.bytes / done.text_bytes:.2f}"
        column.update(typos(engine, sheets))
    else:
        text = sum(len(e.text) + len(e.heading) for s in sheets for e in s.entries)
        column["with the text it shows"] = f"{engine.size() / text:.2f}"
    column["save to searchable, wall"] = saves(engine, sheets)
    engine.close()
    gc.unfreeze()
    return column


def typos(engine, sheets):
    known = {
        w for s in sheets for e in s.entries for w in WORD.findall(f"{e.heading} {e.text}".lower())
    }
    pairs = slips(questions(sheets, 300, 1, 21, shortest=5), known, 5)
    found = shared = 0
    times = []
    for slip, word in pairs:
        start = time.process_time()
        answers = engine.ask(slip)
        times.append((time.process_time() - start) * 1000)
        found += bool(answers)
        shared += bool(set(answers) & set(engine.ask(word)))
    return {
        "typo": percentiles(times),
        "typos found / shared": f"{found / len(pairs):.3f} / {shared / len(pairs):.3f}",
    }


def saves(engine, sheets, count=40):
    coin = random.Random(3)
    times = []
    for number in range(count):
        sheet = coin.choice(sheets)
        word = f"newword{chr(97 + number // 26)}{chr(97 + number % 26)}q"
        first, *rest = sheet.entries
        changed = replace(sheet, entries=(replace(first, text=f"{first.text} {word}"), *rest))
        start = time.perf_counter()
        engine.save(changed, word)
        times.append((time.perf_counter() - start) * 1000)
    return percentiles(times)


MEMORY = """
import sys, json
from pathlib import Path
from knowledge.places import Profile
from search.engine import Engine
engine = Engine.for_folder(Path(sys.argv[1]), Profile.at(Path(sys.argv[2]))).open()
done = engine.refresh()
for text in json.loads(sys.stdin.read()):
    engine.search(text, typing=True)
status = Path("/proc/self/status").read_text()
print(json.dumps([done.touched, *(int(l.split()[1]) for l in status.splitlines() if l.startswith(("VmRSS", "VmHWM")))]))
"""


def memory(sheets, folder):
    """Resident memory of a program of its own that opens a built index of a folder and searches it."""
    if not sys.platform.startswith("linux"):
        return {}
    library = folder / "library"
    for sheet in sheets:
        path = library / sheet.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(as_markdown(sheet), "utf-8")
    command = [sys.executable, "-m", "search", "index", "--library", str(library)]
    command += ["--profile", str(folder / "profile"), "--json"]
    start = os.times()
    built = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)
    end = os.times()
    cpu = end.children_user + end.children_system - start.children_user - start.children_system
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(library), str(folder / "profile")],
        input=json.dumps(keystrokes(sheets)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    touched, _, resident = json.loads(done.stdout)
    assert built["pages"] == len(sheets)
    assert touched == 0
    return {
        "memory while searching, MB": f"{resident / 1024:.0f}",
        "build from files, CPU s": f"{cpu:.1f}",
    }


ROWS = [
    "keystroke",
    "1 word",
    "2 words",
    "3 words",
    "typo",
    "typos found / shared",
    "build, CPU s",
    "build from files, CPU s",
    "usable after, wall s",
    "save to searchable, wall",
    "index against text",
    "with the text it shows",
    "memory while searching, MB",
]


def table(pages):
    """Every engine on so many pages, as a table."""
    sheets = corpus(pages)
    sections = sum(len(sheet.entries) for sheet in sheets)
    text = sum(len(e.text) + len(e.heading) for s in sheets for e in s.entries)
    kinds = engines()
    columns = {}
    for kind in kinds:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            columns[kind.name] = measure(kind, sheets, Path(folder))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        columns[Ours.name].update(memory(sheets, Path(folder)))
    print(f"\n{pages:,} pages, {sections:,} sections, {text / 1e6:.1f} MB of text\n")
    names = [kind.name for kind in kinds]
    lines = [["", *names, "must", "aim"]]
    for row in ROWS:
        goal = MUST_AIM.get("1 to 3 words" if row.endswith(("word", "words")) else row, ("", ""))
        lines.append([row, *(columns[name].get(row, "") for name in names), *goal])
    print_table(lines)


def print_table(lines):
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    for number, line in enumerate(lines):
        print("| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |")
        if not number:
            print("|" + "|".join("-" * (w + 2) for w in widths) + "|")


def main(arguments):
    if "--quality" in arguments:
        from benchmarks._judged import report

        report()
        return
    for pages in [int(a) for a in arguments if a.isdigit()] or [500, 2000, 10000]:
        table(pages)


if __name__ == "__main__":
    main(sys.argv[1:])
