"""A new format is two files in a package of its own, and everything knows it as it knows ours."""

from __future__ import annotations

import email
import json
import re
from email.policy import default
from functools import partial
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.tools.distribution import environment, install

pytestmark = pytest.mark.slow

WRITER = '''
"""The event as a plain text, for letters and for the phone."""
from typing import Annotated, Literal

from report_builder.settings.options import Flag, Options
from report_builder.writers import FileType, Made


class TextOptions(Options):
    """The choices of the text."""

    case: Annotated[
        Literal["plain", "shouted"], Flag("--case", "How loud the text is.")
    ] = "plain"


class _Text:
    name = verb = "text"
    summary = "Make a plain text."
    help = "Make summary.txt: the event in a few plain lines."
    top_keys = {}
    file_types = {"txt": FileType("Text", "text/plain")}
    attaches = True
    has_editions = False
    seconds = 1.0
    programs = ()

    def options(self):
        return TextOptions

    def write(self, renderer, options):
        text = renderer.render("summary.txt.j2")
        if options.case == "shouted":
            text = text.upper()
        return Made({"summary.txt": text.encode()})


writer = _Text()
'''
TEMPLATE = "{{ event.title }}\n{% if event.venue %}{{ event.venue.name }}\n{% endif %}"
EVENT = "title: A day\nvenue: Town Hall\n"
RECIPIENTS = "name,organisation,email\nMary,Noah,mary@noah.example\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Install a package that brings a format: its writer, its template, and how it is found."""
    site = tmp_path / "site"
    group = "report_builder.writers"
    install(site, "letters", "letters", WRITER, group, "text = letters:writer")
    template = tmp_path / "templates/default/summary.txt.j2"
    template.parent.mkdir(parents=True)
    template.write_text(TEMPLATE)
    (tmp_path / "content/day").mkdir(parents=True)
    (tmp_path / "content/day/event.yaml").write_text(EVENT)
    return site


@pytest.fixture
def installed(site: Path, tmp_path: Path, run: Run) -> Run:
    """Run the command line where the package is installed."""
    return partial(run, cwd=tmp_path, env=environment(site))


def test_it_is_a_verb_with_the_flags_of_its_options(
    installed: Run, run: Run, tmp_path: Path
) -> None:
    assert "Make a plain text." in installed("--help").stdout
    assert "--case [plain|shouted]" in installed("text", "--help").stdout
    assert "--case [plain|shouted]" in installed("build", "--help").stdout
    installed("text", "--case", "shouted")
    made = tmp_path / "output/day"
    assert (made / "summary.txt").read_text() == "A DAY\nTOWN HALL\n"
    assert not (made / "report.pdf").exists()
    assert "text" not in run("--help", cwd=tmp_path).stdout.split()
    run("text", cwd=tmp_path, code=2)


def test_it_is_built_and_noted_and_is_old_when_its_template_changes(
    installed: Run, tmp_path: Path
) -> None:
    installed("build")
    made = tmp_path / "output/day"
    assert (made / "summary.txt").read_text() == "A day\nTown Hall\n"
    assert (made / "report.pdf").exists()
    assert "summary.txt" in json.loads((made / "manifest.json").read_text())["outputs"]
    (tmp_path / "templates/default/summary.txt.j2").write_text("Come to {{ event.title }}!\n")
    explained = installed("build", "--explain").stderr
    assert re.findall(r"^day: (\w+): ", explained, re.M) == ["text"]
    assert (made / "summary.txt").read_text() == "Come to A day!"
    (tmp_path / "site/letters-1.0.dist-info").rename(tmp_path / "site/letters-1.1.dist-info")
    assert "day: text: letters was 1.0, and is 1.1" in installed("build", "--explain").stderr


def test_check_makes_it_and_names_its_faults_at_their_lines(installed: Run, tmp_path: Path) -> None:
    template = tmp_path / "templates/default/summary.txt.j2"
    template.write_text("{{ event.title }}\n{{ event.ven }}\n")
    for command in ("check", "build", "text"):
        done = installed(command, code=1)
        said = done.stdout + done.stderr
        assert "templates/default/summary.txt.j2:2:" in said, command
        assert "“venue”" in said
    template.write_text(TEMPLATE)
    (tmp_path / "report-builder.toml").write_text("[text]\ncase = 'whispered'\n")
    for command in ("check", "build"):
        done = installed(command, code=1)
        said = done.stdout + done.stderr
        assert "report-builder.toml:2:" in said
        assert "whispered" in said


def test_its_choice_may_stand_in_the_settings_and_in_a_theme(
    installed: Run, tmp_path: Path
) -> None:
    settings, theme = (tmp_path / name for name in ("report-builder.toml", "templates/ours"))
    made = tmp_path / "output/day/summary.txt"
    theme.mkdir()
    (theme / "theme.toml").write_text("extends = 'default'\n[text]\ncase = 'shouted'\n")
    settings.write_text("theme = 'ours'\n")
    installed("build")
    assert made.read_text() == "A DAY\nTOWN HALL\n"
    settings.write_text("theme = 'ours'\n[text]\ncase = 'plain'\n")
    installed("build")
    assert made.read_text() == "A day\nTown Hall\n"


def test_it_is_attached_to_a_message(installed: Run, tmp_path: Path) -> None:
    installed("build")
    (tmp_path / "content/day/partners.csv").write_text(RECIPIENTS)
    (tmp_path / "report-builder.toml").write_text(
        "[smtp]\nhost = 'mail.council.example'\nauth = 'none'\n"
        "from = 'Team <team@council.example>'\n"
    )
    installed("send", "day", "--attach", "summary.txt")
    (message,) = (tmp_path / "outbox/day").glob("*.eml")
    parts = email.message_from_bytes(message.read_bytes(), policy=default).iter_attachments()
    assert [(part.get_filename(), part.get_content_type()) for part in parts] == [
        ("day-summary.txt", "text/plain")
    ]
