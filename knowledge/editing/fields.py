"""Changes to the details at the top of a page: words, dates, lists and opening hours, in their author's style."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from knowledge.editing.change import (
    Edit,
    Refused,
    Replacement,
    ends_line,
    line_end,
    line_start,
    needs_reading,
    newline_at,
)
from knowledge.editing.outline import Outline, outline
from knowledge.editing.prove import Expect, prove, result
from knowledge.editing.yamlwords import flow_list, hours_lines, is_typed, scalar
from knowledge.model import Field, Hours, Page
from knowledge.text import shared_ends
from knowledge.yamltree import Mapping, Node, Scalar, YamlError, read_yaml
from knowledge.yamltree import Sequence as YamlSequence

ORDER = (
    "id title summary kind status replaced_by owner approved_by version approved_on review_by audience topics levels "
    "ages regions concerns for not_for place year organisation phone email web hours out_of_hours accepts "
    "how_to_refer area related sources"
).split()
_CONTACT = frozenset("phone email web hours out_of_hours accepts how_to_refer area".split())
_KNOWN = frozenset(ORDER)
_TYPED_KEYS = frozenset(("year", "approved_on", "review_by"))
_KEY = re.compile(r"[A-Za-z_][\w-]{0,60}")
_GAPS = " \t\r\n"


def node_of(page: Page, field: Field) -> Node:
    """The value of a field as a tree with places."""
    try:
        root = read_yaml(page.text[field.span.start : _chunk_end(page, field)], field.span.start)
    except YamlError as error:
        raise Refused(f"'{field.key}' cannot be taken apart: {error.message}") from error
    if not isinstance(root, Mapping) or len(root.pairs) != 1:
        raise Refused(f"'{field.key}' cannot be taken apart")
    return root.pairs[0][1]


def _chunk_end(page: Page, field: Field) -> int:
    return max(field.span.end, field.value_span.end)


def value_of(page: Page, key: str) -> str | tuple[str, ...] | None:
    """What a field says: words, or the words of a list; None when it is not there."""
    field = page.field(key)
    if field is None:
        return None
    node = node_of(page, field)
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, YamlSequence) and all(isinstance(i, Scalar) for i in node.items):
        return tuple(i.value for i in node.items if isinstance(i, Scalar))
    raise Refused(f"'{key}' is not words or a list")


# -- changes -------------------------------------------------------------------------------------


def set_text(page: Page, key: str, value: str) -> Edit:
    """Give a detail these words; it is added when it is not there."""
    words = value.strip()
    field = page.field(key)
    _fits(page, key)
    if "\n" in words or "\r" in words:
        words = words.replace("\r\n", "\n").replace("\r", "\n")
    if field is None:
        change = add_lines(page, key, [f"{key}: {_scalar(page, key, words)}"])
    else:
        change = over(page, field, _scalar(page, key, words, field))

    def said(after: Page) -> bool:
        got = value_of(after, key)
        return isinstance(got, str) and got.strip() == words

    return _prove(page, key, [[change]], said, f"'{key}' is now '{words}'")


def set_date(page: Page, key: str, day: date | None) -> Edit:
    """Give a detail this date; None takes it away."""
    if day is None:
        return remove_field(page, key)
    return set_text(page, key, day.isoformat())


def set_list(page: Page, key: str, values: Sequence[str]) -> Edit:
    """Give a detail this list; what stays is left as it is written."""
    wanted = tuple(dict.fromkeys(w for v in values if (w := " ".join(v.split()))))
    field = page.field(key)
    _fits(page, key)
    if field is None:
        attempts = [[add_lines(page, key, _new_list(page, key, wanted))]]
    else:
        attempts = _list_changes(page, field, wanted)

    def said(after: Page) -> bool:
        got = value_of(after, key)
        found = (got,) if isinstance(got, str) else got or ()
        return tuple(dict.fromkeys(w for v in found if (w := v.strip()))) == wanted

    return _prove(page, key, attempts, said, f"'{key}' is now {', '.join(wanted) or 'empty'}")


def set_hours(page: Page, hours: Hours | None) -> Edit:
    """Give a service its opening hours; None takes them away."""
    if hours is None or hours == Hours():
        return remove_field(page, "hours")
    field = page.field("hours")
    _fits(page, "hours")
    lines = hours_lines(hours)
    indent = " " * _indent(page)
    inline = hours.always or (len(lines) == 1 and lines[0].startswith("- "))
    if inline:
        lines = [f"hours: {lines[0].removeprefix('- ')}"]
    else:
        lines = ["hours:", *("  " + line for line in lines)]
    if field is None:
        change = add_lines(page, "hours", lines)
    else:
        start, end = _lines_of(page, field)
        newline = newline_at(page.text, start)
        change = Replacement(start, end, "".join(indent + line + newline for line in lines))

    def said(after: Page) -> bool:
        return after.contact is not None and after.contact.hours == hours

    return _prove(page, "hours", [[change]], said, "The opening hours are changed")


def remove_field(page: Page, key: str) -> Edit:
    """Take a detail away, with its value."""
    field = page.field(key)
    if field is None:
        return Edit(page.path, page.digest, (), f"'{key}' is not there")
    _fits(page, key)
    change = Replacement(*_lines_of(page, field), "")
    return _prove(page, key, [[change]], lambda _: True, f"'{key}' is removed", removed=True)


# -- where and how -------------------------------------------------------------------------------


def over(page: Page, field: Field, value: str) -> Replacement:
    """Another value for a field on its own line; a comment behind it stays."""
    text = page.text
    start, end = field.value_span
    colon = text.find(":", field.span.start + len(field.key), max(start, field.span.end) + 1)
    if start == end:
        at = colon + 1 if colon >= 0 else start
        return Replacement(at, at, " " + value)
    if text[start] in "|>":
        end = _last_word(text, start, end)
    if any(c in "\r\n" for c in text[colon + 1 : start]):
        start = colon + 1
        value = " " + value
    return Replacement(start, end, value)


def _last_word(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in _GAPS:
        end -= 1
    return end


def _scalar(page: Page, key: str, words: str, field: Field | None = None) -> str:
    old = field.value_span.of(page.text) if field is not None and field.scalar else ""
    typed = key in _TYPED_KEYS or (is_typed(old) and key != "version")
    flow = page.front is not None and page.front.of(page.text).lstrip(_GAPS).startswith("{")
    return scalar(words, old, flow=flow, typed=typed) if words else '""'


def _fits(page: Page, key: str) -> None:
    """Refuse where a detail cannot be written at all."""
    needs_reading(page)
    if _KEY.fullmatch(key) is None:
        raise Refused(f"'{key}' cannot be the name of a detail", "Use letters and _ only.")
    if page.front is None and any(p.code == "front-unclosed" for p in page.problems):
        raise Refused(
            "The details at the top begin with --- but never end",
            "Put a line of three dashes after the last detail first.",
        )


def _lines_of(page: Page, field: Field) -> tuple[int, int]:
    """The whole lines of a field."""
    text = page.text
    start = line_start(text, field.span.start)
    if text[start : field.span.start].strip(" ") or page.front is None:
        raise Refused(
            "The details at the top stand in one line", "Change them in the text instead."
        )
    end = max(field.value_span.end, field.span.end)
    if text[field.value_span.start : field.value_span.start + 1] in ("|", ">"):
        end = _last_word(text, field.value_span.start, end)
    return start, min(line_end(text, end), page.front.end)


def _indent(page: Page) -> int:
    first = page.fields[0] if page.fields else None
    if first is None:
        return 0
    start = line_start(page.text, first.span.start)
    return 0 if page.text[start : first.span.start].strip(" ") else first.span.start - start


def add_lines(page: Page, key: str, lines: Sequence[str]) -> Replacement:
    """New lines among the details, behind the one that usually stands before it."""
    text = page.text
    if page.front is None:
        newline = newline_at(text, 0)
        return Replacement(0, 0, newline.join(["---", *lines, "---", "", ""]))
    if page.front.of(text).lstrip(_GAPS).startswith(("{", "[")):
        raise Refused("The details at the top stand in one line", "Write one on each line first.")
    at = page.front.end
    if key in _KNOWN:
        before = set(ORDER[: ORDER.index(key)])
        known = [f for f in page.fields if f.key in before]
        behind = [f for f in page.fields if f.key in _KNOWN and f.key not in before]
        if known and behind:
            at = _lines_of(page, known[-1])[1]
        elif behind:
            at = line_start(text, behind[0].span.start)
    newline = newline_at(text, at)
    opening = "" if ends_line(text, at) else newline
    indent = " " * _indent(page)
    return Replacement(at, at, opening + "".join(indent + line + newline for line in lines))


# -- lists ---------------------------------------------------------------------------------------


def _new_list(page: Page, key: str, wanted: tuple[str, ...]) -> list[str]:
    """A list as this page writes its others."""
    for field in page.fields:
        node = node_of(page, field) if not field.scalar else None
        if not isinstance(node, YamlSequence) or not node.items or field.key == "sources":
            continue
        if page.text[node.start] != "[" and wanted:
            first = node.items[0]
            start = line_start(page.text, first.start)
            indent = " " * max(0, page.text[start : first.start].find("-") - _indent(page))
            return [f"{key}:", *(f"{indent}- {scalar(w)}" for w in wanted)]
    return [f"{key}: {flow_list(wanted)}"]


def _list_changes(page: Page, field: Field, wanted: tuple[str, ...]) -> list[list[Replacement]]:
    node = node_of(page, field)
    text = page.text
    whole = [over(page, field, flow_list(wanted))]
    if not isinstance(node, YamlSequence) or not all(isinstance(i, Scalar) for i in node.items):
        return [whole]
    old = [i.value.strip() for i in node.items if isinstance(i, Scalar)]
    first, last = shared_ends(old, wanted)
    new = list(wanted[first : len(wanted) - last])
    gone = node.items[first : len(old) - last]
    like = text[node.items[0].start : node.items[0].start + 1] if node.items else ""
    if not wanted or not old:
        return [whole]
    if text[node.start] == "[":
        return [
            _flow_change(node, first, last, gone, [scalar(w, like, flow=True) for w in new]),
            whole,
        ]
    return [_block_change(text, node, first, gone, [scalar(w, like) for w in new]), whole]


def _flow_change(
    node: YamlSequence, first: int, last: int, gone: Sequence[Node], new: list[str]
) -> list[Replacement]:
    joined = ", ".join(new)
    items = node.items
    if gone and new:
        return [Replacement(gone[0].start, gone[-1].end, joined)]
    if new and first:
        return [Replacement(items[first - 1].end, items[first - 1].end, ", " + joined)]
    if new:
        return [Replacement(items[0].start, items[0].start, joined + ", ")]
    if not gone:
        return []
    if last:
        return [Replacement(gone[0].start, items[len(items) - last].start, "")]
    return [Replacement(items[first - 1].end, gone[-1].end, "")]


def _block_change(
    text: str, node: YamlSequence, first: int, gone: Sequence[Node], new: list[str]
) -> list[Replacement]:
    """Whole lines of a list: `- one` below `- another`. Single words are replaced in their line."""
    if len(gone) == len(new):
        return [Replacement(old.start, old.end, word) for old, word in zip(gone, new, strict=True)]
    sample = node.items[0]
    opening = text[line_start(text, sample.start) : sample.start]
    if opening.strip(" ") != "-":
        return []
    starts = [line_start(text, item.start) for item in node.items]
    ends = [line_end(text, _last_word(text, item.start, item.end)) for item in node.items]
    start = ends[first - 1] if first else starts[0]
    end = ends[first + len(gone) - 1] if gone else start
    start = starts[first] if gone else start
    newline = newline_at(text, start)
    return [Replacement(start, end, "".join(opening + word + newline for word in new))]


# -- proof ---------------------------------------------------------------------------------------


def _prove(
    page: Page,
    key: str,
    attempts: list[list[Replacement]],
    said: Callable[[Page], bool],
    words: str,
    removed: bool = False,
) -> Edit:
    edit = prove(
        page,
        attempts,
        detail_expectation(page, key, removed),
        words,
        confined=key != "kind",
        details=True,
    )
    if not said(result(page, edit)):
        raise Refused(f"'{key}' would not read back as it was meant, so it was not changed")
    return edit


def detail_expectation(page: Page, key: str, removed: bool = False) -> Expect:
    """Only this detail changes; what it says is looked at by who asked."""
    fact = "contact" if key in _CONTACT else "for_" if key == "for" else key

    def expect(got: Outline) -> Outline:
        wanted = outline(page)
        facts = dict(wanted.facts)
        keys = [f.key for f in page.fields if not (removed and f.key == key)]
        new = got.facts["keys"]
        assert isinstance(new, tuple)
        if not removed and key not in keys and [k for k in new if k != key] == keys:
            keys = list(new)
        facts["keys"] = tuple(keys)
        for name in (fact, *(("extra",) if key not in _KNOWN else ())):
            if name in got.facts:
                facts[name] = got.facts[name]
            elif name != "extra":
                facts.pop(name, None)
        if key == "kind":
            facts.update(stops=got.facts["stops"], contact=got.facts["contact"])
            return Outline(facts, got.headings, got.parts)
        return wanted._replace(facts=facts)

    return expect
