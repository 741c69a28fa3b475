"""HTML and CSS set as PDF/UA, checked before and after."""

from __future__ import annotations

import hashlib
import re

from report_builder.checks.document import check_document
from report_builder.checks.pdf import check_pdf
from report_builder.problems import Position, ReportBuilderError, stops
from report_builder.templating.resources import Resources
from report_builder.writers.weasy import to_pdf


def typeset(html: str, template: str, resources: Resources) -> bytes:
    """Return a PDF/UA-1 file of a document, or raise its problems.

    A file that a screen reader cannot follow is never returned. The same document gives the
    same bytes, wherever its content lies.
    """
    problems = check_document(html, template, resources.theme)
    if stops(problems):
        raise ReportBuilderError(problems)
    position = Position(resources.theme.path_of(template))
    html = re.sub(r' data-source="[^"]*"', "", html)
    identifier = hashlib.sha256(html.encode()).digest()[:16]
    pdf = to_pdf(html, position, resources, pdf_variant="pdf/ua-1", pdf_identifier=identifier)
    if broken := check_pdf(pdf, position):
        raise ReportBuilderError(broken)
    return pdf
