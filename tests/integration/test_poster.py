"""The poster is ready for the printer, and says in text what it shows."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from PIL import Image
from tests.tools.office import page_count, text_of

QUESTION = (
    "Name two things you consider important in order to deliver a health equity town movement."
)
A3 = (297, 420)


def test_the_pdf_is_one_sheet_of_a3_with_real_text(built: Path) -> None:
    poster = built / "poster.pdf"
    assert page_count(poster) == 1
    with pikepdf.open(poster) as pdf:
        box = [float(number) * 25.4 / 72 for number in pdf.pages[0].MediaBox]
        assert box[2:] == [pytest.approx(side, abs=0.1) for side in A3]
        assert not pdf.pages[0].get_images()
    text = text_of(poster)
    assert QUESTION in text
    assert "Leadership at all levels" in text
    assert "25 answers" in text


def test_the_png_has_300_dots_an_inch_and_says_so(built: Path) -> None:
    with Image.open(built / "poster.png") as image:
        assert image.size == tuple(round(side / 25.4 * 300) for side in A3)
        assert image.info["dpi"] == (pytest.approx(300, abs=0.1), pytest.approx(300, abs=0.1))


def test_the_svg_needs_no_font_and_describes_itself(built: Path) -> None:
    svg = etree.parse(built / "wordcloud.svg").getroot()
    names = {"s": "http://www.w3.org/2000/svg"}
    assert svg.get("viewBox")
    assert svg.get("role") == "img"
    assert svg.findtext("s:title", namespaces=names) == QUESTION
    assert "Partnerships (2); Good quality homes (1)" in svg.findtext("s:desc", namespaces=names)
    assert not svg.findall(".//s:text", names)
    assert len(svg.findall("s:path", names)) == 24


def test_the_table_lists_every_phrase_with_its_count(built: Path) -> None:
    rows = list(csv.reader(io.StringIO((built / "wordcloud.csv").read_text("utf-8-sig"))))
    assert rows[0] == ["phrase", "count"]
    assert rows[1] == ["Partnerships", "2"]
    assert len(rows) == 25
    assert sum(int(count) for _, count in rows[1:]) == 25


def test_two_questions_give_two_posters(event, tmp_path, run) -> None:  # type: ignore[no-untyped-def]
    sections = "".join(
        f"  - {{type: feedback, title: Same, question: Question {n}?, responses: [a, b{n}]}}\n"
        for n in (1, 2)
    )
    event(f"title: Two questions\nsections:\n{sections}")
    run("wordcloud", cwd=tmp_path)
    output = tmp_path / "output/an-event"
    assert "Question 1?" in text_of(output / "poster.pdf")
    assert "Question 2?" in text_of(output / "poster-2.pdf")
    assert "b2" in (output / "wordcloud-2.csv").read_text("utf-8-sig")
