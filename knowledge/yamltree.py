"""YAML as a small tree with places: scalars stay text, and nothing clever is allowed.

Reads libyaml's events instead of calling `compose`, because anchors, aliases, tags and bombs have to be refused
before a tree of them exists.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any, NamedTuple, NoReturn, TypeAlias

MAX_CHARS = 65536
MAX_DEPTH = 8
MAX_NODES = 2000

_Event: TypeAlias = Any  # the stubs call every mark optional, and libyaml always sets it


class Scalar(NamedTuple):
    """Text as the author wrote it, quotes taken off. `plain`: it had none."""

    value: str
    start: int
    end: int
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file; keys may repeat, the reader says so."""

    pairs: tuple[tuple[Scalar, Node], ...]
    start: int
    end: int


Node: TypeAlias = Scalar | Sequence | Mapping


class YamlError(Exception):
    """This is not YAML we take: `message` in plain words, `offset` where it shows, `begun` where it began."""

    def __init__(
        self, message: str, offset: int, begun: int | None = None, code: str = "yaml"
    ) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.begun = offset if begun is None else begun
        self.code = code


def read_yaml(text: str, base: int = 0) -> Node | None:
    """The tree of one YAML document, None when it is empty. Places count from `base`."""
    if len(text) > MAX_CHARS:
        raise YamlError("It is longer than 65,536 characters", 0, code="yaml-too-large")
    import yaml  # slow to load, and not wanted where nothing changed since the last start

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        return _Reader(loader.get_event, base, yaml).document()
    except yaml.MarkedYAMLError as error:
        problem = error.problem_mark or error.context_mark
        context = error.context_mark
        offset = problem.index if problem is not None else 0
        begun = context.index if context is not None else offset
        raise YamlError(error.problem or "it cannot be read", base + offset, base + begun) from None
    except yaml.reader.ReaderError as error:
        at = error.position if isinstance(error.position, int) else 0
        if hasattr(yaml, "CSafeLoader"):  # libyaml counts bytes
            at = len(text.encode()[:at].decode(errors="ignore"))
        raise YamlError("It holds a character that YAML does not allow", base + at) from None
    finally:
        loader.dispose()


class _Reader:
    """One pass over the events, with limits."""

    def __init__(self, following: Callable[[], _Event], base: int, yaml: ModuleType) -> None:
        self.next = following
        self.base = base
        self.alias, self.scalar = yaml.AliasEvent, yaml.ScalarEvent
        self.list, self.list_end = yaml.SequenceStartEvent, yaml.SequenceEndEvent
        self.map_end, self.stream_end = yaml.MappingEndEvent, yaml.StreamEndEvent
        self.nodes = 0

    def at(self, event: _Event) -> int:
        return self.base + int(event.start_mark.index)

    def after(self, event: _Event) -> int:
        return self.base + int(event.end_mark.index)

    def document(self) -> Node | None:
        event = self.next()  # stream start
        event = self.next()
        if isinstance(event, self.stream_end):
            return None
        root = self.node(self.next(), 0)
        self.next()  # document end
        event = self.next()
        if not isinstance(event, self.stream_end):
            raise YamlError("A line of three dashes stands inside it", self.at(event))
        return root

    def node(self, event: _Event, depth: int) -> Node:
        self.nodes += 1
        if isinstance(event, self.alias) or event.anchor is not None:
            self.refuse(event)
        if event.tag is not None or self.nodes > MAX_NODES:
            self.refuse(event)
        if event.__class__ is self.scalar:
            start, end = event.start_mark.index, event.end_mark.index
            return Scalar(event.value, self.base + start, self.base + end, not event.style)
        if depth >= MAX_DEPTH:
            raise YamlError(
                f"Lists stand inside lists more than {MAX_DEPTH} deep",
                self.at(event),
                code="yaml-too-deep",
            )
        if isinstance(event, self.list):
            return self.sequence(event, depth)
        return self.mapping(event, depth)

    def refuse(self, event: _Event) -> NoReturn:
        at = self.at(event)
        if isinstance(event, self.alias):
            message = "'*' repeats a marked part, which is not allowed here"
            raise YamlError(message, at, code="yaml-alias")
        if event.anchor is not None:
            message = "'&' marks a part for repeating, which is not allowed here"
            raise YamlError(message, at, code="yaml-alias")
        if event.tag is not None:
            raise YamlError(f"The tag '{event.tag}' is not allowed here", at, code="yaml-tag")
        raise YamlError(f"It holds more than {MAX_NODES:,} entries", at, code="yaml-too-large")

    def sequence(self, begin: _Event, depth: int) -> Sequence:
        items: list[Node] = []
        end = self.at(begin)
        while not isinstance(event := self.next(), self.list_end):
            item = self.node(event, depth + 1)
            items.append(item)
            end = item.end
        return Sequence(
            tuple(items), self.at(begin), max(end, self.after(event) if begin.flow_style else end)
        )

    def mapping(self, begin: _Event, depth: int) -> Mapping:
        pairs: list[tuple[Scalar, Node]] = []
        end = self.at(begin)
        while not isinstance(event := self.next(), self.map_end):
            key = self.node(event, depth + 1)
            if not isinstance(key, Scalar):
                raise YamlError("A name before a colon has to be plain words", key.start)
            if key.value == "<<" and key.plain:
                raise YamlError(
                    "'<<' merges parts, which is not allowed here", key.start, code="yaml-alias"
                )
            value = self.node(self.next(), depth + 1)
            pairs.append((key, value))
            end = value.end
        return Mapping(
            tuple(pairs), self.at(begin), max(end, self.after(event) if begin.flow_style else end)
        )
