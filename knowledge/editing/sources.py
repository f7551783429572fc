"""Changes to the sources of a page: one entry, or one word of it, at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from knowledge.editing.change import (
    Edit,
    Refused,
    Replacement,
    line_end,
    line_start,
    newline_at,
)
from knowledge.editing.fields import add_lines, detail_expectation, node_of, over
from knowledge.editing.outline import Outline
from knowledge.editing.prove import Expect, prove, result
from knowledge.editing.yamlwords import scalar, source_pairs
from knowledge.model import Page, Source, Strength
from knowledge.yamltree import Mapping, Node, Scalar, Sequence

_GAPS = " \t\r\n"


def add_source(page: Page, source: Source) -> Edit:
    """Add a source behind the others."""
    if any(s.key == source.key for s in page.sources):
        raise Refused(f"There is a source '{source.key}' already", "Give this one another key.")
    source = _tidied(source)
    pairs = source_pairs(source)
    field = page.field("sources")
    flow = "{" + ", ".join(f"{name}: {value}" for name, value in pairs) + "}"
    node = node_of(page, field) if field is not None else None
    if field is None:
        change = add_lines(page, "sources", ["sources:", *_lines(pairs, "  - ")])
    elif not isinstance(node, Sequence) or not node.items:
        change = over(page, field, f"[{flow}]")
    elif page.text[node.start] == "[":
        change = Replacement(node.items[-1].end, node.items[-1].end, ", " + flow)
    else:
        text, last = page.text, node.items[-1]
        opening = _opening(text, node)
        at = _after(text, last)
        newline = newline_at(text, at)
        change = Replacement(at, at, "".join(line + newline for line in _lines(pairs, opening)))
    return _prove(page, change, (*page.sources, source), f"The source '{source.key}' is added")


def set_source(page: Page, key: str, name: str, value: str) -> Edit:
    """Change one word of a source's entry: its title, year, where, link or strength."""
    old = _known(page, key)
    words = " ".join(value.split())
    if name == "key":
        return rename_source(page, key, words)
    if name not in ("title", "year", "where", "link", "strength"):
        raise Refused(f"A source has no '{name}'")
    if name == "strength" and words not in tuple(Strength):
        raise Refused(f"'{words}' is no strength", "Use seen, secondary, local or unchecked.")
    changed = _changed(old, name, words)
    item = _item(page, key)
    text = page.text
    if isinstance(item, Scalar):
        pairs = source_pairs(replace(changed, title=changed.title or key))
        flow = "{" + ", ".join(f"{k}: {v}" for k, v in pairs) + "}"
        change = Replacement(item.start, item.end, flow)
    else:
        assert isinstance(item, Mapping)
        change = _pair_change(text, item, name, words)
    sources = tuple(changed if s.key == key else s for s in page.sources)
    return _prove(page, change, sources, f"The {name} of source '{key}' is now '{words}'")


def remove_source(page: Page, key: str) -> Edit:
    """Take a source out. The notes say how often the page names it."""
    _known(page, key)
    field = page.field("sources")
    assert field is not None
    node, item, text = node_of(page, field), _item(page, key), page.text
    assert isinstance(node, Sequence)
    place = node.items.index(item)
    if len(node.items) == 1:
        change = over(page, field, "[]")
    elif text[node.start] == "[" and place + 1 < len(node.items):
        change = Replacement(item.start, node.items[place + 1].start, "")
    elif text[node.start] == "[":
        change = Replacement(node.items[place - 1].end, item.end, "")
    else:
        change = Replacement(line_start(text, item.start), _after(text, item), "")
    count = sum(f.key == key for s in page.sections for f in s.footnotes)
    notes = (f"The page still names it {count} times",) if count else ()
    sources = tuple(s for s in page.sources if s.key != key)
    return _prove(page, change, sources, f"The source '{key}' is removed", notes)


def rename_source(page: Page, key: str, new: str) -> Edit:
    """Give a source another key, with every reference to it on the page."""
    old = _known(page, key)
    words = "-".join(new.split())
    if not words or any(c in "[]^|\\`" for c in words) or any(s.key == words for s in page.sources):
        raise Refused(f"'{words}' cannot be the key of a source, or is taken", "Choose another.")
    item = _item(page, key)
    if isinstance(item, Scalar):
        raise Refused("This source is only a word", "Give it a title first.")
    assert isinstance(item, Mapping)
    changes = [_pair_change(page.text, item, "key", words)]
    changes += [
        Replacement(*f.span, words) for s in page.sections for f in s.footnotes if f.key == key
    ]
    sources = tuple(replace(old, key=words) if s.key == key else s for s in page.sources)

    def renamed(got: Outline, wanted: Outline) -> Outline:
        parts = tuple(
            part._replace(
                footnotes=tuple(words if f == key else f for f in part.footnotes),
                notes=got.parts[n].notes if len(got.parts) == len(wanted.parts) else part.notes,
                tables=got.parts[n].tables if len(got.parts) == len(wanted.parts) else part.tables,
            )
            for n, part in enumerate(wanted.parts)
        )
        return wanted._replace(parts=parts).with_facts(stops=got.facts["stops"])

    said = f"The source '{key}' is now called '{words}'"
    return _prove_all(page, changes, sources, said, (), renamed)


# -- where and how -------------------------------------------------------------------------------


def _tidied(source: Source) -> Source:
    for name in ("key", "title", "year", "where", "link"):
        source = _changed(source, name, " ".join(getattr(source, name).split()))
    if not source.key:
        raise Refused("A source needs a short key, such as P7", "Give it one.")
    return source


def _changed(source: Source, name: str, words: str) -> Source:
    values = {k: getattr(source, k) for k in ("key", "title", "year", "where", "link")}
    strength = Strength(words) if name == "strength" else source.strength
    if name in values:
        values[name] = words
    return Source(**values, strength=strength, line=source.line)


def _known(page: Page, key: str) -> Source:
    for source in page.sources:
        if source.key == key:
            return source
    raise Refused(f"There is no source '{key}' on this page", "Look at the list of sources again.")


def _item(page: Page, key: str) -> Node:
    field = page.field("sources")
    node = node_of(page, field) if field is not None else None
    for item in node.items if isinstance(node, Sequence) else ():
        if isinstance(item, Scalar) and item.value.strip() == key:
            return item
        if isinstance(item, Mapping) and any(
            k.value == "key" and isinstance(v, Scalar) and v.value.strip() == key
            for k, v in item.pairs
        ):
            return item
    raise Refused(f"The source '{key}' cannot be found in the details at the top")


def _pair_change(text: str, item: Mapping, name: str, words: str) -> Replacement:
    """One word of an entry: over the old one, or behind the last."""
    flow = text[item.start] == "{"
    for key, value in item.pairs:
        if key.value != name:
            continue
        old = text[value.start : value.end] if isinstance(value, Scalar) else ""
        new = scalar(words, old, flow=True, typed=name == "year") if words else '""'
        if value.start == value.end:
            at = text.index(":", key.end) + 1
            return Replacement(at, at, " " + new)
        return Replacement(value.start, value.end, new)
    new = scalar(words, '"' if name in ("title", "where") else "", flow=True, typed=name == "year")
    new = new if words else '""'
    last = item.pairs[-1][1]
    if flow:
        return Replacement(last.end, last.end, f", {name}: {new}")
    column = item.pairs[0][0].start - line_start(text, item.pairs[0][0].start)
    at = _after(text, last)
    newline = newline_at(text, at)
    return Replacement(at, at, f"{' ' * column}{name}: {new}{newline}")


def _after(text: str, node: Node) -> int:
    end = node.end
    while end > node.start and text[end - 1] in _GAPS:
        end -= 1
    return line_end(text, end)


def _opening(text: str, node: Sequence) -> str:
    first = node.items[0].start
    return text[line_start(text, first) : first]


def _lines(pairs: list[tuple[str, str]], opening: str) -> list[str]:
    first, *rest = (f"{name}: {value}" for name, value in pairs)
    return [opening + first, *(" " * len(opening) + line for line in rest)]


def _prove(
    page: Page,
    change: Replacement,
    sources: tuple[Source, ...],
    said: str,
    notes: tuple[str, ...] = (),
) -> Edit:
    return _prove_all(page, [change], sources, said, notes, lambda _, wanted: wanted)


def _prove_all(
    page: Page,
    changes: list[Replacement],
    sources: tuple[Source, ...],
    said: str,
    notes: tuple[str, ...],
    more: Callable[[Outline, Outline], Outline],
) -> Edit:
    only_sources: Expect = detail_expectation(page, "sources")
    edit = prove(
        page, [changes], lambda got: more(got, only_sources(got)), said, notes, details=True
    )
    plain = [replace(s, line=0) for s in sources]
    if [replace(s, line=0) for s in result(page, edit).sources] != plain:
        raise Refused("The sources would not read back as they were meant, so nothing was changed")
    return edit
