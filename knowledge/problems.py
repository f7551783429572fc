"""What is wrong with a page, in words its author can act on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

# One line, whatever a file's name or a title holds, and nothing that moves a terminal's cursor.
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Severity(StrEnum):
    """How grave a problem is; `--strict` lets warnings count, notices never count."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that is safe to make with one click: put `text` where start..end stands."""

    label: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where it is, what it is, what to do. `code` never changes once released."""

    code: str
    severity: Severity
    path: str
    line: int
    message: str
    hint: str = ""
    anchor: str = ""
    fix: Fix | None = None

    def at(self, severity: Severity) -> Problem:
        return self if severity is self.severity else replace(self, severity=severity)

    def sentence(self) -> str:
        """The line a terminal shows, as `path:line: severity code: message (what to do)`."""
        hint = f" ({self.hint})" if self.hint else ""
        said = f"{self.path}:{self.line}: {self.severity} {self.code}: {self.message}{hint}"
        return _UNSHOWN.sub("\ufffd", said)

    def as_json(self) -> dict[str, object]:
        return {
            "path": self.path,
            "line": self.line,
            "severity": self.severity.value,
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
            "anchor": self.anchor,
            "fixable": self.fix is not None,
        }
