"""What tests of sending share: a real mail server, and a workspace whose documents are built."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keyring
import pytest
from click.testing import CliRunner, Result
from keyring.backends.null import Keyring

from report_builder.cli import main
from report_builder.post.credentials import VARIABLE
from tests.conftest import Once, Run
from tests.tools.postfix import PASSWORD, Postfix, is_administrator

EVENT = "town-event"
_EVENT = """\
title: Town event
language: en-GB
date: 2026-10-06
venue: Town Hall
organiser: Luton Council
sections:
  - {type: key-messages, title: Main messages, items: [A cold home makes people ill.]}
  - {type: actions, title: Next steps, items: [{text: Insulate 50 homes, owner: Housing team}]}
"""
_POLISH = """\
language: pl
title: Wydarzenie
sections:
  - {title: Najważniejsze wnioski, items: [Zimny dom szkodzi zdrowiu.]}
  - {title: Następne kroki, items: [{text: Ocieplić 50 domów}]}
"""
HEADINGS = ("name", "email", "organisation", "groups", "language", "edition", "consent")
Row = Sequence[str]


@pytest.fixture(scope="session", autouse=True)
def _no_safe() -> Iterator[None]:
    """Leave the safe of whoever runs the tests alone, here and in commands that are run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        keyring.set_keyring(Keyring())
        yield


@pytest.fixture(scope="session")
def postfix() -> Iterator[Postfix]:
    """Run a mail server. It is a fault, not a reason to skip, where that cannot be done."""
    assert is_administrator(), "Postfix wants to be started by the administrator: run as root."
    server = Postfix()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def built_event(once: Once, run: Run) -> Path:
    """Return a workspace in which an event's report is built in two languages and editions."""

    def build(root: Path) -> None:
        folder = root / "content" / EVENT
        folder.mkdir(parents=True)
        (folder / "event.yaml").write_text(_EVENT, "utf-8")
        (folder / "event.pl.yaml").write_text(_POLISH, "utf-8")
        run("pdf", EVENT, "--edition", "standard", "--edition", "large-print", cwd=root)

    return once("town-event", build)


@dataclass(frozen=True)
class Office:
    """A workspace to send from, and how to call the program in it."""

    root: Path
    run: Run
    postfix: Postfix

    @property
    def partners(self) -> Path:
        """The table of recipients."""
        return self.root / "content" / EVENT / "partners.csv"

    def write_partners(self, rows: Sequence[Row], headings: Row = HEADINGS) -> None:
        """Write the table of recipients."""
        with self.partners.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(headings)
            writer.writerows(rows)

    def use(self, way: str = "starttls", **more: object) -> None:
        """Let the settings name the server, on one of its ports."""
        settings = self.postfix.settings(way, **more)
        (self.root / "report-builder.toml").write_text(settings, "utf-8")

    def send(self, *options: str, code: int | None = 0, **more: Any) -> Result:
        """Run ``send`` for the event."""
        return self.call("send", EVENT, *options, code=code, **more)

    def call(self, *arguments: str, code: int | None = 0, **more: Any) -> Result:
        """Run a command in this process, with the password in the environment."""
        options = {"env": {VARIABLE: PASSWORD}, **more}
        done = CliRunner().invoke(main, ["--workspace", str(self.root), *arguments], **options)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert code is None or done.exit_code == code, done.stdout + done.stderr
        return done

    def begin(self, *options: str) -> subprocess.Popen[str]:
        """Begin to ``send`` in a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "report_builder", "send", EVENT, *options],
            cwd=self.root,
            env={**os.environ, VARIABLE: PASSWORD},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def states(self) -> dict[str, int]:
        """Return how many messages are in each state."""
        done = self.call("outbox", "status", EVENT, "--format", "json", code=None)
        return dict(json.loads(done.stdout)[0]["states"])


@pytest.fixture
def office(built_event: Path, tmp_path: Path, run: Run, postfix: Postfix) -> Office:
    """Return a workspace with built documents and a mail server that has nothing yet."""
    shutil.copytree(built_event, tmp_path, dirs_exist_ok=True)
    postfix.clear()
    made = Office(tmp_path, run, postfix)
    made.use()
    return made


def people(number: int, **of: str) -> list[Row]:
    """Return rows of so many partners."""
    groups = of.get("groups", "partners")
    return [
        (
            *(f"Person {n:04d}", f"p{n:04d}@org{n % 7}.example", f"Organisation {n % 7}", groups),
            *(of.get("language", ""), of.get("edition", ""), "yes"),
        )
        for n in range(number)
    ]
