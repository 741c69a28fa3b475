"""The private folder of a workspace's messages: nobody else reads it, and git leaves it alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from report_builder.post.message import Message
from report_builder.problems import Position, failure

_NETWORK = {
    *("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ncpfs", "fuse.sshfs", "davfs"),
    "fuse.rclone",
}
_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW


def open_outbox(folder: Path) -> Path:
    """Return the folder, made where there is none; raise where it lies on a network drive.

    There a lock does not hold, and a ledger can be damaged by the connection.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        (folder / ".gitignore").write_text("*\n", "utf-8")
    except OSError as reason:
        message = f"The folder of messages cannot be made: {reason.strerror or reason}."
        raise failure("outbox", Position(folder.as_posix()), message) from reason
    if is_on_network(folder):
        hint = 'Write outbox = "C:/Users/you/outbox" in report-builder.toml: a folder that is here.'
        message = "The ledger of messages must not lie on a network drive."
        raise failure("outbox", Position(folder.as_posix()), message, hint)
    return folder


def write_messages(outbox: Path, event: str, messages: Iterable[tuple[str, Message]]) -> list[Path]:
    """Write each message as ``NAME.eml``, in place of an event's earlier ones."""
    folder = outbox / event
    written = []
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        for name, message in messages:
            path = folder / f"{name}.eml"
            with path.open("xb") as file:
                path.chmod(0o600)
                file.writelines(message.parts)
            written.append(path)
    except OSError as reason:
        text = f"The messages cannot be written: {reason.strerror or reason}."
        raise failure("outbox", Position(folder.as_posix()), text) from reason
    return written


def remove_messages(outbox: Path, event: str) -> int:
    """Delete an event's ``.eml`` files, and return how many there were."""
    found = len(list((outbox / event).glob("*.eml")))
    shutil.rmtree(outbox / event, ignore_errors=True)
    return found


def is_on_network(folder: Path) -> bool:
    """Tell whether a folder lies on another computer, as far as this system says."""
    import sys

    folder = folder.resolve()
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
