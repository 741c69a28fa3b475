"""What can be chosen of a format: each choice is a key of its settings and a flag of its verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from report_builder.settings.model import Group


class Options(Group):
    """The choices of a format. A field that has a `Flag` can be chosen on the command line."""


@dataclass(frozen=True)
class Flag:
    """How a choice is made on the command line: its flag, what is said of it, and for what it is.

    ``also`` are choices that follow from it.
    """

    name: str
    help: str
    metavar: str | None = None
    also: tuple[tuple[str, Any], ...] = ()


def flags(options: type[Options]) -> Iterator[tuple[str, Flag]]:
    """Yield the name of each choice that has a flag, and the flag."""
    for name, info in options.model_fields.items():
        for found in info.metadata:
            if isinstance(found, Flag):
                yield name, found
