"""How postings lie on disk: a Whoosh codec that keeps each word's whole list as one packed string.

Whoosh's own blocks of 128 are pickled and read one posting at a time, which is where its time goes.
Here a list is read in one piece and unpacked by the array module.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate
from operator import sub
from typing import TYPE_CHECKING, NamedTuple

from whoosh.codec import whoosh3
from whoosh.filedb import filetables
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound
from whoosh.system import pack_ushort, unpack_ushort

if TYPE_CHECKING:
    from whoosh.fields import Schema
    from whoosh.filedb.filestore import FileStorage
    from whoosh.filedb.structfile import StructFile
    from whoosh.formats import Format

_CODES = "BHI"
_ZIPPED = 4
_ZIP_FROM = 48
_BIG = sys.byteorder == "big"


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
    return bytes((code,)) + ids[0].to_bytes(4, "little") + data


def unpack(packed: bytes, base: int = 0) -> Postings:
    """The list in these bytes, its ids moved up by `base`."""
    code = packed[0]
    first = int.from_bytes(packed[1:5], "little")
    data = zlib.decompress(packed[5:]) if code & _ZIPPED else packed[5:]
    width = 1 << (code & 3)
    count = len(data) // (width + 1)
    gaps = array(_CODES[code & 3])
    gaps.frombytes(data[: count * width])
    if _BIG and width > 1:
        gaps.byteswap()
    ids = array("I", accumulate(gaps, initial=first + base))
    return Postings(ids, data[count * width :])


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


class PackedWriter(whoosh3.W3FieldWriter):  # type: ignore[misc]
    """Writes the packed lists straight into Whoosh's ordered hash of terms."""

    def __init__(
        self, codec: PackedCodec, storage: FileStorage, segment: whoosh3.W3Segment
    ) -> None:
        self._tindex = filetables.OrderedHashWriter(segment.create_file(storage, codec.TERMS_EXT))
        self._fieldmap: dict[str, int] = {}
        self._tindex.extras["fieldmap"] = self._fieldmap
        self.is_closed = False

    def add_postings(
        self,
        schema: Schema,
        lengths: object,
        items: Iterable[tuple[str, bytes, array[int], bytearray]],
    ) -> None:
        numbers = self._fieldmap
        for field, text, ids, impacts in items:
            number = numbers.setdefault(field, len(numbers))
            self._tindex.add(pack_ushort(number) + text, pack(ids, impacts))

    def close(self) -> None:
        self._tindex.close()
        self.is_closed = True


class PackedReader(whoosh3.W3TermsReader):  # type: ignore[misc]
    """Reads packed lists, whole for us and one by one for Whoosh."""

    def __init__(self, codec: PackedCodec, file: StructFile, length: int) -> None:
        self._codec = codec
        self._dbfile = file
        self._tindex = filetables.OrderedHashReader(file, length)
        self._fieldmap = self._tindex.extras["fieldmap"]
        self._fieldunmap = {number: field for field, number in self._fieldmap.items()}
        self._prefixes = {field: pack_ushort(n) for field, n in self._fieldmap.items()}

    def packed(self, field: str, word: str) -> bytes | None:
        """The bytes of a word's list, or None when no section here holds it."""
        prefix = self._prefixes.get(field)
        found: bytes | None = self._tindex.get(prefix + word.encode("utf-8")) if prefix else None
        return found

    def every_list(self) -> Iterator[tuple[str, str, Postings]]:
        for key, value in self._tindex.items():
            field = self._fieldunmap[unpack_ushort(key[:2])[0]]
            yield field, key[2:].decode("utf-8"), unpack(value)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        postings = unpack(self._value(fieldname, text))
        weight, top = sum(postings.impacts), max(postings.impacts)
        return TermInfo(weight, len(postings.ids), 0, 0, top, postings.ids[0], postings.ids[-1])

    def frequency(self, fieldname: str, text: bytes) -> int:
        return sum(unpack(self._value(fieldname, text)).impacts)

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return len(unpack(self._value(fieldname, text)).ids)

    def matcher(
        self, fieldname: str, text: bytes, format_: Format, scorer: object = None
    ) -> ListMatcher:
        postings = unpack(self._value(fieldname, text))
        weights = [float(i) for i in postings.impacts]
        values = [b""] * len(weights)
        return ListMatcher(list(postings.ids), weights, values, format_, scorer=scorer)

    def _value(self, fieldname: str, text: bytes) -> bytes:
        try:
            found: bytes = self._tindex[self._keycoder(fieldname, text)]
        except KeyError:
            raise TermNotFound(f"No term {fieldname}:{text!r}") from None
        return found

    def close(self) -> None:
        self._tindex.close()


class PackedCodec(whoosh3.W3Codec):  # type: ignore[misc]
    """Whoosh's codec with the postings packed; columns, segments and commits stay Whoosh's."""

    length_stats = False

    def field_writer(self, storage: FileStorage, segment: whoosh3.W3Segment) -> PackedWriter:
        return PackedWriter(self, storage, segment)

    def terms_reader(self, storage: FileStorage, segment: whoosh3.W3Segment) -> PackedReader:
        name = segment.make_filename(self.TERMS_EXT)
        return PackedReader(self, storage.open_file(name), storage.file_length(name))


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
