"""All rules over a document before it is typeset."""

from __future__ import annotations

from report_builder.checks.glyphs import check_glyphs
from report_builder.checks.html import check_html, parse_html
from report_builder.problems import Problem
from report_builder.templating.theme import Theme


def check_document(html: str, template: str, theme: Theme) -> list[Problem]:
    """Return what is wrong with a document made from a template of a theme."""
    root, path = parse_html(html), theme.path_of(template)
    return [*check_html(root, path), *check_glyphs(root, path, theme.font_families)]
