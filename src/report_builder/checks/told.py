"""The rule over texts that the briefing tells in short: somebody should look at what is left."""

from __future__ import annotations

from collections.abc import Iterator

from report_builder.checks.rules import Case, Finding, Rule
from report_builder.content.text import Text
from report_builder.content.told import Told
from report_builder.problems import Severity
from report_builder.settings.names import EVENT_FILE

_SUMMARY = "Say it better in “summary: …” beside the text; it may be the same words."
_KEY = "Say what matters in a section “type: key-messages”: councillors get that in its place."


def _shortened(case: Case) -> Iterator[Finding]:
    # What a translation leaves out stands in the event's language: that is said already.
    event = (case.loaded.folder / EVENT_FILE).as_posix() if case.loaded.translation else ""
    for text, hint in _texts(case):
        told = text.told(language=case.language_of(text))
        if told.is_doubtful and text.scalar.position.path != event:
            yield text.scalar.position, f"{_what(told)}: “{told}”", hint


def _what(told: Told) -> str:
    if told.is_cut or told.more:
        return "Councillors get a part of what this says"
    if told.is_long:
        return "No rule can shorten this for councillors"
    return "A rule chose what councillors get of this"


def _texts(case: Case) -> Iterator[tuple[Text, str]]:
    """Yield the texts that the briefing tells in short, and how each can be said better."""
    event = case.event
    if event is None:
        return
    for section in event.sections_of("sessions"):
        yield from ((one.body, _SUMMARY) for one in section.items if one.body and not one.summary)
    for section in event.sections_of("panel"):
        yield from ((m.said, _SUMMARY) for m in section.members if m.said and not m.summary)
    if not event.for_councillors:
        for section in event.sections_of("prose"):
            yield from [(section.body, _KEY)] if section.body else []


RULES = (
    Rule("told-in-short", Severity.ADVICE, "Somebody chose what councillors get.", _shortened),
)
