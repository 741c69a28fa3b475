"""HTML and CSS set as PDF/UA and PDF/A, and held to both."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from report_builder.checks.pdf import check_pdf
from report_builder.checks.reading import check_reading, promised
from report_builder.drawings.weasy import to_pdf
from report_builder.html.document import Document
from report_builder.problems import Position, ReportBuilderError
from report_builder.readback.structure import read_structure
from report_builder.templating.resources import Resources
from report_builder.writers.pdf.engine import our_tags
from report_builder.writers.pdf.lines import our_lines
from report_builder.writers.pdf.options import Standard
from report_builder.writers.pdf.prepare import STYLES, prepare
from report_builder.writers.pdf.tables import fit_tables

_VARIANTS: Mapping[Standard, str] = {"ua-1": "pdf/a-2a", "ua-2": "pdf/ua-2"}


def typeset(
    document: Document, resources: Resources, standard: Standard = "ua-1", **options: Any
) -> bytes:
    """Return an accessible PDF file of a document, or raise its problems; its tree is used up.

    A file that a screen reader cannot follow is never returned. The same document gives the
    same bytes, wherever its content lies. ``options`` are WeasyPrint's.
    """
    position = Position(document.path)
    fit_tables(document, resources)
    pieces = promised(document.root, document.path)
    clean = prepare(document.root)
    with our_tags(pdf2=standard == "ua-2"), our_lines():
        pdf = to_pdf(
            clean,
            position,
            resources,
            styles=STYLES,
            pdf_variant=_VARIANTS[standard],
            pdf_identifier=hashlib.sha256(clean.encode()).digest()[:16],
            **options,
        )
    broken = check_pdf(pdf, position) if standard == "ua-1" else []
    if broken := [*broken, *check_reading(pieces, read_structure(pdf))]:
        raise ReportBuilderError(broken)
    return pdf
