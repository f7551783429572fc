"""Splits the judged questions by a coin with a fixed seed: run once, before any result was looked at."""

from __future__ import annotations

import random
from pathlib import Path

HERE = Path(__file__).parent
HEADER = "id\tquestion\taccepted\thalf"


def split(rows: list[tuple[str, str]], seed: int = 20261121) -> list[str]:
    """Give each (question, accepted) row an id and a half; the coin sees nothing but the order."""
    coin = random.Random(seed)
    return [
        f"q{number:02d}\t{question}\t{accepted}\t{coin.choice('AB')}"
        for number, (question, accepted) in enumerate(rows, 1)
    ]


def main() -> None:
    """Toss again for the questions in judged.tsv, in the order they stand in."""
    path = HERE / "judged.tsv"
    lines = path.read_text("utf-8").splitlines()[1:]
    rows = [(line.split("\t")[1], line.split("\t")[2]) for line in lines]
    path.write_text("\n".join([HEADER, *split(rows)]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
