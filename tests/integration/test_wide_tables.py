"""Tables of any number of columns stay on their pages, in both editions, and lose nothing.

What a reader sees is measured in the finished PDF; what a listener hears is read from its tags.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from tests.conftest import ROOT, Once, Run
from tests.tools.office import text_of
from tests.tools.verapdf import failed_rules

from report_builder.readback.structure import Element, read_structure

pytestmark = pytest.mark.slow

MARGIN = 20 * 72 / 25.4 - 1  # points that the shipped themes leave at the sides of a page
OVERHANG = 3  # points that a letter may stand out of its place, as “آ” does
MACHINE = str(ROOT / "tests/tools/profiles/WCAG-2-2-Machine.xml")
EDITIONS = ("report", "report.large-print")
HEADS = ("Population", "Responses", "Strongly agree", "Satisfied", "Unsatisfied", "Neither agree")
LONG = ("Nachbarschaftsentwicklungsprogramm", "Öffentlichkeitsbeteiligung", "Gesundheitsförderung")
URDU = ("وارڈ", "آبادی", "جوابات", "بہت متفق", "مطمئن", "غیر مطمئن", "دونوں نہیں", "حاضری")
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def heads(columns: int, words: tuple[str, ...] = HEADS) -> list[str]:
    """Return as many heads as columns, each but once."""
    return ["Ward", *(f"{words[n % len(words)]} {n}" for n in range(1, columns))]


def rows(columns: int, count: int = 2) -> list[list[str]]:
    """Return rows of numbers, each number but once in a table."""
    return [
        [f"Northgate {row}", *(f"{row * 1000 + column:,}" for column in range(1, columns))]
        for row in range(1, count + 1)
    ]


def table(width: int, **fields: object) -> dict[str, object]:
    """Return a section of a table."""
    given = {"title": f"Table of {width}", "columns": heads(width), "rows": rows(width)}
    return {"type": "table", **given, **fields}


def in_markdown(columns: int) -> str:
    lines = [heads(columns), ["--"] * columns, *rows(columns)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def indented(text: str, by: str) -> str:
    return "\n".join(f"{by}{line}" for line in text.splitlines())


ENGLISH = [
    *(table(columns, caption=f"Of {columns} columns") for columns in (6, 10)),
    table(8, source="Office for [National Statistics](https://www.ons.gov.uk/)"),
    table(9, columns=heads(9, LONG)),
    table(12, row_heads=False),
    table(16, rows=rows(16, 12), caption="Over several pages"),
    table(
        18,
        caption="With cells that go over several columns and rows",
        rows=[
            [{"text": "Wards of the north", "across": 18}],
            *rows(18, 1),
            ["Sum", {"text": "of seven columns", "across": 7}, {"text": "of ten", "across": 10}],
            [{"text": "Two rows", "down": 2}, *map(str, range(501, 518))],
            [*map(str, range(601, 618))],
        ],
    ),
    table(40, caption="Of 40 columns"),
    table(3, columns=["File", "SHA-256", "Size"], rows=[["a.pdf", HASH, "31 kB"]] * 2),
    {"type": "prose", "title": "In a text", "body": f"Before.\n\n{in_markdown(8)}\n\nAfter."},
    {"type": "prose", "title": "First in a text", "body": f"{in_markdown(9)}\n\n{'After. ' * 200}"},
    {
        "type": "prose",
        "title": "In a list and a quotation",
        "body": f"- An item\n\n{indented(in_markdown(7), '  ')}\n\n> Quoted:\n>\n"
        + indented(in_markdown(7), "> "),
    },
    {
        "type": "sessions",
        "title": "Talks",
        "items": [{"speakers": ["ann"], "body": f"Said.\n\n{in_markdown(7)}"}],
    },
    {
        "type": "survey",
        "question": "What matters?",
        "answers": [{"text": "Donaudampfschifffahrtselektrizitätenhauptwerk" * 2, "count": 3}],
    },
    {
        "type": "agenda",
        "title": "Agenda",
        "items": [
            {"start": "10:00", "title": word, "track": word, "room": word, "speakers": ["ann"]}
            for word in LONG
        ],
    },
]
FROM_RIGHT = [
    {**table(8), "columns": list(URDU), "title": "آٹھ", "caption": "وارڈ کے لحاظ سے"},
    {**table(30), "columns": [f"{URDU[n % 8]} {n}" for n in range(30)], "title": "تیس"},
]
EVENTS = {
    "tables": {"language": "en-GB", "people": {"ann": {"name": "Ann"}}, "sections": ENGLISH},
    "from-right": {"language": "ur", "sections": FROM_RIGHT},
    "polish": {"language": "pl", "sections": [table(30, caption="Odpowiedzi")]},
}


@pytest.fixture(scope="module")
def output(once: Once, run: Run) -> Path:
    def make(workspace: Path) -> None:
        for name, event in EVENTS.items():
            folder = workspace / "content" / name
            folder.mkdir(parents=True)
            text = json.dumps({"title": "Tables", "date": "2026-01-31", **event})
            (folder / "event.yaml").write_text(text, "utf-8")  # JSON is YAML
        both = ("--edition", "standard", "--edition", "large-print")
        run("pdf", *both, *EVENTS, cwd=workspace)

    return once("wide-tables", make) / "output"


PDFS = pytest.mark.parametrize("edition", EDITIONS)


def outside(pdf: Path) -> Iterator[tuple[int, str]]:
    """Yield the letters that stand beside the column of their page, each with its page."""
    with pypdfium2.PdfDocument(pdf) as document:
        least = MARGIN - OVERHANG
        for number, page in enumerate(document, start=2):
            (width, height), text = page.get_size(), page.get_textpage()
            for place in range(text.count_chars() if number > 2 else 0):  # the cover has none
                left, bottom, right, top = text.get_charbox(place)
                is_out = left < least or right > width - least or bottom < 0 or top > height
                if is_out and right > left and (said := text.get_text_range(place, 1)).strip():
                    yield number - 1, said


def elements(pdf: Path, role: str) -> list[Element]:
    tree = read_structure(pdf.read_bytes())
    assert tree is not None
    return [element for element in tree.walk() if element.role == role]


def words(element: Element) -> str:
    return " ".join(element.text.replace("\u200b", "").split())


@PDFS
@pytest.mark.parametrize("event", EVENTS)
def test_nothing_leaves_the_column_of_a_page(output: Path, event: str, edition: str) -> None:
    assert list(outside(output / event / f"{edition}.pdf")) == []


@PDFS
@pytest.mark.parametrize("event", EVENTS)
def test_the_tags_follow_the_standards(output: Path, event: str, edition: str) -> None:
    pdf = output / event / f"{edition}.pdf"
    assert failed_rules(pdf) == {}
    assert failed_rules(pdf, "PDFA-2A") == {}
    # That all pages are turned alike is asked by veraPDF alone: a wide table has a wide page.
    assert failed_rules(pdf, MACHINE).keys() <= {"1.3.4-1"}


def test_the_newer_standard_is_followed_too(output: Path, tmp_path: Path, run: Run) -> None:
    run("pdf", "--pdf-standard", "ua-2", "--output", str(tmp_path), cwd=output.parent)
    pdfs = list(tmp_path.rglob("*.pdf"))
    assert len(pdfs) == len(EVENTS)
    assert [pdf for pdf in pdfs if failed_rules(pdf, "PDFUA-2-ISO32005")] == []


@PDFS
def test_every_cell_is_there_with_its_heads(output: Path, edition: str) -> None:
    """As a cell under its column's head, or as a value after it."""
    pdf = output / "tables" / f"{edition}.pdf"
    cells = [(words(cell), cell.notes.get("Headers", "")) for cell in elements(pdf, "TD")]
    for item in elements(pdf, "LI"):
        pieces = [kid for kid in item.kids if isinstance(kid, Element)]
        if [piece.role for piece in pieces] == ["Lbl", "LBody"]:
            cells.append((words(pieces[1]), words(pieces[0])))
    for columns in (6, 8, 10, 16, 40):
        for row in rows(columns):
            for head, value in zip(heads(columns)[1:], row[1:], strict=True):
                assert any(value == said and head in over for said, over in cells), (head, value)
    assert any(said == "of ten" for said, _ in cells)


@PDFS
def test_each_row_is_read_in_order(output: Path, edition: str) -> None:
    """Poppler and PDFium find the words of a row together, in the order of its tags."""
    pdf = output / "tables" / f"{edition}.pdf"
    with pypdfium2.PdfDocument(pdf) as document:
        painted = "".join("".join(p.get_textpage().get_text_range().split()) for p in document)
    poppler = "".join(text_of(pdf).split())
    several = {"RowSpan", "ColSpan"}
    for row in elements(pdf, "TR"):
        cells = [kid for kid in row.kids if isinstance(kid, Element)]
        if any(several & set(cell.notes) for cell in cells) or len(words(row)) > 150:
            continue  # a cell of several lines stands beside others
        if all(re.fullmatch(r"[\d,]+|Northgate \d+", words(cell)) for cell in cells):
            said = "".join(words(row).split())
            assert said in poppler
            assert said in painted


def test_what_fits_across_a_page_stands_there_with_its_heading(output: Path) -> None:
    with pypdfium2.PdfDocument(output / "tables" / "report.pdf") as document:
        across = [
            page.get_textpage().get_text_range()
            for page in document
            if page.get_width() > page.get_height()
        ]
    for title in ("Table of 8", "Table of 10", "Table of 40", "First in a text"):
        assert any(title in text for text in across), title
    assert any("Source: Office for National Statistics" in text for text in across)
    assert not any("After. After." in text or "In a list" in text for text in across)


def captions_of(pdf: Path) -> list[str]:
    """Return captions without their numbers."""
    return [re.sub(r"^\w+ \d+: ", "", words(caption)) for caption in elements(pdf, "Caption")]


def test_parts_say_which_they_are(output: Path) -> None:
    said = captions_of(output / "tables" / "report.pdf")
    assert [text for text in said if text.startswith("Of 40")] == [
        f"Of 40 columns (part {part} of 4)" for part in range(1, 5)
    ]
    assert "Part 1 of 2" in said  # of a table without a caption
    polish = captions_of(output / "polish" / "report.pdf")
    assert polish[0].startswith("Odpowiedzi (część 1 z ")
    urdu = [words(caption) for caption in elements(output / "from-right" / "report.pdf", "Caption")]
    assert any("حصہ" in text for text in urdu)


def test_large_print_has_rows_as_blocks_where_parts_would_be_many(output: Path) -> None:
    pdf = output / "tables" / "report.large-print.pdf"
    assert not any("40" in words(caption) for caption in elements(pdf, "Caption"))
    said = [words(paragraph) for paragraph in elements(pdf, "P")]
    assert "Of 40 columns" in [text.partition(": ")[2] for text in said]
    assert said.count("Ward: Northgate 1") >= 2


def test_numbers_stand_below_each_other(output: Path) -> None:
    with pypdfium2.PdfDocument(output / "tables" / "report.pdf") as document:
        texts = [page.get_textpage() for page in document]
        text = next(text for text in texts if "Of 6 columns" in text.get_text_range())
        said = text.get_text_range()
        ends = {
            round(text.get_charbox(said.index(number) + len(number) - 1)[2])
            for number in ("1,003", "2,003")
        }
    assert len(ends) == 1


def test_the_word_briefing_is_made_all_the_same(output: Path, run: Run) -> None:
    run("docx", *EVENTS, cwd=output.parent)
