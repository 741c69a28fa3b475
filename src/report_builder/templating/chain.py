"""The chain of folders that a theme's files come from, and its settings as they are written.

The nearest folder wins, file by file: the workspace's own, then the shipped one of that name, then
those of the theme that its ``theme.toml`` names in ``extends``, and at last the default theme's.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import report_builder
from report_builder.content.files import inside
from report_builder.problems import Position, did_you_mean, failure

THEME_FILE = "theme.toml"
DEFAULT = "default"
_EXTENDS = "extends"


@dataclass(frozen=True)
class Chain:
    """A theme's folders, the nearest first, and its settings, those of the nearest winning."""

    folders: tuple[Path, ...]
    settings: dict[str, Any]


def shipped_templates() -> Path:
    """Return the folder of the themes that come with the program."""
    package = Path(report_builder.__file__).parent
    installed = package / "_templates"
    # An editable install has no copy inside the package: use the checkout's own folder.
    return installed if installed.is_dir() else package.parents[1] / "templates"


def theme_names(workspace_templates: Path) -> list[str]:
    """Return the names of all themes that can be used."""
    folders = (workspace_templates, shipped_templates())
    return sorted({p.name for f in folders if f.is_dir() for p in f.iterdir() if p.is_dir()})


def chain_of(name: str, workspace_templates: Path) -> Chain:
    """Return the chain of a theme, the workspace's own or a shipped one; raise if there is none.

    Settings that cannot be read count as none: whoever checks them says why.
    """
    chain = [name]
    folders: list[Path] = []
    settings: dict[str, Any] = {}
    for step in chain:  # grows while it is walked
        here = [f / step for f in (workspace_templates, shipped_templates()) if (f / step).is_dir()]
        if not here or not re.fullmatch(r"[\w-]+", step):
            known = theme_names(workspace_templates)
            raise failure(
                "unknown-theme",
                Position(workspace_templates.as_posix()),
                f"There is no theme called “{step}”.",
                did_you_mean(step, known) or f"The themes are: {', '.join(known)}.",
            )
        for folder in here:
            if folder not in folders:
                folders.append(folder)
                settings = _merge(_read(folder), settings)
        parent = str(settings.pop(_EXTENDS, DEFAULT))
        if parent in chain:  # a theme that extends itself, or a circle of them
            parent = DEFAULT
        if parent not in chain:
            chain.append(parent)
    return Chain(tuple(folders), settings)


def _read(folder: Path) -> dict[str, Any]:
    path = inside(folder, THEME_FILE)
    try:
        return tomllib.loads(path.read_text("utf-8-sig")) if path else {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}


def _merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of both; where both have one, that of ``over``."""
    merged = {**base, **over}
    for key in base.keys() & over.keys():
        if isinstance(base[key], dict) and isinstance(over[key], dict):
            merged[key] = {**base[key], **over[key]}
    return merged
