"""The structure tree of a PDF is that of its HTML, construction by construction.

A case is NAME.html, the body of a document; NAME.txt holds the tree that a screen reader must meet.
To add one, write the HTML, run ``pytest tests/golden --accept``, and read what was written.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.tools.office import text_of
from tests.tools.verapdf import failed_rules

from report_builder.checks.pdf import check_pdf
from report_builder.choices import find_theme
from report_builder.html.document import parse_document
from report_builder.problems import Position, ReportBuilderError
from report_builder.readback.structure import outline, read_structure
from report_builder.templating.resources import Resources
from report_builder.writers.pdf.options import Standard
from report_builder.writers.pdf.typeset import typeset

CASES = sorted((Path(__file__).parent / "structure").glob("*.html"))
# A narrow page, so that little text makes several lines and pages.
FRAME = """<!doctype html><html lang="en-GB"><head><title>A case</title><style>
@page {{ size: 105mm 90mm; margin: 12mm }}
body {{ font: 12pt/16pt 'Source Sans 3', 'Kurinto Sans', 'Kurinto Sans SC' }}
li ul, ul ul {{ list-style-type: "– " }}
</style></head><body>{body}</body></html>"""


def typeset_case(case: Path, folder: Path, standard: Standard) -> bytes:
    html = FRAME.format(body=case.read_text("utf-8"))
    resources = Resources(folder, find_theme("default", folder))
    return typeset(parse_document(html, "report.html.j2"), resources, standard)


def test_there_are_a_hundred_constructions() -> None:
    assert len(CASES) >= 100


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_tree_is_that_of_the_html(
    case: Path, tmp_path: Path, expect: Callable[[str, Path], None]
) -> None:
    pdf = tmp_path / "case.pdf"
    pdf.write_bytes(typeset_case(case, tmp_path, "ua-1"))
    tree = read_structure(pdf.read_bytes())
    assert tree is not None
    expect(outline(tree), case.with_suffix(".txt"))
    for profile in ("PDFUA-1", "PDFA-2A"):
        assert failed_rules(pdf, profile) == {}
    assert check_pdf(pdf.read_bytes(), Position("case.pdf")) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_it_passes_the_newer_standard_too(case: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "case.pdf"
    pdf.write_bytes(typeset_case(case, tmp_path, "ua-2"))
    assert failed_rules(pdf, "PDFUA-2-ISO32005") == {}


def refused(body: str, folder: Path) -> list[str]:
    html = FRAME.format(body=f"<h1>A title</h1>{body}")
    resources = Resources(folder, find_theme("default", folder))
    with pytest.raises(ReportBuilderError) as raised:
        typeset(parse_document(html, "report.html.j2"), resources)
    return [problem.code for problem in raised.value.problems]


def test_text_that_a_style_sheet_hides_or_moves_stops_the_build(tmp_path: Path) -> None:
    assert refused('<p style="display:none">Lost.</p><p>Here.</p>', tmp_path) == ["reading-order"]
    assert refused('<p>Words <span style="visibility:hidden">lost</span></p>', tmp_path) == [
        "reading-order"
    ]


def test_text_beside_a_list_within_an_item_is_missed_too(tmp_path: Path) -> None:
    lost = '<ul><li><span style="display:none">Lost.</span><ul><li>Inner</li></ul></li></ul>'
    assert refused(lost, tmp_path) == ["reading-order"]


def test_an_unknown_release_of_the_engine_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("weasyprint.__version__", "71.0")
    assert refused("<p>Words.</p>", tmp_path) == ["engine"]


def test_a_note_that_is_lost_stops_the_build(tmp_path: Path) -> None:
    lost = "<p>Words<span role='doc-footnote' style='display: none'>A note.</span> go on.</p>"
    assert refused(lost, tmp_path) == ["reading-order"]


def test_notes_stand_on_the_page_that_calls_them_where_it_has_room(tmp_path: Path) -> None:
    """WeasyPrint puts notes off that seem too high by an error of rounding, and loses some."""
    note = "<span role='doc-footnote' style='float: footnote; font: 12pt/1.25 Noto Sans'>{}</span>"
    html = FRAME.format(
        body=f"<style>@page {{ @footnote {{ margin-top: 5mm; padding-top: 1.7mm }} }}</style>"
        f"<h1>A title</h1><p>One{note.format('First note.')} and{note.format('Second note.')}.</p>"
        f"<p style='break-before: page'>Three{note.format('Third note.')}.</p>"
    )
    resources = Resources(tmp_path, find_theme("default", tmp_path))
    pdf = tmp_path / "notes.pdf"
    pdf.write_bytes(typeset(parse_document(html, "report.html.j2"), resources))
    first, second, *_ = text_of(pdf, pages=True).split("\f")
    assert "First note." in first
    assert "Second note." in first
    assert "Third note." in second
