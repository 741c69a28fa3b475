"""The private folder of a workspace's messages: nobody else reads it, and git leaves it alone."""

from __future__ import annotations

import os
import re
from pathlib import Path

from report_builder.post.ledger import LEDGER_FILE
from report_builder.problems import Position, failure
from report_builder.store.mark import MARK, has_mark, set_mark
from report_builder.workspace import Workspace

_NETWORK = {
    *("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ncpfs", "fuse.sshfs", "davfs"),
    "fuse.rclone",
}
_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW


def open_outbox(workspace: Workspace) -> Path:
    """Return the workspace's outbox, made and marked where there is none.

    Raise where the settings name a folder that holds anything else: whoever writes messages there
    could take them for its own. One that was there already, and empty, is left as it is.
    """
    folder = workspace.outbox
    try:
        if wrong := _why_not(workspace):
            raise failure("settings", _position(workspace), *wrong)
        if folder.is_dir():
            set_mark(folder)
            return folder
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
        set_mark(folder)
        with (folder / ".gitignore").open("x", encoding="utf-8") as file:
            file.write("*\n")
    except (OSError, ValueError) as reason:
        said = (reason.strerror if isinstance(reason, OSError) else "") or reason
        message = f"The folder of messages cannot be made: {said}."
        raise failure("outbox", _position(workspace), message) from reason
    return folder


def _why_not(workspace: Workspace) -> tuple[str, ...]:
    """Return why a workspace's outbox cannot be where the settings say, and what to do; or ()."""
    folder, root = _real(workspace.outbox), _real(workspace.root)
    named = workspace.settings.file.outbox
    hint = 'Write outbox = "outbox", or name a folder that is not there yet.'
    for place, what in (
        (workspace.content, "the events are"),
        (workspace.templates, "themes are"),
        (workspace.output, "the documents are"),
        (workspace.root / "output", "the documents are"),
    ):
        if _is_in(folder, _real(place)) and not _is_in(root, _real(place)):
            return f"The outbox cannot be “{named}”: that is where {what}.", hint
        if _is_in(_real(place), folder):
            return f"The outbox cannot be “{named}”: it holds what is not messages.", hint
    home = Path(os.path.expanduser("~"))  # noqa: PTH111  # not everybody has one, and this never raises
    if _is_in(root, folder) or _is_in(_real(home), folder):
        return f"The outbox cannot be “{named}”: it holds what is not messages.", hint
    if folder.exists() and not folder.is_dir():
        return f"The outbox cannot be “{named}”: that is a file.", hint
    if is_on_network(folder):
        here = 'Write outbox = "C:/Users/you/outbox" in report-builder.toml: a folder that is here.'
        return "The ledger of messages must not lie on a network drive.", here
    if folder.is_dir() and not has_mark(folder) and any(folder.iterdir()):
        if (folder / LEDGER_FILE).exists():
            hint = f"If this is your outbox, put an empty file “{MARK}” into it: it has got lost."
        message = f"The outbox cannot be “{named}”: it holds files, and the program made none."
        return message, hint
    return ()


def _real(path: Path) -> Path:
    """Return where a path leads, whatever links it goes over."""
    return Path(os.path.realpath(path))


def _is_in(folder: Path, other: Path) -> bool:
    """Tell whether a folder is another one or lies in it, by whatever name it is called."""
    for one in (folder, *folder.parents):
        try:
            if one == other or one.samefile(other):
                return True
        except OSError:  # one of them is not there yet
            continue
    return False


def _position(workspace: Workspace) -> Position:
    """Return where the settings say which folder is the outbox."""
    path = workspace.settings_file
    if not path.is_file():
        return Position(workspace.outbox.as_posix())
    lines = path.read_text("utf-8-sig", "replace").splitlines()
    named = (n for n, line in enumerate(lines, 1) if re.match(r"\s*[\"']?outbox[\"']?\s*=", line))
    return Position(path.as_posix(), next(named, 1))


def is_on_network(folder: Path) -> bool:
    """Tell whether a folder lies on another computer, as far as this system says."""
    import sys

    folder = _real(folder)
    if sys.platform == "win32":
        import ctypes

        if folder.drive.startswith("\\\\"):
            return True
        return bool(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _REMOTE_DRIVE)
    mounts = _mounts()
    nearest = next((p for p in (folder, *folder.parents) if p.as_posix() in mounts), None)
    return nearest is not None and mounts[nearest.as_posix()] in _NETWORK


def _mounts() -> dict[str, str]:
    """Return the kind of file system of each folder that one is mounted on, where Linux says so."""
    try:
        lines = Path("/proc/self/mounts").read_text("utf-8").splitlines()
    except OSError:  # a Mac
        return {}
    rows = (line.split() for line in lines)
    return {row[1].replace("\\040", " "): row[2] for row in rows if row}
