"""HTML and CSS set as PDF/UA and PDF/A, checked before and after."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import Any

from lxml import html as lxml_html

from report_builder.checks.document import check_document
from report_builder.checks.pdf import check_pdf
from report_builder.checks.reading import check_reading, promised
from report_builder.drawings.weasy import to_pdf
from report_builder.html.document import parse_html
from report_builder.problems import Position, ReportBuilderError, stops
from report_builder.readback.structure import read_structure
from report_builder.templating.resources import Resources
from report_builder.writers.pdf.engine import our_tags
from report_builder.writers.pdf.spaces import KEEP_SPACES, write_out_spaces


class Standard(StrEnum):
    """What a PDF is to follow: PDF/UA-1 and PDF/A-2a in one file, or PDF/UA-2 alone."""

    UA1 = "ua-1"
    UA2 = "ua-2"


_VARIANTS = {Standard.UA1: "pdf/a-2a", Standard.UA2: "pdf/ua-2"}
_SHARP = "img{image-rendering:crisp-edges}"  # PDF/A lets no viewer smooth a picture


def typeset(
    html: str,
    template: str,
    resources: Resources,
    standard: Standard = Standard.UA1,
    **options: Any,
) -> bytes:
    """Return an accessible PDF file of a document, or raise its problems.

    A file that a screen reader cannot follow is never returned. The same document gives the
    same bytes, wherever its content lies. ``options`` are WeasyPrint's.
    """
    problems = check_document(html, template, resources.theme)
    if stops(problems):
        raise ReportBuilderError(problems)
    position = Position(resources.theme.path_of(template))
    root = parse_html(html)
    pieces = promised(root, position.path)
    for element in root.iter():
        element.attrib.pop("data-source", None)
    write_out_spaces(root)
    clean = lxml_html.tostring(root, encoding="unicode", doctype="<!doctype html>")
    with our_tags(pdf2=standard is Standard.UA2):
        pdf = to_pdf(
            clean,
            position,
            resources,
            styles=KEEP_SPACES + _SHARP,
            pdf_variant=_VARIANTS[standard],
            pdf_identifier=hashlib.sha256(clean.encode()).digest()[:16],
            **options,
        )
    broken = check_pdf(pdf, position) if standard is Standard.UA1 else []
    if broken := [*broken, *check_reading(pieces, read_structure(pdf))]:
        raise ReportBuilderError(broken)
    return pdf
