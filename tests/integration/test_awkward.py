"""Hard events come out whole: one with every kind of section and field, one that is awkward.

The awkward one has long names, long questions, every shape of text, and nothing known.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from ooxml_integrity import check as integrity_findings
from openxml_audit import OpenXmlValidator
from pydantic import BaseModel
from tests.conftest import Once, Run
from tests.tools.office import page_count, text_of
from tests.tools.verapdf import failed_rules

from report_builder.checks.word import check_word
from report_builder.content.fields import Line, Model
from report_builder.content.loader import Loaded, load
from report_builder.content.model import Event, event_model
from report_builder.content.sections import kinds
from report_builder.content.sections.feedback import Feedback
from report_builder.content.text import Text
from report_builder.problems import Position

CONTENT = Path(__file__).parent / "content"
EVENTS = ("awkward", "every")
OF_ALL_KINDS = {"id", "intro", "closing", "decorative", "language"}
TRANSLATIONS = ("pl", "ur")
# What readers do not get as words: codes, names of files, targets of links.
UNSAID = {"type", "id", "language", "file", "logo", "web", "consent", "kind", "alt", "speakers",
          "answered_by", "summary", "briefing", "queries", "due", "date", "role",
          "merge", "blocked", "stop_words", "mask", "responses"}  # fmt: skip


@pytest.fixture(scope="module")
def output(once: Once, run: Run) -> Path:
    def build(workspace: Path) -> None:
        shutil.copytree(CONTENT, workspace / "content")
        (workspace / "report-builder.toml").write_text('word-documents = ["briefing", "report"]\n')
        run("build", cwd=workspace)

    return once("hard", build) / "output"


def said(value: object) -> Iterator[str]:
    """Yield every text of an event that its report must hold."""
    if isinstance(value, Text):
        yield from value.paragraphs
    elif isinstance(value, Line):
        yield value
    elif isinstance(value, BaseModel):
        if isinstance(value, Feedback):  # answers are printed as the phrases that they come down to
            yield from (phrase.text for phrase in value.phrases)
        for name in type(value).model_fields:
            if name not in UNSAID:
                yield from said(getattr(value, name))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from said(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from said(inner)


@pytest.mark.parametrize("event", EVENTS)
def test_every_text_of_the_content_is_in_the_report(output: Path, event: str) -> None:
    texts = texts_of(load(CONTENT / event))
    assert len(texts) > 50
    path = output / event / "report.pdf"
    assert lost(texts, text_of(path) + text_of(path, right_to_left=True)) == []


def test_every_text_that_councillors_get_is_in_the_briefing(output: Path) -> None:
    shortened = ("sessions", "panel", "feedback", "chart")
    sections = [s for s in _event("every").sections if s.in_briefing and s.type not in shortened]
    texts = [text for section in sections for text in said(section)]
    assert len(texts) > 40
    word = docx.Document(str(output / "every/briefing.docx"))
    there = " ".join(node.text or "" for node in word.element.body.iter(qn("w:t")))
    # Members find key messages and next steps under the same headings each time.
    assert lost(texts, there) == ["Main messages"]


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_says_all_its_words_in_their_order(output: Path, language: str) -> None:
    translated = load(CONTENT / "languages", language)
    path = output / "languages" / f"report.{language}.pdf"
    text = text_of(path, right_to_left=language == "ur")
    texts = texts_of(translated)
    assert len(texts) > 30
    assert lost(texts, text) == []
    # The talks' paragraphs are long, and come in the order in which they were given.
    sessions = _event_of(translated).sections_of("sessions")[0].items
    said_there = [squeeze(p) for session in sessions for p in session.body.paragraphs[:3]]
    places = [squeeze(text).index(paragraph) for paragraph in said_there]
    assert places == sorted(places)


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_speaks_its_language_throughout(output: Path, language: str) -> None:
    folder = output / "languages"
    for name in (f"report.{language}.pdf", f"poster.{language}.pdf"):
        assert failed_rules(folder / name) == {}
    with pikepdf.open(folder / f"report.{language}.pdf") as pdf:
        assert pdf.Root.Lang == language
    text = text_of(folder / f"report.{language}.pdf")
    assert not re.search("Contents|Venue|Attendance|Next steps", text)
    briefing = docx.Document(str(folder / f"briefing.{language}.docx"))
    assert briefing.core_properties.language == language


def texts_of(loaded: Loaded) -> list[str]:
    event = _event_of(loaded)
    return [text for text in said(event) if text not in event.people]


def squeeze(text: str) -> str:
    """Return a text as extraction gives it: a line may break after a hyphen, letters may join."""
    joined = unicodedata.normalize("NFKC", text)
    # Lam and alif are one sign; every reader of PDF files turns the two letters in it round.
    joined = joined.replace("لا", "ال")
    return "".join(c for c in joined if unicodedata.category(c) not in ("Zs", "Cc", "Cf"))


def lost(texts: list[str], text: str) -> list[str]:
    there = squeeze(text)
    return [text for text in texts if squeeze(text) not in there]


def test_the_event_of_every_kind_uses_every_kind_and_every_field() -> None:
    found = {section.type for event in EVENTS for section in _event(event).sections}
    assert found == set(kinds())
    used: dict[type[Model], set[str]] = {}
    for event in (*EVENTS, "languages"):
        _note_fields(_event(event), used)
    for model, fields in used.items():
        if model is not event_model():
            # What every kind has alike is used once; a picture has an alt text or none.
            assert set(model.model_fields) - fields <= OF_ALL_KINDS, model


def _event(name: str) -> Event:
    return _event_of(load(CONTENT / name))


def _event_of(loaded: Loaded) -> Event:
    assert loaded.event is not None, loaded.problems
    return loaded.event


def _note_fields(value: object, used: dict[type[Model], set[str]]) -> None:
    if isinstance(value, Model):
        used.setdefault(type(value), set()).update(value.model_fields_set)
        for name in type(value).model_fields:
            _note_fields(getattr(value, name), used)
    elif isinstance(value, tuple | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            _note_fields(inner, used)


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("name", ["report.pdf", "poster.pdf"])
def test_the_pdf_is_accessible(output: Path, event: str, name: str) -> None:
    assert failed_rules(output / event / name) == {}


WORD_FILES = [
    *((event, f"{name}.docx") for event in EVENTS for name in ("briefing", "report")),
    *(
        ("languages", f"{name}.{language}.docx")
        for language in TRANSLATIONS
        for name in ("briefing", "report")
    ),
]


@pytest.mark.parametrize(("event", "name"), WORD_FILES)
def test_the_word_file_is_sound(output: Path, event: str, name: str) -> None:
    path = str(output / event / name)
    assert OpenXmlValidator().validate(path).errors == []
    assert list(integrity_findings(path)) == []
    assert check_word(Path(path).read_bytes(), Position(path)) == []


@pytest.mark.parametrize("event", EVENTS)
def test_every_text_of_the_content_is_in_the_word_report(output: Path, event: str) -> None:
    word = docx.Document(str(output / event / "report.docx"))
    there = " ".join(node.text or "" for node in word.element.body.iter(qn("w:t")))
    assert lost(texts_of(load(CONTENT / event)), there) == []


def test_a_cell_that_spans_stands_in_each_of_its_places(output: Path) -> None:
    tables = docx.Document(str(output / "every/report.docx")).tables
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    assert ["Both", "not counted", "not counted"] in rows
    assert ["c", "e"] in rows


def test_councillors_read_who_said_what(output: Path) -> None:
    words = [p.text for p in docx.Document(str(output / "awkward/briefing.docx")).paragraphs]
    chair = "Professor Dame Alexandra Featherstonehaugh-Cholmondeley, Chair of the Integrated Care"
    who = f"{chair} Partnership Board, Black Country Integrated Care System; Bo"
    said = f"{who}; Christopher Montgomery, Trustee, Age Concern: Text of the talk. It went on."
    assert f"Loneliness in numbers. {said}" in words
    assert sum(text.startswith("A talk by nobody in particular. Some words") for text in words) == 1


@pytest.mark.parametrize("event", EVENTS)
def test_the_poster_is_one_page(output: Path, event: str) -> None:
    assert page_count(output / event / "poster.pdf") == 1
