"""A workspace: the folder that holds ``content/``, ``templates/`` and ``output/``."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from report_builder.problems import (
    Position,
    Problem,
    ReportBuilderError,
    did_you_mean,
    error,
    private,
)
from report_builder.settings.mail import GROUP as SMTP
from report_builder.settings.mail import MailSettings, read_mail_settings

SETTINGS_FILE = "report-builder.toml"
EVENT_FILE = "event.yaml"
PARTNER_FILES = ("partners.csv", "partners.xlsx", "partners.yaml")
"""Where an event says who gets its documents: the first of them that there is."""

PDF_STANDARDS = ("ua-1", "ua-2")
WORD_DOCUMENTS = ("briefing", "report")
THEME_GROUPS = ("poster", "cloud")
"""The groups of a theme's settings that a workspace may change."""


@dataclass(frozen=True)
class Workspace:
    """Where everything lies, which theme is used, and which rules are off for what reason."""

    root: Path
    output: Path
    theme: str
    rules_off: Mapping[str, str]
    pre_election: tuple[dt.date, dt.date] | None = None
    editions: tuple[str, ...] = ()
    pdf_standard: str = "ua-1"
    word_documents: tuple[str, ...] = WORD_DOCUMENTS[:1]
    theme_settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    mail: MailSettings = field(default_factory=MailSettings)
    web_address: str = ""
    outbox_folder: str = "outbox"

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
    settings = _read_settings(root / SETTINGS_FILE)
    return Workspace(
        root,
        output or root / settings.get("output", "output"),
        theme or settings.get("theme", "default"),
        settings.get("rules-off", {}),
        (election["from"], election["to"]) if (election := settings.get("pre-election")) else None,
        editions or tuple(settings.get("editions", ())),
        pdf_standard or settings.get("pdf-standard", "ua-1"),
        word_documents or tuple(settings.get("word-documents", WORD_DOCUMENTS[:1])),
        {
            group: {**settings.get(group, {}), **(theme_settings or {}).get(group, {})}
            for group in THEME_GROUPS
        },
        settings[SMTP],
        settings.get("web-address", ""),
        settings.get("outbox", "outbox"),
    )


def _read_settings(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {SMTP: MailSettings()}
    position = Position(path.as_posix())
    try:
        text = path.read_text("utf-8-sig")
        settings = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as reason:
        place = re.search(r"line (\d+), column (\d+)", str(reason))
        at = Position(position.path, *map(int, place.groups())) if place else position
        hint = 'Put quotes around a text: host = "smtp.council.example".'
        message = f"The settings cannot be read: {reason}."
        (problem,) = private([error("settings", at, message, hint)])
        raise ReportBuilderError([problem]) from reason
    shapes = {
        "output": str,
        "theme": str,
        "rules-off": dict,
        "pre-election": dict,
        "editions": list,
        "pdf-standard": str,
        "word-documents": list,
        **dict.fromkeys(THEME_GROUPS, dict),
        "web-address": str,
        "outbox": str,
        SMTP: dict,
    }
    problems = [
        error(
            "settings",
            position,
            f"“{name}” is not a setting, or its value has the wrong shape.",
            did_you_mean(name, shapes) or f"The settings are: {', '.join(shapes)}.",
        )
        for name, value in settings.items()
        if not isinstance(value, shapes.get(name, ()))
    ]
    for code, why in dict(settings.get("rules-off", {})).items() if not problems else ():
        if not (isinstance(why, str) and why.strip()):
            message = f"The rule “{code}” is switched off without a reason."
            problems.append(error("settings", position, message, f'Write {code} = "the reason".'))
    if settings.get("pdf-standard", "ua-1") not in PDF_STANDARDS and not problems:
        message = f"There is no PDF standard called “{settings['pdf-standard']}”."
        problems.append(error("settings", position, message, "Write ua-1 or ua-2."))
    for name in settings.get("word-documents", ()) if not problems else ():
        if name not in WORD_DOCUMENTS:
            message = f"There is no Word document called “{name}”."
            problems.append(error("settings", position, message, "Write briefing or report."))
    if not problems and (election := settings.get("pre-election")):
        days = [election.get(end) for end in ("from", "to")]
        if set(election) != {"from", "to"} or not all(isinstance(day, dt.date) for day in days):
            message = "“pre-election” needs a first and a last day."
            hint = "Write from = 2027-03-20 and to = 2027-05-06 under [pre-election]."
            problems.append(error("settings", position, message, hint))
    web = settings.get("web-address", "")
    if web and not (isinstance(web, str) and re.match(r"https?://[^\s/]+\.[^\s]+$", web)):
        hint = 'Write web-address = "https://www.council.example/events/{event}".'
        problems.append(error("settings", position, f"“{web}” is not a web address.", hint))
    try:
        mail = read_mail_settings(
            settings.get(SMTP, {}) if not problems else {}, position.path, text
        )
    except ReportBuilderError as reason:
        problems += reason.problems
    if problems:
        raise ReportBuilderError(problems)
    return {**settings, SMTP: mail}


def _unknown(content: Path, name: str, known: list[str]) -> Problem:
    return error(
        "unknown-event",
        Position(content.as_posix()),
        f"There is no event called “{name}”.",
        did_you_mean(name, known) or f"The events are: {', '.join(known)}.",
    )
