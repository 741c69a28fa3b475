"""Semantic HTML becomes Word's own structures; what Word has no equivalent of is refused."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image

from report_builder.problems import ReportBuilderError
from report_builder.templating.resources import Resources
from report_builder.templating.theme import find_theme
from report_builder.writers.docx.reference import open_reference
from report_builder.writers.docx.writer import write_docx

NOWHERE = Path("nowhere")


def word(body: str, folder: Path = NOWHERE) -> Any:
    theme = find_theme("default", NOWHERE)
    reference = theme.find("briefing.docx")
    assert reference is not None
    html = f'<html lang="cy"><head><title>A title</title></head><body>{body}</body></html>'
    made = write_docx(html, "briefing.html.j2", reference, Resources(folder, theme))
    return docx.Document(io.BytesIO(made.content))


def lines(document: Any) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in document.paragraphs]


def test_blocks_take_the_style_of_their_kind_or_class() -> None:
    document = word(
        "<h1>One</h1><section><h2>Two</h2><p>Text</p><p class='key-message'>Key</p></section>"
        "<div>loose <b>words</b></div><blockquote><p>Said</p></blockquote>"
    )
    assert lines(document) == [
        ("Heading 1", "One"),
        ("Heading 2", "Two"),
        ("Normal", "Text"),
        ("Key Message", "Key"),
        ("Normal", "loose words"),
        ("Quotation", "Said"),
    ]


def test_white_space_is_that_of_a_browser() -> None:
    assert lines(word("<p>  one\n  <b> two </b> three<br> four </p>")) == [
        ("Normal", "one two three\nfour ")
    ]


def test_every_numbered_list_begins_anew_and_nested_ones_go_in() -> None:
    document = word(
        "<ol><li>a</li><li>b<ul><li>inner</li></ul></li></ol><p>between</p>"
        "<ol start='3'><li>c</li></ol>"
    )
    properties = [p._p.pPr.numPr for p in document.paragraphs if p.text != "between"]
    numbers = [(n.ilvl.val, n.numId.val) for n in properties]
    assert numbers[0] == numbers[1]
    assert numbers[2][0] == 1
    assert numbers[3][1] != numbers[0][1]
    numbering = document.part.numbering_part.element
    starts = [
        numbering.num_having_numId(number).find(f".//{qn('w:startOverride')}").get(qn("w:val"))
        for _, number in (numbers[0], numbers[3])
    ]
    assert starts == ["1", "3"]


def test_nothing_in_a_list_item_is_lost_or_moved() -> None:
    document = word(
        "<ul><li><p>A</p>TAIL</li><li><ul><li>INNER</li></ul><p>OUTER</p></li>"
        "<li>before <b>bold</b> after<p>second</p></li></ul>"
    )
    assert [text for _, text in lines(document)] == [
        "A\nTAIL", "INNER", "OUTER", "before bold after\nsecond"
    ]  # fmt: skip


def test_a_nested_numbered_list_begins_where_it_says() -> None:
    document = word("<ol><li>a<ol start='5'><li>b</li></ol></li></ol>")
    inner = document.paragraphs[1]._p.pPr.numPr
    assert inner.ilvl.val == 1
    numbering = document.part.numbering_part.element.num_having_numId(inner.numId.val)
    (override,) = (o for o in numbering.findall(qn("w:lvlOverride")) if o.ilvl == 1)
    assert override.find(qn("w:startOverride")).get(qn("w:val")) == "5"


def test_terms_keep_their_descriptions() -> None:
    document = word("<dl><dt>A</dt><dd>1</dd><dt>B</dt><dd>2</dd><dd>3</dd></dl>")
    assert lines(document) == [("Meta", "A\t1"), ("Meta", "B\t2\n3")]


def test_links_inside_the_document_have_somewhere_to_go() -> None:
    document = word("<h2 id='next'>Next</h2><p>See <a href='#next'>below</a></p>")
    (start,) = document.element.body.iter(qn("w:bookmarkStart"))
    assert start.get(qn("w:name")) == "next"


@pytest.mark.parametrize(
    "body",
    [
        "<ol start='x'><li>a</li></ol>",
        "<ul class='lead-in'><li>a</li></ul>",
        "<ol class='lead-in'><li>a</li></ol>",
        "<ul><!-- a note --><li>a<!-- another --></li></ul>",
        "<section data-source='x'><p>a</p></section>",
        "<h5>a</h5>",
    ],
)
def test_odd_html_is_set_all_the_same(body: str) -> None:
    assert [text for _, text in lines(word(body))] == ["a"]


@pytest.mark.parametrize(
    "body",
    [
        "<img>",
        "<table></table>",
        "<table><tr><th>a</th></tr><tr><td><table><tr><td>b</td></tr></table></td></tr></table>",
        "<ul>text<p>block</p></ul>",
    ],
)
def test_what_cannot_be_set_is_a_problem(body: str) -> None:
    with pytest.raises(ReportBuilderError):
        word(body)


def test_links_lead_where_they_say() -> None:
    document = word("<p>See <a href='https://one.example/'>one</a>.</p>")
    (link,) = document.paragraphs[0].hyperlinks
    assert (link.text, link.address) == ("one", "https://one.example/")


def test_a_span_keeps_its_language() -> None:
    document = word("<p>In <span lang='ur'>اردو</span></p>")
    languages = [e.get(qn("w:val")) for e in document.element.body.iter(qn("w:lang"))]
    assert languages == ["ur"]


def test_awkward_text_arrives_whole() -> None:
    text = "R&D <2040> “quoted” – 5 × 5 ≥ 25 {{ braces }}"
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert lines(word(f"<p>{escaped}</p>")) == [("Normal", text)]


def test_a_picture_without_meaning_is_marked_so(tmp_path: Path) -> None:
    Image.new("CMYK", (900, 600)).save(tmp_path / "photo.jpg")
    document = word(
        "<figure><img src='photo.jpg' alt=''></figure>"
        "<figure><img src='photo.jpg' alt='A hall'></figure>",
        tmp_path,
    )
    first, second = (shape._inline for shape in document.inline_shapes)
    assert b"adec:decorative" in etree.tostring(first)
    assert second.docPr.get("descr") == "A hall"
    assert first.docPr.get("id") != second.docPr.get("id")


@pytest.mark.parametrize("tag", ["video", "iframe", "form", "canvas"])
def test_what_word_has_not_is_refused_at_the_line_of_the_content(tag: str) -> None:
    with pytest.raises(ReportBuilderError) as caught:
        word(f"<section data-source='content/x/event.yaml:12:5'><{tag}>x</{tag}></section>")
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.position)) == ("word-element", "content/x/event.yaml:12:5")
    assert tag in problem.message


def test_a_drawing_reaches_no_file_and_no_connection(tmp_path: Path) -> None:
    folder = tmp_path / "event"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"")
    for address in (
        "../secret.png",
        (tmp_path / "secret.png").as_uri(),
        "http://127.0.0.1:9/a.png",
    ):
        (folder / "map.svg").write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2">'
            f'<image href="{address}" width="3" height="2"/></svg>'
        )
        with pytest.raises(ReportBuilderError) as caught:
            word("<figure><img src='map.svg' alt='A map'></figure>", folder)
        assert "is in neither the event's folder" in caught.value.problems[0].message


def test_a_transparent_picture_stands_on_white(tmp_path: Path) -> None:
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(tmp_path / "a.png")
    document = word("<figure><img src='a.png' alt='A sign'></figure>", tmp_path)
    (part,) = (p for p in document.part.package.iter_parts() if p.partname.endswith(".png"))
    with Image.open(io.BytesIO(part.blob)) as image:
        assert image.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_a_file_outside_the_event_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "event"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"")
    for address in ("../secret.png", str(tmp_path / "secret.png"), "https://x.example/a.png"):
        with pytest.raises(ReportBuilderError) as caught:
            word(f"<figure><img src='{address}' alt='A picture'></figure>", folder)
        assert caught.value.problems[0].code == "missing-file"


def test_a_reference_document_that_cannot_serve_is_a_problem(tmp_path: Path) -> None:
    reference = tmp_path / "briefing.docx"
    reference.write_bytes(b"words")
    with pytest.raises(ReportBuilderError, match="not a Word file"):
        open_reference(reference)
    shipped = find_theme("default", NOWHERE).find("briefing.docx")
    document = docx.Document(str(shipped))
    for name in ("Meta", "Table Text"):
        document.styles.element.remove(document.styles[name].element)
    document.save(str(reference))
    with pytest.raises(ReportBuilderError, match="lacks styles: Meta, Table Text"):
        open_reference(reference)
