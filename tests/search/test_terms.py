"""How words are found again on disk: every one that is there, none that only looks like it."""

from array import array
from itertools import product
from random import Random

from search.codec import PackedCodec, ReadStorage, unpack
from search.schema import BODY, LEAD, schema

LETTERS = "ab#= ~"


def test_every_word_is_found_and_no_piece_of_one_or_of_two_neighbours(tmp_path):
    every = ["".join(of) for long in range(1, 5) for of in product(LETTERS, repeat=long)]
    held = {field: set(Random(field).sample(every, 500)) for field in (BODY, LEAD)}
    items = [
        (field, word.encode(), array("I", [at]), bytes([1 + at % 250]))
        for field in sorted(held)
        for at, word in enumerate(sorted(held[field]))
    ]
    codec, storage = PackedCodec(), ReadStorage(str(tmp_path))
    segment = codec.new_segment(storage, "TERMS")
    writer = codec.field_writer(storage, segment)
    writer.add_postings(schema(), None, items)
    writer.close()

    reader = codec.terms_reader(storage, segment)
    for field, word in product(held, every):
        assert (reader.packed(field, word) is not None) == (word in held[field])
    for field, word, ids, impacts in items:
        assert unpack(reader.packed(field, word.decode())) == (ids, impacts)
    reader.close()
