"""One file that holds a text and what is known about it, and proves that both are whole."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from knowledge.errors import Damaged, KnowledgeError
from knowledge.files import LARGEST, digest, folded, read_whole

About = Mapping[str, object]

_FIRST_LINE = b"fingerpost kept text 1\n"


def seal(about: About, text: bytes) -> bytes:
    """The bytes of a file holding ``text``; the text stands in it as it is, below two lines."""
    header = {**about, "digest": digest(text)}
    return _FIRST_LINE + json.dumps(header, ensure_ascii=False).encode() + b"\n" + text


def unseal(path: Path) -> tuple[dict[str, object], bytes]:
    """What is known and the text; Damaged unless both are as they were put there."""
    try:
        data = read_whole(path, largest=2 * LARGEST)
        header, end, text = data.removeprefix(_FIRST_LINE).partition(b"\n")
        about = json.loads(header)
    except (OSError, ValueError, KnowledgeError) as error:
        raise Damaged(f"The kept copy {path} cannot be read", where=path) from error
    whole = data.startswith(_FIRST_LINE) and end and isinstance(about, dict)
    if not whole or about.get("digest") != digest(text):
        raise Damaged(f"The kept copy {path} is damaged", where=path)
    return about, text


def words(about: Mapping[str, object], key: str) -> str:
    """A value that ought to be text."""
    value = about.get(key)
    return value if isinstance(value, str) else ""


def moment(text: str) -> datetime:
    """A moment written by ``datetime.isoformat``; the beginning of time if it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = datetime.min
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def stamp(when: datetime) -> str:
    """A moment as a file name that sorts by time."""
    return when.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%fZ")


def key_of(name: str) -> str:
    """A folder or file name for ``name``: readable, short and its own."""
    # Short, because Windows counts 260 characters from the drive letter on.
    plain = folded(name).removesuffix(".md")
    readable = re.sub(r"[^a-z0-9]+", "-", plain)[-20:].strip("-")
    return f"{readable or 'page'}-{digest(name.encode(errors='surrogatepass'))[:12]}"
