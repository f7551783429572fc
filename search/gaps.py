"""Questions the library had no answer to: kept on this machine, for the champion, until cleared."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

from search.hits import Gap

MOST = 500
DAYS = 30  # as long as a question that nobody sent is kept
_LONGEST = 120
_NUMBERS = re.compile(r"\d[\d\s/.-]{4,}\d")


class Gaps:
    """A small file of questions. Anything that looks like somebody's number is left out of it."""

    def __init__(self, folder: Path, library: str) -> None:
        self._path = folder / f"{library}.json"

    def all(self, today: date | None = None) -> list[Gap]:
        """The questions, most asked first; those that nobody sent are forgotten after a while."""
        try:
            rows = json.loads(self._path.read_text("utf-8"))
            gaps = [
                Gap(str(q), int(n), str(d), not rest or bool(rest[0])) for q, n, d, *rest in rows
            ]
        except (OSError, ValueError, TypeError):
            return []
        since = ((today or date.today()) - timedelta(days=DAYS)).isoformat()
        kept = [gap for gap in gaps if gap.sent or gap.last > since]
        return sorted(kept, key=lambda gap: (-gap.times, gap.query))

    def note(self, query: str, today: date | None = None, *, sent: bool = True) -> None:
        """Keep a question, or count it once more. A full disk is no reason to stop somebody's search."""
        clean = " ".join(_NUMBERS.sub(" ", query).split())[:_LONGEST].strip()
        if not any(c.isalpha() for c in clean):
            return
        known = {gap.query.casefold(): gap for gap in self.all(today)}
        old = known.get(clean.casefold())
        day = (today or date.today()).isoformat()
        known[clean.casefold()] = Gap(
            old.query if old else clean,
            (old.times if old else 0) + 1,
            day,
            sent or (old is not None and old.sent),
        )
        self._write(sorted(known.values(), key=lambda gap: gap.last, reverse=True)[:MOST])

    def forget_unsent(self) -> None:
        """Keep only what somebody sent to the champion."""
        self._write([gap for gap in self.all() if gap.sent])

    def _write(self, kept: list[Gap]) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            draft = self._path.with_suffix(".new")
            draft.write_text(
                json.dumps([[g.query, g.times, g.last, g.sent] for g in kept]), "utf-8"
            )
            draft.replace(self._path)
        except OSError:
            return

    def clear(self) -> None:
        """Forget them all."""
        self._path.unlink(missing_ok=True)
