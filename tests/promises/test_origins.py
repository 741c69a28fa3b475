"""What a gate finds in a PDF is told at the line that it came from, and in the words there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from report_builder.checks.pdf import check_pdf
from report_builder.choices import find_theme
from report_builder.html.document import parse_document
from report_builder.problems import Position, Problem, ReportBuilderError
from report_builder.templating.resources import Resources
from report_builder.writers.pdf import typeset as module
from report_builder.writers.pdf.typeset import typeset

DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAW"
    "jR9awAAAABJRU5ErkJggg=="
)
HTML = f"""
<html lang="en"><head><title>T</title>{{sheet}}</head><body>
<h1 data-source="event.yaml:1:8">A title</h1>
<h2 data-source="event.yaml:4:12">A part of it</h2>
<p data-source="event.yaml:5:11">Some words, and <a href="https://a.example/">a link</a> among
them.</p>
<ul><li data-source="event.yaml:8:9">An item with a {{letter}} in it</li></ul>
<p data-source="event.yaml:9:5"><img alt="A green dot" src="{DOT}"></p>
<p>The template's own words.</p>
"""
Seed = Callable[[bytes], bytes]


def swapped(old: bytes, new: bytes) -> Seed:
    """Return what puts one name in place of another that is as long."""
    assert len(old) == len(new)

    def seed(pdf: bytes) -> bytes:
        assert old in pdf
        return pdf.replace(old, new)

    return seed


def problems_of(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    seed: Seed = bytes,
    letter: str = "b",
    css: str = "",
) -> list[Problem]:
    """Return what is found in the document, set in a theme and with a fault put into its PDF."""
    theme = folder / "templates" / "mine"
    theme.mkdir(parents=True)
    (theme / "theme.toml").write_text("")
    (theme / "mine.css").write_text(css)
    resources = Resources(folder, find_theme("mine", folder / "templates"))
    monkeypatch.setattr(module, "check_pdf", lambda pdf, *rest: check_pdf(seed(pdf), *rest))
    html = HTML.format(letter=letter, sheet='<link rel="stylesheet" href="theme:mine.css">')
    document = parse_document(html, "report.html.j2")
    with pytest.raises(ReportBuilderError) as raised:
        typeset(document, resources, "ua-1", uncompressed_pdf=True)
    return list(raised.value.problems)


@pytest.mark.parametrize(
    ("seed", "line", "words"),
    [
        (swapped(b"/Alt (", b"/Alx ("), 9, "A green dot"),
        (swapped(b"/Contents (", b"/Contentz ("), 5, "a link"),
        (swapped(b"/S /H2", b"/S /H4"), 4, "A part of it"),
        (swapped(b"/Interpolate false", b"/Interpolate true "), 9, "A green dot"),
        (swapped(b"/S /LI/", b"/S /TD/"), 8, "An item with a b in it"),
    ],
)
def test_a_fault_is_told_at_its_line(
    seed: Seed, line: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = problems_of(tmp_path, monkeypatch, seed)
    assert {(p.position.path, p.position.line) for p in found} == {("event.yaml", line)}
    assert all(f"“{words}” (page 1)" in p.message for p in found)


def test_a_letter_that_no_font_has_is_told_at_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = problems_of(tmp_path, monkeypatch, letter="\ue123")
    assert {p.position for p in found} == {Position("event.yaml", 8, 9)}
    assert all("in it” (“\ue123”) (page 1)" in p.message for p in found)


@pytest.mark.parametrize(
    ("css", "words"),
    [
        ("p {\n  display: none }", "by “display: none”"),
        ("p::after {\n  content: '\ue123' }", "“\ue123”"),
        ("@page { @top-left {\n  content: '\ue123' } }", "“\ue123”"),
        ("li {\n  visibility: hidden }", "An item with a b in it"),
    ],
)
def test_what_only_the_style_brings_about_is_told_in_the_theme(
    css: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = problems_of(tmp_path, monkeypatch, css=css)
    sheet = tmp_path / "templates/mine/mine.css"
    assert {(p.position.path, p.position.line) for p in found} == {(sheet.as_posix(), 2)}
    assert any(words in p.message for p in found)
