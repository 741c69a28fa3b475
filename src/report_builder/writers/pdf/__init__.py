"""The report as an accessible PDF."""

from __future__ import annotations

from report_builder.templating.renderer import Renderer
from report_builder.writers.pdf.typeset import typeset

TEMPLATE = "report.html.j2"


def write(renderer: Renderer) -> dict[str, bytes]:
    """Return ``report.pdf``."""
    return {"report.pdf": typeset(renderer.render(TEMPLATE), TEMPLATE, renderer.resources)}
