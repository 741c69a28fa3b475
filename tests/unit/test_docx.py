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

from report_builder.checks.word import check_word
from report_builder.choices import find_theme
from report_builder.html.document import parse_document
from report_builder.problems import Position, ReportBuilderError
from report_builder.templating.resources import Resources
from report_builder.writers.docx.document import write_docx
from report_builder.writers.docx.reference import open_reference

NOWHERE = Path("nowhere")


def word(body: str, folder: Path = NOWHERE) -> Any:
    theme = find_theme("default", NOWHERE)
    reference = theme.find("briefing.docx")
    assert reference is not None
    html = f'<html lang="cy"><head><title>A title</title></head><body>{body}</body></html>'
    made = write_docx(parse_document(html, "briefing.html.j2"), reference, Resources(folder, theme))
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
        assert "which is not in the drawing itself" in caught.value.problems[0].message


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
    with pytest.raises(ReportBuilderError, match="styles Meta, Table Text are missing"):
        open_reference(reference)


def test_lists_in_each_other_share_a_numbering_and_restart() -> None:
    document = word(
        "<ol><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li>"
        "<li>d<ul><li>e</li></ul></li></ol>"
    )  # fmt: skip
    marks = [p._p.pPr.numPr for p in document.paragraphs]
    assert [mark.ilvl.val for mark in marks] == [0, 1, 2, 0, 1]
    assert len({mark.numId.val for mark in marks}) == 1


def test_a_level_that_counts_in_two_ways_has_two_numberings() -> None:
    document = word(
        "<ol><li>a<ul><li>b</li></ul></li><li>c<ol><li>d</li></ol></li>"
        "<li>e<ol start='4'><li>f</li></ol></li></ol>"
    )
    inner = [p._p.pPr.numPr.numId.val for p in document.paragraphs if p.text in "bdf"]
    assert len(set(inner)) == 3


@pytest.mark.parametrize(
    ("html", "kind", "start"),
    [
        ("<ol type='a'><li>x</li></ol>", "lowerLetter", "1"),
        ("<ol type='I' start='4'><li>x</li></ol>", "upperRoman", "4"),
        ("<ol><li value='7'>x</li></ol>", "decimal", "7"),
    ],
)
def test_a_list_counts_as_its_html_does(html: str, kind: str, start: str) -> None:
    document = word(html)
    number = document.paragraphs[0]._p.pPr.numPr.numId.val
    numbering = document.part.numbering_part.element.num_having_numId(number)
    assert numbering.find(f".//{qn('w:numFmt')}").get(qn("w:val")) == kind
    assert numbering.find(f".//{qn('w:startOverride')}").get(qn("w:val")) == start


def test_lists_go_as_deep_as_word_does_and_no_deeper() -> None:
    def deep(levels: int) -> str:
        return "".join("<ul><li>x" for _ in range(levels)) + "</li></ul>" * levels

    levels = [p._p.pPr.numPr for p in word(deep(9)).paragraphs[1:]]
    assert [level.ilvl.val for level in levels] == list(range(1, 9))
    with pytest.raises(ReportBuilderError, match="9 levels deep"):
        word(deep(10))


def test_blocks_in_cells_stand_in_the_cell() -> None:
    document = word(
        "<table><thead><tr><th>A</th><th class='number'>B</th></tr></thead><tbody>"
        "<tr><td><p>one</p><ul><li>two</li></ul></td><td class='number'></td></tr></tbody></table>"
    )
    (first, second) = document.tables[0].rows
    assert [(p.style.name, p.text) for p in second.cells[0].paragraphs] == [
        ("Table Text", "one"),
        ("List Bullet", "two"),
    ]
    assert first.cells[1].paragraphs[0].style.name == "Number Heading"
    assert second.cells[1].paragraphs[0].style.name == "Number"


def test_a_table_too_wide_for_the_page_says_how_many_columns_fit() -> None:
    row = "".join(f"<th>{number}</th>" for number in range(50))
    with pytest.raises(ReportBuilderError, match="50 columns is too wide for the page; 13 fit"):
        word(f"<table><tr>{row}</tr></table>")


def test_columns_get_their_longest_word() -> None:
    document = word(
        "<table><thead><tr><th>Ward</th><th>What</th></tr></thead><tbody>"
        f"<tr><td>Featherstonehaugh</td><td>{'many words ' * 40}</td></tr></tbody></table>"
    )
    first, second = (column.width.mm for column in document.tables[0].columns)
    assert 42 < first < 48
    assert first + second == pytest.approx(166, abs=0.5)


def test_rows_that_hold_only_heads_are_head_rows() -> None:
    rows = word(
        "<table><tr><th>A</th><th>B</th></tr><tr><th>C</th><td>1</td></tr></table>"
    ).tables[0].rows  # fmt: skip
    marks = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in rows]
    assert marks == [True, False]


def test_what_counts_and_what_is_struck_or_raised_keeps_its_look() -> None:
    document = word("<p>H<sub>2</sub>O<sup>3</sup> <del>old</del> <code>x = 1</code></p>")
    runs = {run.text.strip(): run for run in document.paragraphs[0].runs}
    assert runs["2"].font.subscript
    assert runs["3"].font.superscript
    assert runs["old"].font.strike
    assert runs["x = 1"].style.name == "Code"


def test_code_keeps_its_lines_and_spaces() -> None:
    assert lines(word("<pre>if a:\n    b\n</pre>")) == [
        ("Code Block", "if\u00a0a:\n\u00a0\u00a0\u00a0\u00a0b")
    ]


def test_an_abbreviation_is_explained_once() -> None:
    document = word(
        "<p><abbr title='Integrated Care Board'>ICB</abbr></p>"
        "<p><abbr title='Integrated Care Board'>ICB</abbr> <q>said</q></p>"
    )
    assert [text for _, text in lines(document)] == [
        "ICB (Integrated Care Board)",
        "ICB “said”",
    ]


def test_a_note_stands_in_brackets_where_it_is_called() -> None:
    document = word("<p>Homes<span class='note' role='doc-footnote'>In 2026.</span>.</p>")
    assert lines(document) == [("Normal", "Homes (In 2026.).")]


def test_words_that_run_the_other_way_are_marked_so() -> None:
    document = word("<p lang='ur'>سب</p><p>In <span lang='ur'>اردو</span> or Welsh</p>")
    first, second = document.paragraphs
    assert first._p.pPr.find(qn("w:bidi")) is not None
    assert second._p.pPr.find(qn("w:bidi")) is None
    marked = [run.text for run in second.runs if run._r.find(f".//{qn('w:rtl')}") is not None]
    assert marked == ["اردو"]


def test_the_section_that_a_text_stands_in_gives_its_language() -> None:
    document = word("<section lang='pl'><p>Po polsku</p></section>")
    (mark,) = document.element.body.iter(qn("w:lang"))
    assert mark.get(qn("w:val")) == "pl"


def test_a_page_begins_where_the_template_says() -> None:
    document = word("<h1>A</h1><section style='break-before: page'><h2>B</h2></section><p>C</p>")
    breaks = [bool(p.paragraph_format.page_break_before) for p in document.paragraphs]
    assert breaks == [False, True, False]


def test_a_line_between_parts_is_no_empty_paragraph() -> None:
    document = word("<p>A</p><hr><p>B</p>")
    assert [p.text for p in document.paragraphs] == ["A", "B"]
    assert document.paragraphs[1]._p.pPr.find(qn("w:pBdr")) is not None


@pytest.mark.parametrize(
    "there",
    [
        "<section id='x'><p>a</p></section>",
        "<ul><li id='x'>a</li></ul>",
        "<dl><dt id='x'>a</dt></dl>",
        "<p><span id='x'>a</span></p>",
        "<table><tr><th id='x'>a</th></tr></table>",
    ],
)
def test_a_link_can_lead_to_any_part(there: str) -> None:
    document = word(f"<p><a href='#x'>See</a></p>{there}")
    assert [m.get(qn("w:name")) for m in document.element.body.iter(qn("w:bookmarkStart"))] == ["x"]


def test_contents_are_a_field_over_the_headings_that_they_name() -> None:
    document = word(
        "<h1>T</h1><nav role='doc-toc'><h2>Contents</h2><ol><li><a href='#a'>A</a></li>"
        "<li><a href='#b'>B</a></li></ol></nav><h2 id='a'>A</h2><p>text</p><h2 id='b'>B</h2>"
        "<h2>After</h2>"
    )
    (code,) = document.element.body.iter(qn("w:instrText"))
    assert code.text == ' TOC \\b contents-range \\o "2-2" \\n \\h \\z \\u '
    styles = [style for style, _ in lines(document)]
    assert styles[:4] == ["Heading 1", "Heading 2", "toc 2", "toc 2"]
    marks = document.element.body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))
    (number,) = (m.get(qn("w:id")) for m in marks if m.get(qn("w:name")) == "contents-range")
    around = document.element.body.xpath(f".//*[@w:id='{number}']/..")
    assert [paragraph.text for paragraph in around] == ["A", "B"]


def test_a_drawing_is_sharp_and_has_pixels_for_those_who_need_them(tmp_path: Path) -> None:
    start = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2">'
    (tmp_path / "map.svg").write_text(f'{start}<rect width="3" height="2"/></svg>')
    (tmp_path / "words.svg").write_text(f'{start}<text y="1">a</text></svg>')
    document = word(
        "<figure><img src='map.svg' alt='A map'></figure>"
        "<figure><img src='words.svg' alt='Words'></figure>",
        tmp_path,
    )
    first, second = (etree.tostring(shape._inline) for shape in document.inline_shapes)
    assert b"svgBlip" in first
    assert b"svgBlip" not in second  # Word would set its words in another font
    parts = (part.partname for part in document.part.package.iter_parts())
    kinds = sorted(name.ext for name in parts if "media" in name)
    assert kinds == ["png", "png", "svg"]


def test_a_picture_can_be_a_link(tmp_path: Path) -> None:
    Image.new("RGB", (60, 40)).save(tmp_path / "a.png")
    html = "<h1>T</h1><p><a href='https://one.example/'><img src='a.png' alt='A map'></a></p>"
    made = io.BytesIO()
    word(html, tmp_path).save(made)
    assert check_word(made.getvalue(), Position("a.docx")) == []


def test_a_picture_is_no_wider_than_its_template_sets_it(tmp_path: Path) -> None:
    Image.new("RGB", (3000, 2000)).save(tmp_path / "a.png")
    styles = {"width: 54.5mm; height: 36mm": 54.5, "width:900mm": 0, "max-width: 9mm": 0, "": 0}
    body = "".join(
        f"<figure><img src='a.png' alt='A' style='{style}'></figure>" for style in styles
    )
    widths = [shape.width.mm for shape in word(body, tmp_path).inline_shapes]
    for width, wanted in zip(widths, styles.values(), strict=True):
        assert width == pytest.approx(wanted or max(widths), abs=0.1)


def test_a_picture_is_no_taller_than_a_page(tmp_path: Path) -> None:
    Image.new("RGB", (300, 6000)).save(tmp_path / "tall.png")
    (shape,) = word("<figure><img src='tall.png' alt='A tree'></figure>", tmp_path).inline_shapes
    assert shape.height.mm < 215


def test_the_head_and_foot_of_pages_speak_the_language_of_the_document() -> None:
    theme = find_theme("default", NOWHERE)
    reference = theme.find("briefing.docx")
    assert reference is not None
    head = (
        "<title>T</title><meta name='page-header' content='Briefing'>"
        "<meta name='page-number' content='Strona {page} z {pages}'>"
    )
    feet = {}
    for language in ("en-GB", "pl"):
        html = f'<html lang="{language}"><head>{head}</head><body><h1>T</h1></body></html>'
        page = parse_document(html, "briefing.html.j2")
        made = write_docx(page, reference, Resources(NOWHERE, theme))
        (section,) = docx.Document(io.BytesIO(made.content)).sections
        feet[language] = (section.header.paragraphs[0].text, section.footer.paragraphs[0].text)
    assert feet == {
        "en-GB": ("Briefing for councillors", "Page 1 of 2"),
        "pl": ("Briefing", "Strona 1 z 1"),
    }
