"""A folder that takes another's place in one step, with all that others had put there.

What is being made lies in a marked folder beside it: a run that is killed leaves no more than
that, and the next one settles it. Nothing but what bears the mark is ever deleted.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from report_builder.store.manifest import MAKING
from report_builder.store.mark import has_mark, set_mark

_RENAME_EXCHANGE = 2  # of renameat2(2)
_HERE = -100  # AT_FDCWD: paths are as given
_OLD, _NEW = "old", "new"

Ours = Callable[[Path], Collection[str]]
"""Says which files of a folder the program itself put there."""


def swap_folder(
    target: Path, files: Mapping[str, bytes], gone: Collection[str], ours: Ours
) -> None:
    """Let a folder hold these files, and no longer those that are ``gone``; all others stay.

    The first of the files is the one by which ``ours`` knows the rest.
    """
    holder = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=MAKING, dir=target.parent))
    set_mark(holder)
    staged = holder / _NEW
    try:
        staged.mkdir()
        for name, content in files.items():
            _write(staged / name, content)
        if target.exists():
            _take_over(target, staged, {*files, *gone})
            shutil.copymode(target, staged)
        _exchange(staged, target, holder / _OLD)
    finally:
        _settle(holder, target, ours)


def settle(target: Path, ours: Ours) -> None:
    """Bring to an end what runs that were killed left of replacing a folder."""
    name = re.compile(rf"\.{re.escape(target.name)}\.[a-z0-9_]+{re.escape(MAKING)}")
    for holder in sorted(target.parent.iterdir()):
        if name.fullmatch(holder.name) and not holder.is_symlink() and has_mark(holder):
            _settle(holder, target, ours)


def _settle(holder: Path, target: Path, ours: Ours) -> None:
    """Put the folder back if it is away, and what others added meanwhile; delete the rest."""
    old, new = holder / _OLD, holder / _NEW
    if old.is_dir() and not target.exists():
        old.replace(target)
    for folder in (old, new):  # the two have changed places where the system could
        if folder.is_dir():
            _bring_back(folder, target, ours(folder))
    shutil.rmtree(holder, ignore_errors=True)


def _take_over(source: Path, into: Path, left: Collection[str], within: str = "") -> None:
    """Let a folder hold what another holds, as it is there: a link as a link, with its times."""
    for entry in sorted(os.scandir(source), key=lambda entry: entry.name):
        name, path = f"{within}{entry.name}", into / entry.name
        if name in left:
            continue
        if entry.is_dir(follow_symlinks=False):
            path.mkdir(exist_ok=True)
            _take_over(Path(entry.path), path, left, f"{name}/")
            shutil.copystat(entry.path, path)
            if any(one.startswith(f"{name}/") for one in left) and not any(path.iterdir()):
                path.rmdir()
        elif entry.is_symlink():
            path.symlink_to(Path(entry.path).readlink(), target_is_directory=entry.is_dir())
        else:
            try:
                os.link(entry.path, path)
            except OSError:  # a drive without hard links
                if entry.is_file():
                    shutil.copy2(entry.path, path)


def _bring_back(folder: Path, target: Path, ours: Collection[str], within: str = "") -> None:
    """Move what is not ours to the target: what it lacks, or has as it was before a change."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        name = f"{within}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            _bring_back(Path(entry.path), target, ours, f"{name}/")
        elif name not in ours and _is_newer(Path(entry.path), target / name):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            Path(entry.path).replace(target / name)


def _is_newer(path: Path, other: Path) -> bool:
    """Tell whether a file was changed since the other one was, or there is no other."""
    if not os.path.lexists(other):
        return True
    if path.is_symlink() and other.is_symlink() and path.readlink() == other.readlink():
        return False
    return path.lstat().st_mtime_ns > other.lstat().st_mtime_ns


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _exchange(staged: Path, target: Path, old: Path) -> None:
    """Put the staged folder in the target's place: in one step where the system can.

    Where it cannot, and the second step fails, the old folder is put back when all is settled.
    """
    if not target.exists():
        staged.replace(target)
        return
    rename = (
        getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
        if os.name == "posix"
        else None
    )
    names = (os.fsencode(staged), os.fsencode(target))
    if rename and rename(_HERE, names[0], _HERE, names[1], _RENAME_EXCHANGE) == 0:
        return
    target.replace(old)
    staged.replace(target)
