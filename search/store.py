"""Where the index lies: a folder of our own, checked byte for byte before anything in it is believed.

    <cache>/search/<library>/lock
                             current           the name of the build in use
                             build-…/          Whoosh's files, and manifest-<generation>.json

Whoosh unpickles its table of contents. So nothing is opened unless the folder is the user's own and
the manifest, written by us after the commit, agrees with every byte. Any doubt means a new build.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import sys
import tempfile
from hashlib import blake2b
from pathlib import Path

from search.lock import Lock
from search.schema import VERSION

FORMAT = "fingerpost-search"
_MANIFEST = "manifest-{}.json"


class Doubt(Exception):
    """The index cannot be believed; the reason is for the log, and a new build follows."""


def key_of_library(name: str) -> str:
    """A short name for a library's folder, the same in every program on this machine."""
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


class Store:
    """The folder of one library's index."""

    def __init__(self, cache: Path, library: str) -> None:
        self.library = library
        self.private = False
        """True when the folder is a temporary one that goes when this program ends."""
        self.folder = cache / key_of_library(library)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            usable = _ours(self.folder) and os.access(self.folder, os.W_OK)
        except OSError:
            usable = False
        if not usable:
            self._go_private()

    def _go_private(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="fingerpost-search-"))
        self.private = True

    def aside(self) -> Store:
        """A private store for the same library, for when this one is held by somebody else."""
        other = object.__new__(Store)
        other.library = self.library
        other._go_private()
        return other

    def lock(self, timeout: float) -> Lock:
        return Lock(self.folder / "lock", timeout)

    def new_build(self) -> Path:
        """An empty folder to build in."""
        path = self.folder / f"build-{secrets.token_hex(6)}"
        path.mkdir(mode=0o700)
        return path

    def current(self) -> Path:
        """The build in use, every byte of it checked."""
        try:
            name = (self.folder / "current").read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise Doubt("there is no index yet") from error
        path = self.folder / name
        if path.parent != self.folder or not name.startswith("build-") or not path.is_dir():
            raise Doubt("the index named as current is not there")
        self.check(path)
        return path

    def publish(self, build: Path) -> None:
        """Make this build the one in use."""
        draft = self.folder / f"current.{secrets.token_hex(4)}"
        draft.write_text(build.name, "utf-8")
        draft.replace(self.folder / "current")

    def sweep(self, keep: Path) -> None:
        """Throw away builds that are no longer in use. Files another program still has open stay."""
        for path in self.folder.glob("build-*"):
            if path != keep:
                shutil.rmtree(path, ignore_errors=True)
        for path in self.folder.glob("current.*"):
            path.unlink(missing_ok=True)

    def discard(self) -> None:
        """Remove a private store."""
        if self.private:
            shutil.rmtree(self.folder, ignore_errors=True)

    def sign(self, build: Path) -> None:
        """Write the manifest of the newest commit; call it with the lock held."""
        generation = newest_generation(build)
        old = _read_manifest(build, generation - 1) or {}
        files: dict[str, list[object]] = {}
        for path in _whoosh_files(build, generation):
            known = old.get(path.name)
            size = path.stat().st_size
            if known and known[0] == size and not path.name.endswith(".toc"):
                files[path.name] = known
            else:
                files[path.name] = [size, _digest(path)]
        data = {
            "format": FORMAT,
            "version": VERSION,
            "order": sys.byteorder,
            "library": self.library,
            "files": files,
        }
        draft = build / f"manifest.{secrets.token_hex(4)}"
        draft.write_text(json.dumps(data), "utf-8")
        draft.replace(build / _MANIFEST.format(generation))
        for path in build.glob("manifest-*.json"):
            if path.name != _MANIFEST.format(generation):
                path.unlink(missing_ok=True)

    def check(self, build: Path) -> None:
        """Raise `Doubt` unless this build is whole, ours, of this version and of this library."""
        generation = newest_generation(build)
        try:
            data = json.loads((build / _MANIFEST.format(generation)).read_text("utf-8"))
            if (data["format"], data["version"]) != (FORMAT, VERSION):
                raise Doubt("another version wrote the index")
            if (data["library"], data["order"]) != (self.library, sys.byteorder):
                raise Doubt("the index is of another library or machine")
            present = {path.name for path in _whoosh_files(build, generation)}
            if not data["files"] or not present.issuperset(data["files"]):
                raise Doubt("part of the index is missing")
            for name, (size, digest) in data["files"].items():
                path = build / name
                if path.parent != build or path.stat().st_size != size or _digest(path) != digest:
                    raise Doubt(f"{name} is damaged")
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise Doubt("the index cannot be read") from error

    def size(self, build: Path) -> int:
        """The bytes of a build."""
        return sum(path.stat().st_size for path in build.iterdir() if path.is_file())


def newest_generation(build: Path) -> int:
    """The number of the newest commit in a build; -1 when there is none."""
    numbers = [path.stem.rsplit("_", 1)[-1] for path in build.glob("*.toc")]
    return max((int(number) for number in numbers if number.isdigit()), default=-1)


def _whoosh_files(build: Path, generation: int) -> list[Path]:
    """The files of the newest commit and its segments."""
    return [
        path
        for path in sorted(build.iterdir())
        if path.is_file()
        and not path.name.startswith("manifest")
        and not path.name.endswith(("_WRITELOCK", ".tmp"))
        and (path.suffix != ".toc" or path.stem.endswith(f"_{generation}"))
    ]


def _read_manifest(build: Path, generation: int) -> dict[str, list[object]] | None:
    try:
        data = json.loads((build / _MANIFEST.format(generation)).read_text("utf-8"))
        files: dict[str, list[object]] = data["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return files


def _digest(path: Path) -> str:
    found = blake2b(digest_size=16)
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            found.update(piece)
    return found.hexdigest()


def _ours(folder: Path) -> bool:
    """Nobody else can have put anything here."""
    if sys.platform == "win32":
        return not _shared(folder)
    info = folder.lstat()
    return info.st_uid == os.getuid() and not info.st_mode & 0o022 and not folder.is_symlink()


def _shared(folder: Path) -> bool:
    """Whether a folder is on a network drive of Windows."""
    drive = folder.resolve().drive
    if drive.startswith("\\\\"):
        return True
    import ctypes

    remote = 4
    kinds = getattr(ctypes, "windll").kernel32  # noqa: B009 - there on Windows only
    return bool(kinds.GetDriveTypeW(drive + "\\") == remote)
