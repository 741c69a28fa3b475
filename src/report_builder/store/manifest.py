"""What was made of what: hashes and versions, never a time or an address."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from report_builder.fingerprint import Trace, content_hash

MANIFEST = "manifest.json"
MAKING = ".making"
"""How the name of a folder ends, beside that of the outputs, in which a build is at work."""


@dataclass(frozen=True)
class Output:
    """A file of an event's output: its name, its hash, its size, and the job that made it."""

    name: str
    sha256: str
    size: int
    job: str

    def is_at(self, folder: Path) -> bool:
        """Tell whether a folder holds the file just as it was made."""
        return content_hash(folder / self.name) == self.sha256


@dataclass(frozen=True)
class Manifest:
    """What an event's builds made, and what each job of theirs was made from."""

    event: str
    outputs: tuple[Output, ...] = ()
    traces: Mapping[str, Trace] | None = None

    def with_kept(self, earlier: Manifest) -> Manifest:
        """Return this manifest with what an earlier one has besides, and this one does not make."""
        made = {output.name for output in self.outputs}
        kept = tuple(output for output in earlier.outputs if output.name not in made)
        jobs = {output.job for output in kept}
        # A job that was done again, but no longer makes a file that is kept, made it before.
        traces = {j: t for j, t in (earlier.traces or {}).items() if j in jobs}
        return Manifest(self.event, (*self.outputs, *kept), {**traces, **(self.traces or {})})

    def as_bytes(self) -> bytes:
        """Return the manifest as JSON, in an order of its own."""
        jobs = {
            name: {"fingerprint": trace.fingerprint, **asdict(trace)}
            for name, trace in sorted((self.traces or {}).items())
        }
        outputs = {
            output.name: {"sha256": output.sha256, "bytes": output.size, "job": output.job}
            for output in sorted(self.outputs, key=lambda output: output.name)
        }
        said = {"event": self.event, "outputs": outputs, "jobs": jobs}
        return json.dumps(said, indent=2, ensure_ascii=False, default=str).encode() + b"\n"


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a folder, with those of its outputs that are still there."""
    if not (folder / MANIFEST).is_file():  # a pipe would be waited for
        return Manifest(folder.name)
    try:
        said = json.loads((folder / MANIFEST).read_bytes())
        outputs = tuple(_outputs(said["outputs"]))
        traces = {
            name: Trace(one["files"], one["settings"], one["versions"])
            for name, one in said["jobs"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest(folder.name)
    # What a link leads to is not what was made, even where it is the same.
    paths = ((output, folder / output.name) for output in outputs)
    there = tuple(output for output, path in paths if path.is_file() and not path.is_symlink())
    return Manifest(folder.name, there, traces)


def _outputs(said: Mapping[str, Mapping[str, Any]]) -> Iterable[Output]:
    for name, one in said.items():
        yield Output(name, one["sha256"], one["bytes"], one["job"])
