"""What of a job lies in files, as values: packed here, unpacked where no file of ours is seen."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from report_builder.fingerprint import hashed, versions
from report_builder.jobs import Job
from report_builder.templating.chain import is_shipped, shipped_templates
from report_builder.writers import writers

Files = Mapping[str, bytes | str]
"""Contents of files by their paths, and of links where they lead."""

_CONTENT, _TEMPLATES = "content", "templates"
_KEPT = 8  # folders that are not unpacked again
_THEMES = "themes that are shipped"
_NO_FOLDER = Path()


@dataclass(frozen=True)
class Parcel:
    """A job and the files that it may read: ``event`` and ``workspace``, by the hash of each.

    Folders of a theme go by their names if they are shipped; ``job`` has no path that is of here.
    """

    job: Job
    shipped: tuple[bool, ...]
    has_own_templates: bool
    event: str
    workspace: str


def packed(job: Job) -> tuple[Parcel, Files, Files]:
    """Return a job of an event as a parcel, with the event's files and the workspace's."""
    assert job.event is not None  # noqa: S101  # what has no event is done where the files are
    own = [folder for folder in job.folders if not is_shipped(folder)]
    event = dict(_files_of(job.event.resolve(), job.event.name))
    workspace = {
        f"{_TEMPLATES}/{name}": content
        for folder in own
        for name, content in _files_of(folder.resolve(), folder.name)
    }
    if (logo := _logo(job)) and (job.root / logo).is_file():
        workspace[logo] = (job.root / logo).read_bytes()
    bare = replace(
        job,
        root=_NO_FOLDER,
        templates=_NO_FOLDER,
        folders=tuple(Path(folder.name) for folder in job.folders),
        event=Path(job.event.name),
    )
    shipped = tuple(is_shipped(folder) for folder in job.folders)
    hashes = _hash(event), _hash(workspace)
    return Parcel(bare, shipped, _has_own_templates(job), *hashes), event, workspace


def is_bound(job: Job) -> bool:
    """Tell whether a job reads files that lie anywhere, as a choice of its format may name them."""
    chosen = job.settings.get(job.document, {}) if job.document in writers() else {}
    named = (value for value in chosen.values() if isinstance(value, str) and value)
    # A logo is looked for beside the folder of themes, which has another place there.
    return any(map(os.path.exists, named)) or (bool(_logo(job)) and not _has_own_templates(job))


def unpacked(parcel: Parcel, event: Files, workspace: Files) -> Job:
    """Return the job of a parcel, with its files in a folder that goes with this process."""
    name = str(parcel.job.event)
    root = _folder() / f"{parcel.workspace[:32]}-{parcel.event[:32]}"
    if root not in _unpacked:
        for where, files in ((root, workspace), (root / _CONTENT, event)):
            _write(where, files)
        (root / _CONTENT / name).mkdir(parents=True, exist_ok=True)
    _unpacked[root] = _unpacked.pop(root, None)  # what was used last stands last
    while len(_unpacked) > _KEPT:
        shutil.rmtree(oldest := next(iter(_unpacked)), ignore_errors=True)
        del _unpacked[oldest]
    templates = root / _TEMPLATES if parcel.has_own_templates else shipped_templates()
    folders = (
        (shipped_templates() if shipped else templates) / folder
        for folder, shipped in zip(parcel.job.folders, parcel.shipped, strict=True)
    )
    return replace(
        parcel.job,
        root=root,
        templates=templates,
        folders=tuple(folders),
        event=root / _CONTENT / name,
    )


_unpacked: dict[Path, None] = {}


def installed_here(programs: Sequence[str]) -> dict[str, str]:
    """Return the versions of programs as `versions` does, with what says which themes these are."""
    return {**versions(programs), _THEMES: _themes()}


@lru_cache(maxsize=1)
def _themes() -> str:
    return _hash(dict(_files_of(shipped_templates(), "")))


@lru_cache(maxsize=1)
def _folder() -> Path:
    # Kept as long as the process lives: what it holds goes with the object.
    _holders.append(holder := tempfile.TemporaryDirectory(prefix="report-builder-"))
    return Path(holder.name).resolve()


_holders: list[tempfile.TemporaryDirectory[str]] = []


def _files_of(folder: Path, name: str) -> Iterator[tuple[str, bytes | str]]:
    """Yield what is in a folder and below: files, and links, which stay what they are."""
    for place, _, _ in os.walk(folder):
        for path in sorted(Path(place).iterdir()):
            below = (Path(name) / path.relative_to(folder)).as_posix()
            if path.is_symlink():
                yield below, _target(path, folder)
            elif path.is_file():
                yield below, path.read_bytes()


def _target(link: Path, folder: Path) -> str:
    """Return where a link leads: within the folder from where it stands, else as it says."""
    end = link.resolve()
    if end.is_relative_to(folder):
        return os.path.relpath(end, link.parent)
    return end.as_posix()


def _write(folder: Path, files: Files) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            path.symlink_to(content)
        else:
            path.write_bytes(content)


def _logo(job: Job) -> str:
    """Return the name of the logo that a workspace's settings have in place of the theme's."""
    return str(job.settings.get("workspace", {}).get("logo", ""))


def _has_own_templates(job: Job) -> bool:
    return job.templates.resolve() != shipped_templates().resolve()


def _hash(files: Files) -> str:
    said = (
        f"{name}\0{hashed(content) if isinstance(content, bytes) else content}"
        for name, content in sorted(files.items())
    )
    return hashed("\n".join(said).encode())
