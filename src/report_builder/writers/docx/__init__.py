"""The briefing, or the whole report, as a Word file in the styles of a reference document."""

from __future__ import annotations

from report_builder.checks.document import check_document
from report_builder.checks.word import ADVICE, word_faults
from report_builder.problems import Position, Problem, ReportBuilderError, error, failure, stops
from report_builder.templating.renderer import Renderer
from report_builder.writers.docx.writer import write_docx

TEMPLATE = "briefing.html.j2"
REFERENCE = "briefing.docx"


def proof(renderer: Renderer) -> list[Problem]:
    """Return what is wrong with the briefing, as far as it shows before it is set."""
    return check_document(renderer.render(TEMPLATE), TEMPLATE, renderer.theme)


def write(renderer: Renderer) -> dict[str, bytes]:
    """Return ``briefing.docx``, ``report.docx``, or both, as is wanted."""
    return {f"{name}.docx": _write(renderer, name) for name in renderer.word_documents}


def _write(renderer: Renderer, name: str) -> bytes:
    template, own = f"{name}.html.j2", f"{name}.docx"
    html = renderer.render(template)
    problems = check_document(html, template, renderer.theme)
    if stops(problems):
        raise ReportBuilderError(problems)
    # A theme may have a reference document for the report too; else the briefing's serves.
    reference = renderer.theme.find(own) or renderer.theme.find(REFERENCE)
    if reference is None:
        raise failure(
            "word-reference",
            Position(REFERENCE),
            f"The theme has no reference document “{REFERENCE}”.",
            "Copy it from the shipped theme, and edit its styles in Word.",
        )
    path = renderer.theme.path_of(template)
    header = "" if reference.name == own else renderer.event.title
    made = write_docx(html, path, reference, renderer.resources, header)
    hint = "The fault is in the template or in the styles of the reference document."
    broken = [
        error("word-rule", Position(path), message, hint)
        for rule, message, _ in word_faults(made)
        if rule not in ADVICE
    ]
    if broken:
        raise ReportBuilderError(broken)
    return made
