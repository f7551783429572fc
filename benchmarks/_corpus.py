"""Pages for the search benchmark: words and their frequencies as in real text, any number of pages.

The common words come from the library that ships; the long tail is made letter by letter from how
its words are spelt, so that 10,000 pages have about 50,000 different words, as real ones have.
"""

import random
import re
from bisect import bisect
from collections import Counter, defaultdict
from itertools import accumulate
from pathlib import Path

from search.entries import Entry, Sheet
from search.everyday import STOP

CONTENT = Path(__file__).parents[1] / "content"
KINDS = ("pathway", "threshold", "casestudy", "service", "page")
WORD = re.compile(r"[a-z]{2,}")
TAIL = 55_000
EVENNESS = 1.22
"""Of the word frequencies, so that different words grow with the text as they do in English."""


def own_words():
    """Words of the library that ships, commonest first."""
    counts = Counter()
    for path in sorted(CONTENT.rglob("*.md")):
        text = path.read_text("utf-8").split("\n---\n", 1)[-1]
        counts.update(WORD.findall(text.lower()))
    return [word for word, _ in counts.most_common()]


class Speller:
    """Makes words that look like words."""

    def __init__(self, words, coin):
        self.coin = coin
        self.next = defaultdict(list)
        for word in words:
            padded = f"^^{word}$"
            for i in range(len(padded) - 2):
                self.next[padded[i : i + 2]].append(padded[i + 2])

    def word(self):
        last, letters = "^^", []
        while len(letters) < 16:
            letter = self.coin.choice(self.next[last])
            if letter == "$":
                break
            letters.append(letter)
            last = last[1] + letter
        return "".join(letters)


class Vocabulary:
    """A ranked list of words, drawn as often as words of that rank are in real text."""

    def __init__(self, seed):
        self.coin = random.Random(seed)
        words = own_words()
        known = set(words)
        speller = Speller(words[:4000], self.coin)
        while len(words) < TAIL:
            word = speller.word()
            if len(word) > 3 and word not in known:
                known.add(word)
                words.append(word)
        self.words = words
        self.sums = list(accumulate(1 / (rank + 2.7) ** EVENNESS for rank in range(len(words))))

    def draw(self, coin, count):
        top = self.sums[-1]
        return [self.words[bisect(self.sums, coin.random() * top)] for _ in range(count)]


def corpus(pages, seed=20261121):
    """So many pages of about five sections; the same ones every time."""
    vocabulary = Vocabulary(seed)
    coin = random.Random(seed + 1)
    topics = [
        vocabulary.draw(coin, 160) + coin.sample(vocabulary.words[200:9000], 40) for _ in range(300)
    ]
    return [_page(number, vocabulary, topics, coin) for number in range(pages)]


def _page(number, vocabulary, topics, coin):
    topic = coin.choice(topics)
    title = " ".join(coin.sample(topic, coin.randint(2, 5))).capitalize()
    entries = [Entry("", title, _text(vocabulary, topic, coin))]
    for section in range(1, coin.randint(3, 7)):
        heading = " ".join(coin.sample(topic, coin.randint(2, 5))).capitalize()
        text = _text(vocabulary, topic, coin)
        entries.append(Entry(f"s{section}", heading, text, line=section * 10))
    return Sheet(
        path=f"folder{number % 40:02d}/page{number:05d}.md",
        title=title,
        kind=KINDS[number % 5],
        id=f"page{number:05d}",
        status="approved",
        topics=(f"Topic {number % 13}",),
        levels=(("Universal", "Targeted", "Specialist")[number % 3],),
        concerns=(" ".join(coin.sample(topic, 2)),),
        entries=tuple(entries),
    )


def _text(vocabulary, topic, coin):
    length = min(600, max(15, int(coin.lognormvariate(4.75, 0.6))))
    words = vocabulary.draw(coin, length)
    for i in range(length):
        if coin.random() < 0.3:
            words[i] = coin.choice(topic)
    sentences = []
    while words:
        count = coin.randint(6, 20)
        sentences.append(" ".join(words[:count]).capitalize() + ".")
        words = words[count:]
    return " ".join(sentences)


def questions(sheets, count, words, seed, shortest=4):
    """So many questions of so many words, each asked of a section that holds them."""
    coin = random.Random(seed)
    asked = []
    while len(asked) < count:
        entry = coin.choice(coin.choice(sheets).entries)
        found = dict.fromkeys(WORD.findall(entry.text.lower()))
        pool = [word for word in found if len(word) >= shortest and word not in STOP]
        if len(pool) > words:
            asked.append(" ".join(coin.sample(pool, words)))
    return asked


def slips(words, known, seed):
    """Each word with one slip of the fingers, unless that makes another word of `known`."""
    coin = random.Random(seed)
    letters = "abcdefghijklmnopqrstuvwxyz"
    made = []
    for word in words:
        for _ in range(20):
            at = coin.randrange(1, len(word))
            kind = coin.randrange(4)
            if kind == 0:
                slip = word[:at] + word[at + 1 :]
            elif kind == 1:
                slip = word[:at] + coin.choice(letters) + word[at:]
            elif kind == 2:
                slip = word[:at] + coin.choice(letters) + word[at + 1 :]
            else:
                slip = word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
            if slip != word and slip not in known:
                made.append((slip, word))
                break
    return made


def as_markdown(sheet):
    """A page as a file."""
    head = [
        "---",
        f"id: {sheet.id}",
        f"title: {sheet.title}",
        f"kind: {sheet.kind}",
        f"status: {sheet.status}",
        f"topics: [{', '.join(sheet.topics)}]",
        "---",
        "",
    ]
    body = [sheet.entries[0].text, ""]
    for entry in sheet.entries[1:]:
        body += [f"## {entry.heading} {{#{entry.anchor}}}", "", entry.text, ""]
    return "\n".join(head + body)
