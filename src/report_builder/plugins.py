"""Which distributions are installed, told from their folders' names alone, for that is quick."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from functools import lru_cache

GROUPS = ("report_builder.writers", "report_builder.sections")
"""The groups of entry points by which other packages add formats and kinds of section."""

_ENDING = ".dist-info"


def canonical(name: str) -> str:
    """Return the one way to write a distribution's name (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


@lru_cache(maxsize=1)
def installed() -> Mapping[str, str]:
    """Return the version of every distribution that can be imported, by its canonical name."""
    return {name: version for name, (version, _) in _found().items()}


@lru_cache(maxsize=1)
def extensions() -> Mapping[str, str]:
    """Return the version of every distribution that adds formats or kinds of section."""
    return {
        name: version
        for name, (version, folder) in _found().items()
        if any(f"[{group}]".encode() in _entry_points(folder) for group in GROUPS)
    }


@lru_cache(maxsize=1)
def _found() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for place in sys.path:
        try:
            names = os.listdir(place or ".")  # noqa: PTH208  # quicker, of many
        except OSError:  # an archive, or nothing at all
            continue
        for name in names:
            if name.endswith(_ENDING):
                own, _, version = name.removesuffix(_ENDING).partition("-")
                found.setdefault(canonical(own), (version, f"{place or '.'}/{name}"))
    return dict(sorted(found.items()))


def _entry_points(folder: str) -> bytes:
    try:
        with open(f"{folder}/entry_points.txt", "rb") as file:  # noqa: PTH123  # quicker, of many
            return file.read()
    except OSError:
        return b""
