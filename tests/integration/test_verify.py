"""``verify`` finds what is wrong with any PDF, and says aloud what a screen reader would."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from tests.conftest import Once, Run
from tests.tools.office import pdf_of


def elements(pdf: pikepdf.Pdf, role: str) -> list[pikepdf.Dictionary]:
    found = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == role]
    assert found
    return found


def without_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/StructTreeRoot"]


def without_alternative(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "/Figure")[0]["/Alt"]


def without_heads(pdf: pikepdf.Pdf) -> None:
    for head in elements(pdf, "/TH"):
        head.S = pikepdf.Name.TD


def with_skipped_level(pdf: pikepdf.Pdf) -> None:
    for heading in elements(pdf, "/H2"):
        heading.S = pikepdf.Name.H4


def without_headings(pdf: pikepdf.Pdf) -> None:
    for role in ("/H1", "/H2", "/H3"):
        for heading in elements(pdf, role):
            heading.S = pikepdf.Name.P


def without_title(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Metadata"]


def without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Lang"]


@pytest.fixture(scope="module")
def documents(once: Once, run: Run) -> Path:
    def build(folder: Path) -> None:
        event = folder / "content/an-event"
        event.mkdir(parents=True)
        (event / "event.yaml").write_text(
            "title: A report\nsections:\n"
            "  - type: feedback\n    title: You told us\n    question: What matters?\n"
            "    responses: [Homes, Homes, Work]\n"
            "  - type: actions\n    title: Next steps\n    items: [{text: Do it, owner: Us}]\n"
        )
        run("pdf", cwd=folder)
        run("docx", cwd=folder)

    return once("verify", build) / "output/an-event"


@pytest.fixture(scope="module")
def report(documents: Path) -> Path:
    return documents / "report.pdf"


def test_our_own_is_accessible(report: Path, run: Run) -> None:
    said = run("verify", str(report)).stdout
    assert "accessible; it says it follows PDF/UA-1 and PDF/A-2a." in said


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (without_tags, "no-tags"),
        (without_alternative, "picture-alt"),
        (without_heads, "table-heads"),
        (with_skipped_level, "heading-order"),
        (without_headings, "no-headings"),
        (without_title, "PDFUA1-METADATA-TITLE-001"),
        (without_language, "PDFUA1-TEXT-LANGUAGE-001"),
    ],
)
def test_a_spoilt_file_is_found_out(
    spoil: Callable[[pikepdf.Pdf], None], rule: str, report: Path, tmp_path: Path, run: Run
) -> None:
    spoilt = tmp_path / "spoilt.pdf"
    with pikepdf.open(report) as pdf:
        spoil(pdf)
        pdf.save(spoilt)
    (row,) = json.loads(run("verify", str(spoilt), "--format", "json", code=1).stdout)
    assert not row["accessible"]
    rules = {fault["rule"] for fault in row["faults"]}
    assert any(found.startswith(rule.rstrip("01-")) for found in rules), rules


def test_files_from_elsewhere_are_read_too(documents: Path, tmp_path: Path, run: Run) -> None:
    word = documents / "briefing.docx"
    foreign = pdf_of(word, tmp_path, tagged=True)
    said = run("verify", str(foreign), "--tree", "--read-aloud", code=None).stdout
    assert "Heading, level 2: Next steps" in said
    assert "Table, 2 rows, 3 columns" in said
    untagged = pdf_of(word, tmp_path)
    assert "verify" not in run("verify", str(untagged), code=1).stderr


def test_what_is_said_is_what_stands_there(report: Path, run: Run) -> None:
    lines = run("verify", str(report), "--read-aloud").stdout.splitlines()
    assert "Heading, level 1: A report" in lines
    assert "Picture: Word cloud of 2 phrases. All of them are listed below." in lines
    assert "List, 2 items" in lines
    assert "What: Do it" in lines
    assert "Who: Us" in lines
    tree = run("verify", str(report), "--tree").stdout
    assert "        TD Headers=What “Do it”" in tree


def test_what_is_no_document_is_said_to_be_none(tmp_path: Path, run: Run) -> None:
    (tmp_path / "words.pdf").write_text("words")
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
    for name in ("words.pdf", "cut.pdf"):
        assert (
            "This is neither a PDF nor a Word file"
            in run("verify", str(tmp_path / name), code=1).stderr
        )
