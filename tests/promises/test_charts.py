"""A chart is its table: bars are as long as the numbers say, and the cells say the same numbers.

PDFium reads the bars, the points and the words from the pages; cells are read from the tags.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Once, Run
from tests.tools.bars import Painted, painted
from tests.tools.verapdf import failed_rules

from report_builder.readback.structure import Element, read_structure
from report_builder.templating.contrast import contrast

pytestmark = pytest.mark.slow

Numbers = list[Any]
EM = {"report": 12.5 * 25.4 / 72, "report.large-print": 18 * 25.4 / 72}
RTL_EM = 14 * 25.4 / 72
BETWEEN = 0.3  # mm of white at the end of each piece
CLOSE = 0.005
INK, LINE, WHITE = "#1B2A33", "#B9C7CC", "#FFFFFF"
MOST_POINTS = 15
MISSING = ("no data", "معلوم نہیں", "brak danych")


@dataclass(frozen=True)
class Case:
    """A chart, and how it is to stand on the page: the order of its labels, and its form."""

    section: dict[str, Any]
    order: list[str]
    form: str = "bars"

    @property
    def rows(self) -> list[Numbers]:
        """The numbers of each label in the order of the page."""
        if self.section["type"] == "survey":
            counts = {a["text"]: a["count"] for a in self.section["answers"]}
            return [[counts[label]] for label in self.order]
        at = [self.section["labels"].index(label) for label in self.order]
        return [[_known(s["values"][n]) for s in self.section["series"]] for n in at]

    def cells(self) -> Numbers:
        """Return the numbers in the order of the table's cells."""
        rows = self.rows
        if self.form == "line":
            rows = [list(column) for column in zip(*rows, strict=True)]
        return [number for row in rows for number in row]


def _known(value: Any) -> float | None:
    return None if value in ("–", None) else float(str(value).replace(",", ""))


def chart(
    labels: str, *series: Numbers, drawn: str = "", form: str = "bars", **fields: Any
) -> Case:
    """Return a case: labels with “|” between, and series that begin with their names."""
    made = [{"name": name, "values": values} for name, *values in series]
    names = labels.split("|")
    section = {"type": "chart", "caption": "A chart", "labels": names, "series": made, **fields}
    return Case(section, drawn.split("|") if drawn else names, form)


def survey(answers: dict[str, int], order: str, **fields: Any) -> Case:
    given = [{"text": text, "count": count} for text, count in answers.items()]
    section = {"type": "survey", "question": "How?", "answers": given, **fields}
    return Case(section, order.split("|"))


LONG = "St Anne's Church of England Voluntary Aided Primary School and Nursery for Infants"
WARDS = [f"Ward {chr(65 + n % 26)}{chr(97 + n // 26)}" for n in range(40)]
YEARS = "|".join(map(str, range(2016, 2026)))
MONTHS = [f"{month} {year}" for year in (2024, 2025) for month in ("Jan", "Feb", "Mar", "Apr",
          "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")]  # fmt: skip
GROUPED, STACK = "grouped", "stacked-bar"
OPINIONS = ("Strongly agree", "Agree", "Neither", "Disagree", "Strongly disagree")

ENGLISH = [
    chart("By car|On foot", ["2019", 38, 46], ["2025", 32, 51], unit="%", drawn="On foot|By car",
          form=GROUPED),
    chart("A|B|Other", ["2025", 32, 51, 90], ["2019", 38, 46, 1], drawn="B|A|Other", form=GROUPED),
    chart("A|B", *[[f"Group {c}", 10 + n, 20 - n] for n, c in enumerate("abcdef")], drawn="B|A",
          form=GROUPED),
    chart("North|Mid|South", ["Change", -3.5, 12, -20.25], unit="%", by="Ward",
          drawn="Mid|North|South"),
    chart("North|Mid", ["Change", -12, -3], drawn="Mid|North"),
    chart("North|Mid|South", ["2024", -3, 0, 4], ["2025", 5, -2, "–"], unit="points",
          drawn="North|Mid|South", form=GROUPED),
    chart("None here|Some", ["People", 0, 3], drawn="Some|None here"),
    chart("None here|Nor here", ["People", 0, 0]),
    chart("North|Mid|South", ["People", 4, None, 9], drawn="South|North|Mid"),
    chart("Under 18|18 to 34|35 to 54|75 and over", ["People", 4, 40, 9, 2]),
    chart("Mon|Tue|Wed", ["People", 4, 40, 9]),
    chart("Very good|Good|Poor|Don't know", ["People", 4, 40, 9, 60]),
    chart("Now|Proposed", ["People", 4, 40]),
    chart(f"{LONG}|Elm|Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch School",
          ["Children", 120, 88, 340],
          drawn=f"Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch School|{LONG}|Elm"),
    chart("A|B|C", ["PM2.5", "8.00", 12.5, "7.25"], unit="µg/m³", drawn="B|A|C"),
    chart("A|B", ["People", "98,765", 1234567], drawn="B|A"),
    chart("A|B|C", ["Cost", -1200.5, 4500, 0], unit="£", drawn="B|C|A"),
    chart("A|B", ["Grants", 4500, 1200], unit="thousand pounds a year"),
    chart("Luton", ["People", 225300]),
    chart("|".join(WARDS), ["People", *[1000 - n * 23 for n in range(40)]]),
    chart("|".join(WARDS[:16]), ["2024", *range(10, 26)], ["2025", *range(12, 28)],
          drawn="|".join(WARDS[15::-1]), form=GROUPED),
    chart("Women|Men", *([name, *shares] for name, shares in
          zip(OPINIONS, ((52, 50), (25, 27), (9, 9), (7, 7), (7, 7)), strict=True)),
          kind=STACK, unit="%", form="stack"),
    chart("Women|Men", ["Yes", 96, 2], ["Not sure", 1, 1], ["No", 1, "0.5"],
          ["Prefer not to say", 2, 96.5], kind=STACK, unit="%", scale="categories", form="stack"),
    chart("Now|Proposed", ["Car parks", 1900, 700], ["Crossings", 300, 1100],
          ["School streets", 0, 400], kind=STACK, unit="thousand pounds", form="stack"),
    chart("A|B", ["Never", 10, 20], ["Rarely", 20, 20], ["Sometimes", 20, 20], ["Often", 20, 20],
          ["Always", 30, 20], kind=STACK, unit="%", form="stack"),
    chart("A|B", *([name, 10, 30] for name in "abcdef"), kind=STACK, form="stack"),
    chart("A|B", *([name, 10, 30] for name in "abc"), kind=STACK, order="value", form="stack",
          drawn="B|A"),
    chart(YEARS, ["Eastvale", 212, 220, 208, 199, 121, 150, 188, 193, 185, 179],
          ["England", 175, 178, 174, 170, 98, 120, 144, 146, 141, 137], form="line"),
    chart("Jan|Feb|Mar|Apr|May", ["Calls", 3, "–", 5, 8, 2], form="line"),
    chart("2019/20|2020/21|2021/22|2022/23", ["Change", -3.5, 2, 1, -1], kind="line", unit="%",
          form="line"),
    chart("|".join(MONTHS), ["Calls", *[1200 + (n * 71) % 400 for n in range(24)]],
          ["Visits", *[900 + (n * 51) % 300 for n in range(24)]], kind="line", form="turned"),
    chart("2001|2011|2021|2022|2023", ["People", 184, 203, 225, 227, 230]),
    chart("Third|A|Other", ["People", 1, 3, 2], order="given"),
    survey({"Yes": 975, "No": 1098, "Not sure": 304}, "Yes|No|Not sure", base=2377),
    survey({"On foot": 75, "By bus": 80, "Other": 90}, "By bus|On foot|Other", base=100,
           multiple=True),
]  # fmt: skip
URDU = [
    chart("بس سے|پیدل|گاڑی سے", ["لوگ", 35.5, 60, 25], unit="%", drawn="پیدل|بس سے|گاڑی سے"),
    chart("پیدل|بس سے", ["2024", -6, 3], ["2025", 7, -4], form=GROUPED),
    chart("خواتین|مرد", ["بہت متفق", 50, 40], ["متفق", 30, 30], ["غیر متفق", 20, 30], kind=STACK,
          unit="%", form="stack"),
    chart("2019|2020|2021|2022|2023", ["لوگ", 6, 7, 8, 9, 12], form="line"),
    chart("A|B", ["Cost", 4500.5, -1200], unit="£"),
]  # fmt: skip
EVENTS = {"charts": ("en-GB", ENGLISH), "from-right": ("ur", URDU)}


@pytest.fixture(scope="module")
def output(once: Once, run: Run) -> Path:
    def make(workspace: Path) -> None:
        for name, (language, cases) in EVENTS.items():
            folder = workspace / "content" / name
            folder.mkdir(parents=True)
            sections = [
                {"title": f"Part {n}", **case.section} for n, case in enumerate(cases, start=1)
            ]
            event = {"title": "Charts", "language": language, "date": "2026-01-31"}
            text = json.dumps({**event, "sections": sections}, ensure_ascii=False)
            (folder / "event.yaml").write_text(text, "utf-8")  # JSON is YAML
        both = ("--edition", "standard", "--edition", "large-print")
        run("pdf", *both, *EVENTS, cwd=workspace)
        run("docx", "--document", "report", *EVENTS, cwd=workspace)

    return once("charts", make) / "output"


PDFS = pytest.mark.parametrize("edition", EM)
NAMES = pytest.mark.parametrize("name", EVENTS)


def em_of(name: str, edition: str) -> float:
    return RTL_EM if (name, edition) == ("from-right", "report") else EM[edition]


def bars_of(pdf: Path, em: float, *, from_right: bool = False) -> list[Painted]:
    """Return the bars and pieces in their order: neither their outlines nor other boxes."""
    boxes = [
        p for p in painted(pdf) if not p.is_text and p.page > 1 and p.colour not in (INK, LINE)
    ]
    bars = [p for p in boxes if 0.97 * em < p.height < 1.75 * em and 0.05 < p.width < 169]
    bars = [p for p in bars if p.colour != WHITE or p.height < 1.66 * em]  # no ends of pieces
    side = -1 if from_right else 1
    return sorted(bars, key=lambda p: (p.page, -round(p.middle[1], 1), side * p.left))


def has_line(case: Case, tables: list[Element], number: int) -> bool:
    """Tell whether a case became lines with a column a date: a row is as long as the dates."""
    rows = [e for e in tables[number].walk() if e.role == "TR"]
    return case.form == "line" and len(rows) == 1 + len(case.section["series"])


def expected_bars(cases: list[Case]) -> list[tuple[int, float]]:
    """Return the bars of all cases in their order: the number of each case, and the value."""
    drawn = [(n, case) for n, case in enumerate(cases) if case.form not in ("line", "turned")]
    return [(n, value) for n, case in drawn for row in case.rows for value in row if value]


@PDFS
@NAMES
def test_bars_are_as_long_as_the_numbers_say(output: Path, name: str, edition: str) -> None:
    em = em_of(name, edition)
    bars = bars_of(output / name / f"{edition}.pdf", em, from_right=name == "from-right")
    cases = EVENTS[name][1]
    expected = expected_bars(cases)
    # What a piece is too thin to show is all its white end.
    assert len(bars) == len(expected)
    longest: dict[int, float] = {}
    for bar, (number, value) in zip(bars, expected, strict=True):
        is_piece = cases[number].form == "stack"
        length = (bar.width + (BETWEEN if is_piece else 0)) / abs(value)
        longest[number] = max(longest.get(number, 0), length)
    for bar, (number, value) in zip(bars, expected, strict=True):
        is_piece = cases[number].form == "stack"
        length = bar.width + (BETWEEN if is_piece else 0)
        whole = max(abs(v) for n, v in expected if n == number) * longest[number]
        assert abs(length - abs(value) * longest[number]) <= CLOSE * whole, (number, value)


@PDFS
@NAMES
def test_bars_begin_at_one_line_and_negatives_go_the_other_way(
    output: Path, name: str, edition: str
) -> None:
    em = em_of(name, edition)
    bars = bars_of(output / name / f"{edition}.pdf", em, from_right=name == "from-right")
    cases = EVENTS[name][1]
    zeros: dict[int, set[float]] = {}
    for bar, (number, value) in zip(bars, expected_bars(cases), strict=True):
        if cases[number].form != "stack":
            at_left = (value > 0) == (name != "from-right")
            zeros.setdefault(number, set()).add(round(bar.left if at_left else bar.right, 1))
    assert all(max(found) - min(found) < 0.25 for found in zeros.values()), zeros


def said(text: str) -> tuple[float | None, int]:
    """Return the number that a cell says, and with how many decimals."""
    if text in MISSING:
        return None, 0
    found = re.search(r"([−-]?)\D*?(\d[\d,]*(?:\.\d+)?)", text.replace("\u200e", ""))
    assert found, text
    _, _, part = found[2].partition(".")
    return float(found[2].replace(",", "")) * (-1 if found[1] else 1), len(part)


def tables_of(pdf: Path) -> list[Element]:
    tree = read_structure(pdf.read_bytes())
    assert tree is not None
    return [element for element in tree.walk() if element.role == "Table"]


@PDFS
@NAMES
def test_cells_say_the_numbers_in_the_order_of_the_bars(
    output: Path, name: str, edition: str
) -> None:
    tables = tables_of(output / name / f"{edition}.pdf")
    cases = EVENTS[name][1]
    assert len(tables) == len(cases)
    for number, (case, table) in enumerate(zip(cases, tables, strict=True)):
        cells = [" ".join(e.text.split()) for e in table.walk() if e.role == "TD"]
        if case.section["type"] == "survey":
            base = case.section["base"]
            counts = case.cells()
            assert [said(text)[0] for text in cells[1::2]] == counts
            shares = [round(100 * count / base) for count in counts]
            assert [said(text)[0] for text in cells[::2]] == shares
            continue
        expected = case.cells()
        if case.form == "line" and not has_line(case, tables, number):
            expected = [value for row in case.rows for value in row]
        assert [said(text)[0] for text in cells] == expected, number
        decimals = {said(text)[1] for text in cells if text not in MISSING}
        assert len(decimals) == 1, cells
        assert all(cell.heads for cell in table.walk() if cell.role == "TD")


@PDFS
@NAMES
def test_points_stand_above_their_columns_at_the_height_of_their_numbers(
    output: Path, name: str, edition: str
) -> None:
    pdf = output / name / f"{edition}.pdf"
    tables, things = tables_of(pdf), list(painted(pdf))
    points = [
        p for p in things if not p.is_text and abs(p.width - 3.6) < 0.05 > abs(p.height - 3.6)
    ]
    for number, case in enumerate(EVENTS[name][1]):
        if case.form not in ("line", "turned"):
            continue
        if not has_line(case, tables, number):
            values = [v for row in case.rows for v in row if v is not None]
            drawn = len(values) if len(case.rows) <= MOST_POINTS else 2 * len(case.rows[0])
            several = len(case.rows[0]) if len(case.rows[0]) > 1 else 0
            points = points[drawn + 3 * several :]  # those in the key, too
            continue
        columns = list(zip(*case.rows, strict=True))
        newest = max(
            range(len(columns)), key=lambda n: (case.section["series"][n]["name"] == "Eastvale", -n)
        )
        order = [n for n in range(len(columns)) if n != newest] + [newest]
        heads = [e.text.strip() for e in tables[number].walk() if e.role == "TH"][1:]
        for series in order:
            known = [(n, v) for n, v in enumerate(columns[series]) if v is not None]
            mine, points = points[: len(known)], points[len(known) :]
            (high, top), (low, foot) = (
                pick(zip((v for _, v in known), (p.middle[1] for p in mine), strict=True))
                for pick in (max, min)
            )
            for (place, value), point in zip(known, mine, strict=True):
                wanted = foot + (value - low) / (high - low) * (top - foot)
                assert abs(point.middle[1] - wanted) <= CLOSE * (top - foot) + 0.02
                below = [t for t in things if t.is_text and t.page == point.page]
                head = min(
                    (t for t in below if t.text.strip() == heads[place] and t.top < point.foot),
                    key=lambda t: point.foot - t.top,
                )
                assert abs(head.middle[0] - point.middle[0]) < 0.8
    assert not points


@PDFS
@NAMES
def test_every_number_on_a_piece_is_read_easily(output: Path, name: str, edition: str) -> None:
    em = em_of(name, edition)
    pdf = output / name / f"{edition}.pdf"
    things = list(painted(pdf))
    pieces = [p for p in bars_of(pdf, em) if p.height > 1.5 * em]
    measured = 0
    for piece in pieces:
        for text in (t for t in things if t.is_text and t.page == piece.page and t.text.strip()):
            x, y = text.middle
            if piece.left < x < piece.right and piece.foot < y < piece.top:
                assert contrast(text.colour, piece.colour) >= 4.5
                assert piece.left < text.left
                assert text.right < piece.right
                measured += 1
    assert measured > 5


@PDFS
@NAMES
def test_the_tags_follow_the_standards(output: Path, name: str, edition: str) -> None:
    assert failed_rules(output / name / f"{edition}.pdf") == {}


def drawings(docx: Path) -> Iterator[str]:
    """Yield the drawings of a Word file in their order."""
    with zipfile.ZipFile(docx) as file:
        names = [n for n in file.namelist() if n.endswith(".svg")]
        for found in sorted(names, key=lambda n: int(re.sub(r"\D", "", n))):
            yield file.read(found).decode()


_BOX = re.compile(r'd="M[\d.-]+ [\d.-]+h([\d.]+)v([\d.]+)h-[\d.]+z"')


@NAMES
def test_word_has_the_same_drawing(output: Path, name: str) -> None:
    em = 12 * 25.4 / 72
    cases = [c for c in EVENTS[name][1] if len(c.rows) * len(c.rows[0]) <= 26 or c.form == "turned"]
    found = list(drawings(output / name / "report.docx"))
    assert len(found) == len(cases)
    for case, svg in zip(cases, found, strict=True):
        if case.form in ("line", "turned"):
            heights = [float(y) for y in re.findall(r'<circle[^>]* cy="([\d.]+)"', svg)]
            assert len(heights) >= 2
            continue
        boxes = [(float(wide), float(high)) for wide, high in _BOX.findall(svg)]
        bars = [wide for wide, high in boxes if abs(wide - em) > 0.01 or abs(high - em) > 0.01]
        values = [abs(value) for row in case.rows for value in row if value]
        assert len(bars) == len(values)
        scale = max(bars, default=0) / max(values, default=1)
        whole = max(bars, default=0)
        for bar, value in zip(bars, values, strict=True):
            assert abs(bar - value * scale) <= CLOSE * whole, (case.section["labels"], value)
