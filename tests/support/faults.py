"""Stops, fails or forgets any one of the calls by which an operation changes the disk."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from knowledge.files import Files
from knowledge.locks import Locks

KILLED = 86


@dataclass
class Faults:
    """What happens at the ``at``-th call: ``strike`` is called before it, or in its middle."""

    at: int = 0
    strike: Callable[[], None] = lambda: None
    half_way: bool = False
    lasting: bool = False
    calls: list[str] = field(default_factory=list)

    def reach(self, call: str) -> bool:
        """Count a call; true when a write should strike in its middle."""
        self.calls.append(call)
        now = len(self.calls)
        if self.at and (now == self.at or (self.lasting and now > self.at)):
            if self.half_way and call.startswith("write "):
                return True
            self.strike()
        return False


class Unsynced(Files):
    """Syncs nothing: a process that dies takes no disk along, and tests need not wait for one."""

    def sync(self, handle):
        pass

    def sync_folder(self, path):
        pass


class FaultyFiles(Files):
    def __init__(self, faults: Faults) -> None:
        self._faults, self._names = faults, {}

    def create(self, path):
        self._faults.reach(f"create {path.name}")
        handle = super().create(path)
        self._names[handle] = path.name
        return handle

    def write(self, handle, data):
        if self._faults.reach(f"write {self._names[handle]}"):
            super().write(handle, data[: len(data) // 2])
            self._faults.strike()
        return super().write(handle, data)

    def sync(self, handle):
        self._faults.reach(f"sync {self._names[handle]}")

    def close(self, handle):
        super().close(handle)
        self._faults.reach(f"close {self._names[handle]}")

    def replace(self, source, target):
        self._faults.reach(f"replace {target.name}")
        super().replace(source, target)

    def link(self, source, target):
        self._faults.reach(f"link {target.name}")
        super().link(source, target)

    def rename(self, source, target):
        self._faults.reach(f"rename {target.name}")
        super().rename(source, target)

    def remove(self, path):
        self._faults.reach(f"remove {path.name}")
        super().remove(path)

    def remove_folder(self, path):
        self._faults.reach(f"remove folder {path.name}")
        super().remove_folder(path)

    def make_folder(self, path):
        self._faults.reach(f"make folder {path.name}")
        super().make_folder(path)

    def copy_mode(self, source, target):
        self._faults.reach(f"copy mode {target.name}")
        super().copy_mode(source, target)

    def sync_folder(self, path):
        self._faults.reach(f"sync folder {path.name}")


class FaultyLocks(Locks):
    def __init__(self, files: Files, faults: Faults) -> None:
        super().__init__(files)
        self._faults = faults

    def take(self, path):
        self._faults.reach(f"lock {path.name}")
        return super().take(path)


def run_killed(module: str, arguments: list[str]) -> int:
    """Call ``module.main(arguments)`` in a process of its own, which may die; its exit status."""
    if not hasattr(os, "fork"):
        return subprocess.run([sys.executable, "-m", module, *arguments], check=False).returncode
    main = sys.modules[module].main
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # later Pythons warn of threads; the child starts none
        child = os.fork()
    if child == 0:
        status = 1
        try:
            main(arguments)
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die() -> None:
    """End this process as a power switch would: nothing is flushed, closed or tidied."""
    os._exit(KILLED)


@dataclass(frozen=True)
class Done:
    """One call that changed the disk."""

    call: str
    path: Path
    target: Path | None = None
    data: bytes = b""
    inode: int = 0


class Journal(Files):
    """Does everything, and writes down what was done, to be replayed on an imaginary disk."""

    def __init__(self) -> None:
        self.done: list[Done] = []
        self._inodes: dict[int, tuple[int, Path]] = {}

    def create(self, path):
        handle = super().create(path)
        self._inodes[handle] = (len(self.done) + 1, path)
        self.done.append(Done("create", path, inode=len(self.done) + 1))
        return handle

    def write(self, handle, data):
        inode, path = self._inodes[handle]
        self.done.append(Done("write", path, data=data, inode=inode))
        return super().write(handle, data)

    def sync(self, handle):
        inode, path = self._inodes[handle]
        self.done.append(Done("sync", path, inode=inode))

    def replace(self, source, target):
        super().replace(source, target)
        self.done.append(Done("move", source, target))

    def link(self, source, target):
        super().link(source, target)
        self.done.append(Done("link", source, target))

    def rename(self, source, target):
        super().rename(source, target)
        self.done.append(Done("move", source, target))

    def remove(self, path):
        super().remove(path)
        if not path.name.endswith(".lock"):  # locks are nothing on a disk that has been off
            self.done.append(Done("remove", path))

    def make_folder(self, path):
        super().make_folder(path)
        self.done.append(Done("folder", path))

    def sync_folder(self, path):
        self.done.append(Done("sync folder", path))


class Disk:
    """A disk that has of the calls only what was synced for certain, and of the rest what luck
    had it."""

    def __init__(self, before: dict[Path, bytes], folders: set[Path]) -> None:
        self._files = {path: -number for number, path in enumerate(before, 1)}
        self._synced = {-number: data for number, data in enumerate(before.values(), 1)}
        self._written = dict(self._synced)
        self._folders = set(folders)
        self._waiting: list[Done] = []

    def do(self, done: Done) -> None:
        if done.call == "write":
            self._written[done.inode] = self._written.get(done.inode, b"") + done.data
        elif done.call == "sync":
            self._synced[done.inode] = self._written.get(done.inode, b"")
        elif done.call == "sync folder":
            for waiting in self._waiting:
                if done.path in _folders_of(waiting):
                    _apply(waiting, self._files, self._folders)
            self._waiting = [one for one in self._waiting if done.path not in _folders_of(one)]
        else:
            self._waiting.append(done)

    def after_power_cut(self) -> Iterator[dict[Path, bytes]]:
        """Each state the disk may be in: the names of each folder up to some call, and contents
        that were not synced whole, half or empty."""
        folders = sorted({folder for one in self._waiting for folder in _folders_of(one)})
        counts = [sum(folder in _folders_of(one) for one in self._waiting) for folder in folders]
        seen = []
        for kept in product(*(range(count + 1) for count in counts)):
            names = self._names(dict(zip(folders, kept, strict=True)))
            for part in (0, 2, 1):
                state = {path: self._content(inode, part) for path, inode in names.items()}
                if state not in seen:
                    seen.append(state)
                    yield state

    def _names(self, allowed: dict[Path, int]) -> dict[Path, int]:
        files, folders = dict(self._files), set(self._folders)
        for one in self._waiting:
            if all(allowed[folder] > 0 for folder in _folders_of(one)):
                _apply(one, files, folders)
            for folder in _folders_of(one):
                allowed[folder] -= 1
        return {path: inode for path, inode in files.items() if path.parent in folders}

    def _content(self, inode: int, part: int) -> bytes:
        written = self._written.get(inode, b"")
        if self._synced.get(inode) == written or part == 1:
            return written
        return written[: len(written) // 2] if part == 2 else b""


def _folders_of(done: Done) -> set[Path]:
    return {path.parent for path in (done.path, done.target) if path is not None}


def _apply(done: Done, files: dict[Path, int], folders: set[Path]) -> None:
    if done.call == "create":
        files[done.path] = done.inode
    elif done.call == "folder":
        folders.add(done.path)
    elif done.call == "remove":
        files.pop(done.path, None)
    elif done.path in files and done.target is not None:
        files[done.target] = files[done.path]
        if done.call == "move":
            del files[done.path]
