"""The world's failures, each as one plain line: what happened, where the text is, what to do."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path


class KnowledgeError(Exception):
    """Something outside the program went wrong; ``str()`` of it can be shown to anybody."""

    remedy = ""

    def __init__(
        self,
        what: str,
        remedy: str | None = None,
        *,
        where: Path | str | None = None,
        kept: Path | None = None,
    ) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.kept = kept
        if remedy is not None:
            self.remedy = remedy

    def __str__(self) -> str:
        said = [self.what]
        if self.kept is not None:
            said.append(f"Your text is kept in {self.kept}")
        if self.remedy:
            said.append(self.remedy)
        # One line whatever a file's name holds: a name may contain a line ending.
        return " ".join(_closed(" ".join(part.split())) for part in said if part)


class Missing(KnowledgeError):
    """There is no such file or folder."""

    remedy = "Check the name, or choose it again."


class LibraryGone(KnowledgeError):
    """The library's folder, or the drive it is on, cannot be reached."""

    remedy = "Check that the drive or network folder is connected, then try again."


class NotAllowed(KnowledgeError):
    """The file or folder is read only, or belongs to somebody else."""

    remedy = "Ask whoever looks after the folder for permission to change it."


class DiskFull(KnowledgeError):
    """There is no room left."""

    remedy = "Free some space, then try again."


class DiskFailed(KnowledgeError):
    """The disk or the connection to it failed, or gave back something else than was written."""

    remedy = "Try again; if it happens again, tell your IT support that the disk reports errors."


class InUse(KnowledgeError):
    """Another program holds the file."""

    remedy = "Close the other program that has it open, then try again."


class NotAPage(KnowledgeError):
    """A folder, or something else that is not an ordinary file, stands where a page should be."""

    remedy = "Move it away or choose another page."


class Unsettled(KnowledgeError):
    """The file kept changing while it was read, as during copying or syncing."""

    remedy = "Wait until copying or syncing has finished, then try again."


class TooLarge(KnowledgeError):
    """The file is larger than the program will read."""

    remedy = "Split it into smaller pages."


class OutsideLibrary(KnowledgeError):
    """A path or a link leads out of the library."""

    remedy = "Only files inside the library's folder can be opened or changed."


class BadName(KnowledgeError):
    """A page cannot have this name."""

    remedy = "Choose another name."


class Damaged(KnowledgeError):
    """A kept copy is not what was put there."""

    remedy = "Choose an earlier or a later version."


_KINDS: dict[type[KnowledgeError], tuple[str, Sequence[str]]] = {
    Missing: ("there is no such file", ("ENOENT", "ENOTDIR")),
    NotAllowed: ("you do not have permission", ("EACCES", "EPERM")),
    DiskFull: ("the disk is full", ("ENOSPC", "EDQUOT", "EFBIG")),
    DiskFailed: ("the disk reported an error", ("EIO",)),
    LibraryGone: (
        "the drive or network folder cannot be reached",
        tuple(
            "ESTALE ENOTCONN EHOSTDOWN EHOSTUNREACH ENETDOWN ENETUNREACH ETIMEDOUT ENODEV ENXIO "
            "ENETRESET ECONNRESET ECONNABORTED EREMOTEIO".split()
        ),
    ),
    InUse: ("another program is using it", ("EBUSY", "ETXTBSY", "EAGAIN", "EDEADLK")),
    NotAPage: ("it is a folder, not a page", ("EISDIR",)),
    OutsideLibrary: ("it is a link that leads round in a circle", ("ELOOP",)),
    BadName: ("the name is too long or has a character it cannot have", ("ENAMETOOLONG", "EINVAL")),
}
_BY_ERRNO = {
    number: (kind, reason)
    for kind, (reason, names) in _KINDS.items()
    for name in names
    if (number := getattr(errno, name, None)) is not None
}
_READ_ONLY = "it is read only"
_BY_WINERROR: dict[int, type[KnowledgeError]] = {
    **dict.fromkeys((32, 33), InUse),
    **dict.fromkeys((39, 112, 1295), DiskFull),
    **dict.fromkeys((23, 1117), DiskFailed),
    **dict.fromkeys((21, 51, 53, 55, 59, 64, 67, 121, 1231, 1232), LibraryGone),
    123: BadName,
    206: BadName,
}


def explain(
    error: OSError, doing: str, where: Path | str | None = None, kept: Path | None = None
) -> KnowledgeError:
    """What ``error`` means to a person, ``doing`` being for example "x.md could not be saved"."""
    kind, reason = _BY_ERRNO.get(
        error.errno or 0, (KnowledgeError, error.strerror or type(error).__name__)
    )
    if error.errno == errno.EROFS:
        kind, reason = NotAllowed, _READ_ONLY
    by_system = _BY_WINERROR.get(getattr(error, "winerror", None) or 0)
    if by_system is not None:
        kind, reason = by_system, _KINDS[by_system][0]
    return kind(f"{doing}: {reason}", where=where, kept=kept)


def _closed(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else sentence + "."
