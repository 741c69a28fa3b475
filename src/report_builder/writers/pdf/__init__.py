"""The report as an accessible PDF."""

from __future__ import annotations

from report_builder.checks.document import check_document
from report_builder.problems import Problem
from report_builder.templating.renderer import Renderer
from report_builder.writers.pdf.typeset import Standard, typeset

TEMPLATE = "report.html.j2"
HAS_EDITIONS = True


def proof(renderer: Renderer) -> list[Problem]:
    """Return what is wrong with the report, as far as it shows before it is typeset."""
    return check_document(renderer.render(TEMPLATE), TEMPLATE, renderer.theme)


def write(renderer: Renderer) -> dict[str, bytes]:
    """Return ``report.pdf``."""
    html, standard = renderer.render(TEMPLATE), Standard(renderer.pdf_standard)
    return {"report.pdf": typeset(html, TEMPLATE, renderer.resources, standard)}
