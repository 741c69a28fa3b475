"""What there is to make: a job is one document of one event, in one language and edition."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from report_builder.fingerprint import Roots
from report_builder.settings.names import STANDARD_EDITION
from report_builder.templating.chain import is_shipped

SETTINGS, THEME, CONTENT = "settings", "theme", "content"
"""Jobs that make no document but say what is wrong: with what all documents stand on."""


@dataclass(frozen=True)
class Job:
    """What is to be made of what: all that decides it but the content of the files that it names.

    ``document`` is a writer's name, or one of the jobs that only look. ``theme`` is the theme's
    name, ``templates`` the folder of the workspace's own; ``settings`` are plain values, as they
    are written, and only those that decide the job; ``given`` are those that were chosen on the
    command line.
    """

    document: str
    root: Path
    theme: str
    templates: Path
    folders: tuple[Path, ...]
    settings: Mapping[str, Any]
    given: Mapping[str, Any] = field(default_factory=dict)
    event: Path | None = None
    translation: str = ""
    edition: str = STANDARD_EDITION
    programs: tuple[str, ...] = ()
    today: dt.date | None = None

    @property
    def version(self) -> tuple[str, ...]:
        """The edition and language, as far as they are not the usual ones."""
        edition = self.edition if self.edition != STANDARD_EDITION else ""
        return tuple(filter(None, (edition, self.translation)))

    @property
    def name(self) -> str:
        """The job among those of its event: “pdf large-print ur”."""
        return " ".join((self.document, *self.version))

    @property
    def label(self) -> str:
        """The job among all: “my-event: pdf large-print ur”."""
        return f"{self.event.name}: {self.name}" if self.event else self.name

    @property
    def key(self) -> str:
        """What is the same whenever this job is done again."""
        where = (self.event or self.root).resolve().as_posix()
        return json.dumps([where, self.document, self.edition, self.translation])

    @cached_property
    def roots(self) -> Roots:
        """The folders of the event, of the workspace and of the theme, by names."""
        event = {"event": self.event} if self.event else {}
        themes = {f"{_home(folder)}:{folder.name}": folder for folder in self.folders}
        return Roots({**event, **themes, "workspace": self.root})

    @property
    def decided_by(self) -> dict[str, Any]:
        """The settings as they are traced, with what else is no file and no program."""
        return {
            **self.settings,
            "job": {
                "document": self.document,
                "edition": self.edition,
                "language": self.translation,
                "event": self.event.name if self.event else "",
                "given": dict(self.given),
                "theme": self.theme,
                "folders": list(self.roots.folders),
            },
            **({"today": self.today.isoformat()} if self.today else {}),
        }

    def file_name(self, name: str) -> str:
        """Return the name that a file of this job is stored by: ``report.large-print.ur.pdf``."""
        stem, _, suffix = name.rpartition(".")
        return ".".join([stem, *self.version, suffix])


def _home(theme: Path) -> str:
    """Return what the place of a theme's folder is called, wherever the program lies."""
    return "shipped" if is_shipped(theme) else "templates"
