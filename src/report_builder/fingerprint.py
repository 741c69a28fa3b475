"""What decides a job's bytes and problems, as one short text that changes when any of it does."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from report_builder.plugins import canonical, extensions, installed

ABSENT = "absent"
"""Stands for the content of a file that is not there."""
PRESENT, MISSING = "present", "missing"
"""Stand for a file of which it matters only whether it is there."""

NO_PATHS = ("", "the command line")
"""What may stand where a problem names a file."""

_PROGRAM = "report-builder"
_ASKED = "job.given"  # choices on the command line, which show among the settings that they change


@dataclass(frozen=True)
class Trace:
    """What something was made from: hashes of files, settings, and versions of programs.

    ``files`` are named by the roots they lie below (“event/event.yaml”), wherever those lie.
    """

    files: Mapping[str, str]
    settings: Mapping[str, Any]
    versions: Mapping[str, str]

    @property
    def fingerprint(self) -> str:
        """The short text."""
        return hashed(json.dumps(asdict(self), sort_keys=True).encode())

    def changes(self, now: Trace) -> Iterator[str]:
        """Yield in words what is other now than it was."""
        none = (ABSENT, MISSING)
        for name in sorted(self.files.keys() | now.files.keys()):
            before, after = (one.files.get(name, ABSENT) for one in (self, now))
            if before != after:
                what = "is new" if before in none else "is gone" if after in none else "changed"
                yield f"{name} {what}"
        if self.versions.get(_PROGRAM) != now.versions.get(_PROGRAM):
            yield "the program itself changed"
        for then, here in ((self.settings, now.settings), (self.versions, now.versions)):
            for name, old, new in _differences(then, here):
                if name != _PROGRAM and not name.startswith(_ASKED):
                    yield f"{name} was {old}, and is {new}"


@dataclass(frozen=True)
class Roots:
    """The folders below which files are named, by their names; the first that holds a file wins."""

    folders: Mapping[str, Path]

    def name(self, path: Path) -> str:
        """Return a file's name below a root, or its whole path where it lies below none."""
        # A path may have been followed to where a link leads.
        both = [*self.folders.items(), *((r, f.resolve()) for r, f in self.folders.items())]
        for root, folder in both:
            if path.is_relative_to(folder):
                return f"{root}/{path.relative_to(folder).as_posix()}"
        return path.as_posix()

    def path(self, name: str) -> Path:
        """Return the file of a name."""
        root, _, rest = name.partition("/")
        return self.folders[root] / rest if root in self.folders else Path(name)

    def name_of_text(self, path: str) -> str:
        """Return the name of a problem's path, or the words that stand in its place."""
        return path if path in NO_PATHS else self.name(Path(path))

    def text_of_name(self, name: str) -> str:
        """Return the path of a name, or the words that stand in its place."""
        return name if name in NO_PATHS else self.path(name).as_posix()


def trace_of(
    files: Mapping[str, bool], roots: Roots, settings: Mapping[str, Any], programs: Sequence[str]
) -> Trace:
    """Return what decides something now that is made from files of these names.

    Of each file either its content decides, or only whether it is there.
    """
    hashes = {}
    for name, by_content in sorted(files.items()):
        path = roots.path(name)
        hashes[name] = content_hash(path) if by_content else PRESENT if path.exists() else MISSING
    # As they are when they have been kept, and are read again.
    kept = json.loads(json.dumps(settings, default=str))
    return Trace(hashes, kept, versions(programs))


def trace_now(
    then: Trace, roots: Roots, settings: Mapping[str, Any], programs: Sequence[str]
) -> Trace:
    """Return what decides something now, by the files that it was made from the last time."""
    files = {name: said not in (PRESENT, MISSING) for name, said in then.files.items()}
    return trace_of(files, roots, settings, programs)


def content_hash(path: Path) -> str:
    """Return the hash of a file, or of the names in a folder and below; `ABSENT` where none is."""
    try:
        if path.is_dir():
            names = sorted(p.relative_to(path).as_posix() for p in path.rglob("*"))
            return hashed("\n".join(names).encode())
        return hashed(path.read_bytes()) if path.is_file() else ABSENT  # a pipe would be waited for
    except OSError:
        return ABSENT


def hashed(content: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def versions(programs: Sequence[str]) -> dict[str, str]:
    """Return the versions of distributions, of those that extend this one, and of this one."""
    known = installed()
    named = {name: known.get(name, ABSENT) for name in map(canonical, programs)}
    own = f"{known.get(_PROGRAM, ABSENT)} {own_code()}"
    python = ".".join(map(str, sys.version_info[:3]))
    return {_PROGRAM: own, "python": python, **extensions(), **named}


@lru_cache(maxsize=1)
def own_code() -> str:
    """Return the hash of this program's own modules, which change without its version."""
    package = Path(__file__).parent
    code = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        code.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return code.hexdigest()


def _differences(
    before: Mapping[str, Any], after: Mapping[str, Any], within: str = ""
) -> Iterator[tuple[str, object, object]]:
    """Yield the name of each value that differs, and the two values."""
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if any(isinstance(one, Mapping) for one in (old, new)):
            then, now = (one if isinstance(one, Mapping) else {} for one in (old, new))
            yield from _differences(then, now, f"{within}{name}.")
        elif old != new:
            yield f"{within}{name}", _said(old), _said(new)


def _said(value: object) -> object:
    return "unset" if value is None else value
