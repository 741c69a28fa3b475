"""The briefing is two sides of A4 in the order that councillors know, and opens everywhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from ooxml_integrity import check as integrity_findings
from openxml_audit import OpenXmlValidator
from tests.tools.office import page_count, pdf_of, structure_of

OUTLINE = [
    "Purpose",
    "Key messages",
    "What speakers said",
    "Questions and answers",
    "What people told us",
    "Next steps",
    "Implications",
    "Other formats and languages",
]


@pytest.fixture
def briefing(built: Path) -> Any:
    return docx.Document(str(built / "briefing.docx"))


def test_two_pages_at_most(built: Path, tmp_path: Path) -> None:
    assert page_count(pdf_of(built / "briefing.docx", tmp_path)) <= 2


def test_the_parts_stand_in_their_order_under_real_headings(briefing: Any) -> None:
    headings = [p for p in briefing.paragraphs if p.style.name.startswith("Heading")]
    assert [p.text for p in headings if p.style.name == "Heading 1"] == [
        "Health equity town event: one year on"
    ]
    assert [p.text for p in headings if p.style.name == "Heading 2"] == OUTLINE


def test_lists_are_lists_and_no_paragraph_is_empty(briefing: Any) -> None:
    styles = [p.style.name for p in briefing.paragraphs]
    assert styles.count("Key Message") == 4
    assert styles.count("List Bullet") == 8
    for paragraph in briefing.paragraphs:
        has_picture = paragraph._p.find(f".//{qn('w:drawing')}") is not None
        assert paragraph.text.strip() or has_picture


def test_tables_have_heading_rows_that_repeat(briefing: Any) -> None:
    assert len(briefing.tables) == 2
    for table in briefing.tables:
        first, *others = (row._tr.trPr for row in table.rows)
        assert first.find(qn("w:tblHeader")) is not None
        assert all(row.find(qn("w:tblHeader")) is None for row in others)
        assert all(row.find(qn("w:cantSplit")) is not None for row in (first, *others))
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_blanks_say_so(briefing: Any) -> None:
    steps = briefing.tables[-1]
    assert [cell.text for cell in steps.rows[0].cells] == ["Action", "Who", "By when"]
    for row in steps.rows[1:]:
        action, who, when = (cell.text for cell in row.cells)
        assert action.startswith("To ")
        assert (who, when) == ("Not yet agreed", "Not yet agreed")


def test_the_cloud_has_every_phrase_as_its_alt_text(briefing: Any) -> None:
    (picture,) = briefing.inline_shapes
    described = picture._inline.docPr.get("descr")
    for phrase in ("Partnerships", "Focus on children/SfL", "Leadership at all levels"):
        assert phrase in described


def test_paper_language_and_properties(briefing: Any) -> None:
    (section,) = briefing.sections
    assert (section.page_width.mm, section.page_height.mm) == (
        pytest.approx(210, abs=0.1),
        pytest.approx(297, abs=0.1),
    )
    language = briefing.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "en-GB"
    core = briefing.core_properties
    assert core.title == "Briefing: Health equity town event: one year on"
    assert (core.language, core.author) == ("en-GB", "Luton Borough Council")


@pytest.mark.parametrize("name", ["briefing.docx", "reference"])
def test_two_other_programs_find_nothing_wrong(built: Path, name: str) -> None:
    root = Path(__file__).parents[2]
    path = built / name if name != "reference" else root / "templates/default/briefing.docx"
    assert OpenXmlValidator().validate(str(path)).errors == []
    assert list(integrity_findings(str(path))) == []


def test_libreoffice_sees_the_same_structure(built: Path, tmp_path: Path) -> None:
    tree = structure_of(pdf_of(built / "briefing.docx", tmp_path, tagged=True))
    kinds = re.findall(r"^\s*(H1|H2|Table|TH|Figure|L)\b", tree, re.MULTILINE)
    assert kinds.count("H1") == 1
    assert kinds.count("H2") == len(OUTLINE)
    assert kinds.count("Table") == 2
    assert kinds.count("TH") == 5
    assert kinds.count("Figure") == 1
    assert kinds.count("L") == 3
