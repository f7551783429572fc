"""Sessions by seed, as different authors write them: numbers, indents, gaps and line endings of all kinds."""

from __future__ import annotations

import random

TITLES = [
    "Ask about mood",
    "Ring the team",
    "Who holds *what*",
    "A `code` step",
    "Näher",
    "1. First",
]
PHRASES = [
    "What do you say?",
    "Zero. You read it before you left.",
    "See [the step](../pathways/mood.md#start) first",
    "Two things [^P2] count",
    "“Wait”, she says; then: go",
]
EXTRAS = [
    "Show the picture.",
    "- one\n- two",
    "> [!NOTE]\n> Beside it.",
    "```\n1. [no](stop.md)\n```",
]


def session(seed: int) -> str:
    """The text of a session."""
    coin = random.Random(seed)
    newline = coin.choice(["\n", "\n", "\r\n", "\r"])
    delim, lazy = coin.choice([".", ".", ")"]), coin.random() < 0.2
    inset = coin.choice(["exact", "four", "tab"])
    loose = coin.random() < 0.8
    start = coin.choice([1, 1, 1, 8, 97])
    margin = coin.choice(["", "", "", " "])
    lines = ["---", "title: T", "kind: session", "---", "", "The case is fictional.", ""]
    if coin.random() < 0.5:
        lines += ["## Running order {#order}", ""]
    for n in range(coin.randrange(0, 6)):
        number = 1 if lazy else start + n
        mark = f"{margin}{number}{delim} "
        inner = {"exact": " " * len(mark), "four": " " * max(4, len(mark)), "tab": "\t"}[inset]
        if inset == "tab" and len(mark) > 4:
            inner = " " * len(mark)
        if coin.random() < 0.1:
            lines += [f"{mark}{coin.choice(PHRASES[:2])}", *([""] if loose else [])]
            continue
        lines += [mark + _first(coin)]
        for block in _blocks(coin):
            lines += ["", *(inner + line if line else "" for line in block.split("\n"))]
        if loose or coin.random() < 0.1:
            lines.append("")
        if coin.random() < 0.05:
            lines += ["Some words between.", ""]
            if coin.random() < 0.5:
                lines += ["## Second round", ""]
    if coin.random() < 0.5:
        lines += ["", "## After", "", "- Thank everyone. Stop 2 is long."]
    text = "\n".join(lines) + coin.choice(["\n", ""])
    return text.replace("\n", newline)


def _first(coin: random.Random) -> str:
    plan = coin.choice(["", "", " (3 minutes)", " (3 minutes, covered)", " (covered)", " (12 min)"])
    title = coin.choice(TITLES)
    target = coin.choice(["../pathways/mood.md#start", "<../pages/a b.md>", "x.md", "#order"])
    return f"[{title}]({target}){plan}{coin.choice(['', '', ' and a word', '.'])}"


def _blocks(coin: random.Random) -> list[str]:
    found: list[str] = []
    if coin.random() < 0.6:
        found.append(f"Ask: {coin.choice(PHRASES)}")
    if coin.random() < 0.1:
        found.append(f"ask:  {coin.choice(PHRASES)}\nand more")
    if coin.random() < 0.15:
        found.append(coin.choice(EXTRAS))
    if coin.random() < 0.6:
        found.append(f"Outcome: {coin.choice(PHRASES)}")
    for _ in range(coin.choice([0, 1, 1, 2])):
        found.append(f"> [!TRAINER]\n> {coin.choice(PHRASES)}\n>\n> - a\n> - b")
    return found
