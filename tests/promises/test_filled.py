"""Pages are filled: no foot of a report's pages looks left over."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from tests.conftest import Once, Run

from report_builder.choices import find_theme
from report_builder.html.document import parse_document
from report_builder.templating.resources import Resources
from report_builder.writers.pdf.typeset import typeset

ROOT = Path(__file__).parents[2]
OWN = ROOT / "tests/integration/content/every"
REAL = ROOT / "content/health-equity-town"
GALLERY = ROOT / "tests/gallery/content"
STARTERS = ROOT / "src/report_builder/starter"
EDITIONS = ("standard", "large-print")
PER_MM = 2  # points of a drawn page
HEAD, FOOT = 30, 22  # millimetres that running heads and margins take
WORST, MEAN, MEAN_OF_ALL = 0.35, 0.15, 0.10


def feet_of(pdf: Path) -> list[float]:
    """Return how much of each page stays empty at its foot, the first and the last left out."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = list(document)
        turns = [one.get_width() != other.get_width() for one, other in pairwise(pages)]
        # Before a page across somebody wanted a page to begin.
        return [
            foot_of(page) for page, turn in zip(pages[1:-1], turns[1:], strict=True) if not turn
        ]


def foot_of(page: Any) -> float:
    drawn = page.render(scale=PER_MM * 25.4 / 72).to_numpy()
    height = drawn.shape[0]
    inked = (drawn[HEAD * PER_MM : height - FOOT * PER_MM] < 245).any(axis=(1, 2))
    lines = np.nonzero(inked)[0]
    return 1 - (lines[-1] + 1) / len(inked) if len(lines) else 1.0


@pytest.fixture(scope="module")
def reports(once: Once, run: Run) -> Path:
    """Return the folder of the reports of all our events, in both editions."""

    def build(root: Path) -> None:
        events = root / "content"
        shutil.copytree(GALLERY, events)
        for event in (OWN, REAL):
            shutil.copytree(event, events / event.name)
        for starter in STARTERS.glob("*.yaml"):
            folder = events / f"starter-{starter.stem}"
            folder.mkdir()
            shutil.copy(starter, folder / "event.yaml")
            shutil.copy(STARTERS / "responses.csv", folder)
        editions = [part for edition in EDITIONS for part in ("--edition", edition)]
        run("pdf", *editions, "--output", str(root / "output"), cwd=root)

    return once("reports", build) / "output"


def all_feet(reports: Path) -> Iterator[tuple[str, list[float]]]:
    for pdf in sorted(reports.rglob("report*.pdf")):
        yield f"{pdf.parent.name}/{pdf.name}", feet_of(pdf)


@pytest.mark.slow
def test_pages_are_filled_in_every_event_and_edition(reports: Path) -> None:
    feet = dict(all_feet(reports))
    assert len(feet) >= 2 * 12
    worst = {name: max(found) for name, found in feet.items() if max(found, default=0) > WORST}
    assert worst == {}
    means = {name: sum(found) / len(found) for name, found in feet.items() if found}
    assert {name: mean for name, mean in means.items() if mean > MEAN} == {}
    pages = [foot for found in feet.values() for foot in found]
    assert sum(pages) / len(pages) <= MEAN_OF_ALL


LINES = "<p>Words</p>" * 10
# Of the second page a third stays empty, unless the picture gets lower.
REPORT = f"""<!doctype html><html lang="en"><head><title>T</title>
<meta name="fits" content="high low">
<style>@page {{ size: 105mm 148mm; margin: 14mm }}
html {{ font: 12pt/20pt 'Source Sans 3' }} p {{ margin: 0 }}
h1, h2 {{ break-before: page; break-after: avoid }}
.hall {{ height: 100mm; break-inside: avoid; background: #00505c }}
html[data-fit="high"] .hall {{ height: 110mm }}
html[data-fit="low"] .hall {{ height: 30mm }}</style></head>
<body><h1>A town</h1><h2>Homes</h2>{LINES}<div class="hall"></div>{LINES}
<h2>About</h2><p>Words</p></body></html>"""


def pages_of(html: str, folder: Path) -> int:
    resources = Resources(folder, find_theme("default", folder))
    pdf = typeset(parse_document(html, "report.html.j2"), resources)
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def test_the_way_is_kept_that_leaves_the_fewest_feet_empty(tmp_path: Path) -> None:
    assert pages_of(REPORT, tmp_path) == 4
    assert pages_of(re.sub("<meta name=.fits.*?>", "", REPORT), tmp_path) == 5
    assert pages_of(REPORT.replace("high low", "high"), tmp_path) == 5
