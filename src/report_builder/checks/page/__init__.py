"""Rules over what the eye meets: all that is painted on a document's pages."""

from __future__ import annotations

from report_builder.checks.page import breaks, contrast, crowded, edges, sizes
from report_builder.checks.page.subject import Pages
from report_builder.checks.rules import Rule, hold
from report_builder.problems import Problem, Severity

RULES: tuple[Rule[Pages], ...] = (
    Rule("beyond-page", Severity.ERROR, "All stands in its column, on the paper.", edges.beyond),
    Rule("text-overlap", Severity.ERROR, "No text stands upon another.", crowded.overlapping),
    Rule("glued-words", Severity.ERROR, "Words stay apart where a line ends.", crowded.glued),
    Rule("small-text", Severity.ERROR, "No text is too small.", sizes.small),
    Rule("contrast", Severity.ERROR, "Every colour can be read.", contrast.pale),
    Rule("unseen-text", Severity.ERROR, "What is painted can be seen.", contrast.invisible),
    Rule("unseen-text", Severity.ERROR, "What is painted can be seen.", edges.hidden),
    Rule("left-alone", Severity.WARNING, "Headings and names stay with theirs.", breaks.alone),
    Rule("small-lettering", Severity.WARNING, "Drawings can be read.", sizes.small_in_drawings),
    Rule("coarse-picture", Severity.WARNING, "Pictures have 150 pixels an inch.", sizes.coarse),
    Rule("empty-page", Severity.ADVICE, "No page stays a third empty.", breaks.empty),
)


def check_page(pages: Pages) -> list[Problem]:
    """Return what is wrong with what is painted on pages."""
    return hold(RULES, pages)
