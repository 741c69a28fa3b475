"""HTML and CSS set as PDF/UA and PDF/A, and held to both, and to what the eye meets."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

from report_builder.checks.pdf import check_pdf
from report_builder.checks.reading import check_reading, promised
from report_builder.drawings.weasy import to_pdf
from report_builder.html.document import Document, without_sources
from report_builder.problems import Position, ReportBuilderError, stops
from report_builder.readback.memory import give_back
from report_builder.readback.structure import read_structure
from report_builder.templating.resources import Resources
from report_builder.writers.pdf.engine import our_tags
from report_builder.writers.pdf.fit import best_fit
from report_builder.writers.pdf.floats import whole_floats
from report_builder.writers.pdf.footnotes import whole_footnotes
from report_builder.writers.pdf.gate import PageGate
from report_builder.writers.pdf.letters import set_letters
from report_builder.writers.pdf.lines import our_lines
from report_builder.writers.pdf.options import Standard
from report_builder.writers.pdf.origins import Origins
from report_builder.writers.pdf.prepare import STYLES, prepare
from report_builder.writers.pdf.tables import fit_tables

_LONG = 250_000  # letters: some fifty pages
_VARIANTS: Mapping[Standard, str] = {"ua-1": "pdf/a-2a", "ua-2": "pdf/ua-2"}


def typeset(
    document: Document,
    resources: Resources,
    standard: Standard = "ua-1",
    gate: PageGate | None = None,
    **options: Any,
) -> bytes:
    """Return an accessible PDF file of a document, or raise its problems; its tree is used up.

    A file that a screen reader cannot follow is never returned, nor one whose pages do not pass
    their ``gate``, which holds what they have beside errors. The same document gives the same
    bytes, wherever its content lies. ``options`` are WeasyPrint's.
    """
    root, position = document.root, Position(document.path)
    fit_tables(document, resources)
    pieces = promised(root, document.path)
    origins = Origins(root, document.path, resources)
    set_letters(root, resources.theme.font_families)
    html = prepare(root)
    watched = gate.watching() if gate else nullcontext()
    tagging = our_tags(origins, pdf2=standard == "ua-2")
    with tagging, our_lines(), whole_floats(), whole_footnotes(), watched:
        pdf = to_pdf(
            html,
            position,
            resources,
            styles=STYLES,
            render=best_fit,
            pdf_variant=_VARIANTS[standard],
            pdf_identifier=hashlib.sha256(without_sources(html).encode()).digest()[:16],
            **options,
        )
    if len(html) > _LONG:
        give_back()
    found = gate.look(pdf) if gate else []
    found += check_pdf(pdf, position, origins.of) if standard == "ua-1" else []
    found += check_reading(pieces, read_structure(pdf), origins.hides)
    if stops(found):
        raise ReportBuilderError(found)
    return pdf
