"""How postings lie on disk: a Whoosh codec that keeps each word's whole list as one packed string.

Whoosh's own blocks of 128 are pickled and read one posting at a time, which is where its time goes.
Here a list is read in one piece and unpacked by the array module.
"""

from __future__ import annotations

import os
import struct
import sys
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from mmap import ACCESS_READ, mmap
from operator import sub
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from whoosh.codec import base, whoosh3
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from knowledge.turns import portion_done

if TYPE_CHECKING:
    from whoosh.fields import Schema
    from whoosh.filedb.structfile import StructFile
    from whoosh.formats import Format

_CODES = "BHI"
_ZIPPED = 4
_SHORT = 8
_ZIP_FROM = 48
_STRIDE = 64
"""Every so manieth term is kept in memory, to find the others by."""
_BIG = sys.byteorder == "big"
_MAGIC = b"FPT1"
_HEAD = struct.Struct("<4sII")


class Postings(NamedTuple):
    """The sections that hold a word, in order, and its impact in each."""

    ids: array[int]
    impacts: bytes


NONE = Postings(array("I"), b"")


def pack(ids: array[int], impacts: bytes | bytearray) -> bytes:
    """A list as bytes: first id, distances to the next ones, impacts; squeezed when that pays."""
    gaps = list(map(sub, ids[1:], ids))
    top = max(gaps, default=0)
    code = 0 if top < 1 << 8 else 1 if top < 1 << 16 else 2
    data = _little(array(_CODES[code], gaps)) + bytes(impacts)
    if len(data) >= _ZIP_FROM:
        squeezed = zlib.compress(data, 6)
        if len(squeezed) < len(data):
            code, data = code | _ZIPPED, squeezed
    short = ids[0] < 1 << 16
    return bytes((code | _SHORT * short,)) + ids[0].to_bytes(2 if short else 4, "little") + data


def unpack(packed: bytes, base: int = 0) -> Postings:
    """The list in these bytes, its ids moved up by `base`."""
    code = packed[0]
    begin = 3 if code & _SHORT else 5
    first = int.from_bytes(packed[1:begin], "little") + base
    data = zlib.decompress(packed[begin:]) if code & _ZIPPED else packed[begin:]
    width = 1 << (code & 3)
    count = len(data) // (width + 1)
    if not count:
        return Postings(array("I", (first,)), data)
    gaps = array(_CODES[code & 3])
    gaps.frombytes(data[: count * width])
    if _BIG and width > 1:
        gaps.byteswap()
    return Postings(array("I", accumulate(gaps, initial=first)), data[count * width :])


def _little(values: array[int]) -> bytes:
    if _BIG and values.itemsize > 1:
        values.byteswap()
    return values.tobytes()


class Pool:
    """The words of a segment being written, turned round in memory: word to sections."""

    def __init__(self) -> None:
        self.fields: dict[str, dict[str, tuple[array[int], bytearray]]] = {}

    def field(self, name: str) -> dict[str, tuple[array[int], bytearray]]:
        return self.fields.setdefault(name, {})

    def add_list(self, field: str, word: str, postings: Postings) -> None:
        """Take over a list from another segment; its ids must follow those already here."""
        ids, impacts = self.field(field).setdefault(word, (array("I"), bytearray()))
        ids.extend(postings.ids)
        impacts.extend(postings.impacts)

    def iter_postings(self) -> Iterator[tuple[str, bytes, array[int], bytearray]]:
        for field in sorted(self.fields):
            words = self.fields[field]
            for text, word in sorted((word.encode("utf-8"), word) for word in words):
                yield field, text, *words[word]

    def cleanup(self) -> None:
        self.fields = {}


class PackedWriter(base.FieldWriter):  # type: ignore[misc]
    """Writes the terms in order, then where each begins, then the packed lists.

    Each term is its field's number as one character and the word itself.
    """

    def __init__(
        self, codec: PackedCodec, storage: FileStorage, segment: whoosh3.W3Segment
    ) -> None:
        self._file = segment.create_file(storage, codec.TERMS_EXT)
        self.is_closed = False

    def add_postings(
        self,
        schema: Schema,
        lengths: object,
        items: Iterable[tuple[str, bytes, array[int], bytearray]],
    ) -> None:
        names: list[str] = []
        terms: list[bytes] = []
        lists: list[bytes] = []
        for field, text, ids, impacts in items:
            portion_done()
            if field not in names:
                names.append(field)
            terms.append(bytes((names.index(field),)) + text)
            lists.append(pack(ids, impacts))
        head = ",".join(names).encode("ascii")
        self._file.write(_HEAD.pack(_MAGIC, len(head), len(terms)))
        self._file.write(head)
        for pieces in (terms, lists):
            ends = array("I", accumulate(map(len, pieces), initial=0))
            self._file.write(_little(ends))
        for pieces in (terms, lists):
            self._file.write(b"".join(pieces))

    def close(self) -> None:
        self._file.close()
        self.is_closed = True


class Sorted:
    """Byte strings laid end to end, read one at a time."""

    def __init__(self, file: StructFile, places: array[int], base: int) -> None:
        self._get = file.get
        self._places = places
        self._base = base

    def __len__(self) -> int:
        return len(self._places) - 1

    def __getitem__(self, at: int) -> bytes:
        start = self._places[at]
        found: bytes = self._get(self._base + start, self._places[at + 1] - start)
        return found

    def find(self, wanted: bytes, start: int, end: int) -> int:
        """Which of the strings from `start` up to `end` this is, read in one go; -1 when none is."""
        places = self._places
        first = places[start]
        run: bytes = self._get(self._base + first, places[end] - first)
        seen = run.find(wanted)
        while seen >= 0:
            begins, ends = first + seen, first + seen + len(wanted)
            at = bisect_left(places, begins, start, end)
            if at < end and (places[at], places[at + 1]) == (begins, ends):
                return at
            seen = run.find(wanted, seen + 1)
        return -1


class PackedReader(base.TermsReader):  # type: ignore[misc]
    """Reads packed lists, whole for us and one by one for Whoosh."""

    def __init__(self, file: StructFile) -> None:
        self._file = file
        magic, named, count = _HEAD.unpack(file.get(0, _HEAD.size))
        if magic != _MAGIC:
            raise ValueError("not a file of packed terms")
        names = file.get(_HEAD.size, named).decode("ascii").split(",")
        self._fields = {name: bytes((number,)) for number, name in enumerate(names)}
        size = 4 * (count + 1)
        at = _HEAD.size + named
        terms, lists = (_read(file, start, size) for start in (at, at + size))
        self._terms = Sorted(file, terms, at + 2 * size)
        self._lists = Sorted(file, lists, at + 2 * size + terms[-1])
        self._marks = [self._terms[i] for i in range(0, count, _STRIDE)]

    def packed(self, field: str, word: str) -> bytes | None:
        """The bytes of a word's list, or None when no section here holds it."""
        at = self._find(field, word.encode("utf-8"))
        return None if at < 0 else self._lists[at]

    def every_list(self) -> Iterator[tuple[str, str, Postings]]:
        names = list(self._fields)
        for at in range(len(self._terms)):
            term = self._terms[at]
            yield names[term[0]], term[1:].decode("utf-8"), unpack(self._lists[at])

    def _find(self, field: str, text: bytes) -> int:
        number = self._fields.get(field)
        if number is None:
            return -1
        key = number + text
        end = bisect_right(self._marks, key) * _STRIDE
        return self._terms.find(key, max(0, end - _STRIDE), min(end, len(self._terms)))

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._find(*term) >= 0

    def indexed_field_names(self) -> Iterable[str]:
        return self._fields.keys()

    def terms(self) -> Iterator[tuple[str, bytes]]:
        names = list(self._fields)
        for at in range(len(self._terms)):
            term = self._terms[at]
            yield names[term[0]], term[1:]

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        ids, impacts = self._postings(fieldname, text)
        return TermInfo(sum(impacts), len(ids), 0, 0, max(impacts), ids[0], ids[-1])

    def frequency(self, fieldname: str, text: bytes) -> int:
        return sum(self._postings(fieldname, text).impacts)

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return len(self._postings(fieldname, text).ids)

    def matcher(
        self, fieldname: str, text: bytes, format_: Format, scorer: object = None
    ) -> ListMatcher:
        postings = self._postings(fieldname, text)
        weights = [float(i) for i in postings.impacts]
        values = [b""] * len(weights)
        return ListMatcher(list(postings.ids), weights, values, format_, scorer=scorer)

    def _postings(self, fieldname: str, text: bytes) -> Postings:
        at = self._find(fieldname, text)
        if at < 0:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return unpack(self._lists[at])

    def close(self) -> None:
        self._file.close()


def _read(file: StructFile, start: int, size: int) -> array[int]:
    values = array("I")
    values.frombytes(file.get(start, size))
    if _BIG:
        values.byteswap()
    return values


class Mapped(BufferFile):  # type: ignore[misc]
    """A file of the index in memory only as far as it is looked at; any thread may read it."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            empty = not os.fstat(file.fileno()).st_size
            self._buf = b"" if empty else mmap(file.fileno(), 0, access=ACCESS_READ)
        self.is_closed = False

    def close(self) -> None:
        """The system lets go when nobody reads it any more."""
        self.is_closed = True


class ReadStorage(FileStorage):  # type: ignore[misc]
    """The folder of an index, to be read."""

    def open_file(self, name: str, **kwargs: object) -> StructFile:
        if name.endswith(".toc"):
            return super().open_file(name, **kwargs)
        return Mapped(Path(self.folder) / name)


class PackedCodec(whoosh3.W3Codec):  # type: ignore[misc]
    """Whoosh's codec with the postings packed; columns, segments and commits stay Whoosh's."""

    length_stats = False

    def field_writer(self, storage: FileStorage, segment: whoosh3.W3Segment) -> PackedWriter:
        return PackedWriter(self, storage, segment)

    def terms_reader(self, storage: FileStorage, segment: whoosh3.W3Segment) -> PackedReader:
        return PackedReader(storage.open_file(segment.make_filename(self.TERMS_EXT)))


def all_numbers(storage: FileStorage, segment: whoosh3.W3Segment, field: str) -> array[int]:
    """A column of numbers in one piece: one by one, as Whoosh reads them, they take a hundred times as long."""
    name = whoosh3.W3Codec.column_filename(segment, field)
    size = array("I").itemsize
    found: array[int] = storage.open_file(name).get_array(0, "I", storage.file_length(name) // size)
    found.extend(array("I", bytes(size * (segment.doc_count_all() - len(found)))))  # the rest is 0
    return found


def without(postings: Postings, gone: frozenset[int]) -> Postings:
    """The list with deleted sections taken out."""
    kept = [i for i, doc in enumerate(postings.ids) if doc not in gone]
    if len(kept) == len(postings.ids):
        return postings
    return Postings(
        array("I", (postings.ids[i] for i in kept)), bytes(postings.impacts[i] for i in kept)
    )


def place(ids: array[int], doc: int) -> int:
    """Where a section stands in a list, or -1."""
    at = bisect_left(ids, doc)
    return at if at < len(ids) and ids[at] == doc else -1
