"""What is wrong with what an officer wrote: where, and how to mend it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters: only an error stops a build."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file: its path as it was opened, line and column counted from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault, in words that an officer can act on.

    The line that a ``private`` one stands in is not shown: it holds addresses, or a secret.
    """

    severity: Severity
    code: str
    position: Position
    message: str
    hint: str = ""
    private: bool = False

    def as_dict(self) -> dict[str, str | int]:
        """Return the problem as the fields that ``--format json`` prints."""
        return {
            "severity": self.severity.value,
            "code": self.code,
            "path": self.position.path,
            "line": self.position.line,
            "column": self.position.column,
            "message": self.message,
            "hint": self.hint,
        }


def error(code: str, position: Position, message: str, hint: str = "") -> Problem:
    """Return a problem that stops the build."""
    return Problem(Severity.ERROR, code, position, message, hint)


def warning(code: str, position: Position, message: str, hint: str = "") -> Problem:
    """Return a problem that readers would notice, but that stops nothing."""
    return Problem(Severity.WARNING, code, position, message, hint)


def advice(code: str, position: Position, message: str, hint: str = "") -> Problem:
    """Return something to consider or to fill in."""
    return Problem(Severity.ADVICE, code, position, message, hint)


class ReportBuilderError(Exception):
    """Something an officer can mend went wrong; it holds every problem that was found.

    A command that one ends has its ``exit_code``.
    """

    exit_code = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{p.position}: {p.message}" for p in self.problems))


def failure(code: str, position: Position, message: str, hint: str = "") -> ReportBuilderError:
    """Return what to raise when one error makes it impossible to go on."""
    return ReportBuilderError([error(code, position, message, hint)])


def private(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems about lines that hold addresses or a secret, and are not to be shown."""
    return [replace(problem, private=True) for problem in problems]


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is closest to one that was probably mistyped."""
    names = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(word.casefold(), names, n=1, cutoff=0.6)
    return names[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return “Did you mean …?” when a known word is close to this one, else ``""``."""
    close = nearest(word, known)
    return f"Did you mean “{close}”?" if close else ""


def printable(text: str) -> str:
    """Return a text without what a terminal would obey: controls, and turns of direction."""
    return _OBEYED.sub(lambda found: _instead(found[0]), text)


# C0 and C1 controls, marks that turn the direction of what follows, half a pair of UTF-16 (so
# Python reads a file's name that is no UTF-8), and letters that nobody sees.
_OBEYED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
    "\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


def _instead(obeyed: str) -> str:
    if obeyed in "\t\n\r\v\f\u2028\u2029":
        return " "
    return "" if unicodedata.category(obeyed) == "Cf" else "\N{REPLACEMENT CHARACTER}"


def stops(problems: Iterable[Problem]) -> bool:
    """Tell whether any of the problems is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)
