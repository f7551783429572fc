"""New names for steps and pages, with every link in the library carried along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from posixpath import basename as file_name
from posixpath import dirname, splitext

from knowledge import settings
from knowledge.editing.change import Edit, Refused, Replacement, ordered, written
from knowledge.editing.fields import add_lines, node_of
from knowledge.editing.headings import find, index_of, places, put
from knowledge.editing.headings import pins as pins_for
from knowledge.editing.links import all_links
from knowledge.editing.outline import difference, disturbed, outline
from knowledge.editing.words import ANCHOR, link_to
from knowledge.editing.yamlwords import scalar
from knowledge.errors import KnowledgeError
from knowledge.files import digest, folded, read_whole
from knowledge.library import Library
from knowledge.model import Heading, Page, Section
from knowledge.paths import page_name_trouble
from knowledge.source import kind_of_folder, read_page
from knowledge.text import decode
from knowledge.yamltree import Mapping, Node, Scalar, Sequence, YamlError, read_yaml

Place = tuple[str, str]  # page, anchor
LONGEST_ANCHOR = 80
LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Renaming:
    """A change to several pages at once: one edit for each, and the page that gets another path."""

    says: str
    edits: tuple[Edit, ...]  # by path; of the moved page under its old path
    moved: tuple[str, str] | None = None  # old path, new path
    notes: tuple[str, ...] = ()

    def edit_of(self, path: str) -> Edit | None:
        return next((e for e in self.edits if e.path == path), None)


def rename_anchor(library: Library, page: Page, heading: Section | Heading, new: str) -> Renaming:
    """Give a heading another name for links, and every link that leads to it."""
    index = index_of(page, heading)
    place = places(page)[index]
    old = place.anchor
    if ANCHOR.fullmatch(new) is None or len(new) > LONGEST_ANCHOR:
        raise Refused(
            f"'{new}' cannot be a name for links", "Use letters, digits and dashes, at most 80."
        )
    names = [h.anchor for h in page.headings]
    if names.count(old) > 1:
        raise Refused(
            f"Two headings are called #{old}", "Give one of them another name in the text."
        )
    if new == old:
        return Renaming(f"It is called #{old} already", ())
    if new in names:
        raise Refused(f"Another heading is called #{new} already", "Choose another name.")
    token = find(page.text, place, anchor=True)
    changes = [put(page.text, place, token, "#" + new)]
    changes += pins_for(page, range(len(page.headings)), {index: new})
    moved = {(page.path, old): (page.path, new)}
    edits = _carry(library, page, moved, changes)
    said = f"#{old} is now called #{new}, in {_count(len(edits))}"
    return _proved(library, edits, moved, said, page, {page.path: {old: new}})


def move_page(library: Library, page: Page, path: str, new_id: str = "") -> Renaming:
    """Give a page another path, and another short name if wanted; every link and mention follows."""
    twin = next((p for p in library.pages if folded(p) == folded(path) and p != page.path), None)
    if path != page.path and twin is not None:
        raise Refused(f"There is a page '{twin}' already", "Choose another name.")
    trouble = page_name_trouble(path) if path != page.path else ""
    if trouble:
        shown = path if len(path) <= LONGEST_SHOWN else path[:LONGEST_SHOWN] + "…"
        raise Refused(f"'{shown}' cannot be the name of a page: {trouble}", "Choose another name.")
    if new_id and new_id != page.id and new_id in library.by_id:
        raise Refused(f"There is a page called '{new_id}' already", "Choose another short name.")
    old, name = page.path, new_id or page.id
    moved = {(old, ""): (path, "")}
    changes = _own_links(page, path)
    changes += _kept_details(page, path, name)
    edits = _carry(library, page, moved, changes, path, (page.id, name))
    said = f"'{page.title}' is now {path}"
    if edits[1:]:
        said += f"; {_count(len(edits) - 1)} that lead to it follow"
    stays = tuple(e for e in edits if e.replacements)
    return _proved(library, stays, moved, said, page, {}, path, name)


def _count(number: int) -> str:
    return "1 page" if number == 1 else f"{number} pages"


# -- what to change -------------------------------------------------------------------------------


def _carry(
    library: Library,
    page: Page,
    moved: dict[Place, Place],
    changes: list[Replacement],
    path: str = "",
    names: tuple[str, str] = ("", ""),
) -> tuple[Edit, ...]:
    """The edits: this page's own first, then every page that leads to what moves."""
    own = [] if path else _led(page, moved)
    says = "Its own words and links follow"
    edits = [Edit(page.path, page.digest, ordered(page.text, [*changes, *own]), says)]
    for other in library.pages.values():
        if other.path == page.path or not other.readable:
            continue
        found = _led(other, moved)
        if names[0] != names[1]:
            found += _mentions(other, names[0], names[1])
        if path:
            found += _mentions(other, page.path, path)
        if found:
            said = f"{len(found)} of its links follow" if len(found) > 1 else "A link of it follows"
            edits.append(Edit(other.path, other.digest, ordered(other.text, found), said))
    edits += _settings(library, page.path, moved, path)
    return tuple(edits)


def _led(page: Page, moved: dict[Place, Place]) -> list[Replacement]:
    """The links of a page that lead to what moves; of a moved page, also those to its steps."""
    found: list[Replacement] = []
    for span, to, anchor in all_links(page):
        goal = _goal(moved, (to, anchor))
        if goal == (to, anchor):
            continue
        if goal[0] == to:  # only the step's name: how the page is written stays
            written_as = span.of(page.text)
            new = written_as.split("#", 1)[0] + link_to(to, *goal)[link_to(to, *goal).index("#") :]
        else:
            new = link_to(page.path, *goal)
        found.append(Replacement(*span, new))
    return found


def _goal(moved: dict[Place, Place], place: Place) -> Place:
    if place in moved:
        return moved[place]
    whole = moved.get((place[0], ""))
    return (whole[0], place[1]) if whole is not None else place


def _own_links(page: Page, path: str) -> list[Replacement]:
    """The links of a page that would lead elsewhere from its new place."""
    found: list[Replacement] = []
    for span, to, anchor in all_links(page):
        target = span.of(page.text)
        if target.strip().startswith("#"):
            continue
        if to == page.path:
            found.append(Replacement(*span, link_to(path, path, anchor)))
        elif dirname(path) != dirname(page.path):
            found.append(Replacement(*span, link_to(path, to, anchor)))
    return found


def _kept_details(page: Page, path: str, name: str) -> list[Replacement]:
    """What a page took from its file's name and folder is written out, so that it stays."""
    lines: list[tuple[str, str]] = []
    changes: list[Replacement] = []
    field = page.field("id")
    stem = splitext(file_name(path))[0]
    if field is not None and name != page.id and field.value_span.start < field.value_span.end:
        old = field.value_span.of(page.text)
        changes.append(Replacement(*field.value_span, scalar(name, old)))
    elif field is None and name != stem:
        lines.append(("id", scalar(name)))
    moved_title = page.field("title") is None and not (
        page.headings and page.headings[0].level == 1
    )
    if moved_title and stem != splitext(file_name(page.path))[0]:
        lines.append(("title", scalar(page.title)))
    if page.field("kind") is None and kind_of_folder(path) is not page.kind:
        lines.append(("kind", page.kind.value))
    if page.front is None and lines:
        return [*changes, add_lines(page, "id", [f"{k}: {v}" for k, v in lines])]
    added = [add_lines(page, k, [f"{k}: {v}"]) for k, v in lines]
    together: dict[int, Replacement] = {}
    for new in added:
        before = together.get(new.start)
        together[new.start] = new if before is None else new._replace(text=before.text + new.text)
    return [*changes, *together.values()]


def _mentions(page: Page, old: str, new: str) -> list[Replacement]:
    """Where the details of a page name another by its short name or path."""
    found: list[Replacement] = []
    for key in ("related", "replaced_by"):
        field = page.field(key)
        if field is None:
            continue
        found += [
            Replacement(node.start, node.end, scalar(new, page.text[node.start], flow=True))
            for node in _words_in(node_of(page, field))
            if node.value.strip() == old
        ]
    return found


def _words_in(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, Sequence):
        return [s for item in node.items for s in _words_in(item)]
    assert isinstance(node, Mapping)
    return [s for _, value in node.pairs for s in _words_in(value)]


def _settings(library: Library, page: str, moved: dict[Place, Place], path: str) -> list[Edit]:
    """The library's own settings name pages by their path, some with a step."""
    try:
        data = read_whole(library.path_of(settings.FILE))
    except (OSError, KnowledgeError):
        return []
    text = decode(data).text
    try:
        root = read_yaml(text)
    except YamlError:
        return []
    found: list[Replacement] = []
    for node in _words_in(root) if root is not None else []:
        name, _, anchor = node.value.strip().partition("#")
        if name != page:
            continue
        goal = _goal(moved, (name, anchor))
        if goal != (name, anchor):
            words = goal[0] + (f"#{goal[1]}" if goal[1] else "")
            found.append(
                Replacement(node.start, node.end, scalar(words, text[node.start], flow=True))
            )
    if not found:
        return []
    return [
        Edit(settings.FILE, digest(data), ordered(text, found), "The library's settings follow")
    ]


# -- proof ---------------------------------------------------------------------------------------


def _proved(
    library: Library,
    edits: tuple[Edit, ...],
    moved: dict[Place, Place],
    said: str,
    page: Page,
    anchors: dict[str, dict[str, str]],
    path: str = "",
    name: str = "",
) -> Renaming:
    """Every page read again: its links lead where they led, under the new names, and nothing else is new."""
    for edit in edits:
        if edit.path == settings.FILE:
            continue
        before = library.pages[edit.path]
        own = edit.path == page.path
        data = written(edit.apply(before.text), before.encoding).data
        after = read_page(path if own and path else edit.path, data)
        trouble = _trouble(before, after, edit, lambda place: _goal(moved, place), anchors)
        if not trouble and own and name and after.id != name:
            trouble = "its short name"
        if trouble:
            raise Refused(f"This would also change {trouble} in '{edit.path}', so it was not done")
    return Renaming(said, edits, (page.path, path) if path else None)


def _trouble(
    before: Page,
    after: Page,
    edit: Edit,
    goal: Callable[[Place], Place],
    anchors: dict[str, dict[str, str]],
) -> str:
    led = [goal((to, anchor)) for _, to, anchor in all_links(before)]
    if [(to, anchor) for _, to, anchor in all_links(after)] != led:
        return "where a link leads"
    names = anchors.get(before.path, {})
    wanted, got = outline(before), outline(after)
    if len(wanted.parts) != len(got.parts):
        return "where the steps or sections begin"
    heads = tuple(
        (
            lv,
            names.get(a, a),
            got.headings[n][2] if "](" in before.headings[n].span.of(before.text) else t,
        )
        for n, (lv, a, t) in enumerate(wanted.headings)
        if n < len(got.headings)
    )
    parts = []
    for old, new in zip(wanted.parts, got.parts, strict=True):
        ways = tuple((c, n[1], w) for (c, _, w), n in zip(old.ways, new.ways, strict=False))
        links = tuple((w, n[1], i) for (w, _, i), n in zip(old.links, new.links, strict=False))
        parts.append(
            old._replace(
                anchor=names.get(old.anchor, old.anchor),
                ways=ways,
                links=links,
                notes=new.notes if len(new.notes) == len(old.notes) else old.notes,
            )
        )
    facts = dict(wanted.facts)
    free = (
        "id",
        "keys",
        "related",
        "replaced_by",
        "contact",
        "extra",
        "stops",
        "for_",
        "not_for",
        "summary",
    )
    facts.update({key: got.facts[key] for key in free if key in got.facts})
    if before.field("title") is None and before.headings and heads[:1] != wanted.headings[:1]:
        facts["title"] = got.facts["title"]
    trouble = difference(wanted._replace(facts=facts, headings=heads, parts=tuple(parts)), got)
    return trouble or disturbed(before, after, edit)
