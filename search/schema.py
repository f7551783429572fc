"""What the index holds for each section, and how much a word in it weighs."""

from __future__ import annotations

from whoosh import columns, fields, formats

VERSION = 8
"""Raised whenever an index written before would answer differently."""

K1 = 1.6
B = 0.75
TITLE_WEIGHT = 2
HEADING_WEIGHT = 2
TITLE_BELOW = 1
"""How often the page's title counts in the sections below it."""
ALSO_WEIGHT = 1
SCALE = 255 / (K1 + 1)
"""An impact is a byte: what the weighting gives, before the rarity of the word is known."""

BODY = "body"
"""Stems of everything in a section; its weight is the impact."""
LEAD = "lead"
"""Words of titles, headings, concerns and glossary terms as written; and their stems, behind a tilde;
concerns as a whole, behind an equals sign; and what they are about, in any order, behind a hash."""
PAGE = "page"
RECORD = "record"
INDEX_NAME = "fingerpost"


class Terms(fields.FieldType):  # type: ignore[misc]
    """A field whose words and weights are worked out before Whoosh sees them."""

    def __init__(self) -> None:
        self.format = formats.Frequency()
        self.scorable = False
        self.stored = False
        self.unique = False
        self.vector = None
        self.analyzer = None
        self.multitoken_query = "default"


def schema() -> fields.Schema:
    """The fields of the index."""
    return fields.Schema(
        **{
            BODY: Terms(),
            LEAD: Terms(),
            PAGE: fields.COLUMN(columns.NumericColumn("I", default=0)),
            RECORD: fields.COLUMN(columns.VarBytesColumn()),
        }
    )


class Impacts:
    """Turns counts into impacts for sections of one length, remembering what it worked out."""

    def __init__(self, usual_length: float) -> None:
        self._usual = max(usual_length, 1.0)
        self._tables: dict[tuple[int, float], bytes] = {}

    def table(self, length: int, worth: float = 1.0) -> bytes:
        """The impact of 0, 1, 2… occurrences in a section of about this many words."""
        step = length if length < 32 else length & -8
        found = self._tables.get((step, worth))
        if found is None:
            norm = K1 * (1 - B + B * step / self._usual)
            weights = (worth * n * (K1 + 1) / (n + norm) for n in range(MAX_COUNT + 1))
            found = bytes(max(1, min(255, round(SCALE * w))) if w else 0 for w in weights)
            self._tables[step, worth] = found
        return found


MAX_COUNT = 63
