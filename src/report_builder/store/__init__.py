"""The one place that writes to ``output/``: all of an event's files, or none."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from filelock import FileLock

from report_builder.problems import Position, failure
from report_builder.store.manifest import MANIFEST, make_manifest, read_outputs

_RENAME_EXCHANGE = 2  # of renameat2(2)
_HERE = -100  # AT_FDCWD: paths are as given


def put(
    output: Path,
    event: str,
    artefacts: Mapping[str, bytes],
    inputs: Mapping[str, Any],
    *,
    complete: bool,
) -> list[Path]:
    """Write an event's artefacts and its manifest together, and return their paths.

    They are written beside the event's folder first, then the two folders change places: a
    build that is killed leaves the old files whole. Files that somebody else put there stay;
    ours that a ``complete`` build no longer makes go. One build at a time changes an event.
    """
    target = output / event
    try:
        output.mkdir(parents=True, exist_ok=True)
        with FileLock(output / f".{event}.lock"):
            target = target.resolve()  # the folder may be a link to one elsewhere
            _clear(target)
            earlier = read_outputs(target)
            kept = {} if complete else {n: r for n, r in earlier.items() if n not in artefacts}
            manifest = make_manifest(inputs, artefacts, kept)
            replaced = {*artefacts, MANIFEST, *(earlier if complete else ())}
            with _staging(target) as staged:
                _copy_others(target, staged, replaced)
                for name, content in {**artefacts, MANIFEST: manifest}.items():
                    _write(staged / name, content)
                _exchange(staged, target)
    except OSError as reason:
        raise failure(
            "output",
            Position(target.as_posix()),
            f"The files cannot be written: {reason.strerror or reason}.",
            "Close them if they are open in Word or a PDF reader, and build again.",
        ) from reason
    return [output / event / name for name in (*artefacts, MANIFEST)]


def _clear(target: Path) -> None:
    """Take away what a build that was killed left, and bring back what it had put aside."""
    old = target.with_name(f".{target.name}.old")
    if old.exists() and not target.exists():
        old.replace(target)
    for left in (old, *target.parent.glob(f".{target.name}.*.new")):
        shutil.rmtree(left, ignore_errors=True)


def _copy_others(target: Path, staged: Path, replaced: set[str]) -> None:
    for path in sorted(target.rglob("*")):
        name = path.relative_to(target)
        if path.is_file() and name.as_posix() not in replaced:
            (staged / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, staged / name)


@contextlib.contextmanager
def _staging(target: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".new", dir=target.parent))
    folder.chmod(0o755)  # mkdtemp's folders are private, and these are to be read
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _exchange(staged: Path, target: Path) -> None:
    """Put the staged folder in the target's place: in one step where the system can."""
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
    old = target.with_name(f".{target.name}.old")
    target.replace(old)
    try:
        staged.replace(target)
    except OSError:
        old.replace(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
