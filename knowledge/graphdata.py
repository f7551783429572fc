"""A pathway's graph for other programs: JSON, Mermaid, Graphviz and GraphML."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from knowledge.graph import as_json, step_ids, ways_of
from knowledge.model import Page, Step, StepKind

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MERMAID = {
    StepKind.START: ('(["', '"])'),
    StepKind.QUESTION: ('{{"', '"}}'),
    StepKind.ACTION: ('["', '"]'),
    StepKind.REFERRAL: ('[/"', '"/]'),
    StepKind.URGENT: ('[["', '"]]'),
    StepKind.END: ('(["', '"])'),
}
_DOT = {
    StepKind.START: "oval",
    StepKind.QUESTION: "hexagon",
    StepKind.ACTION: "box",
    StepKind.REFERRAL: "cds",
    StepKind.URGENT: "octagon",
    StepKind.END: "oval",
}


def render(page: Page, form: str, said: Sequence[str] = ()) -> str:
    """The graph as text in one of the forms; what is `said` heads a Mermaid chart, which is shown as it is."""
    text = {"json": _json, "mermaid": _mermaid, "dot": _dot, "graphml": _graphml}[form](page)
    return _mermaid_head(said) + text if form == "mermaid" and said else text


def _mermaid_head(said: Sequence[str]) -> str:
    """A title that is seen with the chart, and the same as comments: in those braces would be read as orders."""
    lines = [" ".join(line.split()) for line in said]
    title = json.dumps(". ".join(lines), ensure_ascii=False)
    told = [f"%% {line}".translate({ord("{"): "(", ord("}"): ")"}) for line in lines]
    return "\n".join(["---", f"title: {title}", "---", *told]) + "\n"


def _json(page: Page) -> str:
    return json.dumps(as_json(page), ensure_ascii=False, indent=2)


def _others(page: Page) -> dict[str, str]:
    """What the ways lead to outside this page's steps, with the words of the link."""
    own = {step.anchor for step in page.steps}
    return {node: way.link.text or node for _, way, node in ways_of(page) if node not in own}


def _names(page: Page) -> dict[str, str]:
    """Short safe names for every node, in reading order."""
    nodes = [*step_ids(page).values(), *_others(page)]
    return {node: f"n{number}" for number, node in enumerate(nodes, 1)}


def _label(step: Step) -> str:
    limit = f" ({step.timeframe})" if step.timeframe else ""
    return f"{step.number}. {step.title}{limit}"


def _mermaid_words(words: str) -> str:
    return (
        words.replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")
    )


def _mermaid(page: Page) -> str:
    names, ids = _names(page), step_ids(page)
    lines = ["flowchart TD"]
    for step in page.steps:
        left, right = _MERMAID[step.kind]
        lines.append(f"    {names[ids[step.number]]}{left}{_mermaid_words(_label(step))}{right}")
    for node, words in _others(page).items():
        lines.append(f'    {names[node]}>"{_mermaid_words(words)}"]')
    for step, way, node in ways_of(page):
        arrow = "-.->" if way.loop else "-->"
        words = f'|"{_mermaid_words(way.condition)}"|' if way.condition else ""
        lines.append(f"    {names[ids[step.number]]} {arrow}{words} {names[node]}")
    return "\n".join(lines) + "\n"


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _dot(page: Page) -> str:
    names, ids = _names(page), step_ids(page)
    lines = [
        f"digraph {_quoted(page.title)} {{",
        "  rankdir=TB;",
        '  node [fontname="sans-serif"];',
    ]
    for step in page.steps:
        style = ', penwidth=2.5, color="#A61B1B"' if step.kind is StepKind.URGENT else ""
        lines.append(
            f"  {names[ids[step.number]]} [label={_quoted(_label(step))}, shape={_DOT[step.kind]}{style}];"
        )
    for node, words in _others(page).items():
        lines.append(f"  {names[node]} [label={_quoted(words)}, shape=box, style=dashed];")
    for step, way, node in ways_of(page):
        style = ", style=dashed" if way.loop else ""
        label = f"label={_quoted(way.condition)}" if way.condition else 'label=""'
        lines.append(f"  {names[ids[step.number]]} -> {names[node]} [{label}{style}];")
    return "\n".join([*lines, "}"]) + "\n"


def _graphml(page: Page) -> str:
    ids = step_ids(page)
    keys = [
        ("title", "node"),
        ("kind", "node"),
        ("lane", "node"),
        ("timeframe", "node"),
        ("number", "node"),
        ("condition", "edge"),
        ("loop", "edge"),
    ]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ]
    lines += [
        f'  <key id="{name}" for="{where}" attr.name="{name}" attr.type="string"/>'
        for name, where in keys
    ]
    lines.append(f'  <graph id={quoteattr(page.id)} edgedefault="directed">')
    for step in page.steps:
        values = {
            "title": step.title,
            "kind": step.kind.value,
            "lane": step.lane,
            "timeframe": step.timeframe,
            "number": str(step.number),
        }
        lines += _graphml_part("node", f"id={quoteattr(ids[step.number])}", values)
    for node, words in _others(page).items():
        lines += _graphml_part("node", f"id={quoteattr(node)}", {"title": words, "kind": "page"})
    for number, (step, way, node) in enumerate(ways_of(page), 1):
        ends = f'id="w{number}" source={quoteattr(ids[step.number])} target={quoteattr(node)}'
        values = {"condition": way.condition, "loop": "true" if way.loop else "false"}
        lines += _graphml_part("edge", ends, values)
    whole = "\n".join([*lines, "  </graph>", "</graphml>"]) + "\n"
    return _NOT_IN_XML.sub("\ufffd", whole)


def _graphml_part(name: str, ends: str, values: dict[str, str]) -> list[str]:
    data = [
        f'      <data key="{key}">{escape(value)}</data>' for key, value in values.items() if value
    ]
    return [f"    <{name} {ends}>", *data, f"    </{name}>"]
