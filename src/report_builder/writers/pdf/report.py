"""The report: its HTML, checked and set."""

from __future__ import annotations

from report_builder.checks.document import check_document
from report_builder.html.document import parse_document
from report_builder.settings.names import least_size
from report_builder.templating.renderer import Renderer
from report_builder.writers import Made
from report_builder.writers.pdf.gate import PageGate
from report_builder.writers.pdf.options import PdfOptions
from report_builder.writers.pdf.typeset import typeset

TEMPLATE = "report.html.j2"


def write_report(renderer: Renderer, options: PdfOptions) -> Made:
    """Return ``report.pdf``."""
    theme = renderer.theme
    document = parse_document(renderer.render(TEMPLATE), theme.path_of(TEMPLATE))
    problems = check_document(document, theme.font_families, renderer.event)
    gate = PageGate(document, renderer.resources, least_size(renderer.edition))
    pdf = typeset(document, renderer.resources, options.standard, gate)
    return Made({"report.pdf": pdf}, (*problems, *gate.problems))
