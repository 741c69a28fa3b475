"""An officer changes how documents look and what they say, without code, and is told of slips."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from tests.conftest import ROOT, Run

SHIPPED = ROOT / "templates/default"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tests/integration/content/awkward", tmp_path / "content/day")
    return tmp_path


def edit_reference(workspace: Path, edit: Callable[[Any], object]) -> None:
    """Change the reference document of the theme “ours” as Word would: open it, and save it."""
    path = workspace / "templates/ours/briefing.docx"
    if not path.exists():
        path.parent.mkdir(parents=True)
        shutil.copyfile(SHIPPED / "briefing.docx", path)
    document = docx.Document(str(path))
    edit(document)
    document.save(str(path))


def briefing(workspace: Path, run: Run) -> Any:
    run("docx", "--theme", "ours", cwd=workspace)
    return docx.Document(str(workspace / "output/day/briefing.docx"))


def test_a_style_changed_in_word_changes_the_briefing(workspace: Path, run: Run) -> None:
    run("theme", "eject", "briefing.docx", "--to", "ours", cwd=workspace)

    def edit(document: Any) -> None:
        document.styles["Heading 2"].font.color.rgb = RGBColor.from_string("6D1F5B")
        document.sections[0].left_margin = Mm(30)
        document.sections[0].header.paragraphs[0].runs[0].text = "Our Council"

    edit_reference(workspace, edit)
    made = briefing(workspace, run)
    assert str(made.styles["Heading 2"].font.color.rgb) == "6D1F5B"
    assert made.sections[0].left_margin.mm == pytest.approx(30, abs=0.1)
    assert made.sections[0].header.paragraphs[0].text == "Our Council"


def test_a_style_of_your_own_is_used_by_its_class(workspace: Path, run: Run) -> None:
    run("theme", "eject", "briefing.docx", "briefing.html.j2", "--to", "ours", cwd=workspace)
    edit_reference(workspace, lambda d: d.styles.add_style("Warm Thanks", WD_STYLE_TYPE.PARAGRAPH))
    template = workspace / "templates/ours/briefing.html.j2"
    text = template.read_text("utf-8")
    thanks = '<p class="warm-thanks">Thank you for reading.</p></body>'
    template.write_text(text.replace("</body>", thanks), "utf-8")
    last = briefing(workspace, run).paragraphs[-1]
    assert (last.style.name, last.text) == ("Warm Thanks", "Thank you for reading.")


def test_nothing_of_yours_is_overwritten(workspace: Path, run: Run) -> None:
    path = workspace / "templates/default/report.css"
    run("theme", "eject", "report.css", cwd=workspace)
    path.write_text("h1 { color: teal }", "utf-8")
    result = run("theme", "eject", "report.css", "briefing.docx", cwd=workspace, code=1)
    assert "This file is yours already." in result.stderr
    assert path.read_text("utf-8") == "h1 { color: teal }"
    assert not (workspace / "templates/default/briefing.docx").exists()
    result = run("theme", "eject", "reprot.css", cwd=workspace, code=1)
    assert "Did you mean “report.css”?" in result.stderr
    run("theme", "eject", "--to", "../elsewhere", cwd=workspace, code=1)
    assert not (workspace / "elsewhere").exists()


def test_a_whole_theme_taken_from_another_builds(workspace: Path, run: Run) -> None:
    run("theme", "eject", "--from", "plain", "--to", "ours", cwd=workspace)
    run("pdf", "--theme", "ours", cwd=workspace)
    rows = json.loads(run("theme", "list", "--format", "json", cwd=workspace).stdout)
    assert [row["name"] for row in rows] == ["default", "ours", "plain"]
    assert [row["used"] for row in rows] == [True, False, False]
    assert "report.css" in rows[1]["own_files"]


def drop(style: str) -> Callable[[Any], None]:
    return lambda document: document.styles.element.remove(document.styles[style].element)


def colour(style: str, value: str) -> Callable[[Any], None]:
    def edit(document: Any) -> None:
        document.styles[style].font.color.rgb = RGBColor.from_string(value)

    return edit


def font(style: str, **values: Any) -> Callable[[Any], None]:
    def edit(document: Any) -> None:
        for key, value in values.items():
            setattr(document.styles[style].font, key, value)

    return edit


def letter(document: Any) -> None:
    document.sections[0].page_width, document.sections[0].page_height = Mm(216), Mm(279)


def narrow(document: Any) -> None:
    document.sections[0].left_margin = Mm(8)


def american(document: Any) -> None:
    (mark,) = document.styles.element.iter(qn("w:lang"))
    mark.set(qn("w:val"), "en-US")


def no_number(document: Any) -> None:
    document.sections[0].footer.paragraphs[0].clear()


def no_bullet(document: Any) -> None:
    properties = document.styles["List Bullet"].element.pPr
    properties.remove(properties.numPr)


def themed(document: Any) -> None:
    fonts = document.styles["Heading 1"].element.rPr.find(qn("w:rFonts"))
    fonts.set(qn("w:asciiTheme"), "minorHAnsi")  # as Word writes “Calibri (Body)”


FAULTS = [
    (drop("Key Message"), "word-styles", "The styles Key Message are missing."),
    (no_bullet, "word-styles", "The style “List Bullet” has no bullet or number."),
    (colour("Normal", "999999"), "word-contrast", "The style “Normal” has a contrast of 2.8"),
    (colour("Table Heading", "4F8087"), "word-contrast", "“Table Heading” has a contrast of "),
    (font("Caption", size=Pt(9)), "word-size", "“Caption” is set in 9 points; 12 are the least."),
    (american, "word-language", "Its language is American English."),
    (letter, "word-paper", "Its paper is not A4."),
    (narrow, "word-paper", "margins are narrower than 12.7 mm"),
    (font("Normal", name="Georgia"), "word-fonts", "“Georgia” has strokes at its letters' ends"),
    (font("Normal", name="Council Sans"), "word-fonts", "“Council Sans” is not on every computer"),
    (no_number, "word-page-number", "No page number stands at the foot of the page."),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "code", "message"), FAULTS)
def test_a_slip_in_the_reference_document_is_named(
    tmp_path: Path, run: Run, edit: Callable[[Any], None], code: str, message: str
) -> None:
    edit_reference(tmp_path, edit)
    stops = code in ("word-styles", "word-contrast")
    result = run("theme", "check", "ours", "--format", "json", cwd=tmp_path, code=int(stops))
    found = json.loads(result.stdout)
    assert any(p["code"] == code and message in p["message"] for p in found), found
    assert all(p["path"] == "templates/ours/briefing.docx" and p["hint"] for p in found)


def test_the_designs_font_wins_over_the_one_by_name(tmp_path: Path, run: Run) -> None:
    edit_reference(tmp_path, themed)
    result = run("theme", "check", "ours", cwd=tmp_path)
    assert re.search("The font “Cambria” has strokes .*: Heading 1.", result.stdout)


def test_a_broken_template_is_named_with_its_line(tmp_path: Path, run: Run) -> None:
    (tmp_path / "templates/ours").mkdir(parents=True)
    (tmp_path / "templates/ours/email.html.j2").write_text("<p>\n{% if x %}\n", "utf-8")
    result = run("theme", "check", "ours", cwd=tmp_path, code=1)
    assert "templates/ours/email.html.j2:2:1: error:" in result.stdout
    (tmp_path / "templates/ours/briefing.docx").write_bytes(b"words")
    result = run("theme", "check", "ours", cwd=tmp_path, code=1)
    assert "The reference document is not a Word file" in result.stdout


@pytest.mark.parametrize("name", ["ours", "plain"])
def test_the_line_that_eject_advises_is_one_that_the_settings_take(
    tmp_path: Path, run: Run, name: str
) -> None:
    to = () if name == "plain" else ("--to", name)
    advice = run("theme", "eject", "report.css", "--from", "plain", *to, cwd=tmp_path).stderr
    (line,) = (line for line in advice.splitlines() if line.startswith("theme"))
    (tmp_path / "report-builder.toml").write_text(f"{line}\n", "utf-8")
    listed = json.loads(run("theme", "list", "--format", "json", cwd=tmp_path).stdout)
    assert [theme["name"] for theme in listed if theme["used"]] == [name]
    assert f"--theme {name}," in advice


@pytest.mark.parametrize("name", ["default", "plain"])
def test_nothing_is_wrong_with_the_shipped_themes(tmp_path: Path, run: Run, name: str) -> None:
    assert "Nothing is wrong" in run("theme", "check", name, cwd=tmp_path).stdout


def test_a_briefing_over_two_pages_says_what_to_shorten(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "content/day"
    folder.mkdir(parents=True)
    text = "Councillors would rather read less. " * 200
    (folder / "event.yaml").write_text(
        "title: A day\nlanguage: en-GB\nbriefing:\n  purpose: Short.\nsections:\n"
        f"  - {{type: key-messages, items: [Short., {text.strip()}]}}\n"
    )
    found = json.loads(run("check", "--format", "json", cwd=tmp_path).stdout)
    (problem,) = (p for p in found if p["code"] == "briefing-length")
    assert (problem["severity"], problem["line"]) == ("warning", 6)
    assert "about 2." in problem["message"]
    assert "line 6" in problem["hint"]
