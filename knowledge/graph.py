"""A pathway as a graph, its outline, and what can be asked of both. networkx is loaded only when asked for."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from knowledge.model import Kind, Page, Status, Step, StepKind, Way

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

    from knowledge.library import Library

    Graph = nx.MultiDiGraph[str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the outline: a step, its number, and its ways on in words."""

    number: int
    step: Step
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """A way through: the steps passed, each with the condition that leads on from it."""

    stops: tuple[tuple[str, str], ...]  # (step or page, condition of the way taken from it)

    def __len__(self) -> int:
        return len(self.stops)


def node_of(page: Page, way: Way) -> str:
    """The node a way leads to: a step's anchor, or `page` and `page#step` elsewhere.

    A way to a heading inside a step leads to that step, one to the page as a whole to its first.
    """
    if way.page == page.path:
        found = page.by_anchor.get(way.anchor) if way.anchor else page.steps[0]
        return found.anchor if isinstance(found, Step) else f"#{way.anchor}"
    if not way.page:
        return way.link.target
    return f"{way.page}#{way.anchor}" if way.anchor else way.page


def ways_of(page: Page) -> list[tuple[Step, Way, str]]:
    """Every way on in reading order, with the node it leads to. Outline and graph are both made from this."""
    return [(step, way, node_of(page, way)) for step in page.steps for way in step.ways]


def step_ids(page: Page) -> dict[int, str]:
    """A name of its own for every step, by its number: its anchor, and `anchor#7` for a seventh step of the
    same one. Links lead to the first of them.
    """
    found: dict[int, str] = {}
    taken: set[str] = set()
    for step in page.steps:
        found[step.number] = f"{step.anchor}#{step.number}" if step.anchor in taken else step.anchor
        taken.add(step.anchor)
    return found


def same_names(page: Page) -> tuple[str, ...]:
    """A sentence for each step that has the name of one before it."""
    first = {step.anchor: step.number for step in reversed(page.steps)}
    return tuple(
        f"Step {step.number} has the name of step {first[step.anchor]}, {step.anchor}: it is"
        f" {name} here, and links lead to step {first[step.anchor]}."
        for step, name in zip(page.steps, step_ids(page).values(), strict=True)
        if name != step.anchor
    )


def build(page: Page) -> Graph:
    """Steps and ways as a networkx graph; nodes carry `step`, edges carry `way`."""
    import networkx as nx

    graph: Graph = nx.MultiDiGraph(name=page.title)
    for step in page.steps:
        if step.anchor not in graph:
            graph.add_node(step.anchor, step=step)
    for step, way, node in ways_of(page):
        graph.add_edge(step.anchor, node, way=way, loop=way.loop)
    return graph


def outline(page: Page, library: Library | None = None) -> tuple[Line, ...]:
    """The pathway as a numbered list that says the same as the graph."""
    lines: list[Line] = []
    for step in page.steps:
        ways = tuple(_spoken(page, way, library) for way in step.ways)
        lines.append(Line(step.number, step, ways))
    return tuple(lines)


def _spoken(page: Page, way: Way, library: Library | None) -> str:
    target = way.link.text
    if way.page == page.path:
        step = page.by_anchor.get(way.anchor) if way.anchor else page.steps[0]
        if isinstance(step, Step):
            target = f"step {step.number}, {step.title}"
    elif library is not None and (other := library.pages.get(way.page)) is not None:
        target = other.title
    back = "back to " if way.loop else ""
    return f"{way.condition}: {back}{target}" if way.condition else f"{back}{target}"


def reachable(page: Page) -> frozenset[str]:
    """Anchors of the steps a person can come to from the first one."""
    if not page.steps:
        return frozenset()
    onward: dict[str, list[str]] = {}
    for step, _, node in ways_of(page):
        onward.setdefault(step.anchor, []).append(node)
    own = {step.anchor for step in page.steps}
    starts = [page.steps[0].anchor]
    found: set[str] = set()
    while starts:
        here = starts.pop()
        if here not in found and here in own:
            found.add(here)
            starts += onward.get(here, [])
    return frozenset(found)


def dead_ends(page: Page) -> tuple[Step, ...]:
    """Steps with no way on that do not say they are an end."""
    return tuple(s for s in page.steps if not s.ways and s.kind is not StepKind.END)


def traps(page: Page) -> tuple[tuple[Step, ...], ...]:
    """Loops without an exit: groups of steps from which no end and no other page can be reached."""
    onward: dict[str, list[str]] = {}
    own = {step.anchor: step for step in page.steps}
    back: dict[str, list[str]] = {}
    out: list[str] = [s.anchor for s in page.steps if not s.ways]
    for step, _, node in ways_of(page):
        onward.setdefault(step.anchor, []).append(node)
        if node in own:
            back.setdefault(node, []).append(step.anchor)
        else:
            out.append(step.anchor)  # leads out of the page, or is broken and has its own message
    free: set[str] = set()
    while out:
        here = out.pop()
        if here not in free:
            free.add(here)
            out += back.get(here, [])
    caught = [s for s in page.steps if s.anchor not in free]
    groups: list[tuple[Step, ...]] = []
    left = {s.anchor for s in caught}
    for step in caught:
        if step.anchor not in left:
            continue
        group, waiting = set(), [step.anchor]
        while waiting:
            here = waiting.pop()
            if here in left and here not in group:
                group.add(here)
                waiting += onward.get(here, []) + back.get(here, [])
        left -= group
        groups.append(tuple(s for s in caught if s.anchor in group))
    return tuple(groups)


def routes(page: Page, start: str, end: str, limit: int = 100) -> tuple[Route, ...]:
    """Every simple way from one step to another (or to another page), shortest first."""
    graph = build(page)
    if start not in graph or end not in graph:
        return ()
    if start == end:
        return (Route(((start, ""),)),)
    found = islice(_ways_through(graph, start, end), limit)
    return tuple(sorted(map(Route, found), key=lambda r: (len(r), r.stops)))


def _ways_through(graph: Graph, start: str, end: str) -> Iterator[tuple[tuple[str, str], ...]]:
    """Every way that passes no step twice.

    Only steps are entered from which the end can still be reached, so that the time goes with the
    ways there are, and not with all that come to nothing.
    """
    waiting: list[tuple[tuple[str, str], ...]] = [((start, ""),)]
    while waiting:
        stops = waiting.pop()
        *passed, (here, _) = stops
        if here == end:
            yield stops
            continue
        hopeful = _leading_to(graph, end, {stop for stop, _ in stops})
        waiting += [
            (*passed, (here, way.condition), (onward, ""))
            for _, onward, way in reversed(_edges_from(graph, here))
            if onward in hopeful
        ]


def _edges_from(graph: Graph, step: str) -> list[tuple[str, str, Way]]:
    return list(graph.out_edges(step, data="way"))


def _leading_to(graph: Graph, end: str, without: set[str]) -> set[str]:
    """The steps from which the end can be reached without passing those."""
    found, waiting = {end}, [end]
    while waiting:
        before = set(graph.predecessors(waiting.pop())) - without - found
        found |= before
        waiting += before
    return found


def steps_naming(library: Library, pathway: Page, service: str) -> tuple[Step, ...]:
    """The steps of a pathway whose words or ways lead to a page, such as a service."""
    return tuple(
        step for page, step in library.steps_leading_to(service) if page.path == pathway.path
    )


def routes_to_service(
    library: Library, pathway: Page, start: str, service: str, limit: int = 100
) -> tuple[Route, ...]:
    """Every way from a step to the steps of its pathway that name the service."""
    found: list[Route] = []
    for step in steps_naming(library, pathway, service):
        found += [
            Route((*route.stops[:-1], (step.anchor, ""), (service, "")))
            for route in routes(pathway, start, step.anchor, limit)
        ]
    return tuple(sorted(dict.fromkeys(found), key=lambda r: (len(r), r.stops))[:limit])


def pathways_leading_to(library: Library, service: str) -> tuple[Page, ...]:
    """The pathways with a step that names the service, by title."""
    pages = dict.fromkeys(page.path for page, _ in library.steps_leading_to(service))
    found = [library.pages[path] for path in pages]
    return tuple(p for p in found if p.kind is Kind.PATHWAY and p.status is not Status.WITHDRAWN)


# -- the graph as data -----------------------------------------------------------------------------


def as_json(page: Page) -> dict[str, Any]:
    """The graph in the form the command line promises, positions left to the drawing."""
    ids, told = step_ids(page), same_names(page)
    return {
        "id": page.id,
        "title": page.title,
        "steps": [
            {
                "id": ids[step.number],
                "kind": step.kind.value,
                "title": step.title,
                "lane": step.lane,
                "timeframe": step.timeframe,
                "line": step.line,
            }
            for step in page.steps
        ],
        "ways": [
            {
                "from": ids[step.number],
                "to": node,
                "condition": way.condition,
                "loop": way.loop,
                "line": way.line,
            }
            for step, way, node in ways_of(page)
        ],
        **({"notes": list(told)} if told else {}),
    }
