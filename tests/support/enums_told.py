"""Prints every enumeration of Qt with all there is to know of it; with `quick`, those of desktop.enums."""

import enum
import sys
from importlib import import_module

MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtPrintSupport", "QtNetwork")


def inside(made):
    """What lies in the class itself."""
    for name, part in sorted(made.__dict__.items()):
        if isinstance(part, (dict, list)):
            yield name, repr(list(part.items()) if isinstance(part, dict) else part)
        elif callable(part) and not isinstance(part, enum.Enum):
            yield name, type(part).__name__, getattr(part, "__qualname__", "")
        else:
            yield name, type(part).__name__, repr(part)


def members(made):
    for name, member in made.__members__.items():
        yield (
            name,
            repr(member),
            str(member),
            hash(member),
            member.__reduce_ex__(2)[1:],
            sorted((n, repr(v)) for n, v in member.__dict__.items()),
            member is getattr(made, name) is made[name] is made(member.value),
        )


def joined(made):
    """What comes of joining and turning round."""
    some = list(made)[:4]
    yield list(made)
    yield [repr(~one) for one in some]
    yield [(a | b, a & b, a ^ b, list(a | b), (a | b).name) for a in some for b in some]
    yield repr(made(0)), repr(made(1 << 30))


def tell(made):
    print(made.__module__, made.__qualname__, [base.__name__ for base in made.__mro__], len(made))
    for line in (*inside(made), *members(made)):
        print("  ", *line)
    if issubclass(made, enum.Flag) and made.__members__:
        for line in joined(made):
            print("  ", line)


def walk(holder, seen):
    names = (name for name in dir(holder) if not name.startswith("__"))  # signatures among them
    for name in sorted(names):
        part = getattr(holder, name, None)
        if not isinstance(part, type) or part in seen or not part.__module__.startswith("PySide6"):
            continue
        seen.add(part)
        if isinstance(part, enum.EnumType):
            tell(part)
        else:
            walk(part, seen)


if __name__ == "__main__":
    if "quick" in sys.argv:
        from desktop.enums import make_quickly

        make_quickly()
    found = set()
    for module in MODULES:
        walk(import_module(f"PySide6.{module}"), found)
