"""Words and short forms, and what they mean."""

from report_builder.content.fields import Marked, Model, Text
from report_builder.content.sections import Section


class Term(Model):
    """A word or short form and its meaning."""

    term: Marked
    meaning: Text | None = None


class Glossary(Section):
    """Terms in the order given."""

    in_briefing = False

    items: tuple[Term, ...] = ()
