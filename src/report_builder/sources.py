"""Which files something is made from: each is noted before it is read, there or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

_noted: ContextVar[tuple[set[Path], ...]] = ContextVar("noted", default=())


def note(path: Path) -> Path:
    """Return a path, noted as one whose content, or lack of any, decides what is being made."""
    for paths in _noted.get():
        paths.add(path)
    return path


def note_all(paths: Iterable[Path]) -> None:
    """Note paths that something was made from which is used again."""
    for path in paths:
        note(path)


@contextmanager
def noting() -> Iterator[set[Path]]:
    """Give the set of paths that are noted as long as this lasts, within others that note too."""
    paths: set[Path] = set()
    token = _noted.set((*_noted.get(), paths))
    try:
        yield paths
    finally:
        _noted.reset(token)
