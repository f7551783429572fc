"""Questions the library had no answer to: kept on this machine, for the champion, until cleared."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from search.hits import Gap

MOST = 500
_LONGEST = 120
_NUMBERS = re.compile(r"\d[\d\s/.-]{4,}\d")


class Gaps:
    """A small file of questions. Anything that looks like somebody's number is left out of it."""

    def __init__(self, folder: Path, library: str) -> None:
        self._path = folder / f"{library}.json"

    def all(self) -> list[Gap]:
        """The questions, most asked first."""
        try:
            rows = json.loads(self._path.read_text("utf-8"))
            gaps = [Gap(str(q), int(n), str(d)) for q, n, d in rows]
        except (OSError, ValueError, TypeError):
            return []
        return sorted(gaps, key=lambda gap: (-gap.times, gap.query))

    def note(self, query: str, today: date | None = None) -> None:
        """Keep a question, or count it once more. A full disk is no reason to stop somebody's search."""
        clean = " ".join(_NUMBERS.sub(" ", query).split())[:_LONGEST].strip()
        if not any(c.isalpha() for c in clean):
            return
        known = {gap.query.casefold(): gap for gap in self.all()}
        old = known.get(clean.casefold())
        day = (today or date.today()).isoformat()
        known[clean.casefold()] = Gap(
            old.query if old else clean, (old.times if old else 0) + 1, day
        )
        kept = sorted(known.values(), key=lambda gap: gap.last, reverse=True)[:MOST]
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            draft = self._path.with_suffix(".new")
            draft.write_text(json.dumps([[g.query, g.times, g.last] for g in kept]), "utf-8")
            draft.replace(self._path)
        except OSError:
            return

    def clear(self) -> None:
        """Forget them all."""
        self._path.unlink(missing_ok=True)
