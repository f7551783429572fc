"""A pathway as a graph, its outline, and what can be asked of both."""

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import graph
from knowledge.graphdata import render
from knowledge.library import open_library
from knowledge.model import Kind
from tests.support.pages import library, page

ROOT = Path(__file__).parents[2]

PATHWAY = """# A pathway

## A {#a .question}

- Yes → [B](#b)
- No -> [C](#c)
- Unsure → [Desk](../services/desk.md)

## B {#b timeframe="now"}

- → [Inside](#inside)
- Again → [A](#a)

## C {#c}

### Inside {#inside}

## D {#d}

- → [E](#e)

## E {#e}

- → [D](#d)
"""


def drawn(built):
    """The graph as text: every node with the nodes its ways lead to, in order."""
    lines = []
    for node in built.nodes:
        ends = []
        for _, end, data in built.out_edges(node, data=True):
            condition = data["way"].condition
            ends.append(f"{end} ({condition})" if condition else end)
        lines.append(f"{node} -> {', '.join(ends)}" if ends else node)
    return "\n".join(lines)


def test_the_graph_holds_every_step_and_every_way_on():
    assert drawn(graph.build(page(PATHWAY))) == (
        "a -> b (Yes), c (No), services/desk.md (Unsure)\n"
        "b -> c, a (Again)\n"
        "c\n"
        "d -> e\n"
        "e -> d\n"
        "services/desk.md"
    )


def test_the_outline_says_the_same_in_words(tmp_path):
    files = {"pathways/x.md": PATHWAY, "services/desk.md": "# Duty desk\n"}
    lib = library(tmp_path, files)
    lines = [
        f"{line.number}. {line.step.title}" + "".join(f"\n   {way}" for way in line.ways)
        for line in graph.outline(lib.pages["pathways/x.md"], lib)
    ]
    assert "\n".join(lines[:3]) == (
        "1. A\n   Yes: step 2, B\n   No: step 3, C\n   Unsure: Duty desk\n"
        "2. B\n   step 3, C\n   Again: back to step 1, A\n"
        "3. C"
    )


def test_steps_that_cannot_be_reached_dead_ends_and_loops_without_a_way_out():
    read = page(PATHWAY)
    assert graph.reachable(read) == {"a", "b", "c"}
    assert [s.anchor for s in graph.dead_ends(page("## A\n\n## B\n\n## C {.action}\n"))] == [
        "a",
        "c",
    ]
    assert [[s.anchor for s in group] for group in graph.traps(read)] == [["d", "e"]]


def test_a_loop_with_a_way_out_is_no_trap():
    assert (
        graph.traps(page("## A\n\n- x → [B](#b)\n\n## B\n\n- x → [A](#a)\n- y → [Out](y.md)\n"))
        == ()
    )
    assert graph.traps(page("## A\n\n- x → [A](#a)\n- y → [B](#b)\n\n## B\n")) == ()
    assert len(graph.traps(page("## A\n\n- x → [A](#a)\n"))) == 1


def test_the_ways_from_a_step_to_another_shortest_first():
    read = page(PATHWAY)
    assert [route.stops for route in graph.routes(read, "a", "c")] == [
        (("a", "No"), ("c", "")),
        (("a", "Yes"), ("b", ""), ("c", "")),
    ]
    assert graph.routes(read, "a", "d") == ()
    assert graph.routes(read, "a", "nowhere") == ()
    assert [len(r) for r in graph.routes(read, "a", "a")] == [1]


def test_a_thicket_of_steps_does_not_hang_the_search_for_ways():
    steps = "".join(
        f"## S{n} {{#s{n}}}\n\n"
        + "".join(f"- {m} → [S{m}](#s{m})\n" for m in range(n + 1, 40))
        + "\n"
        for n in range(40)
    )
    assert len(graph.routes(page(steps), "s0", "s39", limit=50)) == 50


def test_steps_that_only_lead_back_do_not_hang_the_search_for_ways():
    names = [f"n{n}" for n in range(20)]
    thicket = "".join(
        f"## {a} {{#{a}}}\n\n- Back → [H](#hub)\n"
        + "".join(f"- {b} → [{b}](#{b})\n" for b in names if a != b)
        + "\n"
        for a in names
    )
    onward = "".join(f"- {a} → [{a}](#{a})\n" for a in names)
    read = page(f"## Hub {{#hub}}\n\n- Done → [End](#end)\n{onward}\n{thicket}## End {{#end}}\n")
    assert [r.stops for r in graph.routes(read, "hub", "end")] == [(("hub", "Done"), ("end", ""))]


def test_which_pathways_lead_to_a_service_and_by_which_steps(tmp_path):
    files = {
        "pathways/x.md": PATHWAY,
        "pathways/y.md": "---\nstatus: withdrawn\n---\n## A\n\n- → [Desk](../services/desk.md)\n",
        "pathways/z.md": "## Z\n\nSee [the desk](../services/desk.md).\n",
        "services/desk.md": "# Duty desk\n",
        "pages/p.md": "[Desk](../services/desk.md)\n",
    }
    lib = library(tmp_path, files)
    found = graph.pathways_leading_to(lib, "services/desk.md")
    assert [p.path for p in found] == ["pathways/x.md", "pathways/z.md"]
    x = lib.pages["pathways/x.md"]
    assert [s.anchor for s in graph.steps_naming(lib, x, "services/desk.md")] == ["a"]
    [route] = graph.routes_to_service(lib, x, "b", "services/desk.md")
    assert route.stops == (("b", "Again"), ("a", ""), ("services/desk.md", ""))


# -- outline and graph hold the same ---------------------------------------------------------------


def hold_the_same(read):
    built = graph.build(read)
    lines = graph.outline(read)
    steps = list(dict.fromkeys(line.step.anchor for line in lines))
    assert [n for n, data in built.nodes(data=True) if "step" in data] == steps
    assert [line.step for line in lines] == list(read.steps)
    ways = [(line.step.anchor, way) for line in lines for way in line.step.ways]
    assert built.number_of_edges() == len(ways) == sum(len(line.ways) for line in lines)
    by_graph = sorted((start, data["way"].span) for start, _, data in built.edges(data=True))
    assert by_graph == sorted((start, way.span) for start, way in ways)
    told = graph.as_json(read)
    ids = graph.step_ids(read)
    assert [s["id"] for s in told["steps"]] == list(ids.values())
    assert len(set(ids.values())) == len(read.steps)
    assert [(w["from"], w["condition"], w["line"]) for w in told["ways"]] == [
        (ids[line.step.number], way.condition, way.line) for line in lines for way in line.step.ways
    ]
    assert {w["to"] for w in told["ways"]} <= set(built.nodes)
    assert graph.reachable(read) == (
        {n for n in nx.descendants(built, steps[0]) | {steps[0]} if n in set(steps)}
        if steps
        else set()
    )


@pytest.mark.parametrize(
    "path",
    sorted(p.relative_to(ROOT).as_posix() for p in (ROOT / "content" / "pathways").glob("*.md")),
)
def test_outline_and_graph_hold_the_same_for_every_pathway_of_the_starter_library(path):
    hold_the_same(page((ROOT / path).read_bytes(), path.removeprefix("content/")))


titles = st.sampled_from("Ask|Look|Ring|Wait|Ask".split("|"))
targets = st.sampled_from(
    "#s0|#s1|#s2|#s3|#inside|#nowhere|#ask|#|x.md|y.md#a|../services/d.md|https://example.org".split(
        "|"
    )
)
ways = st.lists(
    st.tuples(st.sampled_from(["Yes", "No", "", "5 → 6", "*If* sure"]), targets), max_size=4
)
steps = st.lists(
    st.tuples(titles, st.sampled_from(["", " {#s0}", " {#s1 .end}", " {#s2 .question}"]), ways),
    max_size=8,
)


@given(steps)
def test_outline_and_graph_hold_the_same_for_pathways_of_any_shape(shape):
    text = "".join(
        f"## {title}{attributes}\n\n### Inside\n\n"
        + "".join(f"- {condition} → [there]({target})\n" for condition, target in onward)
        + "\n"
        for title, attributes, onward in shape
    )
    read = page(text)
    assert [len(s.ways) for s in read.steps] == [len(onward) for _, _, onward in shape]
    hold_the_same(read)
    for form in ("json", "mermaid", "dot", "graphml"):
        render(read, form)
    if len({s.anchor for s in read.steps}) < len(read.steps):
        return  # two steps of one name are an error of their own
    caught = {s.anchor for group in graph.traps(read) for s in group}
    built = graph.build(read)
    own = {s.anchor for s in read.steps}
    ends = {n for n in built.nodes if n not in own or not built.out_degree(n)}
    assert caught == {n for n in own if not ({n} | nx.descendants(built, n)) & ends}


# -- the graph as data -----------------------------------------------------------------------------

NASTY = """---
id: nasty
---
## Is it "<b>" & 'x'? {#a .question lane="GP & co" timeframe="within 4 hours"}

- Yes \\# "now" → [B | C](#b)
- <3 → [Out](<a b.md>)

## B -- {#b .urgent}
"""


def test_json_is_as_the_command_line_promises():
    told = json.loads(render(page(NASTY), "json"))
    assert told == {
        "id": "nasty",
        "title": "x",
        "steps": [
            {
                "id": "a",
                "kind": "question",
                "title": "Is it \"<b>\" & 'x'?",
                "lane": "GP & co",
                "timeframe": "within 4 hours",
                "line": 4,
            },
            {"id": "b", "kind": "urgent", "title": "B --", "lane": "", "timeframe": "", "line": 9},
        ],
        "ways": [
            {"from": "a", "to": "b", "condition": 'Yes # "now"', "loop": False, "line": 6},
            {"from": "a", "to": "pathways/a b.md", "condition": "<3", "loop": False, "line": 7},
        ],
    }


def test_mermaid():
    assert render(page(NASTY), "mermaid") == (
        "flowchart TD\n"
        "    n1{{\"1. Is it #quot;#lt;b#gt;#quot; & 'x'? (within 4 hours)\"}}\n"
        '    n2[["2. B --"]]\n'
        '    n3>"Out"]\n'
        '    n1 -->|"Yes #35; #quot;now#quot;"| n2\n'
        '    n1 -->|"#lt;3"| n3\n'
    )


def test_what_is_said_heads_a_mermaid_chart_and_no_other_form():
    said = ('A "b" {c}\n%%', "SAMPLE")
    head = '---\ntitle: "A \\"b\\" {c} %%. SAMPLE"\n---\n%% A "b" (c) %%\n%% SAMPLE\n'
    assert render(page(NASTY), "mermaid", said) == head + render(page(NASTY), "mermaid")
    for form in ("json", "dot", "graphml"):
        assert render(page(NASTY), form, said) == render(page(NASTY), form)


def test_dot():
    text = render(page(NASTY), "dot")
    assert 'n1 [label="1. Is it \\"<b>\\" & \'x\'? (within 4 hours)", shape=hexagon];' in text
    assert 'n1 -> n2 [label="Yes # \\"now\\""];' in text
    assert text.count("{") == text.count("}") == 1


def test_graphml_is_read_back_by_networkx(tmp_path):
    text = render(page(NASTY), "graphml")
    ElementTree.fromstring(text)
    back = nx.parse_graphml(text)
    assert back.nodes["a"]["title"] == "Is it \"<b>\" & 'x'?"
    assert sorted((a, b, d["condition"]) for a, b, d in back.edges(data=True)) == [
        ("a", "b", 'Yes # "now"'),
        ("a", "pathways/a b.md", "<3"),
    ]


@given(st.text(max_size=20))
def test_any_title_makes_sound_xml_and_json(title):
    words = "".join(c for c in title if c not in "\r\n")
    read = page(f"## {words} x {{#a}}\n\n- {words} → [b](#b)\n")
    json.loads(render(read, "json"))
    ElementTree.fromstring(render(read, "graphml"))


def test_the_core_is_loaded_without_networkx_qt_or_whoosh():
    code = (
        "import sys, knowledge.library, knowledge.validate, knowledge.cache, knowledge.graphdata\n"
        "print([m for m in ('networkx', 'PySide6', 'whoosh', 'markdown', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_tiny_library_has_one_pathway_with_a_loop_back():
    tiny = open_library(ROOT / "tests" / "data" / "tiny")
    [pathway] = tiny.of_kind(Kind.PATHWAY)
    assert [(s.anchor, node, way.loop) for s, way, node in graph.ways_of(pathway)] == [
        ("weight", "reassure", False),
        ("weight", "watch", False),
        ("weight", "services/duty-desk.md", False),
        ("watch", "reassure", False),
        ("watch", "weight", True),
    ]


# -- steps of one name -----------------------------------------------------------------------------

TWICE = """# A pathway

## A {#a .question}

- Yes → [B](#b)

## B {#b}

- Then → [A](#a)

## B again {#b .end}
"""


def test_two_steps_of_one_name_are_told_apart_in_every_form_and_it_is_said() -> None:
    read = page(TWICE, "pathways/x.md")
    told = graph.as_json(read)
    assert [step["id"] for step in told["steps"]] == ["a", "b", "b#3"]
    assert [(way["from"], way["to"]) for way in told["ways"]] == [("a", "b"), ("b", "a")]
    assert told["notes"] == [
        "Step 3 has the name of step 2, b: it is b#3 here, and links lead to step 2."
    ]
    for form, words in (("mermaid", "3. B again"), ("dot", "3. B again"), ("graphml", 'id="b#3"')):
        assert words in render(read, form)
    assert "notes" not in graph.as_json(page(PATHWAY, "pathways/x.md"))
