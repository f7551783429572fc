"""Makes Qt's enumerations as Python's own `enum` would, but without going through every name five times.

A start makes 197 of them with 3,500 names, of which a window uses a few dozen; see docs/adr/0014.
"""

from __future__ import annotations

import enum
import sys
from typing import Any

_KNOWN = ((3, 11),)  # the inside of `enum` differs from Python to Python; a test compares the two
_BASES: tuple[type, ...] = (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)
_ODD = frozenset(("", "mro", "name", "value"))  # these mean something to `enum`
_OWN = ("_member_names_", "_member_map_", "_value2member_map_", "_unhashable_values_")

_plain: Any = enum.EnumType._create_  # type: ignore[attr-defined]
_new_class: Any = enum.EnumType.__new__
_empty: dict[Any, dict[str, Any]] = {}


def make_quickly() -> None:
    """From now on; whatever is not a plain list of names and numbers is made as it always was."""
    if sys.version_info[:2] in _KNOWN:
        enum.EnumType._create_ = _create  # type: ignore[attr-defined]


def _create(cls: Any, class_name: str, names: Any, **more: Any) -> Any:
    if more.get("module") is None:
        # The one who asks, as always: this function and `enum` stand between.
        more["module"] = sys._getframe(2).f_globals.get("__name__")  # noqa: SLF001
    if cls not in _BASES or more.get("type") or not _simple(names):
        return _plain(cls, class_name, names, **more)
    content = _without_members(cls, more.get("boundary"))
    content["__module__"] = more["module"]
    content["__qualname__"] = more.get("qualname") or class_name
    made = _new_class(enum.EnumType, class_name, (cls,), content, _simple=True)
    made.__new__ = enum.Enum.__new__
    (_fill_flags if issubclass(cls, enum.Flag) else _fill)(made, names)
    return made


def _simple(names: Any) -> bool:
    """Whether these are different ordinary names, each with a number."""
    if type(names) is not list or not names or type(names[0]) is not tuple:
        return False
    values = dict(names)
    return (
        len(values) == len(names)
        and set(map(type, values.values())) == {int}
        and _ODD.isdisjoint(values)
        and not any(name[0] == "_" for name in values)
    )


def _without_members(cls: Any, boundary: Any) -> dict[str, Any]:
    """What an enumeration of this kind has in it before its first member."""
    key = cls, boundary
    if key not in _empty:
        made = _plain(cls, "Empty", (), module=__name__, boundary=boundary)
        ours = ("__dict__", "__weakref__", "__new__")
        _empty[key] = {name: part for name, part in made.__dict__.items() if name not in ours}
    content = dict(_empty[key])
    for name in _OWN:
        content[name] = type(content[name])()
    return content


def _fill(made: Any, names: list[tuple[str, int]]) -> None:
    new, counts = made._new_member_, made._use_args_
    order, by_name, by_value = made._member_names_, made._member_map_, made._value2member_map_
    put = type.__setattr__
    for name, value in names:
        member = by_value.get(value)
        if member is None:
            member = new(made, value) if counts else new(made)
            member._value_ = value
            member._name_ = name
            member.__objclass__ = made
            member._sort_order_ = len(order)
            order.append(name)
            by_value[value] = member
        put(made, name, member)
        by_name[name] = member


def _fill_flags(made: Any, names: list[tuple[str, int]]) -> None:
    """The same where names can be joined; only those of a single bit count as members of their own."""
    new, counts = made._new_member_, made._use_args_
    order, by_name, by_value = made._member_names_, made._member_map_, made._value2member_map_
    put = type.__setattr__
    mask = singles = 0
    for name, value in names:
        single = value != 0 and value & (value - 1) == 0
        mask |= value
        singles |= value if single else 0
        member = by_value.get(value)
        if member is None:
            member = new(made, value) if counts else new(made)
            member._value_ = value
            member._name_ = name
            member.__objclass__ = made
            member._sort_order_ = len(order)
            if single:
                order.append(name)
            by_value[value] = member
        put(made, name, member)
        by_name[name] = member
    if hasattr(made, "_singles_mask_"):
        made._flag_mask_, made._singles_mask_ = mask, singles
    else:  # Python 3.11.2, which Debian 12 has, knows one mask and means the single bits by it
        made._flag_mask_ = singles
    made._all_bits_ = 2 ** mask.bit_length() - 1
    values = [by_name[name]._value_ for name in order]
    if values != sorted(values):
        made._iter_member_ = made._iter_member_by_def_
