"""The one place that writes to ``output/``: all of an event's files, or none."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from report_builder.problems import Position, Problem, ReportBuilderError, error, failure
from report_builder.settings.workspace import EVENT_FILE
from report_builder.store.lock import lock
from report_builder.store.manifest import MANIFEST, make_manifest, read_outputs
from report_builder.store.mark import has_mark
from report_builder.store.swap import settle, swap_folder
from report_builder.templating.theme import THEME_FILE


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
        target = Path(os.path.realpath(target))  # the folder may be a link to one elsewhere
        if problems := list(_wrong_places(output, target)):
            raise ReportBuilderError(problems)
        output.mkdir(parents=True, exist_ok=True)
        with lock(target):
            settle(target, _outputs)
            ours = _outputs(target)
            if problems := list(_others(target, ours, (*artefacts, MANIFEST))):
                raise ReportBuilderError(problems)
            earlier = {n: r for n, r in read_outputs(target).items() if n in ours}
            kept = {} if complete else {n: r for n, r in earlier.items() if n not in artefacts}
            manifest = make_manifest(inputs, artefacts, kept)
            gone = set(earlier) if complete else set()
            swap_folder(target, {MANIFEST: manifest, **artefacts}, gone, _outputs)
    except OSError as reason:
        raise failure(
            "output",
            Position(target.as_posix()),
            f"The files cannot be written: {reason.strerror or reason}.",
            "Close them if they are open in Word or a PDF reader, and build again.",
        ) from reason
    return [output / event / name for name in (*artefacts, MANIFEST)]


def _outputs(folder: Path) -> Collection[str]:
    """Return the names of the files that builds put into a folder: those of its manifest."""
    if not (folder / MANIFEST).is_file():  # a pipe would be waited for
        return ()
    try:
        outputs = dict(json.loads((folder / MANIFEST).read_bytes())["outputs"])
    except (OSError, ValueError, KeyError, TypeError):
        return ()
    return {n for n in (MANIFEST, *outputs) if not (folder / n).is_symlink()}


def _others(target: Path, ours: Collection[str], names: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each file that stands where one of ours is to be, and is not ours."""
    for name in names:
        if name not in ours and os.path.lexists(target / name):
            position = Position((target / name).as_posix())
            message = "This is where the program writes, and not a file that it made."
            yield error("output", position, message, "Move it elsewhere, and build again.")


def _wrong_places(*folders: Path) -> Iterator[Problem]:
    """Yield a problem for the first folder that holds what is not to be mixed with outputs."""
    for folder in folders:
        what = ""
        if folder.exists() and not folder.is_dir():
            what = "this is a file, and not a folder"
        elif any(folder.glob(EVENT_FILE)) or any(folder.glob(f"*/{EVENT_FILE}")):
            what = "this folder holds what documents are made from"
        elif any(folder.glob(THEME_FILE)) or any(folder.glob(f"*/{THEME_FILE}")):
            what = "this folder holds themes"
        elif has_mark(folder):
            what = "this folder holds the messages to partners"
        if what:
            hint = 'Write outputs elsewhere: --output DIR, or output = "DIR" in the settings.'
            message = f"The files cannot be written: {what}."
            yield error("output", Position(folder.as_posix()), message, hint)
            return
