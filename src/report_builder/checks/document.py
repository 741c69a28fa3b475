"""All rules over a document before it is typeset."""

from __future__ import annotations

from collections.abc import Sequence

from report_builder.checks import glyphs, html
from report_builder.checks.html import Page
from report_builder.checks.rules import hold
from report_builder.content.model import Event
from report_builder.html.document import Document
from report_builder.problems import Problem, ReportBuilderError, stops

RULES = (*html.RULES, *glyphs.RULES)


def check_document(document: Document, families: Sequence[str], event: Event) -> list[Problem]:
    """Return what is wrong with a document of an event that is to be set in families of fonts.

    A problem stands at the content's line where the HTML says which that is, else at the
    template as a whole. Errors are raised.
    """
    page = Page(document.root, document.path, list(families), event)
    problems = hold(RULES, page)
    if stops(problems):
        raise ReportBuilderError(problems)
    return problems
