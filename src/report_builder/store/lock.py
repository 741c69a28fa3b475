"""The right to change a folder, which one run has at a time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from report_builder.problems import Position, failure

if TYPE_CHECKING:
    from filelock import FileLock


def lock(folder: Path) -> FileLock:
    """Return the lock of a folder: an empty file beside it, which need not be ours to be kept."""
    path = folder.with_name(f".{folder.name}.lock")
    if path.is_symlink() or (path.exists() and not (path.is_file() and not path.stat().st_size)):
        message = "The program would lock this file, and somebody has put something else here."
        raise failure("output", Position(path.as_posix()), message, "Move it elsewhere.")
    from filelock import FileLock  # imported here: an up-to-date build locks nothing

    return FileLock(path)
