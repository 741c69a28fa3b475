"""What decides a document makes it anew when it changes, and nothing else does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from tests.conftest import ROOT

from report_builder import build, open_workspace

SHIPPED = ROOT / "templates/default"
EVENT = """\
title: A day
sections:
  - type: prose
    title: Why
    body: {file: talk.md}
    pictures: [{file: hall.svg, alt: A hall}]
  - {type: feedback, question: What matters?, responses: answers.csv, mask: shape.svg}
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/>'
FILES = {
    "content/an-event/event.yaml": EVENT,
    "content/an-event/talk.md": "We met.\n",
    "content/an-event/answers.csv": "answer\nHomes\nWork\n",
    "content/an-event/hall.svg": f"{DRAWING}</svg>\n",
    "content/an-event/shape.svg": f"{DRAWING}</svg>\n",
    "content/an-event/notes.txt": "Of no use.\n",
    "templates/ours/theme.toml": "name = 'Ours'\n",
    "templates/ours/logo.svg": f"{DRAWING}</svg>\n",
    "report-builder.toml": "theme = 'ours'\n[poster]\nlogo = 'logo.svg'\nlogo_alt = 'Us'\n",
}
OURS = ("report.css", "poster.css", "sections/prose.html.j2", "email.html.j2", "briefing.docx")


def more(text: str) -> Callable[[Path], object]:
    """Return what adds a text to a file."""
    return lambda path: path.write_text(path.read_text("utf-8") + text, "utf-8")


def sooner(path: Path) -> None:
    """Let a file be written at another time."""
    os.utime(path, (1_000_000_000, 1_000_000_000))


def headed(path: Path) -> None:
    document = docx.Document(str(path))
    document.sections[0].header.paragraphs[0].text = "Our Council"
    document.save(str(path))


DOCUMENTS = {"docx", "pdf", "poster"}
CHANGES: list[tuple[str, Callable[[Path], object], set[str]]] = [
    ("content/an-event/event.yaml", more("# A note.\n"), {"content", *DOCUMENTS}),
    ("content/an-event/talk.md", more("We parted.\n"), {"content", *DOCUMENTS}),
    ("content/an-event/answers.csv", more("Work\n"), {"content", *DOCUMENTS}),
    ("content/an-event/hall.svg", more("\n"), {"content", "pdf"}),
    ("content/an-event/shape.svg", more("\n"), {"content", *DOCUMENTS}),
    ("content/an-event/notes.txt", more("Nor this.\n"), set()),
    ("content/an-event/talk.md", sooner, set()),
    ("templates/ours/report.css", more("h2 { color: #6D1F5B }\n"), {"pdf"}),
    ("templates/ours/poster.css", more("h1 { font-weight: 400 }\n"), {"poster"}),
    ("templates/ours/logo.svg", more("\n"), {"settings", "poster"}),
    ("templates/ours/sections/prose.html.j2", more("\n"), {"theme", "pdf"}),
    ("templates/ours/email.html.j2", more("\n"), {"theme"}),
    ("templates/ours/briefing.docx", headed, {"theme", "docx"}),
    ("templates/ours/theme.toml", more("[colours]\nteal = '#00404C'\n"),
     {"settings", "theme", *DOCUMENTS}),
    ("report-builder.toml", more("paper = 'A4'\n"), {"settings", "poster"}),
    ("report-builder.toml", more("[cloud]\ncolours = ['plum']\n"),
     {"settings", "theme", *DOCUMENTS}),
    ("report-builder.toml", more("[rules-off]\nacronym = 'Known.'\n"), {"settings"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace in which everything was built, with a theme of its own."""
    folder = tmp_path_factory.mktemp("day")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    for name in OURS:
        (folder / "templates/ours" / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(SHIPPED / name, folder / "templates/ours" / name)
    assert set(made_anew(folder)) == {"settings", "theme", "content", *DOCUMENTS}
    return folder


def made_anew(folder: Path) -> dict[str, str]:
    """Build, and return what was made anew, with what had changed."""
    outcome = build(open_workspace(folder))
    assert outcome.exit_code == 0, outcome.problems
    return {label.rpartition(": ")[2]: why for label, why in outcome.why}


@pytest.mark.parametrize(
    ("name", "change", "expected"), CHANGES, ids=[f"{n}-{c[0]}" for n, c in enumerate(CHANGES)]
)
def test_a_change_makes_anew_what_it_decides(
    workspace: Path, name: str, change: Callable[[Path], Any], expected: set[str]
) -> None:
    made_anew(workspace)
    change(workspace / name)
    anew = made_anew(workspace)
    assert set(anew) == expected
    assert all(Path(name).name in why or " was " in why for why in anew.values()), anew
    assert made_anew(workspace) == {}
