"""What is wrong with finished PDF and Word files, ours or not, however they were made.

A file from elsewhere may have been made to do harm: each is looked into by a process of its own
(`serve.py`), which has a limit of time and memory, and of which nothing but words comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from report_builder.problems import Position, Problem
from report_builder.verification.told import unreadable
from report_builder.verification.verdict import Verdict
from report_builder.verification.worker import Worker

__all__ = ["Verdict", "verify", "verify_files"]

_MOST_BYTES = 100_000_000


def verify(content: bytes, path: str) -> Verdict:
    """Return what is found in a PDF or a Word file; one that cannot be opened has that problem."""
    with Worker() as worker:
        return worker.look(content, path)


def verify_files(paths: Iterable[Path]) -> Iterator[Verdict]:
    """Yield what is found in each file; one that cannot be read has that problem, too."""
    with Worker() as worker:
        for path in paths:
            content = _content(path)
            if isinstance(content, Problem):
                yield Verdict((content,))
            else:
                yield worker.look(content, path.as_posix())


def _content(path: Path) -> bytes | Problem:
    """Return what is in a file, or why it cannot be read."""
    position = Position(path.as_posix())
    try:
        if path.is_dir():
            return unreadable(position, "This is a folder.", "Name the files in it.")
        if not path.exists():
            return unreadable(position, "There is no such file.", "Look at how its name is spelt.")
        if not path.is_file():
            return unreadable(position, "This is no file, but a device or a pipe.", "Name a file.")
        if path.stat().st_size > _MOST_BYTES:
            message = f"The file has more than {_MOST_BYTES // 1_000_000} MB: it is too large."
            return unreadable(position, message, "Make it anew, with smaller pictures.")
        return path.read_bytes()
    except (OSError, ValueError):  # ValueError: a name that holds the character 0
        return unreadable(position, "This file cannot be read.", "See who may open it.")
