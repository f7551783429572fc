"""What was searched for, where the reader wants that kept: 30 days, on this computer, gone with one press."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.session import Session
    from desktop.settings import Settings

KEEPING = "search_history"
DAYS = 30
MOST = 50


def kept(settings: Settings, today: date) -> list[str]:
    """The questions of the last 30 days, newest first; older ones are forgotten for good."""
    found: list[list[str]] = settings.get("searches") if settings.get(KEEPING) else []
    since = (today - timedelta(days=DAYS)).isoformat()
    young = [pair for pair in found if pair[1] > since]
    if young != found:
        settings.set("searches", young)
    return [words for words, _ in young]


def remember(settings: Settings, words: str, today: date) -> None:
    """Keep a question that led somewhere, if the reader wants questions kept."""
    words = " ".join(words.split())
    if not words or not settings.get(KEEPING):
        return
    others = [pair for pair in settings.get("searches") if pair[0].casefold() != words.casefold()]
    settings.set("searches", [[words, today.isoformat()], *others][:MOST])


def missed(session: Session, words: str) -> None:
    """Keep a question that found nothing for the champion, if the reader wants questions kept."""
    engine, today = session.engine, session.now().date()
    if engine is not None and words.strip() and session.settings.get(KEEPING):
        session.tasks.run(lambda: engine.note_gap(words, today, sent=False), lane="search")


def clear(session: Session) -> None:
    """Forget all of them; what somebody sent to the champion stays."""
    session.settings.set("searches", [])
    engine = session.engine
    if engine is not None:
        session.tasks.run(lambda: engine.clear_gaps(unsent_only=True), lane="search")
