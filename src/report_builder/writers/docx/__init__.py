"""The briefing, or the whole report, as a Word file in the styles of a reference document."""

from __future__ import annotations

from report_builder.checks.document import check_document
from report_builder.checks.length import check_length
from report_builder.checks.word import ADVICE, word_faults
from report_builder.problems import Position, Problem, ReportBuilderError, error, failure, stops
from report_builder.templating.renderer import Renderer
from report_builder.writers.docx.writer import WordDocument, write_docx

TEMPLATE = "briefing.html.j2"
REFERENCE = "briefing.docx"


def proof(renderer: Renderer) -> list[Problem]:
    """Return what is wrong with the briefing, and whether it is too long.

    The clouds may be blank, if they have their size.
    """
    html = renderer.render(TEMPLATE)
    problems = check_document(html, TEMPLATE, renderer.theme)
    if stops(problems):
        return problems
    return problems + check_length(_set(renderer, "briefing", html, draws=False).extent)


def write(renderer: Renderer) -> dict[str, bytes]:
    """Return ``briefing.docx``, ``report.docx``, or both, as is wanted."""
    return {f"{name}.docx": _write(renderer, name) for name in renderer.word_documents}


def _write(renderer: Renderer, name: str) -> bytes:
    template = f"{name}.html.j2"
    html = renderer.render(template)
    problems = check_document(html, template, renderer.theme)
    if stops(problems):
        raise ReportBuilderError(problems)
    made = _set(renderer, name, html).content
    position = Position(renderer.theme.path_of(template))
    hint = "The fault is in the template or in the styles of the reference document."
    broken = [
        error("word-rule", position, message, hint)
        for rule, message, _ in word_faults(made)
        if rule not in ADVICE
    ]
    if broken:
        raise ReportBuilderError(broken)
    return made


def _set(renderer: Renderer, name: str, html: str, *, draws: bool = True) -> WordDocument:
    """Return a document set in its own reference document, or in the briefing's."""
    theme, own = renderer.theme, f"{name}.docx"
    reference = theme.find(own) or theme.find(REFERENCE)
    if reference is None:
        raise failure(
            "word-reference",
            Position(REFERENCE),
            f"The theme has no reference document “{REFERENCE}”.",
            "Copy it from the shipped theme, and edit its styles in Word.",
        )
    path = theme.path_of(f"{name}.html.j2")
    is_own = reference.name == own
    return write_docx(html, path, reference, renderer.resources, is_own=is_own, draws=draws)
