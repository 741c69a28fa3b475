"""Files that an event may use: those in its own folder."""

from __future__ import annotations

from pathlib import Path

from report_builder.sources import note_presence


def inside(folder: Path, name: str) -> Path | None:
    """Return the file of a name in a folder, or ``None`` if it is not there, or leads outside."""
    try:
        path = note_presence(folder / name).resolve()
        if path.is_relative_to(folder.resolve()) and path.is_file():
            return path
    except (OSError, ValueError):  # a sentence where a name should be: too long, or no name at all
        pass
    return None


def leads_out(folder: Path, name: str) -> bool:
    """Tell whether a name in a folder leads to something outside it, as a link may."""
    try:
        path = (folder / name).resolve()
        return path.exists() and not path.is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # no name at all, or a circle of links
        return False
