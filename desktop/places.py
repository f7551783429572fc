"""Where a reader can be: the home page, a list, a page or a step of it. Links become places here."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to be. `kind` is home, list, page or edit; `page` a path, or the name of a list."""

    kind: str
    page: str = ""
    anchor: str = ""
    words: tuple[str, ...] = field(default=(), compare=False)  # what was searched, to be marked

    @property
    def link(self) -> str:
        """The form in which a place is written down: page#step."""
        if self.kind == "home":
            return "home:"
        if self.kind == "list":
            return f"list:{self.page}"
        link = f"{self.page}#{self.anchor}" if self.anchor else self.page
        return f"edit:{link}" if self.kind == "edit" else link


HOME = Place("home")


def page_place(path: str, anchor: str = "", words: tuple[str, ...] = ()) -> Place:
    return Place("page", path, anchor, words)


def list_place(name: str) -> Place:
    return Place("list", name)


def edit_place(path: str, anchor: str = "") -> Place:
    return Place("edit", path, anchor)


def read_place(link: str) -> Place:
    """The place written down as `link`."""
    if link in ("", "home:"):
        return HOME
    if link.startswith("list:"):
        return list_place(link[5:])
    if link.startswith("edit:"):
        page, _, anchor = link[5:].partition("#")
        return edit_place(page, anchor)
    page, _, anchor = link.removeprefix("page:").partition("#")
    return page_place(page, anchor)
