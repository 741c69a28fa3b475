"""Every PDF passes every standard, and is read word for word as its HTML stands."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pikepdf
import pytest
from tests.conftest import REAL_EVENT, ROOT, Once, Run
from tests.tools.office import fonts_of, page_count
from tests.tools.rendering import renderer_for
from tests.tools.verapdf import failed_rules

from report_builder import build, open_workspace
from report_builder.checks.page import RULES
from report_builder.checks.reading import PIECES, promised
from report_builder.choices import find_theme
from report_builder.html.document import parse_document
from report_builder.problems import Severity
from report_builder.readback.structure import Element, read_structure
from report_builder.settings.names import LARGE_PRINT, STANDARD_EDITION
from report_builder.templating.resources import Resources
from report_builder.writers.pdf.typeset import typeset

pytestmark = pytest.mark.slow

MACHINE = str(ROOT / "tests/tools/profiles/WCAG-2-2-Machine.xml")
DOCUMENTS = [
    (REAL_EVENT, "", ""),
    (REAL_EVENT, "", "large-print"),
    ("every", "", ""),
    ("every", "", "large-print"),
    ("languages", "ur", ""),
    ("languages", "ur", "large-print"),
    ("languages", "pl", ""),
    ("long", "", ""),
]
PARAGRAPH = "Words about homes and health stand here, so that the paragraph runs over lines. " * 8


@pytest.fixture(scope="module")
def workspace(once: Once) -> Path:
    """Return a workspace of all events that are asked for here."""

    def write(folder: Path) -> None:
        shutil.copytree(ROOT / "tests/integration/content", folder / "content")
        shutil.copytree(ROOT / "content" / REAL_EVENT, folder / "content" / REAL_EVENT)
        for name, text in (("long", long_event()), ("many", many_phrases()), ("scripts", SCRIPTS)):
            (folder / "content" / name).mkdir()
            (folder / "content" / name / "event.yaml").write_text(text, "utf-8")

    return once("pdf-workspace", write)


Made = Callable[..., Path]


@pytest.fixture(scope="module")
def made(workspace: Path, once: Once, run: Run) -> Made:
    """Make one event in one edition, for one standard, once; return the folder of its PDFs."""

    def make(event: str, edition: str, standard: str = "ua-1") -> Path:
        name = edition or "standard"
        asked = ("--edition", name, "--pdf-standard", standard)
        build = partial(run, "pdf", event, *asked, cwd=workspace)
        return once(f"pdf-{event}-{name}-{standard}", lambda it: build("--output", str(it))) / event

    return make


def long_event() -> str:
    """Return an event of sixty pages: sections of paragraphs, lists and tables."""
    lines = ["title: A long report", "sections:"]
    for number in range(1, 41):
        rows = ", ".join(f"[Ward {row}, {row * number}, {row}]" for row in range(1, 13))
        lines += [
            f"  - {{type: prose, title: Part {number}, body: '{PARAGRAPH}\n\n    {PARAGRAPH}'}}",
            f"  - {{type: exhibits, title: List {number}, items: [one thing, another thing]}}",
            f"  - {{type: table, title: Table {number}, columns: [A, B, C], rows: [{rows}]}}",
        ]
    return "\n".join(lines) + "\n"


def path_of(made: Made, document: tuple[str, str, str], standard: str = "ua-1") -> Path:
    event, language, edition = document
    name = ".".join(part for part in ("report", edition, language, "pdf") if part)
    return made(event, edition, standard) / name


@pytest.mark.parametrize("document", DOCUMENTS, ids="-".join)
def test_it_follows_pdf_ua_and_pdf_a_and_wcag(made: Made, document: tuple[str, str, str]) -> None:
    pdf = path_of(made, document)
    for profile in ("PDFUA-1", "PDFA-2A", MACHINE):
        assert failed_rules(pdf, profile) == {}, profile


def test_the_eye_meets_nothing_wrong(workspace: Path) -> None:
    editions = [STANDARD_EDITION, LARGE_PRINT]
    names = (REAL_EVENT, "every", "languages")
    outcome = build(open_workspace(workspace, editions=editions), names, only=["pdf"])
    found = [p for p in outcome.problems if p.code in {rule.code for rule in RULES}]
    assert [p for p in found if p.severity is not Severity.ADVICE] == []
    assert [p for p in found if REAL_EVENT in p.position.path] == []
    assert outcome.made == names


def test_words_that_are_hard_to_see_do_not_follow_wcag(tmp_path: Path) -> None:
    pale = '<html lang="en"><head><title>T</title></head><body><h1 style="color: #bbb">Words'
    resources = Resources(tmp_path, find_theme("default", tmp_path))
    pdf = tmp_path / "pale.pdf"
    document = parse_document(pale, "report.html.j2")
    pdf.write_bytes(typeset(document, resources, "ua-1"))
    assert list(failed_rules(pdf, MACHINE)) == ["1.4.3-1"]


@pytest.mark.parametrize("document", [d for d in DOCUMENTS if not d[2]], ids="-".join)
def test_it_can_follow_the_newer_standard(made: Made, document: tuple[str, str, str]) -> None:
    assert failed_rules(path_of(made, document, "ua-2"), "PDFUA-2-ISO32005") == {}


@pytest.mark.parametrize("document", DOCUMENTS, ids="-".join)
def test_it_is_read_word_for_word(
    workspace: Path, made: Made, document: tuple[str, str, str]
) -> None:
    event, language, edition = document
    folder = workspace / "content" / event
    renderer = renderer_for(workspace, folder, language, edition or "standard")
    html = renderer.render("report.html.j2")
    tree = read_structure(path_of(made, document).read_bytes())
    assert tree is not None
    root = parse_document(html, "report.html.j2").root
    pieces = [p for p in promised(root, "report.html.j2") if p.role != "Note"]  # read apart
    said = list(pieces_of(tree))
    here = 0
    for piece in pieces:
        wanted = words(piece.words)
        place = next((n for n in range(here, len(said)) if said[n] == (piece.role, wanted)), None)
        texts = [w for role, w in said[here : here + 4] if role == piece.role]
        assert place is not None, f"{wanted} is not among {texts}"
        here = place + 1
    assert len(pieces) > 20


def words(text: str) -> list[str]:
    """Return a text's words, without the sign before a quotation.

    In a line that runs both ways their order is not in the file.
    """
    found = text.lstrip("“").replace("\u2066", "").replace("\u2069", "").split()
    return sorted(found) if any("\u0600" <= c <= "\u06ff" for c in text) else found


def pieces_of(element: Element) -> Iterator[tuple[str, list[str]]]:
    for inner in element.walk():
        yield inner.role, words("".join(said(inner)))


def said(element: Element) -> Iterator[str]:
    for kid in element.kids:
        if isinstance(kid, str):
            yield kid
        elif kid.role not in ("Note", *PIECES):
            yield from said(kid)


POSTERS = {
    "the real one": (REAL_EVENT, "", ()),
    "large and wide": (REAL_EVENT, "", ("--paper", "A1", "--orientation", "landscape", "--marks")),
    "every structure": ("every", "", ()),
    "from right to left": ("languages", "ur", ()),
    "in Polish": ("languages", "pl", ("--engine", "wordcloud")),
    "of three hundred phrases": ("many", "", ("--paper", "A1")),
    "in many scripts, with a link": ("scripts", "", ("--paper", "500x700")),
}
SCRIPTS = """
title: Voices
web: https://www.council.example/voices
sections:
  - type: feedback
    question: What matters most to you?
    base: 12
    responses: [Homes, Homes, "صحت کے لیے", 住房, "हिन्दी में", "বাংলা", Żółć, "Хлеб и вода"]
"""


def many_phrases() -> str:
    """Return an event with three hundred answers, each of them another."""
    phrases = ", ".join(f"Phrase {n} of many" for n in range(300))
    return f"title: T\nsections: [{{type: feedback, question: Q?, responses: [{phrases}]}}]\n"


@pytest.mark.parametrize("name", POSTERS)
def test_a_poster_follows_them_too(workspace: Path, name: str, tmp_path: Path, run: Run) -> None:
    event, language, flags = POSTERS[name]
    output = tmp_path / "output"
    run("wordcloud", event, *flags, "--output", str(output), cwd=workspace)
    pdf = output / event / ".".join(part for part in ("poster", language, "pdf") if part)
    for profile in ("PDFUA-1", "PDFA-2A", MACHINE):
        assert failed_rules(pdf, profile) == {}, profile
    tree = read_structure(pdf.read_bytes())
    assert tree is not None
    lists = [element for element in tree.walk() if element.role == "L"]
    renderer = renderer_for(workspace, workspace / "content" / event, language)
    phrases_of = renderer.event.sections_of("feedback")[0].phrases
    items = [element for element in lists[0].walk() if element.role == "LI"]
    assert len(items) == len(phrases_of)
    heard = "".join(k for part in items[0].walk() for k in part.kids if isinstance(k, str))
    assert words(heard) == words(phrases_of[0].text)


def test_a_long_report_is_long_and_one_table_is_one_table(made: Made) -> None:
    pdf = path_of(made, ("long", "", ""))
    assert page_count(pdf) >= 60
    tree = read_structure(pdf.read_bytes())
    assert tree is not None
    tables = [element for element in tree.walk() if element.role == "Table"]
    assert len(tables) == 40
    assert all(sum(e.role == "TR" for e in table.walk()) == 13 for table in tables)


def test_large_print_is_large(made: Made) -> None:
    path = path_of(made, ("every", "", "large-print"))
    sizes: set[float] = set()
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            for operands, operator in pikepdf.parse_content_stream(page):  # type: ignore[misc]
                if str(operator) == "Tf":
                    sizes.add(float(operands[1]) * 0.75)  # WeasyPrint writes CSS pixels
    assert min(sizes) > 15.99
    assert fonts_of(path)
