"""The briefing, or the whole report, as a Word file in the styles of a reference document."""

from __future__ import annotations

from report_builder.checks.document import check_document
from report_builder.checks.length import check_length
from report_builder.checks.word import check_own_word
from report_builder.problems import Position, Problem, ReportBuilderError, failure, stops
from report_builder.templating.renderer import Renderer
from report_builder.writers.docx.writer import WordDocument, write_docx

TEMPLATE = "briefing.html.j2"
REFERENCE = "briefing.docx"


def proof(renderer: Renderer) -> list[Problem]:
    """Return what is wrong with the briefing, as HTML and as a Word file, and if it is too long.

    The clouds may be blank, if they have their size.
    """
    html = renderer.render(TEMPLATE)
    problems = check_document(html, TEMPLATE, renderer.theme)
    if stops(problems):
        return problems
    made = _set(renderer, "briefing", html, draws=False)
    return [*problems, *check_length(made.extent), *_held(renderer, "briefing", made)]


def write(renderer: Renderer) -> dict[str, bytes]:
    """Return ``briefing.docx``, ``report.docx``, or both, as is wanted."""
    return {f"{name}.docx": _write(renderer, name) for name in renderer.word_documents}


def _write(renderer: Renderer, name: str) -> bytes:
    template = f"{name}.html.j2"
    html = renderer.render(template)
    problems = check_document(html, template, renderer.theme)
    if stops(problems):
        raise ReportBuilderError(problems)
    made = _set(renderer, name, html)
    if stops(broken := _held(renderer, name, made)):
        raise ReportBuilderError(broken)
    return made.content


def _held(renderer: Renderer, name: str, made: WordDocument) -> list[Problem]:
    """Return what the rules of Word files find in a document that was made from a template."""
    template = Position(renderer.theme.path_of(f"{name}.html.j2"))
    return check_own_word(made.content, template, made.sources)


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
