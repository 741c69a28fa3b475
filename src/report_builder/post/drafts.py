"""The messages that a dry run writes for people to look at, one file each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from report_builder.post.message import Message
from report_builder.problems import Position, failure
from report_builder.store.lock import lock
from report_builder.store.mark import add_to_list, listed, set_list, set_mark


def write_messages(outbox: Path, event: str, messages: Iterable[tuple[str, Message]]) -> list[Path]:
    """Write each message as ``NAME.eml``, in place of those an earlier dry run of the event wrote.

    Anything else in the event's folder stays; raise where it has the name of a message.
    """
    folder = outbox / event
    written = []
    with _told(folder), lock(folder):
        if not folder.is_dir():
            folder.mkdir(mode=0o700)
        set_mark(folder)
        _delete(folder)
        for name, message in messages:
            path = folder / f"{name}.eml"
            _write(path, message)
            written.append(path)
    return written


def remove_messages(outbox: Path, event: str) -> tuple[int, int]:
    """Delete an event's messages; return how many, and how many others there are and stay."""
    folder = outbox / event
    if not folder.is_dir():
        return 0, 0
    with _told(folder), lock(folder):
        deleted = _delete(folder)
        return deleted, len(list(folder.glob("*.eml")))


def _delete(folder: Path) -> int:
    """Delete the messages that dry runs wrote, as they wrote them, and return how many."""
    ours = listed(folder)
    deleted = 0
    for path in sorted(folder.iterdir()):
        if path.name not in ours or path.is_symlink() or not path.is_file():
            continue
        if hashlib.sha256(path.read_bytes()).hexdigest() == ours[path.name]:
            path.unlink()
            deleted += 1
    if ours:
        set_list(folder, {})
    return deleted


def _write(path: Path, message: Message) -> None:
    """Write a message that only its owner can read, listed before it is there."""
    if path.is_symlink() or path.exists():
        text = "The program would write a message here, and did not write what is here."
        raise failure("outbox", Position(path.as_posix()), text, "Move it elsewhere.")
    add_to_list(path.parent, path.name, hashlib.sha256(b"".join(message.parts)).hexdigest())
    path.touch(0o600, exist_ok=False)
    try:
        with path.open("r+b") as file:
            file.writelines(message.parts)
    except BaseException:
        path.unlink()
        raise


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn what the system says of a folder into a problem."""
    if folder.is_symlink():
        text = "This is a link, and the program writes messages into its own folders alone."
        raise failure("outbox", Position(folder.as_posix()), text, "Move it elsewhere.")
    try:
        yield
    except OSError as reason:
        text = f"The messages cannot be written: {reason.strerror or reason}."
        raise failure("outbox", Position(folder.as_posix()), text) from reason
