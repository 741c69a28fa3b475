"""A workspace: the folder that holds ``content/``, ``templates/`` and ``output/``."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from report_builder.problems import Position, Problem, ReportBuilderError, did_you_mean, error
from report_builder.settings.findings import Findings
from report_builder.settings.mail import MailSettings
from report_builder.settings.toml import read_toml
from report_builder.settings.tree import Fields, at, data, name_at, planted

SETTINGS_FILE = "report-builder.toml"
EVENT_FILE = "event.yaml"
PARTNER_FILES = ("partners.csv", "partners.xlsx", "partners.yaml")
"""Where an event says who gets its documents: the first of them that there is."""

PDF_STANDARDS = ("ua-1", "ua-2")
WORD_DOCUMENTS = ("briefing", "report")
COMMAND_LINE = Position("the command line")
"""Where a setting stands that is in no file."""


@dataclass(frozen=True)
class Workspace:
    """Where everything lies, which theme is used, and which rules are off for what reason.

    ``tree`` holds the settings as they are written, with their places; ``theme_settings`` are
    those that change the theme's.
    """

    root: Path
    output: Path
    theme: str
    rules_off: Mapping[str, str]
    pre_election: tuple[dt.date, dt.date] | None = None
    editions: tuple[str, ...] = ()
    pdf_standard: str = "ua-1"
    word_documents: tuple[str, ...] = WORD_DOCUMENTS[:1]
    theme_settings: Fields = field(default_factory=lambda: Fields(COMMAND_LINE, {}))
    mail: MailSettings = field(default_factory=MailSettings)
    web_address: str = ""
    outbox_folder: str = "outbox"
    tree: Fields = field(
        default_factory=lambda: Fields(COMMAND_LINE, {}), repr=False, compare=False
    )

    @property
    def outbox(self) -> Path:
        """The private folder of messages and of the ledger that says who got which."""
        return self.root / self.outbox_folder

    @property
    def suppressed_file(self) -> Path:
        """The list of addresses that get nothing, ever; it need not exist."""
        return self.root / "suppressed.csv"

    @property
    def settings_file(self) -> Path:
        """The workspace's settings; the file need not exist."""
        return self.root / SETTINGS_FILE

    @property
    def content(self) -> Path:
        """The folder of events."""
        return self.root / "content"

    @property
    def templates(self) -> Path:
        """The folder of the workspace's own themes; it need not exist."""
        return self.root / "templates"

    def at(self, *path: str | int) -> Position:
        """Return where a setting's value stands: in the settings file, or the command line."""
        return at(self.tree, *path)

    def name_at(self, *path: str | int) -> Position:
        """Return where a setting's name stands."""
        return name_at(self.tree, *path)

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


def open_workspace(
    root: Path,
    output: Path | None = None,
    theme: str | None = None,
    editions: tuple[str, ...] = (),
    pdf_standard: str | None = None,
    word_documents: tuple[str, ...] = (),
    theme_settings: Mapping[str, Mapping[str, Any]] | None = None,
) -> Workspace:
    """Return the workspace in a folder. What is given here wins over its settings file.

    ``theme_settings`` are settings of the theme's, by their group, that are to be others.
    """
    given = {
        "theme": theme,
        "editions": editions,
        "pdf-standard": pdf_standard,
        "word-documents": word_documents,
        **(theme_settings or {}),
    }
    over = planted({name: value for name, value in given.items() if value}, COMMAND_LINE)
    path = root / SETTINGS_FILE
    if not over.nodes and not os.path.lexists(path):
        return Workspace(root, output or root / "output", "default", {})
    # Imported here: pydantic takes its time, and a workspace without settings does without.
    from report_builder.settings.file import GROUPS, PdfOptions, WordOptions, read_workspace

    settings = read_workspace(path, over)
    file, tree = settings.file, settings.tree
    election = file.pre_election
    changes = {name: tree.nodes[name] for name in tree.nodes if name in GROUPS}
    return Workspace(
        root,
        output or root / file.output,
        file.theme,
        file.rules_off,
        (election.first, election.last) if election else None,
        file.editions,
        settings.options(PdfOptions).pdf_standard,
        settings.options(WordOptions).word_documents,
        Fields(tree.position, changes),
        file.smtp.settings(path),
        file.web_address,
        file.outbox,
        tree,
    )


def raw_settings(root: Path) -> Mapping[str, Any]:
    """Return what the settings file of a workspace says, unchecked, and without pydantic.

    It is for telling whether anything has changed; where it cannot be read, what can is there.
    """
    values = data(read_toml(root / SETTINGS_FILE, Findings()))
    assert isinstance(values, dict)  # noqa: S101  # a file of settings is nothing else
    return values


def _unknown(content: Path, name: str, known: list[str]) -> Problem:
    return error(
        "unknown-event",
        Position(content.as_posix()),
        f"There is no event called “{name}”.",
        did_you_mean(name, known) or f"The events are: {', '.join(known)}.",
    )
