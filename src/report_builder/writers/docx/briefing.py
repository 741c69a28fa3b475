"""The Word files of an event: their HTML, set in the theme's reference documents and checked."""

from __future__ import annotations

from report_builder.checks.document import check_document
from report_builder.checks.length import check_length
from report_builder.checks.word import check_own_word
from report_builder.html.document import Document, parse_document
from report_builder.problems import Position, Problem, ReportBuilderError, failure, stops
from report_builder.templating.renderer import Renderer
from report_builder.writers import Made
from report_builder.writers.docx.document import WordDocument, write_docx
from report_builder.writers.docx.options import DocxOptions

_BRIEFING = "briefing"


def write_documents(renderer: Renderer, options: DocxOptions) -> Made:
    """Return ``briefing.docx``, ``report.docx``, or both, as is wanted."""
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for name in options.documents:
        template = f"{name}.html.j2"
        document = parse_document(
            renderer.render(template, medium="word"), renderer.theme.path_of(template)
        )
        problems += check_document(document, renderer.theme.font_families, renderer.event)
        made = _set(renderer, name, document)
        if name == _BRIEFING:
            problems += check_length(made.extent)
        place = Position(document.path)
        problems += check_own_word(made.content, place, made.sources, made.reference)
        files[f"{name}.docx"] = made.content
    if stops(problems):
        raise ReportBuilderError(problems)
    return Made(files, tuple(problems))


def _set(renderer: Renderer, name: str, document: Document) -> WordDocument:
    """Return a document set in its own reference document, or in the briefing's."""
    theme, own, shared = renderer.theme, f"{name}.docx", f"{_BRIEFING}.docx"
    reference = theme.find(own) or theme.find(shared)
    if reference is None:
        raise failure(
            "word-reference",
            Position(shared),
            f"The theme has no reference document “{shared}”.",
            "Copy it from the shipped theme, and edit its styles in Word.",
        )
    return write_docx(document, reference, renderer.resources, is_own=reference.name == own)
