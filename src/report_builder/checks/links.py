"""Rules over an event's links: they lead somewhere, and their words say where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from urllib.parse import unquote

from report_builder.checks.rules import Case, Finding, Rule
from report_builder.content.fields import Marked
from report_builder.content.markdown import LINK
from report_builder.content.slug import slug
from report_builder.content.text import Link
from report_builder.problems import Position, Severity, did_you_mean

_VAGUE = {
    *("click here", "here", "this", "this link", "this page", "link", "read more", "more"),
    *("more information", "find out more", "see more", "learn more", "website", "details"),
}

_SHOWN = 8  # parts of a document that a hint names


def is_vague(words: str) -> bool:
    """Tell whether a link's words, heard alone, leave open where it leads."""
    return words.strip(" .!»>…").casefold() in _VAGUE


def is_address(words: str) -> bool:
    """Tell whether a link's words are nothing but an address, which is spelt out when read."""
    return re.match(r"\s*(https?://|www\.)", words, re.IGNORECASE) is not None


def links_of(case: Case, *, pictures: bool) -> Iterator[Link]:
    """Yield every link, or else every picture, of an event's texts."""
    texts = (text.links for text in case.texts)
    lines = (line.links for line in case.loaded.lines if isinstance(line, Marked))
    return (link for link in chain(*texts, *lines) if link.is_picture == pictures)


def _without_address(case: Case) -> Iterator[Finding]:
    for link in links_of(case, pictures=False):
        if not link.target:
            message = f"The link “{link.text}” has no address; it is printed as plain words."
            hint = "Write it between the round brackets: (https://…), or (mailto:…) for e-mail."
            yield link.position, message, hint


def _wrong(case: Case) -> Iterator[Finding]:
    for link in links_of(case, pictures=False):
        if link.target and not LINK.match(link.target):
            message = f"“{link.target}” is not an address that a reader can follow."
            yield link.position, message, "Begin it with https://, mailto: or tel:."


def _wordless(case: Case) -> Iterator[Finding]:
    known = _anchors(case)
    for link in links_of(case, pictures=False):
        if link.target and not link.text.strip() and not _leads_nowhere(link, known):
            hint = f"Say in the square brackets where it leads: […]({link.target})."
            if link.target.startswith("#"):
                hint = f"Give the part a title or a caption, or s{hint[1:]}"
            yield link.position, f"The link to “{link.target}” has no words.", hint


def _vague(case: Case) -> Iterator[Finding]:
    for words, position, hint in _said(case):
        if is_vague(words) or is_address(words):
            yield position, f"The link “{words}” does not say where it leads.", hint


def _said(case: Case) -> Iterator[tuple[str, Position, str]]:
    """Yield every link's words, those of sections, too, where they stand, and how to mend them."""
    hint = "Say where it leads: [the strategy for 2040](https://…)."
    for link in links_of(case, pictures=False):
        if link.target:
            yield link.text, link.position, hint
    hint = "Say what it leads to, as in “Slides of the first session”."
    for section in case.event.sections_of("downloads") if case.event else ():
        for item in section.items:
            if item.web:
                yield item.title, item.title.position, hint
    hint = "Write the organisation's name in full, or leave out its “web”."
    for section in case.event.sections_of("partners") if case.event else ():
        for partner in section.items:
            if partner.web:
                yield partner.name, partner.name.position, hint


def _nowhere(case: Case) -> Iterator[Finding]:
    if case.event is None:
        return
    known = _anchors(case)
    for link in links_of(case, pictures=False):
        if not _leads_nowhere(link, known):
            continue
        name = unquote(link.target[1:])
        shown = ", ".join(f"#{name}" for name in known[:_SHOWN])
        hint = did_you_mean(name, known).replace("“", "“#")
        hint = hint or (f"Parts of the document are: {shown}." if shown else "")
        said = f"The link “{link.text}”" if link.text.strip() else "A link"
        message = f"{said} leads to “{link.target}”, and there is no such part."
        yield link.position, message, hint or "Let it lead to a web page, or write the words alone."


def _anchors(case: Case) -> list[str]:
    """Return the names by which links can lead to the event's parts, its sections' first."""
    if case.event is None:
        return []
    known = [case.event.anchor(section) for section in case.event.sections]
    known += [str(name) for name in case.loaded.ids]
    known += [anchor for text in case.texts for anchor in text.anchors if anchor]
    return list(dict.fromkeys(known))


def _leads_nowhere(link: Link, known: list[str]) -> bool:
    """Tell whether a link is to lead to a part of the event, and there is none of its name."""
    name = unquote(link.target[1:])
    return bool(re.match("#.", link.target)) and not {name, slug(name)} & set(known)


RULES: tuple[Rule[Case], ...] = (
    Rule("link-address", Severity.ERROR, "Links can be followed.", _wrong),
    Rule("link-place", Severity.ERROR, "Links lead to parts that there are.", _nowhere),
    Rule("link-words", Severity.ERROR, "Links have words.", _wordless),
    Rule("link-empty", Severity.WARNING, "Links have an address.", _without_address),
    Rule("link-text", Severity.WARNING, "Link words say where the link leads.", _vague),
)
