"""Which distributions are installed, told from their folders' names alone, for that is quick."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

GROUPS = ("report_builder.writers", "report_builder.sections")
"""The groups of entry points by which other packages add formats and kinds of section."""

_FOLDER = re.compile(r"(.+?)-([^-]+)\.dist-info")


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
        if any(f"[{group}]" in _entry_points(folder) for group in GROUPS)
    }


@lru_cache(maxsize=1)
def _found() -> dict[str, tuple[str, Path]]:
    found: dict[str, tuple[str, Path]] = {}
    for place in map(Path, sys.path):
        for folder in place.glob("*.dist-info") if place.is_dir() else ():
            if named := _FOLDER.fullmatch(folder.name):
                found.setdefault(canonical(named[1]), (named[2], folder))
    return dict(sorted(found.items()))


def _entry_points(folder: Path) -> str:
    try:
        return (folder / "entry_points.txt").read_text("utf-8")
    except OSError:
        return ""
