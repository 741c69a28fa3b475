"""The mark of a folder that the program made, and its list of what the program put there.

Where there is no mark, nothing is deleted, and nothing is made private.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from report_builder.store.replace import replace_file

MARK = ".made-by-report-builder"
_FIRST = "Made by report-builder, which deletes nothing here but what it lists below."


def set_mark(folder: Path) -> None:
    """Mark a folder as one that the program made, or was given empty."""
    with suppress(FileExistsError), (folder / MARK).open("x", encoding="utf-8") as file:
        file.write(f"{_FIRST}\n")


def has_mark(folder: Path) -> bool:
    """Tell whether a folder is marked. An empty mark counts: somebody put a lost one back."""
    mark = folder / MARK
    if mark.is_symlink() or not mark.is_file():
        return False
    with mark.open("rb") as file:
        start = file.read(len(_FIRST.encode()))
    return start in (b"", _FIRST.encode())


def listed(folder: Path) -> dict[str, str]:
    """Return what a marked folder's list names, and what it says of each."""
    if not has_mark(folder):
        return {}
    _, *lines = (folder / MARK).read_text("utf-8", "replace").split("\n") or [""]
    return {name: about for about, _, name in (line.partition("  ") for line in lines) if name}


def add_to_list(folder: Path, name: str, about: str) -> None:
    """Name something in a marked folder's list: done before it is made, so that none is missed."""
    with (folder / MARK).open("a", encoding="utf-8") as file:
        file.write(f"{about}  {name}\n" if file.tell() else f"{_FIRST}\n{about}  {name}\n")


def set_list(folder: Path, names: Mapping[str, str]) -> None:
    """Let a marked folder's list name these alone."""
    lines = [_FIRST, *(f"{about}  {name}" for name, about in names.items())]
    replace_file(folder / MARK, "\n".join([*lines, ""]).encode())
