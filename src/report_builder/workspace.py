"""A workspace as it was opened: the folder that holds ``content/``, ``templates/``, ``output/``."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from report_builder.problems import Position, Problem, ReportBuilderError, did_you_mean, error
from report_builder.settings.names import EVENT_FILE, SETTINGS_FILE, STANDARD_EDITION
from report_builder.settings.raw import raw_values
from report_builder.templating.chain import Chain, chain_of

if TYPE_CHECKING:
    from report_builder.settings.file import WorkspaceSettings
    from report_builder.settings.mail import MailSettings


@dataclass(frozen=True)
class Workspace:
    """Where everything lies, and what was chosen on the way in, which wins over the settings.

    ``options`` are choices by the name of the format. Nothing is read before it is needed; what
    is wrong with the settings is raised by `settings`, and is a problem of every check.
    """

    root: Path
    given_output: Path | None = None
    given_theme: str | None = None
    given_editions: tuple[str, ...] = ()
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @cached_property
    def raw(self) -> Mapping[str, Any]:
        """The settings as they are written, unchecked; none where they cannot be read."""
        return raw_values(self.settings_file)

    @cached_property
    def settings(self) -> WorkspaceSettings:
        """The settings, read and checked; what is wrong with them is raised."""
        from report_builder.choices import read_settings

        return read_settings(self.settings_file, self.given)

    @property
    def given(self) -> Mapping[str, Any]:
        """The settings that were chosen on the way in."""
        chosen = {"theme": self.given_theme, "editions": self.given_editions, **self.options}
        return {name: value for name, value in chosen.items() if value}

    @property
    def mail(self) -> MailSettings:
        """How messages are sent."""
        return self.settings.file.smtp.settings(self.settings_file)

    @property
    def web_address(self) -> str:
        """Where the web pages of events are; empty where it is not said."""
        return self.settings.file.web_address

    @cached_property
    def chain(self) -> Chain:
        """The folders of the theme that is used, and its settings, unchecked."""
        return chain_of(self.theme, self.templates)

    @property
    def settings_file(self) -> Path:
        """The file of settings; it need not exist."""
        return self.root / SETTINGS_FILE

    @property
    def output(self) -> Path:
        """Where the outputs of events are stored, a folder each."""
        return self.given_output or self.root / self._text("output", "output")

    @property
    def theme(self) -> str:
        """The name of the theme that is used."""
        return self.given_theme or self._text("theme", "default")

    @property
    def editions(self) -> tuple[str, ...]:
        """The editions that are made."""
        written = self.raw.get("editions")
        named = [n for n in written if isinstance(n, str)] if isinstance(written, list) else []
        return self.given_editions or tuple(named) or (STANDARD_EDITION,)

    @property
    def jobs(self) -> int:
        """How many jobs are done at a time: as many as the settings say, or as there are cores."""
        written = self.raw.get("jobs")
        return written if isinstance(written, int) and written > 0 else cores()

    @property
    def outbox(self) -> Path:
        """The private folder of messages and of the ledger that says who got which."""
        return self.root / self.settings.file.outbox

    @property
    def suppressed_file(self) -> Path:
        """The list of addresses that get nothing, ever; it need not exist."""
        return self.root / "suppressed.csv"

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
            message = f"There is no event in {self.content.as_posix()}."
            hint = "Begin one with “report-builder new my-event”."
            place = Position(self.content.as_posix())
            raise ReportBuilderError([error("no-events", place, message, hint)])
        if unknown := [_unknown(self.content, name, known) for name in names if name not in known]:
            raise ReportBuilderError(unknown)
        return [self.content / name for name in dict.fromkeys(names or known)]

    def group(self, name: str) -> dict[str, Any]:
        """Return a group of the settings as it is written; empty where there is none."""
        group = self.raw.get(name, {})
        return group if isinstance(group, dict) else {}

    def _text(self, name: str, default: str) -> str:
        value = self.raw.get(name, default)
        return value if isinstance(value, str) else default


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on every system
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def open_workspace(
    root: Path | str = ".",
    *,
    output: Path | None = None,
    theme: str | None = None,
    editions: Sequence[str] = (),
    options: Mapping[str, Mapping[str, Any]] | None = None,
) -> Workspace:
    """Return the workspace in a folder. What is given here wins over its settings file.

    ``options`` are choices of formats, by the format's name: ``{"poster": {"paper": "A1"}}``.
    """
    return Workspace(Path(root), output, theme, tuple(editions), options or {})


def _unknown(content: Path, name: str, known: list[str]) -> Problem:
    return error(
        "unknown-event",
        Position(content.as_posix()),
        f"There is no event called “{name}”.",
        did_you_mean(name, known) or f"The events are: {', '.join(known)}.",
    )
