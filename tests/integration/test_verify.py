"""``verify`` finds what is wrong with any PDF, and says aloud what a screen reader would."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from tests.conftest import ROOT, Once, Run
from tests.tools.office import pdf_of

from report_builder.problems import Position
from report_builder.verification import verify


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
        (without_title, "pdf-ua"),
        (without_language, "pdf-ua"),
    ],
)
def test_a_spoilt_file_is_found_out(
    spoil: Callable[[pikepdf.Pdf], None], rule: str, report: Path, tmp_path: Path, run: Run
) -> None:
    spoilt = tmp_path / "spoilt.pdf"
    with pikepdf.open(report) as pdf:
        spoil(pdf)
        pdf.save(spoilt)
    found = json.loads(run("verify", str(spoilt), "--format", "json", code=1).stdout)
    assert rule in {problem["code"] for problem in found if problem["severity"] == "error"}, found


def test_a_standards_own_rule_and_the_page_are_named(report: Path, tmp_path: Path) -> None:
    with pikepdf.open(report) as pdf:
        without_language(pdf)
        without_alternative(pdf)
        pdf.save(tmp_path / "spoilt.pdf")
    found = verify((tmp_path / "spoilt.pdf").read_bytes(), "spoilt.pdf").problems
    messages = [problem.message for problem in found]
    assert any("Rule PDFUA1-TEXT-LANGUAGE-0" in message for message in messages), messages
    assert "A picture has no alt text on page 2." in messages
    assert {problem.position for problem in found} == {Position("spoilt.pdf")}


def test_json_is_the_flat_list_that_check_prints_and_tells_what_a_file_claims(
    report: Path, tmp_path: Path, run: Run
) -> None:
    (tmp_path / "words.pdf").write_text("words")
    names = ("words.pdf", report.as_posix())
    found = json.loads(run("verify", *names, "--format", "json", cwd=tmp_path, code=1).stdout)
    shape = ["severity", "code", "path", "line", "column", "message", "hint"]
    assert [list(problem) for problem in found] == [shape, shape]
    assert [(p["code"], p["path"], p["line"], p["column"]) for p in found] == [
        ("unreadable-document", "words.pdf", 1, 1),
        ("pdf-claims", report.as_posix(), 1, 1),
    ]
    assert found[1]["message"] == "It says it follows PDF/UA-1 and PDF/A-2a."
    documented = (ROOT / "docs/commands.md").read_text("utf-8")
    assert f"`{{{', '.join(shape)}}}`" in documented
    assert "`pdf-claims`" in documented


def test_one_damaged_file_does_not_stop_the_others(report: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "cut.pdf").write_bytes(report.read_bytes()[:500])
    said = run("verify", str(tmp_path / "cut.pdf"), str(report), code=1).stdout
    assert "cut.pdf: not accessible." in said
    assert "report.pdf: accessible;" in said
    run("verify", str(report), str(report), code=0)


def test_no_language_of_ours_is_called_faulty(
    tmp_path_factory: pytest.TempPathFactory, run: Run
) -> None:
    folder = tmp_path_factory.mktemp("languages")
    shutil.copytree(Path(__file__).parent / "content/languages", folder / "content/languages")
    run("pdf", cwd=folder)
    reports = sorted((folder / "output/languages").glob("*.pdf"))
    assert len(reports) == 3
    for path in reports:
        assert verify(path.read_bytes(), path.name).problems == ()


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
        said = run("verify", str(tmp_path / name), code=1).stdout
        assert "This is neither a PDF nor a Word file" in said


def dictionary(pdf: pikepdf.Pdf, key: str, value: object) -> None:
    """Put something else in the place of a page's, or a structure element's, dictionary."""
    holder = elements(pdf, "/P")[0] if key in ("/Pg", "/K") else pdf.pages[0].obj
    holder[key] = value


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("/Pg", 5),
        ("/K", pikepdf.Dictionary(MCID=pikepdf.String("one"), Type=pikepdf.Name.MCR)),
        ("/Resources", 5),
        ("/Resources", pikepdf.Dictionary(Font=5, XObject=5, Properties=5)),
    ],
)
def test_a_file_that_is_wrong_within_gets_an_answer(
    report: Path, tmp_path: Path, key: str, value: object
) -> None:
    with pikepdf.open(report) as pdf:
        dictionary(pdf, key, value)
        pdf.save(tmp_path / "wrong.pdf")
    assert verify((tmp_path / "wrong.pdf").read_bytes(), "wrong.pdf").claims


def test_a_locked_file_is_said_to_be_locked(report: Path, tmp_path: Path) -> None:
    with pikepdf.open(report) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(user="a", owner="b"))
    (problem,) = verify((tmp_path / "locked.pdf").read_bytes(), "locked.pdf").problems
    assert problem.code == "unreadable-document"
