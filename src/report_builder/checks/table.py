"""The table of all rules, those over content, documents and themes alike."""

from __future__ import annotations

from typing import Any

from report_builder.checks import content, document, length, reference, theme
from report_builder.checks.rules import Rule
from report_builder.problems import Severity


def all_rules() -> list[Rule[Any]]:
    """Return every rule once, what matters most first."""
    rules: tuple[Rule[Any], ...] = (
        *content.RULES,
        *document.RULES,
        *length.RULES,
        *theme.RULES,
        *reference.RULES,
        *theme.WORD_RULES,
    )
    once = {rule.code: rule for rule in rules}
    return sorted(once.values(), key=lambda rule: (list(Severity).index(rule.severity), rule.code))
