"""The one place that writes to ``output/``: all of an event's files, or none."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from report_builder.problems import Position, ReportBuilderError, error
from report_builder.store.manifest import read_outputs

_OLD = ".old"


def put(output: Path, event: str, artefacts: Mapping[str, bytes], *, complete: bool) -> list[Path]:
    """Write an event's artefacts together and return their paths.

    They are written beside the event's folder first, then the two folders change places: a
    build that is killed leaves the old files whole. Files that somebody else put there stay;
    ours that a ``complete`` build no longer makes go.
    """
    target = output / event
    try:
        output.mkdir(parents=True, exist_ok=True)
        recover(output, event)
        replaced = artefacts.keys() | (read_outputs(target).keys() if complete else set())
        with _staging(output, event) as staged:
            for path in sorted(target.rglob("*")):
                kept = staged / path.relative_to(target)
                if path.is_file() and path.relative_to(target).as_posix() not in replaced:
                    kept.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(path, kept)
            for name, content in artefacts.items():
                _write(staged / name, content)
            _swap(staged, target)
    except OSError as reason:
        raise ReportBuilderError(
            [
                error(
                    "output",
                    Position(target.as_posix()),
                    f"The files cannot be written: {reason.strerror or reason}.",
                    "Close them if they are open in Word or a PDF reader, and build again.",
                )
            ]
        ) from reason
    return [target / name for name in artefacts]


def recover(output: Path, event: str) -> None:
    """Put right what a build that was killed at the moment of the change left behind."""
    target, old = output / event, output / f".{event}{_OLD}"
    if old.exists() and not target.exists():
        old.replace(target)
    elif old.exists():
        shutil.rmtree(old)


@contextlib.contextmanager
def _staging(output: Path, event: str) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=f".{event}.", suffix=".new", dir=output))
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


def _swap(staged: Path, target: Path) -> None:
    old = target.with_name(f".{target.name}{_OLD}")
    if not target.exists():
        staged.replace(target)
        return
    target.replace(old)
    try:
        staged.replace(target)
    except OSError:
        old.replace(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
