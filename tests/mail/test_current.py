"""A document is old once what it was made from has changed, and by nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from PIL import Image

from report_builder import build, open_workspace
from report_builder.schedule import is_current
from report_builder.store.manifest import MANIFEST, read_manifest
from tests.conftest import ROOT
from tests.mail.conftest import EVENT

SHIPPED = ROOT / "templates/default"
_EVENT = """\
title: Town event
language: en-GB
date: 2026-10-06
venue: Town Hall
organiser: Luton Council
sections:
  - type: key-messages
    title: Main messages
    items: [A cold home makes people ill.]
  - type: prose
    title: In pictures
    pictures: [{file: media/partners.png, alt: A hall full of people, consent: given}]
  - type: feedback
    title: What people said
    question: What matters to you?
    responses: responses.csv
"""
_POLISH = """\
language: pl
title: Wydarzenie
sections:
  - {title: Najważniejsze wnioski, items: [Zimny dom szkodzi zdrowiu.]}
  - {title: Zdjęcia, pictures: [{alt: Sala pełna ludzi}]}
  - {title: Głosy, question: Co jest ważne?}
"""
_SETTINGS = """\
theme = "ours"
editions = ["standard", "large-print"]

[poster]
paper = "A4"
"""
_THEME = """\
[poster]
marks = true
"""
_OWN = ("report.css", "large-print.css", "poster.css", "briefing.docx", "email.html.j2")
"""What the workspace's own theme has of its own, as it is shipped."""

PDF = {"pdf", "pdf large-print", "pdf pl", "pdf large-print pl"}
DOCX = {"docx", "docx pl"}
POSTER = {"poster", "poster pl"}
ALL = PDF | DOCX | POSTER
POLISH = {name for name in ALL if name.endswith("pl")}
LARGE = {name for name in ALL if "large-print" in name}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with a theme of its own, in which every document is built."""
    root = tmp_path_factory.mktemp("made")
    event, theme = root / "content" / EVENT, root / "templates/ours"
    (event / "media").mkdir(parents=True)
    theme.mkdir(parents=True)
    (event / "event.yaml").write_text(_EVENT, "utf-8")
    (event / "event.pl.yaml").write_text(_POLISH, "utf-8")
    (event / "responses.csv").write_text("answer,count\nWarm homes,7\nParks,3\n", "utf-8")
    Image.effect_noise((60, 40), 60).convert("RGB").save(event / "media/partners.png")
    (theme / "theme.toml").write_text(_THEME, "utf-8")
    for name in _OWN:
        shutil.copy(SHIPPED / name, theme)
    shutil.copytree(SHIPPED / "words", root / "templates/default/words")
    (root / "report-builder.toml").write_text(_SETTINGS, "utf-8")
    outcome = build(open_workspace(root))
    assert not outcome.failed, outcome.problems
    return root


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Path:
    """Return a copy of the workspace, for one test to change: nothing in it is old."""
    root = tmp_path / "desk"
    shutil.copytree(made, root)
    assert old(root) == set()
    return root


def old(root: Path) -> set[str]:
    """Return the names of the documents that ``send`` would find old."""
    workspace, event = open_workspace(root), root / "content" / EVENT
    traces = read_manifest(workspace.output / EVENT).traces
    assert traces
    assert traces.keys() == ALL
    return {name for name, trace in traces.items() if not is_current(workspace, event, trace)}


Change = Callable[[Path], object]


def words(file: str, before: str, after: str) -> Change:
    """Let some words of a file be others."""

    def change(root: Path) -> None:
        path = root / file
        text = path.read_text("utf-8")
        assert before in text
        path.write_text(text.replace(before, after), "utf-8")

    return change


def more(file: str, content: str | bytes) -> Change:
    """Let a file have more at its end; one that is not there yet is made."""

    def change(root: Path) -> None:
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as stream:
            stream.write(content.encode() if isinstance(content, str) else content)

    return change


def gone(file: str) -> Change:
    """Let a file be gone."""
    return lambda root: (root / file).unlink()


def manifest(before: str, after: str) -> Change:
    """Let the documents have been built by other programs than are here."""
    return words(f"output/{EVENT}/{MANIFEST}", before, after)


CONTENT, SETTINGS = f"content/{EVENT}", "report-builder.toml"
THEME, FURTHER = "templates/ours", "templates/default"
CHANGES: dict[str, tuple[Change, Iterable[str]]] = {
    # what is changed, and what that makes old
    "a text": (words(f"{CONTENT}/event.yaml", "A cold home", "A damp home"), ALL),
    "a translated text": (words(f"{CONTENT}/event.pl.yaml", "Zimny", "Wilgotny"), POLISH),
    "a translation that is gone": (gone(f"{CONTENT}/event.pl.yaml"), POLISH),
    "an answer": (more(f"{CONTENT}/responses.csv", "Buses,2\n"), ALL),
    "a photo": (more(f"{CONTENT}/media/partners.png", b"\0"), PDF),
    "a style sheet": (more(f"{THEME}/report.css", "p { color: black }"), PDF),
    "an edition's style sheet": (more(f"{THEME}/large-print.css", "p { color: black }"), LARGE),
    "the poster's style sheet": (more(f"{THEME}/poster.css", "p { color: black }"), POSTER),
    "the reference document": (more(f"{THEME}/briefing.docx", b"\0"), DOCX),
    "an own style sheet that is gone": (gone(f"{THEME}/poster.css"), POSTER),
    "a template that takes a shipped one's place": (
        lambda root: shutil.copy(SHIPPED / "briefing.html.j2", root / THEME), DOCX),
    "a partial that takes a shipped one's place": (
        more(f"{THEME}/sections/prose.html.j2", "<p>Our own</p>"), PDF),
    "a file of the theme that it stands on": (
        more(f"{FURTHER}/poster.html.j2", "<p>Our own</p>"), POSTER),
    "a file there that its own stands before": (
        more(f"{FURTHER}/poster.css", "p { color: black }"), set()),
    "a folder of themes that is gone": (
        lambda root: (root / FURTHER).rename(root / "templates/other"), ALL),
    "words that templates print in a language": (
        more(f"{FURTHER}/words/pl.po", "# ours\n"), POLISH),
    "words of a language that nothing is in": (more(f"{THEME}/words/cy.po", ""), set()),
    "what a message says": (more(f"{THEME}/email.html.j2", "<!-- ours -->"), set()),
    "a colour": (more(f"{THEME}/theme.toml", '[colours]\nink = "#000000"\n'), ALL),
    "a font": (more(f"{THEME}/theme.toml", '[fonts]\ntext = "Noto Sans"\n'), ALL),
    "a theme's choice of posters": (
        words(f"{THEME}/theme.toml", "marks = true", "marks = true\nbleed = 5"), POSTER),
    "one that the settings overrule": (
        words(f"{THEME}/theme.toml", "marks = true", 'marks = true\npaper = "A2"'), set()),
    "what a theme asks of texts": (
        more(f"{THEME}/theme.toml", "[wording]\nreading_age = 20\n"), set()),
    "a comment in a theme": (more(f"{THEME}/theme.toml", "# ours\n"), set()),
    "the theme": (words(SETTINGS, '"ours"', '"default"'), ALL),
    "the poster's paper": (words(SETTINGS, '"A4"', '"A1"'), POSTER),
    "a new setting of posters": (more(SETTINGS, "margin = 20\n"), POSTER),
    "what PDFs follow": (words(SETTINGS, "theme", 'pdf-standard = "ua-2"\ntheme'), PDF | POSTER),
    "what is made as Word files": (
        words(SETTINGS, "theme", 'word-documents = ["briefing", "report"]\ntheme'), DOCX),
    "the cloud's engine": (more(SETTINGS, '[cloud]\nengine = "wordcloud"\n'), ALL),
    "which editions are made": (words(SETTINGS, ', "large-print"', ""), set()),
    "how messages are sent": (more(SETTINGS, "[smtp]\nport = 587\n"), set()),
    "where the page is": (
        words(SETTINGS, "theme", 'web-address = "https://www.council.example"\ntheme'), set()),
    "a rule that is off": (more(SETTINGS, '[rules-off]\nreading-age = "A long day"\n'), set()),
    "a comment in the settings": (more(SETTINGS, "# ours\n"), set()),
    "who gets it": (more(f"{CONTENT}/partners.csv", "email\nkit@hospice.example\n"), set()),
    "another event": (more("content/other/event.yaml", "title: Other\n"), set()),
    "the program": (manifest('"report-builder": "', '"report-builder": "0.0.1 '), ALL),
    "what makes PDFs": (manifest('"pikepdf": "', '"pikepdf": "0.'), PDF | POSTER),
    "what makes Word files": (manifest('"python-docx": "', '"python-docx": "0.'), DOCX),
    "what makes clouds": (manifest('"uharfbuzz": "', '"uharfbuzz": "0.'), ALL),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_makes_just_those_documents_old_that_depend_on_it(desk: Path, what: str) -> None:
    change, which = CHANGES[what]
    change(desk)
    assert old(desk) == set(which)


STRAY = ("Thumbs.db", ".DS_Store", "desktop.ini", "~$partners.xlsx", "event.yaml.bak", "Copy.png")


@pytest.mark.parametrize("name", STRAY)
@pytest.mark.parametrize(
    "folder", ["", "content", CONTENT, f"{CONTENT}/media", "templates", THEME, f"output/{EVENT}"]
)
def test_a_file_that_strays_in_makes_nothing_old(desk: Path, folder: str, name: str) -> None:
    more(f"{folder}/{name}", "stray")(desk)
    assert old(desk) == set()


def test_what_is_put_back_as_it_was_is_not_old_any_more(desk: Path) -> None:
    there_and_back = (('"A4"', '"A1"', POSTER), ('"A1"', '"A4"', set()))
    for before, after, which in there_and_back:
        words(SETTINGS, before, after)(desk)
        assert old(desk) == which


def test_it_is_not_old_because_it_was_touched_or_lies_elsewhere(desk: Path) -> None:
    for path in desk.rglob("*"):
        path.touch()
    assert old(desk) == set()
    desk.rename(desk.with_name("elsewhere"))
    assert old(desk.with_name("elsewhere")) == set()


def test_what_was_chosen_when_it_was_built_stands_whatever_the_settings_say(desk: Path) -> None:
    """No flag of ``send`` says how a document was made: it stays as it was asked for."""
    options = {"poster": {"paper": "300x400"}, "docx": {"documents": ("report",)}}
    assert build(open_workspace(desk, options=options)).failed == ()
    assert old(desk) == set()
    words(SETTINGS, '"A4"', '"A1"')(desk)
    words(SETTINGS, "theme", 'word-documents = ["briefing", "report"]\ntheme')(desk)
    assert old(desk) == set()
    words(SETTINGS, 'paper = "A1"', 'paper = "A1"\nbleed = 5')(desk)
    assert old(desk) == POSTER
    more(f"{CONTENT}/responses.csv", "Buses,2\n")(desk)
    assert old(desk) == ALL
    why = dict(build(open_workspace(desk, options=options)).why)
    assert why[f"{EVENT}: docx"] == "event/responses.csv changed"
    assert why[f"{EVENT}: poster"] == "event/responses.csv changed; poster.bleed was 3, and is 5"


def test_what_is_old_is_just_what_a_build_makes_anew(desk: Path) -> None:
    build(open_workspace(desk))
    more(f"{THEME}/poster.css", "p { orphans: 2 }")(desk)
    words(f"{CONTENT}/event.pl.yaml", "Zimny", "Wilgotny")(desk)
    expected = old(desk)
    assert expected == POSTER | POLISH
    outcome = build(open_workspace(desk))
    documents = {label.removeprefix(f"{EVENT}: ") for label, _ in outcome.why} & ALL
    assert documents == expected
    assert old(desk) == set()


def test_a_document_of_a_format_that_is_no_longer_installed_is_old(desk: Path) -> None:
    path = desk / "output" / EVENT / MANIFEST
    said = json.loads(path.read_bytes())
    said["jobs"]["poster"]["settings"]["job"]["document"] = "hologram"
    path.write_text(json.dumps(said), "utf-8")
    assert old(desk) == {"poster"}
