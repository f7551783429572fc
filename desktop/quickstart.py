"""Spares each start the parts of PySide that only error messages and stub files need.

On import PySide compiles 110 kB of Python source that describe its own signatures, which takes as
long as loading Qt itself. Here most of it waits until something asks for it. See docs/adr/0014.
"""

from __future__ import annotations

import builtins
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from desktop.enums import make_quickly

_PARTS = ("layout", "parser", "lib.enum_sig", "lib.pyi_generator")
_WAITING = frozenset(f"shibokensupport.signature.{part}" for part in _PARTS)


class _Later(ModuleType):
    """A module that loads when something in it is first asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        loader, own_name = self.__dict__["_fingerpost"]
        self.__class__ = ModuleType  # type: ignore[assignment]  # from now on as any other
        assert self.__spec__ is not None
        # PySide has published it under a second name; its loader knows the first.
        published, self.__spec__.name = self.__spec__.name, own_name
        loader.exec_module(self)
        self.__spec__.name = published
        return getattr(self, name)


class _Finder:
    """Stands before PySide's own finder and promises the parts that can wait."""

    def __init__(self, real: Any) -> None:
        self.real = real

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        return ModuleSpec(name, self) if name in _WAITING else None  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Later(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        assert module.__spec__ is not None
        module.__dict__["_fingerpost"] = (self.real, module.__spec__.name)


class _Finders(list[Any]):
    """`sys.meta_path` while PySide loads: its finder gets ours before it."""

    def insert(self, at: Any, finder: Any) -> None:
        super().insert(at, finder)
        if type(finder).__name__ == "EmbeddableZipImporter":
            super().insert(0, _Finder(finder))


def load_qt() -> None:
    """Import PySide; one that is built otherwise than we know loads as it always does."""
    if "shiboken6" in sys.modules:
        return
    make_quickly()
    plain_import = builtins.__import__
    sys.meta_path = _Finders(sys.meta_path)
    try:
        import PySide6.QtCore  # noqa: F401
    finally:
        sys.meta_path = [f for f in sys.meta_path if not isinstance(f, _Finder)]
        # PySide looks through every module imported later for a switch that we do not use.
        builtins.__import__ = plain_import
