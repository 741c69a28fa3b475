"""A workspace: the folder that holds ``content/``, ``templates/`` and ``output/``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from report_builder.problems import (
    Position,
    Problem,
    ReportBuilderError,
    did_you_mean,
    error,
)

SETTINGS_FILE = "report-builder.toml"
EVENT_FILE = "event.yaml"


@dataclass(frozen=True)
class Workspace:
    """Where everything lies, and which theme is used."""

    root: Path
    output: Path
    theme: str

    @property
    def content(self) -> Path:
        """The folder of events."""
        return self.root / "content"

    @property
    def templates(self) -> Path:
        """The folder of the workspace's own themes; it need not exist."""
        return self.root / "templates"

    def event_names(self) -> list[str]:
        """Return the names of all events, in alphabetical order."""
        return sorted(path.parent.name for path in self.content.glob(f"*/{EVENT_FILE}"))

    def event_folders(self, names: tuple[str, ...] = ()) -> list[Path]:
        """Return the folders of the events that are named, or of all when none is."""
        known = self.event_names()
        if not known:
            raise ReportBuilderError(
                [
                    error(
                        "no-events",
                        Position(self.content.as_posix()),
                        f"There is no event in {self.content.as_posix()}.",
                        "Begin one with “report-builder new my-event”.",
                    )
                ]
            )
        unknown = [_unknown(self.content, name, known) for name in names if name not in known]
        if unknown:
            raise ReportBuilderError(unknown)
        return [self.content / name for name in dict.fromkeys(names or known)]


def open_workspace(root: Path, output: Path | None = None, theme: str | None = None) -> Workspace:
    """Return the workspace in a folder. What is given here wins over its settings file."""
    settings = _read_settings(root / SETTINGS_FILE)
    return Workspace(
        root,
        output or root / settings.get("output", "output"),
        theme or settings.get("theme", "default"),
    )


def _read_settings(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    position = Position(path.as_posix())
    try:
        settings = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as reason:
        raise ReportBuilderError(
            [error("settings", position, f"The settings cannot be read: {reason}.")]
        ) from reason
    known = ("output", "theme")
    problems = [
        error(
            "settings",
            position,
            f"“{name}” is not a setting, or its value is not a text.",
            did_you_mean(name, known) or f"The settings are: {', '.join(known)}.",
        )
        for name, value in settings.items()
        if name not in known or not isinstance(value, str)
    ]
    if problems:
        raise ReportBuilderError(problems)
    return settings


def _unknown(content: Path, name: str, known: list[str]) -> Problem:
    return error(
        "unknown-event",
        Position(content.as_posix()),
        f"There is no event called “{name}”.",
        did_you_mean(name, known) or f"The events are: {', '.join(known)}.",
    )
