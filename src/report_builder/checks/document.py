"""All rules over a document before it is typeset."""

from __future__ import annotations

from report_builder.checks import glyphs, html
from report_builder.checks.html import Page
from report_builder.checks.rules import hold
from report_builder.html.document import parse_html
from report_builder.problems import Problem
from report_builder.templating.theme import Theme

RULES = (*html.RULES, *glyphs.RULES)


def check_document(source: str, template: str, theme: Theme) -> list[Problem]:
    """Return what is wrong with a document's HTML, made from a template of a theme.

    A problem stands at the content's line where the HTML says which that is, else at the
    template as a whole.
    """
    page = Page(parse_html(source), theme.path_of(template), theme.font_families)
    return hold(RULES, page)
