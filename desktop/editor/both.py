"""Two rendered texts as one: what was taken away and what was put in, marked where it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

CHANGE = "change-"  # each change has a name to be gone to, from 0 on
_PLAIN_ITEM = r"<li\b[^>]*>(?:(?!<(?:ul|ol|li|p|table|div)\b).)*?</li>"
_UNIT = re.compile(
    rf"<(h[1-6]|p)\b[^>]*>.*?</\1>|{_PLAIN_ITEM}|<tr\b[^>]*>(?:(?!<tr\b).)*?</tr>|<[^>]+>|[^<]+",
    re.S,
)
_PIECE = re.compile(r"<[^>]+>|[^<\s]+\s*|\s+")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_CONTAINERS = frozenset("ul ol li table thead tbody tr td th div blockquote dl dt dd".split())
_INSIDE = frozenset("p li td th h1 h2 h3 h4 h5 h6 dt dd".split())  # words may stand in these
_BARE = ("", "→")  # says nothing by itself
_EMPTY = frozenset("br hr img".split())
_MOST = 60  # units that differ in one place; more are not held against each other one by one
_ALIKE = 0.4


class Both:
    """Keeps the later text's form; words of the earlier one stand where they stood."""

    def __init__(self) -> None:
        self.count = 0
        self.parts: list[str] = []

    def put(self, then: str, now: str) -> str:
        """Both as one HTML."""
        old, new = _units(then), _units(now)
        for tag, i, j, a, b in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag == "equal":
                self.parts += new[a:b]
            else:
                self._differ(old[i:j], new[a:b])
        return "".join(self.parts)

    def _differ(self, old: list[str], new: list[str]) -> None:
        at = 0
        close = len(old) * len(new) <= _MOST * _MOST
        for unit in new:
            twin = _twin(old, at, unit) if close else -1
            if twin >= 0:
                self._gone(old[at:twin])
                self._by_word(old[twin], unit)
                at = twin + 1
            else:
                self.parts.append(self._marked(unit, "ins"))
        self._gone(old[at:])

    def _gone(self, units: Sequence[str]) -> None:
        """What is no longer there, in its own form where that can stand by itself."""
        whole = _balanced(units)
        for unit in units:
            tag = _TAG.match(unit)
            if whole or (tag is not None and tag[2] not in _CONTAINERS and _words(unit)):
                self.parts.append(self._marked(unit, "del"))
            elif _words(unit):
                self.parts.append(f"<p>{self._mark(_words(unit), 'del')}</p>")

    def _marked(self, unit: str, how: str) -> str:
        """A unit with all its words marked, in runs between the tags."""
        found: list[str] = []
        for piece in re.findall(r"<[^>]+>|[^<]+", unit):
            bare = piece[0] == "<" or piece.strip() in _BARE
            found.append(piece if bare else self._mark(piece, how))
        return "".join(found)

    def _mark(self, words: str, how: str) -> str:
        sign = "−" if how == "del" else "+"
        name = f'<a name="{CHANGE}{self.count}"></a>'
        self.count += 1
        return f"{name}<{how}>{sign} {words.strip()}</{how}> "

    def _by_word(self, then: str, now: str) -> None:
        """Two forms of one paragraph, cell or heading."""
        old, new = _PIECE.findall(then), _PIECE.findall(now)
        waiting = ""
        for tag, i, j, a, b in SequenceMatcher(
            None, [p.strip() for p in old], [p.strip() for p in new], autojunk=False
        ).get_opcodes():
            if tag != "equal":
                waiting = f"{waiting} {''.join(p for p in old[i:j] if p[0] != '<').strip()}".strip()
            for piece in _runs(new[a:b]):
                opens = _TAG.match(piece)
                if waiting and (opens is None or not _structural(opens)):
                    self.parts.append(self._mark(waiting, "del"))
                    waiting = ""
                plain = tag == "equal" or opens is not None or not piece.strip()
                self.parts.append(piece if plain else self._mark(piece, "ins"))
                if waiting and opens is not None and not opens[1] and opens[2] in _INSIDE:
                    self.parts.append(self._mark(waiting, "del"))
                    waiting = ""
            if waiting and self._inside():
                self.parts.append(self._mark(waiting, "del"))
                waiting = ""
        if waiting:
            self.parts.append(f"<p>{self._mark(waiting, 'del')}</p>")

    def _inside(self) -> bool:
        """Whether words may stand at the end of what is there so far."""
        tag = _TAG.match(self.parts[-1]) if self.parts else None
        return tag is None or not _structural(tag) or (not tag[1] and tag[2] in _INSIDE)


def _structural(tag: re.Match[str]) -> bool:
    return tag[2] in _CONTAINERS or tag[2] in _INSIDE


def _units(html: str) -> list[str]:
    return [found[0] for found in _UNIT.finditer(html) if found[0].strip()]


def _runs(pieces: Sequence[str]) -> Iterator[str]:
    """Words that stand together as one piece, tags by themselves."""
    run = ""
    for piece in pieces:
        if piece[0] == "<":
            if run:
                yield run
            run = ""
            yield piece
        else:
            run += piece
    if run:
        yield run


def _twin(old: Sequence[str], start: int, unit: str) -> int:
    """The place of the unit that this one was before; -1 when it is new."""
    kind, words = _TAG.match(unit), _words(unit).split()
    if kind is None or not words:
        return -1
    for place in range(start, len(old)):
        other = _TAG.match(old[place])
        if other is None or other.group() != kind.group():
            continue
        was = _words(old[place]).split()
        if was and SequenceMatcher(None, was, words, autojunk=False).ratio() >= _ALIKE:
            return place
    return -1


def _words(unit: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", unit).split())


def _balanced(units: Sequence[str]) -> bool:
    """Whether these can stand by themselves: what they open, they close."""
    depth: list[str] = []
    for tag in _TAG.finditer("".join(units)):
        if tag[2] in _EMPTY:
            continue
        if not tag[1]:
            depth.append(tag[2])
        elif not depth or depth.pop() != tag[2]:
            return False
    return not depth
