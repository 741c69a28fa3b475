"""LibreOffice, which knows nothing of our HTML, reads from each Word file what the HTML says.

It makes a tagged PDF of the file; headings, items with their levels and labels, tables with their
heads, pictures and languages must come in the order and the words of the HTML.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

import pytest
from lxml.html import tostring
from tests.conftest import REAL_EVENT, ROOT
from tests.tools.office import page_count, pdfs_of
from tests.tools.rendering import renderer_for
from tests.tools.word_tree import expected, found, languages

from report_builder.html.document import parse_document
from report_builder.readback.extent import Extent
from report_builder.readback.structure import read_structure
from report_builder.templating.words import direction
from report_builder.writers.docx.document import write_docx

CONTENT = Path(__file__).parent / "content"
EVENTS = [
    (ROOT / "content" / REAL_EVENT, ""),
    (CONTENT / "awkward", ""),
    (CONTENT / "every", ""),
    (CONTENT / "languages", "pl"),
    (CONTENT / "languages", "ur"),
]


@dataclass(frozen=True)
class Made:
    """A document: its HTML, how long its Word file is said to be, and LibreOffice's PDF of it."""

    html: str
    extent: Extent
    pdf: Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Made]:
    folder = tmp_path_factory.mktemp("trees")
    documents = []
    for event, language in EVENTS:
        renderer = renderer_for(ROOT, event, language)
        reference = renderer.theme.find("briefing.docx")
        assert reference is not None
        for name in ("briefing", "report"):
            template = f"{name}.html.j2"
            document = parse_document(renderer.render(template, medium="word"), template)
            html = tostring(document.root, encoding="unicode")  # with the numbers of figures
            word = write_docx(document, reference, renderer.resources)
            path = folder / f"{event.name}-{language}-{name}.docx"
            path.write_bytes(word.content)
            documents.append(Made(html, word.extent, path.with_suffix(".pdf")))
    pdfs_of(sorted(folder.glob("*.docx")), folder, tagged=True)
    return documents


def test_structure_and_languages_are_those_of_the_html(made: list[Made]) -> None:
    for document in made:
        tree = read_structure(document.pdf.read_bytes())
        assert tree is not None
        events = (expected(document.html), found(tree))
        wanted, there = ([" ".join(event) for event in of] for of in events)
        assert len(wanted) > 40
        assert list(unified_diff(wanted, there, n=0, lineterm="")) == [], document.pdf.name
        marked = {
            (element.notes["lang"].split("-")[0], "".join(element.text.split()))
            for element in tree.walk()
            if "lang" in element.notes
        }
        for language, words in languages(document.html):
            # LibreOffice marks no words that run against the line; those are seen in the file.
            if direction(language) == "ltr" and words.isascii():
                assert (language, words) in marked, document.pdf.name


def test_the_length_that_is_told_is_the_length_that_it_has(made: list[Made]) -> None:
    for document in made:
        real = page_count(document.pdf)
        assert real - 1 - 0.1 * real < document.extent.pages < real * 1.1, document.pdf.name
