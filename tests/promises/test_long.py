"""A report may be as long as it needs to be: no chain in it, and no table, is too long to check."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tests.conftest import Once
from tests.tools.office import page_count
from tests.tools.verapdf import failed_rules

from report_builder.checks.pdf import check_pdf
from report_builder.choices import find_theme
from report_builder.html.document import parse_document
from report_builder.problems import Position
from report_builder.templating.resources import Resources
from report_builder.writers.pdf.typeset import typeset

pytestmark = pytest.mark.slow

PARTS, ROWS = 480, 1100
STYLE = "@page { size: A6; margin: 9mm } h2 { break-before: page } h1, h2 { bookmark-level: 1 }"
PART = "<h2>Part {0}</h2><p>Words of part {0}, and <a href='#end'>a link</a>.</p>"
ROW = "<tr><th scope='row'>{0}</th><td>Words</td></tr>"
HTML = (
    f"<html lang='en'><head><title>Long</title><style>{STYLE}</style></head><body><h1>Long</h1>"
    + "".join(PART.format(number) for number in range(PARTS))
    + "<h2 id='end'>A table</h2><table><thead><tr><th>A</th><th>B</th></tr></thead><tbody>"
    + "".join(ROW.format(number) for number in range(ROWS))
    + "</tbody></table></body></html>"
)


@pytest.fixture(scope="module")
def report(once: Once) -> Path:
    """Return a report of more than five hundred pages, whose bookmarks are one long chain."""

    def fill(folder: Path) -> None:
        resources = Resources(folder, find_theme("default", folder))
        document = parse_document(HTML, "report.html.j2")
        (folder / "report.pdf").write_bytes(typeset(document, resources, "ua-1"))

    return once("long", fill) / "report.pdf"


@pytest.mark.parametrize("profile", ["PDFUA-1", "PDFA-2A"])
def test_five_hundred_pages_follow_every_standard(report: Path, profile: str) -> None:
    assert page_count(report) > 500
    assert failed_rules(report, profile) == {}


def chain(length: int) -> bytes:
    """Return a PDF with so many bookmarks beside each other."""
    last = length + 4
    objects = [
        "<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        f"<</Type/Outlines/First 5 0 R/Last {last} 0 R/Count {length}>>",
    ]
    for number in range(5, last + 1):
        following = f"/Next {number + 1} 0 R" if number < last else ""
        objects.append(f"<</Title(b)/Parent 4 0 R/Dest[3 0 R/Fit]{following}>>")
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(b"%010d 00000 n \n" % len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content.encode())
    count = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % count + b"".join(places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, len(body))
    return body + table + end


def test_what_is_too_long_to_be_looked_into_is_told_in_words() -> None:
    here = Position("report.html.j2")
    begun = time.monotonic()
    (problem,) = check_pdf(chain(9000), here)
    assert "too long, or too nested, to be looked into" in problem.message
    assert problem.position == here
    assert time.monotonic() - begun < 30
    assert len(check_pdf(chain(2000), here)) > 1  # it was looked into
