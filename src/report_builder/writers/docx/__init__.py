"""The briefing as a Word file: HTML set in the named styles of a reference document."""

from __future__ import annotations

from report_builder.checks.html import check_html, parse_html
from report_builder.problems import Position, ReportBuilderError, error, stops
from report_builder.templating.renderer import Renderer
from report_builder.writers.docx.writer import write_docx

TEMPLATE = "briefing.html.j2"
REFERENCE = "briefing.docx"


def write(renderer: Renderer) -> dict[str, bytes]:
    """Return ``briefing.docx``."""
    html = renderer.render(TEMPLATE)
    problems = check_html(parse_html(html), TEMPLATE)
    if stops(problems):
        raise ReportBuilderError(problems)
    reference = renderer.theme.find(REFERENCE)
    if reference is None:
        raise ReportBuilderError(
            [
                error(
                    "template",
                    Position(REFERENCE),
                    f"The theme has no reference document “{REFERENCE}”.",
                    "Copy it from the shipped theme, and edit its styles in Word.",
                )
            ]
        )
    return {REFERENCE: write_docx(html, TEMPLATE, reference, renderer.resources)}
