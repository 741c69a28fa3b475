"""Which files something is made from: each is noted before it is looked at, there or not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

Noted = dict[Path, bool]
"""Paths, and of each whether its content decides, or only that it is there."""

_TICK = 10_000_000  # nanoseconds by which a file's times may lag behind the clock
_noted: ContextVar[tuple[Noted, ...]] = ContextVar("noted", default=())


def note(path: Path) -> Path:
    """Return a path, noted as one whose content, or lack of any, decides what is being made."""
    for paths in _noted.get():
        paths[path] = True
    return path


def note_presence(path: Path) -> Path:
    """Return a path, noted as one of which it matters only whether there is a file."""
    for paths in _noted.get():
        paths.setdefault(path, False)
    return path


def note_again(noted: Noted) -> None:
    """Note what something was made from that is used again."""
    for path, by_content in noted.items():
        (note if by_content else note_presence)(path)


@contextmanager
def noting() -> Iterator[Noted]:
    """Give what is noted as long as this lasts, within others that note too."""
    paths: Noted = {}
    token = _noted.set((*_noted.get(), paths))
    try:
        yield paths
    finally:
        _noted.reset(token)


@contextmanager
def unnoted() -> Iterator[None]:
    """Let nothing be noted as long as this lasts: what is read is traced in another way."""
    token = _noted.set(())
    try:
        yield
    finally:
        _noted.reset(token)


def changed_since(began: int, path: Path) -> bool:
    """Tell whether a file was changed, or put in another's place, since a time in nanoseconds.

    A file that an editor saves by renaming it keeps the time of its content.
    """
    try:
        found = path.stat()
    except OSError:
        return False
    return max(found.st_mtime_ns, found.st_ctime_ns) >= began - _TICK
