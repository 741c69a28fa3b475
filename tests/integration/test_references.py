"""Figures and tables have numbers where there are many, and links name them in every format."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from tests.conftest import ROOT, Once, Run
from tests.tools.office import text_of
from tests.tools.verapdf import failed_rules

from report_builder.choices import find_theme
from report_builder.content.loader import load
from report_builder.html.document import parse_document
from report_builder.readback.structure import Element, read_structure
from report_builder.templating.renderer import Renderer
from report_builder.templating.resources import Resources
from report_builder.writers.email.body import write_body

pytestmark = pytest.mark.slow

MANY = """
title: A year of parks
kind: consultation
summary: "What people said: see [](#wards)."
sections:
  - type: prose
    title: Background
    body: |
      Most agreed ([see](#wards)). [](#the-map) and [](#Wards) show where, as [this table](#costs).
      It is drawn [here](#the-map); [the costs](#costs) are in [](#spending), after [](#background).
    pictures:
      - file: media/map.png
        alt: A map of parks
        caption: "The parks; for costs, see [](#costs)"
        id: the-map
  - type: table
    id: wards
    title: Where people live
    caption: Answers by ward
    columns: [Ward, Answers, See]
    rows: [[North, "40", "[](#costs)"], [South, "50", "-"]]
  - {type: prose, title: Spending, body: It went up.}
  - {type: table, id: costs, caption: What each park cost, columns: [Park, Cost], rows: [[N, £4]]}
  - {type: table, title: Not captioned, columns: [Park, Cost], rows: [[North, £4]]}
  - type: prose
    language: ur
    title: پارک
    body: "ہمارے پارک۔ [](#park)"
    pictures:
      - {file: media/map.png, alt: نقشہ, caption: پارکوں کا نقشہ, id: park}
      - {file: media/map.png, alt: نقشہ, caption: ایک اور نقشہ}
  - type: key-messages
    items: ["The north is for parks: [](#wards)"]
"""
FEW = """
title: A year of parks
sections:
  - type: prose
    title: Background
    body: "As [](#wards) shows; [see](#wards), and [](#background)."
  - {type: table, id: wards, caption: Answers by ward, columns: [Ward, Answers], rows: [[N, "40"]]}
"""


@pytest.fixture(scope="module")
def output(once: Once, run: Run) -> Path:
    def build(folder: Path) -> None:
        for name, text in {"many": MANY, "few": FEW}.items():
            (folder / f"content/{name}/media").mkdir(parents=True)
            (folder / f"content/{name}/event.yaml").write_text(text, "utf-8")
            shutil.copy(ROOT / "docs/images/report.png", folder / f"content/{name}/media/map.png")
        (folder / "content/many/event.pl.yaml").write_text("title: Rok w parkach\n", "utf-8")
        (folder / "report-builder.toml").write_text('word-documents = ["briefing", "report"]\n')
        for verb in ("pdf", "docx"):
            run(verb, cwd=folder)

    return once("references", build) / "output"


@pytest.fixture(scope="module")
def tree(output: Path) -> Element:
    found = read_structure((output / "many/report.pdf").read_bytes())
    assert found is not None
    return found


def test_captions_begin_with_their_numbers(tree: Element) -> None:
    captions = [e.text for e in tree.walk() if e.role == "Caption"]
    assert captions == [
        "Figure 1: The parks; for costs, see Table 2",
        "Table 1: Answers by ward",
        "Table 2: What each park cost",
        "Figure 2: پارکوں کا نقشہ",
        "ایک اور نقشہ",  # a photo that nothing refers to
    ]


def test_links_say_the_number_of_what_they_lead_to(tree: Element) -> None:
    said = [" ".join(e.text.split()) for e in tree.walk() if e.role == "Link"]
    start = said.index("see Table 1")
    assert said[:start].count("Table 1") == 2  # in the summary and in a main message
    assert said[start:] == [
        *("see Table 1", "Figure 1", "Table 1", "Table 2", "here (Figure 1)", "the costs"),
        *("Spending", "Background", "Table 2", "Table 2", "Figure 2"),
    ]


def test_numbers_are_said_in_the_language_of_the_document(output: Path) -> None:
    polish = text_of(output / "many/report.pl.pdf")
    assert "Tabela 1: Answers by ward" in polish
    assert "Rysunek 1: The parks" in polish


def test_links_lead_to_their_places_in_both_formats(output: Path) -> None:
    with pikepdf.open(output / "many/report.pdf") as pdf:
        places = set(pdf.Root.Names.Dests.Names[::2]) if "/Names" in pdf.Root else set()
        assert {"wards", "costs", "the-map"} <= {str(place) for place in places}
    for name in ("report.docx", "report.pl.docx"):
        body = docx.Document(str(output / "many" / name)).element.body
        marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
        anchors = {a.get(qn("w:anchor")) for a in body.iter(qn("w:hyperlink"))} - {None}
        assert {"wards", "costs"} <= anchors <= marks
        captions = [p.text for p in docx.Document(str(output / "many" / name)).paragraphs
                    if p.style is not None and p.style.name == "Caption"]  # fmt: skip
        *numbered, photo = captions
        assert len(numbered) == 4
        assert all(re.match(r"(Figure|Table|Rysunek|Tabela) \d: \S", text) for text in numbered)
        assert photo == "ایک اور نقشہ"


def test_the_pdf_follows_its_standard(output: Path) -> None:
    assert failed_rules(output / "many/report.pdf") == {}


def test_a_few_need_no_numbers(output: Path) -> None:
    text = " ".join(text_of(output / "few/report.pdf").split())
    assert "Table 1" not in text
    assert "As Answers by ward shows; see Answers by ward, and Background." in text


def test_where_the_part_is_missing_its_caption_is_named(output: Path) -> None:
    folder = output.parent / "content/many"
    event = load(folder).event
    assert event is not None
    resources = Resources(folder, find_theme("default", ROOT / "templates"), {})
    values = {
        "recipient": {"name": "Ann", "organisation": ""},
        "documents": [],
        "web": "",
        "stop_address": "a@council.example",
        "is_test": False,
    }
    body = write_body(Renderer(event, resources, {}), values)
    for part in (body.html, body.text):
        assert "What people said: see Answers by ward." in part
        assert "data-refers" not in part


def test_whatever_has_a_caption_or_is_referred_to_has_a_number() -> None:
    html = (
        '<html lang="en"><head><meta name="figure-name" content="F {number}">'
        '<meta name="table-name" content="T {number}"></head><body>'
        '<p data-source="e.yaml:1:1"><a href="#gone">'
        '<span data-refers="">Gone</span></a></p><figure id="a"><img alt="A"><figcaption><span '
        'class="credit">Photo: Jo</span></figcaption></figure><a href="#a"><span data-refers="">A'
        "</span></a><figure><table><caption>B</caption></table></figure><div><p><table>"
        "<caption><p>C</p></caption></table></div><table class='chart'><caption>D</caption></table>"
        "<table></table><section><h2 id='c'>C</h2><div class='figure chart'>"
        "<p class='headline'>E</p><img alt='x'><table></table></div></section>"
        "<a href='#c'><span data-refers=''>C</span></a>"
        "<a href='#d'><span data-refers=''>D</span></a>"
        "<div id='d' class='chart'><table></table></div>"
        "</body></html>"
    )
    root = parse_document(html, "t.html").root
    captions = root.xpath("//figcaption | //caption | //p[@class='headline']")
    assert [" ".join(caption.text_content().split()) for caption in captions] == [
        *("F 1Photo: Jo", "F 2: B", "T 1: C", "F 3: D", "F 4: E", "F 5")
    ]
    assert [a.text_content() for a in root.iter("a")] == ["F 1", "F 4", "F 5"]
    assert not root.xpath("//*[@data-refers]")
