"""The languages that an event is translated into: each has a file beside the event's own."""

from __future__ import annotations

from pathlib import Path

from report_builder.settings.names import EVENT_FILE

_STEM = Path(EVENT_FILE).stem


def translation_file(folder: Path, language: str) -> Path:
    """Return where an event's translation lies."""
    return folder / f"{_STEM}.{language}.yaml"


def languages_of(folder: Path) -> list[str]:
    """Return the languages that an event is translated into."""
    paths = folder.glob(f"{_STEM}.*.yaml")
    return sorted(path.name.removeprefix(f"{_STEM}.").removesuffix(".yaml") for path in paths)
