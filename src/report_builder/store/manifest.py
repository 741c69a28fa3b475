"""What a build was made from and what it made: hashes and versions, never a time or an address."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from report_builder.settings.workspace import PARTNER_FILES

MANIFEST = "manifest.json"
_MESSAGE = "email.*.j2"
_MADE_WITH = (
    "report-builder",
    "weasyprint",
    "python-docx",
    "wordcloud",
    "jinja2",
    "page-validation",
)


def describe_inputs(folder: Path, theme: str, theme_files: Mapping[str, Path]) -> dict[str, Any]:
    """Return what a build is made from: the event's files, the theme's, and the programs.

    Who gets it by e-mail, and in which words, is no part of it.
    """
    apart = [folder / name for name in PARTNER_FILES]
    contents = sorted(path for path in folder.rglob("*") if path.is_file() and path not in apart)
    theme_files = {name: p for name, p in theme_files.items() if not Path(name).match(_MESSAGE)}
    return {
        "event": folder.name,
        "theme": theme,
        "made_with": {name: version(name) for name in _MADE_WITH},
        "content": {p.relative_to(folder).as_posix(): _hash(p.read_bytes()) for p in contents},
        "templates": {name: _hash(path.read_bytes()) for name, path in theme_files.items()},
    }


def fingerprint(inputs: Mapping[str, Any]) -> str:
    """Return a short text that changes when anything that a build is made from does."""
    return _hash(json.dumps(inputs).encode())


def make_manifest(
    inputs: Mapping[str, Any], artefacts: Mapping[str, bytes], kept: Mapping[str, Any]
) -> bytes:
    """Return the manifest of an event's build as JSON.

    Each output names the ``inputs`` that it was made from, so that one which an earlier build
    made, and this one ``kept``, is not taken for a product of today's content.
    """
    made_from = fingerprint(inputs)
    outputs = {
        name: {"sha256": _hash(content), "bytes": len(content), "inputs": made_from}
        for name, content in artefacts.items()
    }
    manifest = {
        **inputs,
        "inputs": made_from,
        "outputs": dict(sorted({**kept, **outputs}.items())),
    }
    return json.dumps(manifest, indent=2, ensure_ascii=False).encode() + b"\n"


def read_outputs(folder: Path) -> dict[str, Any]:
    """Return what an earlier build's manifest says of its outputs that are still there."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        outputs = dict(manifest["outputs"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {name: record for name, record in outputs.items() if (folder / name).is_file()}


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
