"""One random edit of a page, and what must be true after it, looked at without the editor's own proof."""

from knowledge.editing import fields, graph, headings, links, sources, steps, tables, ways
from knowledge.editing.change import Refused, written
from knowledge.editing.words import web_target
from knowledge.model import Hours, Kind, Opening, Source, StepKind, Strength
from knowledge.source import read_page
from knowledge.text import encode
from tests.support.spoilt import ANCHORS, words


def asked(rng):
    """Words as somebody might type them into a box."""
    return " ".join(
        (
            words(rng) + rng.choice(("", "", " #", " {x}", " ##", ":", " |", " \\", "  y", " {#a}"))
        ).split()
    )


def _pick(rng, items):
    return rng.choice(items) if items else None


def _step(rng, page):
    return _pick(rng, page.steps)


def _way(rng, page):
    found = [(s, w) for s in page.steps for w in s.ways]
    return _pick(rng, found)


def _table(rng, page):
    return _pick(rng, [(s, t) for s in page.sections for t in s.tables])


def _section_at(page, section):
    return page.sections.index(section)


def title(rng, page):
    head = _pick(rng, page.headings)
    if head is None:
        return None
    index, new = page.headings.index(head), asked(rng)

    def check(after):
        assert after.headings[index].title == new
        assert [h.anchor for h in after.headings] == [h.anchor for h in page.headings]

    return lambda: headings.set_title(page, head, new), check


def kind(rng, page):
    step = _step(rng, page)
    if step is None:
        return None
    new = _pick(rng, [None, *StepKind])
    index = _section_at(page, step)

    def check(after):
        got = after.sections[index]
        assert got.title == step.title
        assert got.anchor == step.anchor
        assert new is None or (got.kind is new and got.declared)

    return lambda: headings.set_kind(page, step, new), check


def value(rng, page):
    step = _step(rng, page)
    if step is None:
        return None
    new, index = rng.choice(("", "within 4 hours", "GP “now”", words(rng))), _section_at(page, step)
    new = " ".join(new.split())
    name = rng.choice(("lane", "timeframe"))

    def check(after):
        assert getattr(after.sections[index], name) == new
        assert after.sections[index].title == step.title

    act = headings.set_lane if name == "lane" else headings.set_timeframe
    return lambda: act(page, step, new), check


def condition(rng, page):
    found = _way(rng, page)
    if found is None:
        return None
    step, way = found
    new = rng.choice((asked(rng), asked(rng), ""))
    at, place = _section_at(page, step), step.ways.index(way)

    def check(after):
        got = after.sections[at].ways
        assert got[place].condition == new.rstrip(":").rstrip()
        assert [w.link.target for w in got] == [w.link.target for w in step.ways]

    return lambda: ways.set_condition(page, step, way, new), check


def new_way(rng, page):
    step = _step(rng, page)
    if step is None:
        return None
    new = ways.NewWay(asked(rng), "#" + rng.choice(ANCHORS), asked(rng))
    place = rng.choice((None, 0, rng.randrange(len(step.ways) + 1)))
    at = _section_at(page, step)

    def check(after):
        got = after.sections[at].ways
        here = got[len(step.ways) if place is None else place]
        assert len(got) == len(step.ways) + 1
        assert (here.condition, here.link.text, here.link.target) == (
            new.condition.rstrip(":").rstrip(),
            new.words,
            new.target,
        )

    return lambda: ways.add_way(page, step, new, place), check


def gone_way(rng, page):
    found = _way(rng, page)
    if found is None:
        return None
    step, way = found
    at, place = _section_at(page, step), step.ways.index(way)

    def check(after):
        left = [w.condition for w in step.ways]
        del left[place]
        assert [w.condition for w in after.sections[at].ways] == left

    return lambda: ways.remove_way(page, step, way), check


def moved_way(rng, page):
    found = _pick(rng, [s for s in page.steps if len(s.ways) > 1])
    if found is None:
        return None
    place, to = rng.randrange(len(found.ways)), rng.randrange(len(found.ways))
    at = _section_at(page, found)

    def check(after):
        order = [w.condition for w in found.ways]
        order.insert(to, order.pop(place))
        assert [w.condition for w in after.sections[at].ways] == order

    return lambda: ways.move_way(page, found, found.ways[place], to), check


def link(rng, page):
    found = _pick(rng, [(s, k) for s in page.sections for k in s.links])
    if found is None:
        return None
    section, old = found
    at, place = _section_at(page, section), section.links.index(old)
    if rng.random() < 0.5:
        target = rng.choice(("#x", "../a%20b.md#y", "https://example.org/a_(b)", "other.md"))

        def check(after):
            got = after.sections[at].links[place]
            assert got.target == target.replace("(", "%28").replace(")", "%29")

        return lambda: links.retarget(page, old, target), check
    new = asked(rng)

    def check_words(after):
        assert after.sections[at].links[place].text == new
        assert after.sections[at].links[place].target == old.target

    return lambda: links.set_words(page, old, new), check_words


def new_step(rng, page):
    if page.kind is not Kind.PATHWAY:
        return None
    after_section, new = _pick(rng, page.sections), asked(rng)
    chosen, limit = _pick(rng, [None, *StepKind]), rng.choice(("", "", "now", "GP “soon”", "a # b"))
    fresh = [ways.NewWay(asked(rng), "#x", asked(rng)) for _ in range(rng.randrange(3))]
    at = _section_at(page, after_section)

    def check(after):
        got = after.sections[at + 1]
        assert got.title == new
        assert [w.condition for w in got.ways] == [w.condition.rstrip(":").rstrip() for w in fresh]
        assert chosen is None or got.kind is chosen
        assert got.timeframe == limit

    return lambda: steps.add_step(page, after_section, new, chosen, fresh, timeframe=limit), check


def gone_step(rng, page):
    section = _pick(rng, page.sections[1:])
    if section is None:
        return None
    at = _section_at(page, section)

    def check(after):
        left = [s.anchor for s in page.sections]
        del left[at]
        assert [s.anchor for s in after.sections] == left

    return lambda: steps.remove_step(page, section), check


def led_way(rng, page):
    found = _way(rng, page)
    if found is None:
        return None
    step, way = found
    goal = graph.Goal("#" + rng.choice(ANCHORS), asked(rng))
    at, place = _section_at(page, step), step.ways.index(way)

    def check(after):
        got = after.sections[at].ways
        assert [w.condition for w in got] == [w.condition for w in step.ways]
        assert (got[place].link.target, got[place].link.text) == (goal.target, goal.words)

    return lambda: graph.lead_way(page, step, way, goal), check


def step_after(rng, page):
    step = _step(rng, page)
    if step is None:
        return None
    new, when, at = asked(rng), asked(rng), _section_at(page, step)

    def check(after):
        got, made = after.sections[at], after.sections[at + 1]
        assert made.title == new
        assert [w.condition for w in got.ways[:-1]] == [w.condition for w in step.ways]
        last = got.ways[-1]
        assert (last.condition, last.anchor) == (when.rstrip(":").rstrip(), made.anchor)

    return lambda: graph.add_after(page, step, new, _pick(rng, [None, *StepKind]), when), check


def step_between(rng, page):
    found = _way(rng, page)
    if found is None:
        return None
    step, way = found
    new, at, place = asked(rng), _section_at(page, step), step.ways.index(way)

    def check(after):
        got, made = after.sections[at].ways[place], after.sections[at + 1]
        assert (got.condition, got.anchor) == (way.condition, made.anchor)
        assert [w.link.target for w in made.ways] == [web_target(way.link.target)]

    return lambda: graph.add_between(page, step, way, new), check


def step_renamed(rng, page):
    step = _step(rng, page)
    if step is None:
        return None
    new, at = asked(rng), _section_at(page, step)

    def check(after):
        assert after.sections[at].title == new
        assert [s.anchor for s in after.sections] == [s.anchor for s in page.sections]
        for old, now in zip(page.sections, after.sections, strict=True):
            if old is not step:
                bears = [k.anchor == step.anchor and k.text == step.title for k in old.links]
                texts = [new if b and not k.image and k.page == page.path else k.text
                         for b, k in zip(bears, old.links, strict=True)]  # fmt: skip
                assert [k.text for k in now.links] == texts

    return lambda: graph.rename_step(page, step, new), check


def step_out(rng, page):
    step = _step(rng, page)
    if step is None:
        return None
    goal = rng.choice((None, graph.Goal("elsewhere.md", asked(rng))))
    at = _section_at(page, step)
    arriving = [w.span for _, w in graph.ways_to(page, step)]

    def check(after):
        left = [s for n, s in enumerate(page.sections) if n != at]
        assert [s.anchor for s in after.sections] == [s.anchor for s in left]
        for old, now in zip(left, after.sections, strict=True):
            kept = [w.condition for w in old.ways if goal is not None or w.span not in arriving]
            assert [w.condition for w in now.ways] == kept
        led = [w for s in after.steps for w in s.ways if w.link.target == "elsewhere.md"]
        assert len(led) >= (len(arriving) if goal is not None else 0)

    return lambda: graph.take_out(page, step, goal), check


def moved_step(rng, page):
    section, behind = _pick(rng, page.sections[1:]), _pick(rng, page.sections)
    if section is None or section is behind:
        return None

    def check(after):
        left = [s.anchor for s in page.sections]
        mine = left.pop(_section_at(page, section))
        place = _section_at(page, behind)
        left.insert(place + 1 if place < _section_at(page, section) else place, mine)
        assert [s.anchor for s in after.sections] == left

    return lambda: steps.move_step(page, section, behind), check


def body(rng, page):
    section = _pick(rng, page.sections)
    new = rng.choice(
        ("", "New words.\n\n- one\n- two", "Only this", "### A part\n\nwords", "- Yes → [x](#x)")
    )
    at = _section_at(page, section)

    def check(after):
        assert "".join(after.body_of(after.sections[at]).split()) == "".join(new.split())
        assert [s.anchor for s in after.sections] == [s.anchor for s in page.sections]

    return lambda: steps.replace_body(page, section, new), check


def field(rng, page):
    key = rng.choice(
        "title summary owner version status replaced_by phone unknown year review_by".split()
    )
    if rng.random() < 0.2:
        return lambda: fields.remove_field(page, key), lambda after: _absent(after, page, key)
    new = asked(rng) + rng.choice(("", ": more", " # no", '"', "'", "\ttab", "\nline"))
    new = {"status": "draft", "review_by": "2028-01-31", "year": "2021"}.get(key, new)

    def check(after):
        assert str(fields.value_of(after, key)).strip() == new.strip()
        assert [f.key for f in after.fields if f.key != key] == [
            f.key for f in page.fields if f.key != key
        ]

    return lambda: fields.set_text(page, key, new), check


def _absent(after, page, key):
    assert after.field(key) is None or sum(f.key == key for f in page.fields) != 1


def listed(rng, page):
    key = rng.choice("topics levels concerns related ages".split())
    old = getattr(page, key)
    new = [*old]
    for _ in range(rng.choice((1, 1, 2))):
        if new and rng.random() < 0.5:
            new.pop(rng.randrange(len(new)))
        else:
            new.insert(rng.randrange(len(new) + 1), asked(rng) + rng.choice(("", ": x", ", y")))
    new = [w for w in dict.fromkeys(new) if w]

    def check(after):
        assert getattr(after, key) == tuple(new)

    return lambda: fields.set_list(page, key, new), check


def source(rng, page):
    known = [s.key for s in page.sources]
    choice = rng.random()
    if not known or choice < 0.4:
        new = Source(f"N{rng.randrange(9)}", asked(rng), "2020", words(rng), "", Strength.SEEN)
        if new.key in known:
            return None
        return lambda: sources.add_source(page, new), lambda after: _sources(
            after, [*known, new.key]
        )
    key = rng.choice(known)
    if choice < 0.6:
        left = [k for k in known if k != key]
        return lambda: sources.remove_source(page, key), lambda after: _sources(after, left)
    name, new = rng.choice(
        (("title", asked(rng)), ("year", "1999"), ("where", ""), ("strength", "local"))
    )

    def check(after):
        got = next(s for s in after.sources if s.key == key)
        assert getattr(got, name) == new

    return lambda: sources.set_source(page, key, name, new), check


def _sources(after, keys):
    assert [s.key for s in after.sources] == keys


def opening(rng, page):
    start, end = rng.randrange(0, 720, 15), rng.randrange(735, 1441, 15)
    new = rng.choice(
        (
            Hours(always=True),
            Hours(openings=(Opening((0, 1, 2, 3, 4), start, end),)),
            Hours(openings=(Opening((0, 1, 2, 3, 4), start, end), Opening((5, 6), 600, 700))),
            Hours(
                openings=(Opening((0, 2), start, end), Opening((0, 2), 0, 60)),
                bank_holidays="closed",
            ),
        )
    )
    return lambda: fields.set_hours(page, new), lambda after: _hours(after, new)


def _hours(after, new):
    assert after.contact.hours == new


def cell(rng, page):
    found = _table(rng, page)
    if found is None:
        return None
    section, table = found
    at, place = _section_at(page, section), section.tables.index(table)
    row, column = rng.randrange(len(table.rows) + 1), rng.randrange(len(table.header.cells))
    new = rng.choice((asked(rng), asked(rng), ""))

    def check(after):
        got = after.sections[at].tables[place]
        assert (got.header, *got.rows)[row].cells[column] == new

    return lambda: tables.set_cell(page, section, table, row, column, new), check


def grid(rng, page):
    found = _table(rng, page)
    if found is None:
        return None
    section, table = found
    at, place = _section_at(page, section), section.tables.index(table)
    width, height = len(table.header.cells), len(table.rows)
    row, column = rng.randrange(height + 1), rng.randrange(width)
    acts = [
        (lambda: tables.add_row(page, section, table, row, [asked(rng)]), 0, 1),
        (lambda: tables.remove_row(page, section, table, row), 0, -1),
        (lambda: tables.add_column(page, section, table, column, asked(rng)), 1, 0),
        (lambda: tables.remove_column(page, section, table, column), -1, 0),
    ]
    act, wider, higher = rng.choice(acts)

    def check(after):
        got = after.sections[at].tables[place]
        assert (len(got.header.cells), len(got.rows)) == (width + wider, height + higher)

    return act, check


PLAYS = [
    *[title, condition, new_way, new_step, cell, grid] * 3,
    *[led_way, step_after, step_between, step_renamed, step_out] * 2,
    *[kind, value, gone_way, moved_way, moved_step, gone_step, cell, grid, link] * 2,
    body, field, listed, source, opening,
]  # fmt: skip


def play(rng, page):
    """Choose an edit that this page can have, make it, prove it: its name, how it went, the page after it."""
    for _ in range(20):
        chosen = rng.choice(PLAYS)
        found = chosen(rng, page)
        if found is not None:
            break
    else:
        return "", "idle", page
    act, check = found
    try:
        edit = act()
    except Refused as refused:
        return chosen.__name__, f"refused: {refused}", page
    if not edit.replacements:
        return chosen.__name__, "idle", page
    after = read_page(page.path, bytes_kept(page, edit))
    check(after)
    return chosen.__name__, "done", after


def bytes_kept(page, edit):
    """The new bytes, after a look that all outside the edit's spans are the old ones."""
    new = written(edit.apply(page.text), page.encoding)
    old = encode(page.text, page.encoding)
    if new.converted:
        return new.data
    coding, bom = page.encoding.name, page.encoding.bom
    at_old = at_new = len(bom)
    assert new.data[:at_new] == old[:at_old] == bom
    at = 0
    for start, end, words_in in edit.replacements:
        size = len(page.text[at:start].encode(coding))
        assert new.data[at_new : at_new + size] == old[at_old : at_old + size]
        at_old += size + len(page.text[start:end].encode(coding))
        at_new += size + len(words_in.encode(coding))
        at = end
    assert new.data[at_new:] == old[at_old:]
    return new.data
