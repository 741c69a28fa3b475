"""Hard events come out whole: one with every kind of section and field, one that is awkward.

The awkward one has long names, long questions, every shape of text, and nothing known.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from ooxml_integrity import check as integrity_findings
from openxml_audit import OpenXmlValidator
from pydantic import BaseModel
from tests.conftest import Run
from tests.tools.office import page_count, text_of
from tests.tools.verapdf import failed_rules

from report_builder.content.fields import Line, Model
from report_builder.content.loader import load
from report_builder.content.model import event_model
from report_builder.content.responses import Response
from report_builder.content.sections import kinds
from report_builder.content.text import Text

CONTENT = Path(__file__).parent / "content"
EVENTS = ("awkward", "every")
# What readers do not get as words: codes, names of files, targets of links.
UNSAID = {"type", "language", "file", "logo", "web", "consent", "kind", "alt", "speakers",
          "answered_by", "summary", "briefing", "queries", "due", "date", "role"}  # fmt: skip


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    workspace = tmp_path_factory.mktemp("hard")
    shutil.copytree(CONTENT, workspace / "content")
    run("build", cwd=workspace)
    return workspace / "output"


def said(value: object) -> Iterator[str]:
    """Yield every text of an event that its report must hold."""
    if isinstance(value, Text):
        yield from value.paragraphs
    elif isinstance(value, Line):
        yield value
    elif isinstance(value, Response):
        yield value.text
    elif isinstance(value, BaseModel):
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
    loaded = load(CONTENT / event)
    assert loaded.event is not None
    squeezed = re.sub(r"\s", "", text_of(output / event / "report.pdf"))
    people = set(loaded.event.people)
    texts = [text for text in said(loaded.event) if text not in people]
    assert len(texts) > 60
    # A long name may be broken after its hyphen, where extraction adds a space.
    lost = [text for text in texts if re.sub(r"\s", "", text) not in squeezed]
    assert lost == []


def test_the_event_of_every_kind_uses_every_kind_and_every_field() -> None:
    loaded = load(CONTENT / "every")
    found = {section.type for event in EVENTS for section in _event(event).sections}
    assert found == set(kinds())
    used: dict[type[Model], set[str]] = {}
    _note_fields(loaded.event, used)
    for event in EVENTS:
        _note_fields(_event(event), used)
    for model, fields in used.items():
        if model is not event_model():
            # Words around a section are every kind's alike; a picture has an alt text or none.
            assert set(model.model_fields) - fields <= {"intro", "closing", "decorative"}, model


def _event(name: str):  # type: ignore[no-untyped-def]
    event = load(CONTENT / name).event
    assert event is not None
    return event


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


@pytest.mark.parametrize("event", EVENTS)
def test_the_word_file_is_sound(output: Path, event: str) -> None:
    path = str(output / event / "briefing.docx")
    assert OpenXmlValidator().validate(path).errors == []
    assert list(integrity_findings(path)) == []


def test_councillors_read_who_said_what(output: Path) -> None:
    words = [p.text for p in docx.Document(str(output / "awkward/briefing.docx")).paragraphs]
    names = "Professor Dame Alexandra Featherstonehaugh-Cholmondeley, Bo and Christopher Montgomery"
    assert f"Loneliness in numbers. {names}: Text of the talk." in words
    assert sum(text.startswith("A talk by nobody in particular. Some words") for text in words) == 1


@pytest.mark.parametrize("event", EVENTS)
def test_the_poster_is_one_page(output: Path, event: str) -> None:
    assert page_count(output / event / "poster.pdf") == 1
