"""Search from a terminal: `search` asks a library, `index` brings its index up to date."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.errors import KnowledgeError
from knowledge.places import Profile, shipped_library
from search.hits import Answer, Hit, Narrowing, Progress

if TYPE_CHECKING:
    from search.engine import Engine

KINDS = ("pathway", "threshold", "casestudy", "service", "session", "page")

SEARCH_EPILOG = """\
In the words: "quoted phrase", -without, kind:service, topic:, level:, age:, region:, audience:.

--json prints one array of answers, best first; with --batch one object a line instead:
  {"id": …, "query": …, "cpu_ms": …, "corrected": …, "answers": […]}
A batch file has one question a line, or an id, a tab and the question; "-" reads standard input.

Exit status: 0 something was found (a batch: it was read to its end), 1 nothing was found,
2 the command or its input is wrong."""


class Usage(Exception):
    """The command cannot be carried out as given; the text says how to put it right."""


class Arguments(argparse.ArgumentParser):
    """Arguments whose mistakes are one line and exit status 2."""

    def error(self, message: str) -> None:  # type: ignore[override]
        raise Usage(f"{self.prog}: {message}. See '{self.prog} --help'.")


def search(arguments: list[str]) -> int:
    """`fingerpost search`: answers, best first."""
    parser = Arguments(
        prog="fingerpost search",
        description="Answer a question from the library, best first.",
        epilog=SEARCH_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("words", nargs="*", metavar="WORDS", help="what you would type")
    parser.add_argument("--kind", choices=KINDS, action="append", default=[], help="only these")
    parser.add_argument("--limit", type=_limit, default=10, help="how many answers (10)")
    parser.add_argument("--typing", action="store_true", help="the last word is unfinished")
    parser.add_argument("--drafts", action="store_true", help="drafts as well")
    parser.add_argument("--batch", type=Path, metavar="FILE", help="one question a line")
    _common(parser)
    chosen, more = parser.parse_known_intermixed_args(_minus_as_words(arguments))
    unknown = [a for a in more if a.startswith("--")]
    if unknown:
        parser.error(f"there is no option {unknown[0]}")
    words = [word.removeprefix(_WORD) for word in (*chosen.words, *more)]
    if chosen.batch is not None and words:
        raise Usage("fingerpost search: give words or --batch FILE, not both.")
    if chosen.batch is None and not words:
        raise Usage("fingerpost search: say what to look for, for example: fingerpost search EPDS")
    narrowing = Narrowing(kinds=tuple(chosen.kind), drafts=chosen.drafts)
    batch = list(_questions(chosen.batch)) if chosen.batch is not None else []
    with _engine(chosen) as engine:
        engine.refresh()
        if chosen.batch is not None:
            for name, question in batch:
                answer = engine.search(
                    question, typing=chosen.typing, limit=chosen.limit, narrowing=narrowing
                )
                _print_batch(name, answer, chosen.json)
            return 0
        answer = engine.search(
            " ".join(words), typing=chosen.typing, limit=chosen.limit, narrowing=narrowing
        )
        if not answer.hits:
            engine.note_gap(answer.query)
    _print_answer(answer, chosen.json)
    return 0 if answer.hits else 1


def index(arguments: list[str]) -> int:
    """`fingerpost index`: bring the index up to date."""
    parser = Arguments(
        prog="fingerpost index",
        description="Bring the search index of a library up to date.",
        epilog="--json prints one object: pages, sections, added, changed, removed, seconds, bytes,"
        " text_bytes, rebuilt.",
    )
    parser.add_argument("--rebuild", action="store_true", help="build everything anew")
    _common(parser)
    chosen = parser.parse_args(arguments)
    with _engine(chosen) as engine:
        done = engine.refresh(
            _show_progress if sys.stderr.isatty() else None, rebuild=chosen.rebuild
        )
    for path in done.unreadable:
        print(
            f"fingerpost index: {path} cannot be read whole just now; it was left as it was.",
            file=sys.stderr,
        )
    if chosen.json:
        names = "pages sections added changed removed seconds bytes text_bytes rebuilt".split()
        print(json.dumps({name: _rounded(getattr(done, name)) for name in names}))
    else:
        print(
            f"{done.pages:,} pages, {done.sections:,} sections; {done.added:,} added, "
            f"{done.changed:,} changed, {done.removed:,} removed in {done.seconds:.2f} seconds; "
            f"{done.bytes:,} bytes of index for {done.text_bytes:,} bytes of text."
        )
    return 0


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--library", type=Path, metavar="DIR", help="any folder of Markdown")
    parser.add_argument("--profile", type=Path, metavar="DIR", help="keep the index in this folder")
    parser.add_argument("--json", action="store_true", help="print JSON")


def _engine(chosen: argparse.Namespace) -> Engine:
    from search.engine import Engine

    root: Path = chosen.library or shipped_library()
    if not root.is_dir():
        raise Usage(f"There is no folder {root}. Check the name after --library.")
    profile = Profile.at(chosen.profile) if chosen.profile else None
    return Engine.for_folder(root, profile)


_WORD = "\ue000"


def _minus_as_words(arguments: list[str]) -> list[str]:
    """`-without` is a word of the question, not an option; single dashes name no option but -h."""
    return [
        _WORD + a if len(a) > 1 and a[0] == "-" and a[1] != "-" and a != "-h" else a
        for a in arguments
    ]


def _limit(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError("give a number from 1 to 1000")
    return int(text)


def _questions(path: Path) -> Iterator[tuple[str, str]]:
    """Id and question of every line; a line without an id gets its number."""
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise Usage(
            f"{path} cannot be read: {error.strerror}. Check the name after --batch."
        ) from error
    text = data.decode("utf-8-sig", "replace")
    for number, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        if not line.strip():
            continue
        name, tab, question = line.partition("\t")
        yield (name.strip(), question) if tab else (str(number), line)


def _rounded(value: object) -> object:
    return round(value, 4) if isinstance(value, float) else value


def as_json(hit: Hit) -> dict[str, object]:
    """An answer as machines get it."""
    return {
        "page": hit.page,
        "anchor": hit.anchor,
        "kind": hit.kind,
        "title": hit.title,
        "heading": hit.heading,
        "score": hit.score,
        "snippet": hit.snippet,
        "why": hit.why.word,
        "marks": [list(mark) for mark in hit.marks],
        "status": hit.status,
        "overdue": hit.overdue,
        "urgent": hit.urgent,
    }


def _print_batch(name: str, answer: Answer, machine: bool) -> None:
    if machine:
        line = {
            "id": name,
            "query": answer.query,
            "cpu_ms": round(answer.cpu_ms, 3),
            "corrected": answer.corrected,
            "answers": [as_json(hit) for hit in answer.hits],
        }
        print(json.dumps(line, ensure_ascii=False))
    else:
        print(f"{name}: {answer.query}")
        _print_answer(answer, machine)
        print()


def _print_answer(answer: Answer, machine: bool) -> None:
    if machine:
        print(json.dumps([as_json(hit) for hit in answer.hits], ensure_ascii=False, indent=1))
        return
    if answer.corrected:
        print(f"Showing results for: {answer.corrected}")
    if answer.missing:
        print(f"Nowhere in the library: {', '.join(answer.missing)}")
    for number, hit in enumerate(answer.hits, 1):
        place = f"{hit.page}#{hit.anchor}" if hit.anchor else hit.page
        title = hit.title if hit.heading == hit.title else f"{hit.title}: {hit.heading}"
        state = ", ".join(s for s in (hit.kind, hit.status, "overdue" if hit.overdue else "") if s)
        print(f"{number:2}. {title} ({state})\n    {place}\n    {hit.snippet}")
    if not answer.hits:
        print(answer.message)
        for suggestion in answer.nearest:
            print(f"  Topic: {suggestion.title}")
        if answer.ask:
            print(f"  {answer.ask.title} ({answer.ask.page})")


def _show_progress(progress: Progress) -> None:
    end = "\n" if progress.done == progress.total else "\r"
    print(f"{progress.done} of {progress.total} pages", end=end, file=sys.stderr)


def _said(command: Callable[[list[str]], int]) -> Callable[[list[str]], int]:
    """Failures of the world as one line on standard error."""

    def run(arguments: list[str]) -> int:
        try:
            return command(arguments)
        except SystemExit as stop:
            return int(stop.code or 0)
        except (Usage, KnowledgeError) as error:
            print(error, file=sys.stderr)
            return 2

    return run


COMMANDS: dict[str, Callable[[list[str]], int]] = {"search": _said(search), "index": _said(index)}


def main(argv: list[str] | None = None) -> int:
    """`python -m search search ...`."""
    arguments = sys.argv[1:] if argv is None else argv
    if not arguments or arguments[0] not in COMMANDS:
        print(f"usage: python -m search {{{','.join(COMMANDS)}}} ...", file=sys.stderr)
        return 2
    return COMMANDS[arguments[0]](arguments[1:])


if __name__ == "__main__":
    sys.exit(main())
