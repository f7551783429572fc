"""Nasty pages by number: the same number makes the same page, of what makes Markdown programs disagree."""

from __future__ import annotations

import random

PIECES = [
    "",
    "",
    "",
    "words",
    "more words  ",
    "## Step",
    "## Step {#here .question}",
    "### Part",
    "# Title",
    "#tight",
    "####### seven",
    "## ",
    "Under",
    "===",
    "---",
    "***",
    "- item",
    "- item two",
    "* star",
    "+ plus",
    "1. one",
    "7) seven",
    "-",
    "- Yes → [Next](#here)",
    "- No -> [Other](other.md#x)",
    "  - nested",
    "    - deeper",
    "      back",
    "\t- tabbed",
    "   three",
    "    four",
    "\tcode?",
    "        eight",
    "```",
    "```",
    "````",
    "~~~",
    "  ```",
    "    ```",
    "- ```",
    "  text",
    "> quote",
    ">quote",
    "> > twice",
    "> - item",
    ">   - item",
    "> ```",
    ">",
    "> ## Inside",
    "> [!NOTE]",
    "> [!URGENT] Ring",
    "- > quoted",
    "1. - both",
    "-   wide",
    "-     code",
    "- \tcode",
    ">\tcode",
    ">     code",
    "| a | b |",
    "|---|---|",
    "| `x|y` | [a](b.md) |",
    "Term",
    ": meaning",
    "\n[ref]: other.md\n",  # on its own: what directly follows one, programs read in different ways
    "\n[^n]: a note\n",
    "said [^n] and [^S1] and [ref]",
    "**bold *both** end*",
    "`code - [x](y)",
    "<div>",
    "</div>",
    "<b>bold",
    "<!-- comment",
    "-->",
    "<pre>",
    "</pre>",
    "<see below>",
    "\\- escaped",
    "→ [Lone](#here)",
    "![A cot](../media/cot.png)",
    "ünïcode ☂ עברית",
]
ENDS = ["\n", "\n", "\n", "\n", "\r\n", "\r"]
HEAD = "---\ntitle: Nasty\nkind: {kind}\nsources:\n  - {{key: S1, title: One}}\n---\n"


def nasty(number: int) -> str:
    """A page of up to forty lines."""
    coin = random.Random(number)
    end = coin.choice(ENDS)
    lines = []
    for _ in range(coin.randint(1, 40)):
        piece = coin.choice(PIECES)
        if coin.random() < 0.15:
            piece = coin.choice(["> ", "  ", "    ", "- ", "\t", " "]) + piece
        lines.append(piece)
    kind = coin.choice(["pathway", "page"])
    return (HEAD.format(kind=kind) + "\n".join(lines) + "\n").replace("\n", end)
