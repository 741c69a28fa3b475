"""An awkward event (long names, nothing known, every shape of text) comes out whole."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import docx
import pytest
from ooxml_integrity import check as integrity_findings
from openxml_audit import OpenXmlValidator
from tests.conftest import Run
from tests.tools.office import page_count, text_of
from tests.tools.verapdf import failed_rules

from report_builder.content.loader import load

CONTENT = Path(__file__).parent / "content"


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    workspace = tmp_path_factory.mktemp("awkward")
    shutil.copytree(CONTENT, workspace / "content")
    run("build", cwd=workspace)
    return workspace / "output/awkward"


@pytest.mark.parametrize("name", ["report.pdf", "poster.pdf"])
def test_the_pdf_is_accessible(awkward: Path, name: str) -> None:
    assert failed_rules(awkward / name) == {}


def test_every_text_of_the_content_is_in_the_report(awkward: Path) -> None:
    loaded = load(CONTENT / "awkward")
    assert loaded.event is not None
    text = text_of(awkward / "report.pdf")
    squeezed = re.sub(r"\s", "", text)
    said = [words for found in loaded.texts for words in found.paragraphs]
    said += [person.name for person in loaded.event.people.values()]
    said += [section.title for section in loaded.event.sections]
    assert len(said) > 40
    for words in said:
        # A long name may be broken after its hyphen, where extraction adds a space.
        assert re.sub(r"\s", "", words) in squeezed, words


def test_the_word_file_is_sound(awkward: Path) -> None:
    path = str(awkward / "briefing.docx")
    assert OpenXmlValidator().validate(path).errors == []
    assert list(integrity_findings(path)) == []
    words = [p.text for p in docx.Document(path).paragraphs]
    names = "Professor Dame Alexandra Featherstonehaugh-Cholmondeley, Bo and Christopher Montgomery"
    assert f"Loneliness in numbers. {names}: Text of the talk." in words
    assert "A talk by nobody in particular. Some words that were said, and then a few more so that there is a second line to look at here." in words  # fmt: skip  # noqa: E501


def test_the_poster_is_one_page(awkward: Path) -> None:
    assert page_count(awkward / "poster.pdf") == 1
