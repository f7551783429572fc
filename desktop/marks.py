"""Named lists of bookmarks: changed as plain data, and written to a file that a colleague can take in."""

from __future__ import annotations

import json
from pathlib import Path

from desktop.places import Place, read_place
from knowledge.errors import KnowledgeError
from knowledge.files import Clock, Files, read, write_whole

Lists = dict[str, list[Place]]
LARGEST = 1_000_000
MOST = 1_000
LONGEST_NAME = 60


class NotBookmarks(KnowledgeError):
    """The file holds no bookmarks of ours."""


def name_trouble(lists: Lists, name: str, before: str = "") -> str:
    """Why a list cannot have this name, or nothing."""
    words = name.strip()
    if not words:
        return "The list needs a name."
    if len(words) > LONGEST_NAME:
        return f"A name has at most {LONGEST_NAME} letters."
    taken = {known.casefold() for known in lists if known != before}
    return "There is a list of this name already." if words.casefold() in taken else ""


def renamed(lists: Lists, before: str, now: str) -> Lists:
    """The lists with one under another name, in the same order."""
    return {(now if name == before else name): places for name, places in lists.items()}


def without(lists: Lists, name: str, place: Place | None = None) -> Lists:
    """The lists without one of them, or without one of its places."""
    if place is None:
        return {known: places for known, places in lists.items() if known != name}
    return {
        known: [p for p in places if known != name or p != place] for known, places in lists.items()
    }


def moved(lists: Lists, name: str, place: Place, by: int) -> Lists:
    """The lists with one place further up (-1) or down (1) in its own."""
    places = list(lists[name])
    at = places.index(place)
    to = max(0, min(len(places) - 1, at + by))
    places.insert(to, places.pop(at))
    return {**lists, name: places}


def put_over(lists: Lists, name: str, place: Place, other: str) -> Lists:
    """The lists with a place of one taken to another, which may be a new one."""
    return joined(without(lists, name, place), {other: [place]})


def joined(lists: Lists, others: Lists) -> Lists:
    """Two sets of lists as one: lists of one name are joined, and nothing stands in a list twice."""
    found = {name: list(places) for name, places in lists.items()}
    for name, places in others.items():
        mine = found.setdefault(name, [])
        mine += [place for place in places if place not in mine]
    return found


def save(path: Path, lists: Lists, words: dict[str, str]) -> None:
    """Write the lists to a file; `words` say in plain language where each link leads."""
    data = {
        "fingerpost_bookmarks": 1,
        "lists": {
            name: [{"link": p.link, "words": words.get(p.link, p.link)} for p in places]
            for name, places in lists.items()
        },
    }
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    write_whole(Files(), path, text.encode("utf-8"), Clock())


def load(path: Path) -> Lists:
    """The lists in a file, as far as they are of the right form."""
    try:
        data = json.loads(read(path, "read the bookmarks", largest=LARGEST))
    except ValueError as error:
        raise NotBookmarks(f"{path.name} is not a file of bookmarks") from error
    lists = data.get("lists") if isinstance(data, dict) else None
    if not isinstance(lists, dict) or "fingerpost_bookmarks" not in data:
        raise NotBookmarks(f"{path.name} is not a file of bookmarks")
    found: Lists = {}
    for name, entries in list(lists.items())[:MOST]:
        links = [e.get("link") for e in entries if isinstance(e, dict)] if _is_list(entries) else []
        places = [read_place(link) for link in links[:MOST] if isinstance(link, str) and link]
        words = name.strip()[:LONGEST_NAME]
        if words:
            found[words] = list(dict.fromkeys(places))
    return found


def _is_list(value: object) -> bool:
    return isinstance(value, list)
