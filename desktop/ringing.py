"""Whom to ring now: a service's state at a moment in words, its card, its hours, and every way that leads to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from desktop.composing import anchor, lead, place_link, related, titled
from knowledge import hours
from knowledge.graph import Route, pathways_leading_to, routes_to_service
from knowledge.model import Contact, Hours, Page, Step
from knowledge.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from knowledge.library import Library
    from knowledge.render import Options, Renderer

ADD_NUMBER = "Add your local number"
NEVER_MADE_UP = "No number is ever made up. A champion can add it in Edit."
SHOWN_ROUTES = 20


@dataclass(frozen=True, slots=True)
class State:
    """Whether somebody answers: `open` is None where no hours are given."""

    open: bool | None
    first: str
    rest: str = ""
    icon: str = "circle-question-mark"
    short: str = ""


def state_at(contact: Contact | None, moment: datetime) -> State:
    """The state of a service at a moment."""
    given = contact.hours if contact is not None else None
    if given is None or (not given.always and not given.openings):
        return State(None, "Hours not given", "Add your local hours", short="Hours not given")
    now = hours.at(given, moment)
    first, _, rest = hours.in_words(given, moment).partition(". ")
    if now.open:
        short = f"Open, closes {hours.clock(now.until)}" if rest and now.until else "Open now"
        return State(True, first, rest, "circle-check-big", short)
    if now.until is not None:
        day = "" if now.until.date() == moment.date() else f"{now.until:%a} "
        rest = f"{rest}, in {_wait(now.until, moment)}"
        return State(False, first, rest, "clock", f"Closed, opens {day}{hours.clock(now.until)}")
    return State(False, first, rest, "clock", "Closed now")


def _wait(until: datetime, moment: datetime) -> str:
    """1 day and 6 hours."""
    minutes = max(1, round((until - moment).total_seconds() / 60))
    days, left = divmod(minutes, 1440)
    whole, rest = divmod(left, 60)
    parts = [
        f"{many} {word}{'' if many == 1 else 's'}"
        for many, word in ((days, "day"), (whole, "hour"), (rest, "minute"))
        if many
    ]
    return " and ".join(parts[:2])


# -- the page --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """Which routes a reader asked for: the pathway and the step they start from."""

    pathway: str = ""
    start: str = ""


def service(
    renderer: Renderer,
    library: Library,
    page: Page,
    options: Options,
    moment: datetime,
    asked: Asked | None,
) -> str:
    """A service as it is read: whom to ring now, what it takes, the ways to it, then its own text."""
    bare = replace(options, terms=None)
    contact = page.contact or Contact()
    parts = [
        card(renderer, page, contact, bare, moment),
        lead(renderer, page, options),
        _details(renderer, page, contact, bare, moment),
        _ways_here(library, page, asked is not None),
    ]
    if asked is not None:
        parts.append(_routes(library, page, asked))
    parts += [titled(renderer, page, section, options) for section in page.sections]
    parts += [related(library, page), renderer.sources(page)]
    return "".join(parts)


def card(
    renderer: Renderer, page: Page, contact: Contact, options: Options, moment: datetime
) -> str:
    """State in words, then whom to ring in large letters, then the number or its empty slot."""
    state = state_at(contact, moment)
    role = "ok_ink" if state.open else "ink"
    head = (
        f'<td class="ring-state" colspan="2"><p class="ring-line"><img src="icon:{state.icon}/{role}"> '
        f"<strong>{escape(state.first)}</strong> &nbsp;{escape(state.rest)}</p></td>"
    )
    instead = contact.out_of_hours
    if state.open or not instead:
        main = _ring(contact, "Ring now" if state.open else "Ring")
        beside = _instead(renderer, page, instead, options, "If nobody answers, ring")
    else:
        words = "Ring now instead" if state.open is False else "If nobody answers, ring"
        main = _instead(renderer, page, instead, options, words, large=True)
        beside = _ring(contact, "When open, ring" if state.open is False else "Ring", small=True)
    cells = f'<td class="ring-main" width="62%">{main}</td><td class="ring-beside">{beside}</td>'
    if not beside:
        cells = f'<td class="ring-only" colspan="2">{main}</td>'
    return (
        f'<table class="ring" width="100%" cellspacing="0"><tr>{head}</tr><tr>{cells}</tr></table>'
    )


def _ring(contact: Contact, words: str, *, small: bool = False) -> str:
    title = (
        f'<p class="label">{words}</p>'
        if small
        else f'<p><img src="icon:phone-call/accent"> <strong>{words}</strong></p>'
    )
    if contact.phone:
        kind = "cell" if small else "person-big"
        number = escape(contact.phone)
        return f'{title}<p class="{kind}"><strong>{number}</strong></p>'
    slot = (
        '<table class="slot" width="100%" cellspacing="0"><tr><td class="slot">'
        f'<img src="icon:pencil/ink_muted"> {ADD_NUMBER}</td></tr></table>'
    )
    return f'{title}{slot}<p class="small">{NEVER_MADE_UP}</p>'


def _instead(
    renderer: Renderer,
    page: Page,
    words: str,
    options: Options,
    title: str,
    *,
    large: bool = False,
) -> str:
    if not words:
        return ""
    first, _, rest = words.partition(". ")
    if not large:
        return f'<p class="label">{title}</p><p class="cell">{renderer.words(page, words, options)}</p>'
    said = (
        f'<p class="urgent-word"><img src="icon:phone-call/urgent_ink"> {title}</p>'
        f'<p class="person-big">{renderer.words(page, first, options)}</p>'
    )
    return said + (f"<p>{renderer.words(page, rest, options)}</p>" if rest else "")


def _details(
    renderer: Renderer, page: Page, contact: Contact, options: Options, moment: datetime
) -> str:
    """What it takes and how to refer; beside them the hours of the week, area and addresses."""
    main = [("Takes", contact.accepts), ("How to refer", contact.how_to_refer)]
    beside = [
        ("Area", contact.area),
        ("E-mail", f"<{contact.email}>" if "@" in contact.email else contact.email),
        ("Web", f"<{contact.web}>" if contact.web.startswith("http") else contact.web),
    ]

    def said(rows: list[tuple[str, str]]) -> str:
        return "".join(
            f'<p class="part">{name}</p><p class="said">{renderer.words(page, value, options)}</p>'
            for name, value in rows
            if value
        )

    left, right = said(main), _week(contact.hours, moment) + said(beside)
    if not left or not right:
        return left + right
    return (
        '<table class="parts" width="100%" cellspacing="0" cellpadding="0"><tr>'
        f'<td class="parts" width="60%">{left}</td><td class="parts">{right}</td></tr></table>'
    )


def _week(given: Hours | None, moment: datetime) -> str:
    """The hours of each day, today's in bold."""
    if given is None or given.always or not given.openings:
        return ""
    rows: list[str] = []
    for day, name in enumerate(hours.DAY_NAMES):
        times = sorted((o.start, o.end) for o in given.openings if day in o.days)
        words = ", ".join(f"{_clock(start)} to {_clock(end)}" for start, end in times) or "Closed"
        if day == moment.weekday():
            name, words = f"<strong>{name} (today)</strong>", f"<strong>{words}</strong>"
        rows.append(f'<tr><td class="week">{name}</td><td class="week">{words}</td></tr>')
    if given.bank_holidays:
        closed = escape(given.bank_holidays)
        rows.append(f'<tr><td class="week">Bank holidays</td><td class="week">{closed}</td></tr>')
    return f'<p class="part">Hours</p><table class="week" cellspacing="0">{"".join(rows)}</table>'


def hours_as_text(given: Hours | None) -> str:
    """The hours on one line, days that are alike together; "" when none are given."""
    if given is None or (not given.always and not given.openings):
        return ""
    if given.always:
        return "Day and night"
    runs: list[tuple[int, int, str]] = []
    for day in range(7):
        times = sorted((o.start, o.end) for o in given.openings if day in o.days)
        words = ", ".join(f"{_clock(start)} to {_clock(end)}" for start, end in times) or "closed"
        if runs and runs[-1][2] == words:
            runs[-1] = (runs[-1][0], day, words)
        else:
            runs.append((day, day, words))
    names = hours.DAY_NAMES
    said = [
        f"{names[a] if a == b else f'{names[a]} to {names[b]}'} {words}" for a, b, words in runs
    ]
    return "; ".join(said)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _ways_here(library: Library, page: Page, showing: bool) -> str:
    steps = library.steps_leading_to(page.path)
    if not steps:
        return '<h2 id="ways-here">Ways here</h2><p>No step of a pathway leads to this service yet.</p>'
    many = f"{len(steps)} steps lead" if len(steps) > 1 else "1 step leads"
    items = "".join(f"<li>{place_link(other, step)}</li>" for other, step in steps)
    words = "Hide the routes" if showing else "Show every route"
    more = f'<p><img src="icon:git-fork/link"> <a href="do:routes-{"hide" if showing else "show"}">{words}</a></p>'
    return f'<h2 id="ways-here">Ways here</h2><p>{many} to this service.</p><ul>{items}</ul>{more}'


# -- routes ----------------------------------------------------------------------------------------


def _routes(library: Library, page: Page, asked: Asked) -> str:
    """All routes from the chosen start, shortest first, each as the steps it passes."""
    pathways = pathways_leading_to(library, page.path)
    if not pathways:
        return ""
    pathway = next((p for p in pathways if p.path == asked.pathway), pathways[0])
    start = pathway.by_anchor.get(asked.start)
    first = start if isinstance(start, Step) else pathway.steps[0]
    parts = ['<h2 id="every-route">Every route</h2>']
    if len(pathways) > 1:
        choices = " · ".join(
            f"<strong>{escape(p.title)}</strong>"
            if p is pathway
            else f'<a href="do:pathway-{number}">{escape(p.title)}</a>'
            for number, p in enumerate(pathways)
        )
        parts.append(f"<p>On: {choices}</p>")
    parts.append(
        f"<p>From: <strong>{first.number}. {escape(first.title)}</strong> "
        '<a href="do:start-choose">Choose another start</a></p>'
    )
    found = routes_to_service(library, pathway, first.anchor, page.path)
    if not found:
        parts.append("<p>No way leads from there to this service.</p>")
    else:
        many = "1 route" if len(found) == 1 else f"{len(found)} routes"
        more = f", the {SHOWN_ROUTES} shortest shown" if len(found) > SHOWN_ROUTES else ""
        parts.append(f"<p>{many}{more}.</p>")
    for number, route in enumerate(found[:SHOWN_ROUTES], 1):
        parts.append(_route(library, pathway, route, number))
    return "".join(parts)


def _route(library: Library, pathway: Page, route: Route, number: int) -> str:
    lines: list[str] = []
    for node, condition in route.stops:
        step = pathway.by_anchor.get(node)
        other = library.pages.get(node)
        if isinstance(step, Step):
            words = anchor(pathway.path, f"{step.number}. {step.title}", step.anchor)
        else:
            words = f"<strong>{escape(other.title if other is not None else node)}</strong>"
        taken = f' <span class="small">{escape(plain(condition))} →</span>' if condition else ""
        lines.append(f"<li>{words}{taken}</li>")
    many = len(route.stops) - 1
    title = f"Route {number}, {many} {'step' if many == 1 else 'steps'}"
    return f'<p class="label">{title}</p><ul>{"".join(lines)}</ul>'


def details_as_text(page: Page, moment: datetime) -> str:
    """What "Copy details" copies: for a note or an e-mail, without marks."""
    contact = page.contact or Contact()
    state = state_at(contact, moment)
    lines = [page.title, f"{state.first}. {state.rest}".strip(". ") + "."]
    lines.append(f"Ring: {contact.phone}" if contact.phone else "Ring: local number not added yet")
    for name, value in (
        ("Out of hours", contact.out_of_hours),
        ("Takes", contact.accepts),
        ("How to refer", contact.how_to_refer),
        ("E-mail", contact.email),
        ("Web", contact.web),
    ):
        if value:
            lines.append(f"{name}: {plain(value)}")
    lines.append(f"fingerpost {page.path}")
    return "\n".join(lines)


def ring_style(colours: dict[str, str], px: Callable[[float], int]) -> str:
    """Rules for the card: a frame of ink, a head, a dashed slot for a number nobody has added."""
    c = colours
    frame = f"2px solid {c['ink']}"
    return f"""
table.ring {{ margin: {px(6)}px 0 {px(8)}px 0; }}
td.ring-state {{ background-color: {c["sunken"]}; padding: {px(10)}px {px(14)}px; border: {frame}; }}
td.ring-main {{ padding: {px(12)}px {px(14)}px; border-left: {frame}; border-bottom: {frame}; vertical-align: top; }}
td.ring-only {{ padding: {px(12)}px {px(14)}px; border: {frame}; border-top: none; vertical-align: top; }}
td.ring-beside {{ padding: {px(12)}px {px(14)}px; border-right: {frame}; border-bottom: {frame};
  border-left: 1px solid {c["line"]}; vertical-align: top; }}
p.ring-line {{ font-size: {px(17)}px; margin: 0; }}
td.slot {{ border: 1px dashed {c["edge"]}; padding: {px(8)}px; color: {c["ink_muted"]}; }}
p.label, td.label {{ font-size: {px(13)}px; color: {c["ink_muted"]}; font-weight: 600; margin: 0 0 {px(2)}px 0; }}
p.cell {{ font-size: {px(15)}px; margin: 0 0 {px(6)}px 0; }}
p.person-big {{ margin: 0 0 {px(6)}px 0; }}
p.part {{ font-size: {px(17)}px; font-weight: 700; margin: {px(12)}px 0 {px(2)}px 0; }}
p.said {{ font-size: {px(15)}px; margin: 0 {px(20)}px {px(4)}px 0; }}
td.parts {{ vertical-align: top; }}
td.week {{ font-size: {px(15)}px; padding: {px(2)}px {px(16)}px {px(2)}px 0; }}
"""
