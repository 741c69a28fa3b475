"""HTML and CSS set as PDF/UA and PDF/A, and held to both."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from report_builder.checks.pdf import check_pdf
from report_builder.checks.reading import check_reading, promised
from report_builder.drawings.weasy import to_pdf
from report_builder.html.document import Document, html_of
from report_builder.problems import Position, ReportBuilderError
from report_builder.readback.structure import read_structure
from report_builder.templating.resources import Resources
from report_builder.writers.pdf.breaks import LAST_RESORT, soften
from report_builder.writers.pdf.engine import our_tags
from report_builder.writers.pdf.options import Standard
from report_builder.writers.pdf.spaces import KEEP_SPACES, write_out_spaces

_VARIANTS: Mapping[Standard, str] = {"ua-1": "pdf/a-2a", "ua-2": "pdf/ua-2"}
_SHARP = "img{image-rendering:crisp-edges}"  # PDF/A lets no viewer smooth a picture


def typeset(
    document: Document, resources: Resources, standard: Standard = "ua-1", **options: Any
) -> bytes:
    """Return an accessible PDF file of a document, or raise its problems; its tree is used up.

    A file that a screen reader cannot follow is never returned. The same document gives the
    same bytes, wherever its content lies. ``options`` are WeasyPrint's.
    """
    root, position = document.root, Position(document.path)
    pieces = promised(root, document.path)
    for element in root.iter():
        element.attrib.pop("data-source", None)
    write_out_spaces(root)
    soften(root.find("body"))
    clean = html_of(root)
    with our_tags(pdf2=standard == "ua-2"):
        pdf = to_pdf(
            clean,
            position,
            resources,
            styles=KEEP_SPACES + LAST_RESORT + _SHARP,
            pdf_variant=_VARIANTS[standard],
            pdf_identifier=hashlib.sha256(clean.encode()).digest()[:16],
            **options,
        )
    broken = check_pdf(pdf, position) if standard == "ua-1" else []
    if broken := [*broken, *check_reading(pieces, read_structure(pdf))]:
        raise ReportBuilderError(broken)
    return pdf
