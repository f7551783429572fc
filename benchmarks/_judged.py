"""The judged questions on the starter library: is the right page among the first, after how many letters?

Half A is for looking at and tuning; half B only for reporting. A coin split them before any result.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median

from knowledge.places import Profile
from search.engine import Engine

ROOT = Path(__file__).parents[1]
JUDGED = ROOT / "tests" / "data" / "search" / "judged.tsv"
CONTENT = ROOT / "content"


def judged():
    """Question, accepted pages and half, row by row."""
    rows = [line.split("\t") for line in JUDGED.read_text("utf-8").splitlines()[1:]]
    return [
        (question, frozenset(accepted.split(",")), half) for _, question, accepted, half in rows
    ]


def right(hit, accepted):
    """Whether an answer leads to an accepted page or, where the judgement says so, section."""
    return hit.id in accepted or f"{hit.id}#{hit.anchor}" in accepted


def place(answer, accepted):
    """The place of the first right answer, from 1; 0 when there is none."""
    return next((n for n, hit in enumerate(answer.hits, 1) if right(hit, accepted)), 0)


def letters_needed(engine, question, accepted, among=3):
    """After how many letters the right page is among the first, and stays there to the end."""
    needed = 0
    for count in range(len(question), 0, -1):
        found = place(engine.search(question[:count], typing=True), accepted)
        if not 0 < found <= among:
            needed = count + 1
            break
    return needed if needed <= len(question) else 0


def first_letters(engine, question, accepted, among=3):
    """After how many letters the right page is first seen among the first; 0 for never."""
    for count in range(1, len(question) + 1):
        if 0 < place(engine.search(question[:count], typing=True), accepted) <= among:
            return count
    return 0


def measure(engine, rows):
    """Success at one and three, and letters to the answer."""
    places = [place(engine.search(question), accepted) for question, accepted, _ in rows]
    letters = [first_letters(engine, question, accepted) for question, accepted, _ in rows]
    never = max(len(question) for question, _, _ in rows)
    return {
        "questions": len(rows),
        "right answer first": sum(p == 1 for p in places) / len(rows),
        "among the first three": sum(0 < p <= 3 for p in places) / len(rows),
        "among the first ten": sum(0 < p <= 10 for p in places) / len(rows),
        "letters to answer, median": median(n or never for n in letters),
    }


def opened(folder):
    """The engine on the library that ships."""
    engine = Engine.for_folder(CONTENT, Profile.at(Path(folder)))
    engine.refresh()
    return engine


def report(failures=False):
    with tempfile.TemporaryDirectory() as folder, opened(folder) as engine:
        for half in "AB":
            rows = [row for row in judged() if row[2] == half]
            for name, value in measure(engine, rows).items():
                shown = f"{value:.2f}" if isinstance(value, float) and value <= 1 else value
                print(f"half {half}  {name:28} {shown}")
        if failures:
            for question, accepted, half in judged():
                answer = engine.search(question)
                if half == "A" and place(answer, accepted) != 1:
                    print(f"\n{question}  ({', '.join(sorted(accepted))})")
                    for hit in answer.hits[:5]:
                        print(
                            f"   {hit.why.word:8} {hit.score:6.1f} {hit.id}#{hit.anchor}  {hit.heading}"
                        )


if __name__ == "__main__":
    report("--failures" in sys.argv)
