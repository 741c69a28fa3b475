"""The folders that a theme's files come from, the nearest first, and its settings as written.

The workspace's own folder wins, file by file, then the shipped one of that name, then those of the
theme that ``theme.toml`` names in ``extends``, and at last the default theme's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import report_builder
from report_builder.settings.raw import merged, raw_values
from report_builder.sources import note, note_presence

THEME_FILE = "theme.toml"
DEFAULT = "default"


@dataclass(frozen=True)
class Chain:
    """A theme's folders, and the values of its settings, unchecked."""

    folders: tuple[Path, ...]
    values: dict[str, Any]


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


def folders_of(name: str, templates: Path) -> list[Path]:
    """Return the folders of one theme; none where there is no such theme."""
    places = [folder / name for folder in _themes(templates)]
    for place in places:
        note_presence(place)
        note(place / THEME_FILE)
    return [place for place in places if re.fullmatch(r"[\w-]+", name) and place.is_dir()]


def is_shipped(folder: Path) -> bool:
    """Tell whether a theme's folder is one that comes with the program."""
    return folder.parent.resolve() == shipped_templates().resolve()


def _themes(templates: Path) -> list[Path]:
    """Return where themes lie, the nearest first; the program's own checkout has one place."""
    shipped = shipped_templates()
    return [templates] if templates.resolve() == shipped.resolve() else [templates, shipped]


def chain_of(name: str, templates: Path) -> Chain:
    """Return the chain of a theme, as far as there are such themes."""
    chain, folders = [name], list[Path]()
    values: dict[str, Any] = {}
    for step in chain:  # grows while it is walked
        here = folders_of(step, templates)
        read = [raw_values(folder / THEME_FILE) for folder in here]
        for own in read:
            values = merged(own, values)
        folders += here
        named = (own["extends"] for own in read if isinstance(own.get("extends"), str))
        parent = next(named, DEFAULT)
        # A theme that extends itself, or a circle of them, ends in the default one.
        chain += [one for one in dict.fromkeys((parent, DEFAULT)) if one not in chain][:1]
    return Chain(tuple(folders), values)
