"""What was made before, kept by the fingerprint of what it was made from.

It may be deleted at any moment: what is missing, half written or damaged is made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import platformdirs

from report_builder.fingerprint import Roots, Trace, hashed
from report_builder.problems import Position, Problem, Severity

FOLDER_VARIABLE = "REPORT_BUILDER_CACHE"
LARGEST = 500_000_000
"""Bytes that the cache may take before what was used least of late goes."""

_JOBS, _MADE, _FILES = "jobs", "made", "files"
_PART = ".part"
_OURS = re.compile(rf"/({_JOBS}|{_MADE}|{_FILES})/[0-9a-f]{{64}}(\.\w+{re.escape(_PART)})?$")


@dataclass(frozen=True)
class Stored:
    """A file that was made: the hash of its content, and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Entry:
    """What a job made: its files by name, and its problems."""

    files: Mapping[str, Stored]
    problems: tuple[Problem, ...]


class Cache:
    """A folder of what was made; one that cannot be written to keeps nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def last_trace(self, key: str) -> Trace | None:
        """Return what a job was made from when it was last made."""
        said = self._read(self.folder / _JOBS / hashed(key.encode()))
        return Trace(said["files"], said["settings"], said["versions"]) if said else None

    def last_seconds(self, key: str) -> float | None:
        """Return how long it took to make a job when it was last made."""
        said = self._read(self.folder / _JOBS / hashed(key.encode()))
        return said.get("seconds") if said else None

    def find(self, trace: Trace, roots: Roots) -> Entry | None:
        """Return what was made from just this, with its problems at their places."""
        path = self.folder / _MADE / trace.fingerprint
        if not (said := self._read(path)):
            return None
        files = {name: Stored(*stored) for name, *stored in said["files"]}
        for used in (path, *(self.folder / _FILES / stored.sha256 for stored in files.values())):
            with contextlib.suppress(OSError):
                os.utime(used)  # so that it is not the first to go
        return Entry(files, tuple(at_its_place(one, roots) for one in said["problems"]))

    def read(self, content_hash: str) -> bytes | None:
        """Return the content of a hash, if it is there and whole."""
        try:
            content = (self.folder / _FILES / content_hash).read_bytes()
        except OSError:
            return None
        return content if hashed(content) == content_hash else None

    def keep(
        self,
        key: str,
        trace: Trace,
        roots: Roots,
        files: Mapping[str, bytes],
        problems: tuple[Problem, ...],
        seconds: float = 0.0,
    ) -> None:
        """Keep what a job made; where there is no room or no leave, do without."""
        hashes = {name: hashed(content) for name, content in files.items()}
        said = [as_named(problem, roots) for problem in problems]
        with contextlib.suppress(OSError):
            for name, content in files.items():
                self._write(self.folder / _FILES / hashes[name], content)
            stored = [(name, hashes[name], len(content)) for name, content in files.items()]
            made = {"files": stored, "problems": said}
            self._write_checked(self.folder / _MADE / trace.fingerprint, made)
            self._write_checked(
                self.folder / _JOBS / hashed(key.encode()), {**asdict(trace), "seconds": seconds}
            )

    def prune(self, largest: int = LARGEST) -> None:
        """Delete what was used least of late until no more than so many bytes are left.

        Files go before what tells that nothing has changed: they are in the output, too, and large.
        """
        with contextlib.suppress(OSError):
            kept = [(p.stat(), p) for p in self.folder.glob("*/*") if _OURS.search(p.as_posix())]
            total = sum(stat.st_size for stat, _ in kept)
            kept.sort(key=lambda pair: (pair[1].parent.name != _FILES, pair[0].st_mtime_ns))
            for stat, path in kept:
                if total <= largest:
                    break
                path.unlink()
                total -= stat.st_size

    def _read(self, path: Path) -> dict[str, Any] | None:
        """Return what was written of something, if it is all there."""
        try:
            checked, _, said = path.read_bytes().partition(b"\n")
        except OSError:
            return None
        if hashlib.sha256(said).hexdigest().encode() != checked:
            return None
        found: dict[str, Any] = json.loads(said)
        return found

    def _write_checked(self, path: Path, value: Mapping[str, Any]) -> None:
        said = json.dumps(value, ensure_ascii=False, sort_keys=True).encode()
        self._write(path, hashed(said).encode() + b"\n" + said)

    def _write(self, path: Path, content: bytes) -> None:
        """Write a file in one step: whoever reads it meanwhile finds all of it, or none."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        import tempfile  # imported here: what is recalled needs none of it

        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f"{path.name}.", suffix=_PART, delete=False
        ) as file:
            file.write(content)
        Path(file.name).replace(path)


def open_cache() -> Cache:
    """Return this user's cache; a variable of the environment may name another folder."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Cache(Path(named) if named else platformdirs.user_cache_path("report-builder"))


def as_named(problem: Problem, roots: Roots) -> dict[str, Any]:
    """Return a problem as plain values, with its file by the name below its root."""
    return {
        **problem.as_dict(),
        "path": roots.name_of_text(problem.position.path),
        "private": problem.private,
    }


def at_its_place(said: Mapping[str, Any], roots: Roots) -> Problem:
    """Return a problem that was said so, at where its file lies now."""
    position = Position(roots.text_of_name(said["path"]), said["line"], said["column"])
    words = (said["message"], said["hint"], said["private"])
    return Problem(Severity(said["severity"]), said["code"], position, *words)
