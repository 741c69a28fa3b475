"""What our tags cost: their share of the time that a PDF takes, for short and for long reports.

Run it with ``python benchmarks/tagger.py``. WeasyPrint's own tags are timed in the same run.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
from weasyprint import pdf as inside

from report_builder.choices import find_theme
from report_builder.drawings.weasy import to_pdf
from report_builder.html.document import parse_html
from report_builder.problems import Position
from report_builder.templating.resources import Resources
from report_builder.writers.pdf import engine
from report_builder.writers.pdf.origins import Origins

PARAGRAPH = f"<p>{'Many words stand here so that the paragraph runs over several lines. ' * 5}</p>"
LIST = f"<ul>{'<li>An item of a list</li>' * 8}</ul>"
ROWS = "".join(f"<tr><th>{n}</th><td>b{n}</td><td>c</td></tr>" for n in range(12))
TABLE = f"<table><thead><tr><th>A</th><th>B</th><th>C</th></tr></thead>{ROWS}</table>"


def main() -> None:
    """Print a line for each length."""
    print("pages   whole   our tags   share   WeasyPrint's own tags")
    for parts in (6, 120):
        spent: dict[str, float] = {}
        with timed(spent):
            start = time.perf_counter()
            with engine.our_tags(unknown_origins(), pdf2=False):
                pdf = make(parts, "pdf/a-2a")
            whole = time.perf_counter() - start
            make(parts, "pdf/ua-1")
        pages = len(pypdfium2.PdfDocument(pdf))
        ours, theirs = spent["ours"], spent["theirs"]
        share = f"{100 * ours / whole:.1f} %"
        print(f"{pages:5}  {whole:5.2f} s   {ours:5.2f} s   {share:>6}   {theirs:5.2f} s")


def make(parts: int, variant: str) -> bytes:
    """Return a report of some parts, a page or two each."""
    parts_html = "".join(
        f"<section><h2>Part {n}</h2>{PARAGRAPH * 6}{LIST}{TABLE}</section>" for n in range(parts)
    )
    head = '<title>A report</title><link rel="stylesheet" href="theme:report.css">'
    html = f'<!doctype html><html lang="en-GB"><head>{head}</head><body>{parts_html}</body></html>'
    with tempfile.TemporaryDirectory() as name:
        resources = Resources(Path(name), find_theme("default", Path(name)))
        return to_pdf(html, Position("report"), resources, pdf_variant=variant)


def unknown_origins() -> Origins:
    """Return what is told where parts of a PDF came from, for a document of no content."""
    resources = Resources(Path(), find_theme("default", Path()))
    return Origins(parse_html("<html></html>"), "report", resources)


@contextmanager
def timed(spent: dict[str, float]) -> Iterator[None]:
    """Add up how long each kind of tags takes."""
    theirs, ours = inside.add_tags, engine._Document.add_tags_for

    def clocked(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            start = time.perf_counter()
            try:
                return act(*arguments)
            finally:
                spent[name] = spent.get(name, 0) + time.perf_counter() - start

        return run

    inside.add_tags = clocked("theirs", theirs)
    engine._Document.add_tags_for = lambda origins, pdf2: clocked("ours", ours(origins, pdf2))  # type: ignore[method-assign]
    try:
        yield
    finally:
        inside.add_tags, engine._Document.add_tags_for = theirs, ours  # type: ignore[method-assign]


if __name__ == "__main__":
    main()
