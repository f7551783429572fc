"""Words that do not exist, read as words that do."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

LETTERS = "abcdefghijklmnopqrstuvwxyz"
NEAR = {
    letter: frozenset(row[max(0, i - 1) : i + 2])
    for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    for i, letter in enumerate(row)
}
VOWELS = frozenset("aeiouy")
FAR_FROM = 8
"""Words of this many letters may be two slips away."""
SHORTEST = 3
SHORT = 4
"""In words of so few letters another letter is another word, unless a key beside it was hit."""


def one_slip(word: str) -> set[str]:
    """Everything one letter left out, put in, changed, or two swapped away."""
    halves = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    found = {a + b[1:] for a, b in halves if b}
    found.update(a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1)
    for letter in LETTERS:
        found.update([a + letter + b for a, b in halves])
        found.update([a + letter + b[1:] for a, b in halves if b])
    found.discard(word)
    return found


def distance(a: str, b: str, at_most: int) -> int:
    """Slips between two words, swaps counting once; more than `at_most` is as good as `at_most + 1`."""
    if abs(len(a) - len(b)) > at_most:
        return at_most + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if older and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > at_most:
            return at_most + 1
    return row[-1]


def likeness(typed: str, meant: str) -> float:
    """How likely this slip is: swaps, doubled letters, vowels and neighbouring keys are common."""
    if len(typed) == len(meant):
        wrong = [i for i, (x, y) in enumerate(zip(typed, meant, strict=True)) if x != y]
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
            return 2.5
        if len(wrong) == 1:
            x, y = typed[wrong[0]], meant[wrong[0]]
            kind = 1.6 if x in NEAR.get(y, ()) or (x in VOWELS and y in VOWELS) else 1.0
            return kind * (0.5 if wrong[0] == 0 else 1.0)
        return 0.3
    longer, shorter = (typed, meant) if len(typed) > len(meant) else (meant, typed)
    if len(longer) - len(shorter) == 1:
        at = next((i for i, (x, y) in enumerate(zip(longer, shorter, strict=False)) if x != y), -1)
        at = len(shorter) if at < 0 else at
        doubled = at > 0 and longer[at] == longer[at - 1]
        # A letter is left out, a vowel above all, far oftener than one is put in.
        left_out = longer is meant
        kind = 2.0 if doubled or (left_out and longer[at] in VOWELS) else 1.4 if left_out else 1.0
        return kind * (0.5 if at == 0 else 1.0)
    return 0.3


def believable(typed: str, meant: str) -> bool:
    """Whether somebody may have meant this other word: "dog bite" is no slip of "log site".

    Hardly anybody gets the first letter wrong, and a short word that is not in the library mostly is
    a word that the library does not have.
    """
    short = len(typed) <= SHORT
    if len(typed) == len(meant):
        wrong = [(x, y) for x, y in zip(typed, meant, strict=True) if x != y]
        if len(wrong) != 1 or (typed[0] == meant[0] and not short):
            return True
        x, y = wrong[0]
        vowels = not short and x in VOWELS and y in VOWELS
        return x in NEAR.get(y, ()) or vowels
    if short and len(typed) > len(meant):
        return any(a == b for a, b in pairwise(typed))
    return not short or typed[0] == meant[0]


def corrections(
    word: str, counts: Mapping[str, int], ordered: Sequence[str], at_most: int = 3
) -> list[str]:
    """The existing words somebody most likely meant, best first."""
    if len(word) < SHORTEST or not word.isascii() or any(c.isdigit() for c in word):
        return []
    near = [w for w in one_slip(word) if w in counts and len(w) >= 3 and believable(word, w)]
    if not near and len(word) >= FAR_FROM:
        near = [w for w in _neighbours(word, ordered) if distance(word, w, 2) <= 2]
        near = near or list(_shuffled(word, ordered))
    near.sort(key=lambda w: (-likeness(word, w) * (1 + counts[w]) ** 0.5, w))
    return near[:at_most]


def _shuffled(word: str, ordered: Sequence[str]) -> Iterator[str]:
    """Words of the same first letter with the same letters in another order."""
    letters = sorted(word)
    for at in range(bisect_left(ordered, word[0]), len(ordered)):
        other = ordered[at]
        if other[0] != word[0]:
            return
        if len(other) == len(word) and sorted(other) == letters:
            yield other


def _neighbours(word: str, ordered: Sequence[str]) -> list[str]:
    """Words that begin the same, of about the same length and letters."""
    found: list[str] = []
    letters = set(word)
    starts = {word[:2], word[1::-1], word[0] + word[2], word[1:3]}
    for start in sorted(starts):
        at = bisect_left(ordered, start)
        while at < len(ordered) and ordered[at].startswith(start):
            other = ordered[at]
            if abs(len(other) - len(word)) <= 2 and len(letters ^ set(other)) <= 4:
                found.append(other)
            at += 1
    return found


def begun(prefix: str, ordered: Sequence[str], at_most: int = 3) -> list[str]:
    """Beginnings one slip away from what is typed so far that some word has."""
    if len(prefix) < SHORTEST or not prefix.isascii() or any(c.isdigit() for c in prefix):
        return []
    found = []
    for other in one_slip(prefix):
        if len(other) < len(prefix) or not believable(prefix, other):
            continue
        at = bisect_left(ordered, other)
        if at < len(ordered) and ordered[at].startswith(other):
            found.append(other)
    found.sort(key=lambda p: (-likeness(prefix, p), p))
    return found[:at_most]
