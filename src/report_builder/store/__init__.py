"""The one place that writes to ``output/``: all of an event's files, or none."""

from __future__ import annotations

import glob
import json
import os
from collections.abc import Callable, Iterable, Iterator, Set
from pathlib import Path

from report_builder.fingerprint import content_hash, hashed
from report_builder.problems import Position, Problem, ReportBuilderError, error, failure
from report_builder.settings.names import EVENT_FILE
from report_builder.store.manifest import MAKING, MANIFEST, Manifest, read_manifest
from report_builder.templating.chain import THEME_FILE


def put(
    output: Path,
    made: Manifest,
    content_of: Callable[[str], bytes],
    *,
    complete: bool,
) -> list[Path]:
    """Store an event's outputs and its manifest together, and return their paths.

    ``content_of`` gives what is to be stored by its hash; where all is there already, nothing is
    asked for and nothing written. They are written beside the event's folder first, then the two
    folders change places: a build that is killed leaves the old files whole. Files that somebody
    else put there stay; ours that a ``complete`` build no longer makes go. One build at a time
    changes an event.
    """
    names = [output.name for output in made.outputs]
    paths = [output / made.event / name for name in (*names, MANIFEST)]
    target = output / made.event
    try:
        target = Path(os.path.realpath(target))  # the folder may be a link to one elsewhere
        if _is_up_to_date(target, made, complete=complete):
            return paths
        if problems := list(_wrong_places(output, target)):
            raise ReportBuilderError(problems)
        output.mkdir(parents=True, exist_ok=True)
        # Imported here: what is up to date needs none of it.
        from report_builder.store.lock import lock
        from report_builder.store.swap import settle, swap_folder

        with lock(target):
            settle(target, _ours)
            ours = _ours(target)
            if problems := list(_others(target, ours, (*names, MANIFEST))):
                raise ReportBuilderError(problems)
            earlier = read_manifest(target)
            manifest = made if complete else made.with_kept(earlier)
            gone = {o.name for o in earlier.outputs if o.name in ours} if complete else set()
            contents = {o.name: content_of(o.sha256) for o in made.outputs}
            swap_folder(target, {MANIFEST: manifest.as_bytes(), **contents}, gone, _ours)
    except OSError as reason:
        raise failure(
            "output",
            Position(target.as_posix()),
            f"The files cannot be written: {reason.strerror or reason}.",
            "Close them if they are open in Word or a PDF reader, and build again.",
        ) from reason
    return paths


def _is_up_to_date(target: Path, made: Manifest, *, complete: bool) -> bool:
    """Tell whether a folder holds just what was made, and no run that was killed left anything."""
    manifest = made if complete else made.with_kept(read_manifest(target))
    if content_hash(target / MANIFEST) != hashed(manifest.as_bytes()):
        return False
    left = any(target.parent.glob(f".{glob.escape(target.name)}.*{MAKING}"))
    return not left and all(output.is_at(target) for output in manifest.outputs)


def _ours(folder: Path) -> Set[str]:
    """Return the names of the files that builds put into a folder: those of its manifest."""
    if not (folder / MANIFEST).is_file():  # a pipe would be waited for
        return set()
    try:
        outputs = dict(json.loads((folder / MANIFEST).read_bytes())["outputs"])
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {name for name in (MANIFEST, *outputs) if not (folder / name).is_symlink()}


def _others(target: Path, ours: Set[str], names: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each file that stands where one of ours is to be, and is not ours."""
    for name in names:
        if name not in ours and os.path.lexists(target / name):
            position = Position((target / name).as_posix())
            message = "This is where the program writes, and not a file that it made."
            yield error("output", position, message, "Move it elsewhere, and build again.")


def _wrong_places(*folders: Path) -> Iterator[Problem]:
    """Yield a problem for the first folder that holds what is not to be mixed with outputs."""
    from report_builder.store.mark import has_mark

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
