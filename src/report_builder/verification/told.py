"""What is found in a file as plain values, which pass from the process that looks to ours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from report_builder.problems import Position, Problem, Severity, error, printable

if TYPE_CHECKING:
    from report_builder.readback.structure import Element

_MEND = "Open it in the program that made it, and save it again, without a password."


def unreadable(
    position: Position,
    message: str = "This is neither a PDF nor a Word file, or it is damaged, or locked.",
    hint: str = _MEND,
) -> Problem:
    """Return the problem of a file that cannot be looked into."""
    return error("unreadable-document", position, message, hint)


def told(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems as plain values."""
    return [problem.as_dict() for problem in problems]


def heard(rows: Iterable[dict[str, Any]], path: str) -> list[Problem]:
    """Return the problems that were told of a file, in words that a terminal does not obey."""
    return [
        Problem(
            Severity(row["severity"]),
            row["code"],
            Position(path, row["line"], row["column"]),
            printable(row["message"]),
            printable(row["hint"]),
        )
        for row in rows
    ]


def told_tree(element: Element) -> dict[str, Any]:
    """Return a structure tree as plain values."""
    return asdict(replace(element, kids=[])) | {
        "kids": [kid if isinstance(kid, str) else told_tree(kid) for kid in element.kids]
    }


def heard_tree(row: dict[str, Any]) -> Element:
    """Return the structure tree that was told."""
    from report_builder.readback.structure import Element

    kids = [kid if isinstance(kid, str) else heard_tree(kid) for kid in row["kids"]]
    return Element(**row | {"kids": kids})
