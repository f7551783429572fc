"""What a new page of each kind begins with, from the answers to a few questions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop.editor.session_template import session_body
from knowledge.editing.words import escape, escape_last_hash
from knowledge.editing.yamlwords import scalar
from knowledge.model import Kind
from knowledge.text import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from knowledge.library import Library

FOLDERS = {
    Kind.PATHWAY: "pathways",
    Kind.THRESHOLD: "thresholds",
    Kind.CASESTUDY: "casestudies",
    Kind.SERVICE: "services",
    Kind.SESSION: "sessions",
    Kind.PAGE: "pages",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to be asked before the page is begun; `long` answers may have several lines."""

    key: str
    words: str
    sample: str = ""
    long: bool = False
    pick: Kind | None = None  # one of the library's pages of this kind


_TITLE = Question("title", "What is it called?", "At most 90 letters")
_OWNER = Question("owner", "Which role or team looks after it?", "A role, not a name")

QUESTIONS: dict[Kind, tuple[Question, ...]] = {
    Kind.CASESTUDY: (
        _TITLE,
        Question("place", "Where and in which year?", "For example: Kent, 2022"),
        Question(
            "situation", "What was the situation?", "No names, nothing about one family", True
        ),
        Question("done", "What was done, and who took part?", "", True),
        Question("results", "What came of it, and what should others try?", "", True),
    ),
    Kind.PATHWAY: (
        _TITLE,
        Question(
            "start", "Where does it start?", "For example: A parent says the baby cries a lot"
        ),
        Question("question", "What is the first question?", "For example: Is the baby ill?"),
        Question("ways", "What are the answers? One to a line", "Yes\nNo\nUnsure", True),
        Question("flags", "What must not be missed?", "Red flags, and what to do", True),
    ),
    Kind.THRESHOLD: (
        _TITLE,
        Question("for", "When is this the right page?"),
        Question("levels", "Which levels? One to a line, gravest first", "", True),
    ),
    Kind.SERVICE: (
        _TITLE,
        Question("accepts", "Who can be referred?"),
        Question("how_to_refer", "How?"),
        Question("area", "Where?"),
    ),
    Kind.SESSION: (
        _TITLE,
        Question("whom", "For whom is it?", "For example: a health visiting team of any size"),
        Question("pathway", "Which pathway does it follow?", pick=Kind.PATHWAY),
        Question("minutes", "How long is it, in minutes?", "60"),
        Question("case", "What is the made-up case?", "No names, nothing real", True),
    ),
    Kind.PAGE: (_TITLE, Question("words", "What should it say?", "", True)),
}
NAMES = {
    Kind.CASESTUDY: "Case study",
    Kind.PATHWAY: "Pathway",
    Kind.THRESHOLD: "Threshold",
    Kind.SERVICE: "Service",
    Kind.SESSION: "Session",
    Kind.PAGE: "Any other page",
}
_FACTS = (Kind.PATHWAY, Kind.THRESHOLD, Kind.CASESTUDY)
_UNCHECKED = "General knowledge, to be checked locally"
_SAMPLE = "Sample content, not approved for clinical use."


def path_for(kind: Kind, title: str, taken: Mapping[str, object]) -> str:
    """A free file name for a page of this title."""
    stem = re.sub(r"[^a-z0-9]+", "-", slug(title))[:60].strip("-") or "new-page"
    path, number = f"{FOLDERS[kind]}/{stem}.md", 2
    while path in taken:
        path, number = f"{FOLDERS[kind]}/{stem}-{number}.md", number + 1
    return path


def begin(
    kind: Kind,
    answers: Mapping[str, str],
    path: str,
    review_by: date,
    library: Library | None = None,
) -> str:
    """The text of a new page; what was not answered is left for its author to see."""
    stem = path.rpartition("/")[2].removesuffix(".md")
    lines = ["---", f"id: {stem}", f"title: {scalar(answers.get('title') or 'New page')}"]
    lines += [f"kind: {kind.value}", "status: draft", f"owner: {scalar(answers.get('owner', ''))}"]
    lines += ['version: "0.1"', f"review_by: {review_by.isoformat()}"]
    lines += _purpose(kind, answers)
    for key in ("accepts", "how_to_refer", "area"):
        if answers.get(key):
            lines.append(f"{key}: {scalar(answers[key])}")
    if kind is Kind.CASESTUDY:
        said = answers.get("place", "")
        year = re.search(r"\b(?:19|20)\d\d\b", said)
        where = said.replace(year.group(), "") if year is not None else said
        lines.append(f"place: {scalar(where.strip(' ,') or 'Not reported')}")
        lines.append(f"year: {year.group() if year is not None else scalar('Not reported')}")
    if kind is Kind.SERVICE:
        lines.append('phone: ""')
    if kind in _FACTS:
        lines += ["sources:", "  - key: GK", f"    title: {scalar(_UNCHECKED)}"]
        lines.append("    strength: unchecked")
    if kind is Kind.SESSION:
        body = session_body(answers, path, library)
    else:
        body = _BODIES[kind](answers)
    return "\n".join([*lines, "---", "", _SAMPLE, "", body]).rstrip() + "\n"


def _purpose(kind: Kind, answers: Mapping[str, str]) -> list[str]:
    """When it is the right page, and what people would type, from what was said already."""
    if kind not in (Kind.PATHWAY, Kind.THRESHOLD):
        return []
    when = " ".join((answers.get("for") or answers.get("start") or "").split())
    title = " ".join(answers.get("title", "").split())
    typed = dict.fromkeys(w.rstrip(".?").lower() for w in (title, when) if w)
    lines = [f"for: {scalar(when or title or 'Say when this is the right page')}"]
    lines.append(f"not_for: {scalar('Life at risk: ring 999 first.')}")
    return [*lines, "concerns:", *(f"  - {scalar(words)}" for words in typed or ["new page"])]


def _casestudy(answers: Mapping[str, str]) -> str:
    said = {
        "Situation": answers.get("situation", ""),
        "What was done": answers.get("done", ""),
        "Results": answers.get("results", ""),
    }
    names = "Situation|What was done|Who took part|Results|Costs|Learning|Challenges|Try this"
    told = {name: f"{words} [^GK]" for name, words in said.items() if words}
    return "\n".join(f"## {n}\n\n{told.get(n) or 'Not reported'}\n" for n in names.split("|"))


def _pathway(answers: Mapping[str, str]) -> str:
    start = _line(answers.get("start", "")) or "Start"
    question = _line(answers.get("question", "")) or "What do you see?"
    ways = [_line(w.strip("-*• \t")) for w in answers.get("ways", "").splitlines()]
    ways = [way for way in dict.fromkeys(ways) if way] or ["Yes", "No"]
    if not any("unsure" in way.lower() for way in ways):
        ways.append("Unsure")
    flags = answers.get("flags") or "Say what must not be missed and what to do."
    red = "\n".join(f"> {line}" for line in flags.splitlines())
    names = [f"answer-{number}" for number in range(1, len(ways) + 1)]
    parts = [f"> [!URGENT]\n{red}\n", f"## {start} {{#start .start}}\n"]
    parts.append(f"- → [{question}](#question)\n")
    parts.append(f"## {question} {{#question .question}}\n")
    rows = [f"- {way} → [{_answered(way)}](#{n})" for way, n in zip(ways, names, strict=True)]
    parts.append("\n".join(rows) + "\n")
    for way, name in zip(ways, names, strict=True):
        parts.append(f"## {_answered(way)} {{#{name} .end}}\n\nSay what to do. [^GK]\n")
    return "\n".join(parts)


def _line(words: str) -> str:
    """Words of one line that mean nothing in Markdown."""
    return escape_last_hash(escape(" ".join(words.split())))


def _answered(way: str) -> str:
    """The title of the step that an answer leads to; eight words are the most."""
    return f"{way}: what to do" if len(way.split()) <= 5 else way


def _threshold(answers: Mapping[str, str]) -> str:
    levels = [line.strip("- \t") for line in answers.get("levels", "").splitlines() if line.strip()]
    rows = [
        f"| {escape(level, bars=True)} | When | What to do [^GK] |"
        for level in levels or ["Level 1"]
    ]
    return "\n".join(["## Levels", "", "| Level | When | Then |", "|---|---|---|", *rows])


def _service(answers: Mapping[str, str]) -> str:
    return "## What they do\n\nSay what this service does."


def _page(answers: Mapping[str, str]) -> str:
    return answers.get("words") or "Write here."


_BODIES: dict[Kind, Callable[[Mapping[str, str]], str]] = {
    Kind.CASESTUDY: _casestudy,
    Kind.PATHWAY: _pathway,
    Kind.THRESHOLD: _threshold,
    Kind.SERVICE: _service,
    Kind.PAGE: _page,
}
