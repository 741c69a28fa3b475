"""Rules over what an event holds: what is doubtful, missing or leads nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from report_builder.checks import wording
from report_builder.checks.rules import Finding, Rule
from report_builder.content.files import inside
from report_builder.content.loader import Loaded
from report_builder.content.text import LINK, Link
from report_builder.problems import Position, Problem, Severity
from report_builder.templating.pictures import UnusablePictureError, check_picture
from report_builder.workspace import EVENT_FILE

FLAT_SHARE = 0.9
"""The share of phrases with one and the same count from which a cloud is called flat."""


def check_content(loaded: Loaded, off: Mapping[str, str] | None = None) -> list[Problem]:
    """Return every problem of an event in the order of their places.

    ``off`` names the rules that the workspace's settings switch off; errors of form stay.
    """
    rules = (rule for rule in RULES if rule.code not in (off or {}))
    found = [problem for rule in rules for problem in rule.problems(loaded)]
    return sorted([*loaded.problems, *found], key=lambda problem: problem.position)


def _links(loaded: Loaded, *, pictures: bool) -> Iterable[Link]:
    links = (link for text in loaded.texts for link in text.links)
    return (link for link in links if link.is_picture == pictures)


def _empty_links(loaded: Loaded) -> Iterator[Finding]:
    for link in _links(loaded, pictures=False):
        if not link.target:
            message = f"The link “{link.text}” has no address; it is printed as plain words."
            hint = "Write it between the round brackets: (https://…), or (mailto:…) for e-mail."
            yield link.position, message, hint


def _wrong_links(loaded: Loaded) -> Iterator[Finding]:
    for link in _links(loaded, pictures=False):
        if link.target and not LINK.match(link.target):
            message = f"“{link.target}” is not an address that a reader can follow."
            yield link.position, message, "Begin it with https://, mailto: or tel:."


def _pictures_without_alt(loaded: Loaded) -> Iterator[Finding]:
    for picture in _links(loaded, pictures=True):
        if not picture.text:
            hint = f"Say in the square brackets what it shows: ![…]({picture.target})."
            yield picture.position, "The picture has no alt text.", hint


def _missing_pictures(loaded: Loaded) -> Iterator[Finding]:
    for picture in _links(loaded, pictures=True):
        name = unquote(picture.target)
        if inside(loaded.folder, name) is None:
            message = f"There is no file “{name}” in {loaded.folder.as_posix()}."
            yield picture.position, message, "Copy it there, or mend the name."


def _unreadable_pictures(loaded: Loaded) -> Iterator[Finding]:
    """Find a file that is no picture, before a document leaves it out."""
    named: list[tuple[Path, Position]] = [(loaded.folder / n, n.position) for n in loaded.pictures]
    found = ((inside(loaded.folder, unquote(p.target)), p) for p in _links(loaded, pictures=True))
    named += [(path, picture.position) for path, picture in found if path]
    for path, position in named:
        try:
            check_picture(path)
        except UnusablePictureError as reason:
            yield position, f"“{path.name}” {reason}", reason.hint


def _flat_cloud(loaded: Loaded) -> Iterator[Finding]:
    for section in loaded.event.sections_of("feedback") if loaded.event else ():
        counts = Counter(phrase.count for phrase in section.phrases)
        if counts and max(counts.values()) >= FLAT_SHARE * counts.total():
            message = "Nearly every phrase was given equally often, so an honest cloud is flat."
            hint = "Ask for the full export of answers, in which repeats still count."
            yield section.question.position, message, hint


def _language(loaded: Loaded) -> Iterator[Finding]:
    if loaded.event and not loaded.event.language.startswith("en"):
        yield (
            loaded.event.language.position,
            "The words that the shipped templates add (Contents, Next steps …) are English.",
            "Translate the templates in a theme of your own: see docs/themes.md.",
        )


def _duplicate_people(loaded: Loaded) -> Iterator[Finding]:
    seen = set()
    for person in loaded.event.people.values() if loaded.event else ():
        if person.name.casefold() in seen:
            hint = "Keep one, or tell them apart by their names."
            yield person.name.position, f"There are two people called “{person.name}”.", hint
        seen.add(person.name.casefold())


def _consent(loaded: Loaded) -> Iterator[Finding]:
    for kind in ("quotes", "case-studies"):
        for section in loaded.event.sections_of(kind) if loaded.event else ():
            for item in section.items:
                who = item.by if kind == "quotes" else item.who
                if who and item.consent is None:
                    message = f"“{who}” is named, and it is not said that they agreed to it."
                    yield who.position, message, "Ask, and write “consent: given”."


def _queries(loaded: Loaded) -> Iterator[Finding]:
    for query in loaded.event.queries if loaded.event else ():
        yield query.position, query, "Answer it, then delete the line."


def _briefing(loaded: Loaded) -> Iterator[Finding]:
    wanted = ("purpose", "lead_officer", "portfolio_holder", "wards", "contact", "implications")
    missing = [name for name in wanted if name not in loaded.fields("briefing")]
    if loaded.event and missing:
        path = (loaded.folder / EVENT_FILE).as_posix()
        heading = next((name for name in loaded.fields() if name == "briefing"), None)
        yield (
            heading.position if heading else Position(path),
            f"Councillors expect what “briefing” does not say: {', '.join(missing)}.",
            "Add the fields; what is not said is printed as “Not yet agreed”, or in general words.",
        )


RULES = (
    Rule("link-address", Severity.ERROR, "Links can be followed.", _wrong_links),
    Rule("picture-alt", Severity.ERROR, "Pictures say what they show.", _pictures_without_alt),
    Rule("missing-file", Severity.ERROR, "Pictures are in the event's folder.", _missing_pictures),
    Rule("picture-unreadable", Severity.ERROR, "Pictures can be read.", _unreadable_pictures),
    Rule("link-empty", Severity.WARNING, "Links have an address.", _empty_links),
    Rule("language-labels", Severity.WARNING, "The templates speak the language.", _language),
    Rule("duplicate-person", Severity.WARNING, "Nobody is named twice.", _duplicate_people),
    *wording.RULES,
    Rule("consent", Severity.ADVICE, "People who are quoted by name agreed to it.", _consent),
    Rule("cloud-flat", Severity.ADVICE, "The cloud's sizes tell something.", _flat_cloud),
    Rule("briefing-incomplete", Severity.ADVICE, "The briefing says all it should.", _briefing),
    Rule("query", Severity.ADVICE, "No doubt is left open.", _queries),
)
