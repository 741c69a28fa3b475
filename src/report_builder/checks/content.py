"""Rules over what an event holds: what is doubtful, missing or leads nowhere."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from babel import Locale, UnknownLocaleError

from report_builder.checks import (
    alt,
    capitals,
    charts,
    cloud,
    links,
    passwords,
    personal,
    syntax,
    told,
    wording,
)
from report_builder.checks.links import links_of
from report_builder.checks.rules import Case, Finding, House, Rule, hold
from report_builder.content.files import inside
from report_builder.content.loader import Loaded
from report_builder.drawings.pictures import UnusablePictureError, check_picture
from report_builder.problems import Position, Problem, Severity
from report_builder.settings.names import EVENT_FILE
from report_builder.settings.tree import Items, is_empty

_PHOTO = (".jpg", ".jpeg", ".heic", ".webp", ".png")
_COUNCILLOR = r"\b(?:Cllr|Councillors?)\.? (?=[A-Z])\w+(?: [A-Z]\w+)?|\bCouncillor\b"


def check_content(loaded: Loaded, house: House | None = None) -> list[Problem]:
    """Return every problem of an event in the order of their places."""
    case = Case(loaded, house or House())
    return sorted([*loaded.problems, *hold(RULES, case)], key=lambda problem: problem.position)


def _pictures_without_alt(case: Case) -> Iterator[Finding]:
    for picture in links_of(case, pictures=True):
        if not picture.text:
            hint = f"Say in the square brackets what it shows: ![…]({picture.target})."
            yield picture.position, "The picture has no alt text.", hint


def _missing_pictures(case: Case) -> Iterator[Finding]:
    for picture in links_of(case, pictures=True):
        name = unquote(picture.target)
        if inside(case.loaded.folder, name) is None:
            message = f"There is no file “{name}” in {case.loaded.folder.as_posix()}."
            yield picture.position, message, "Copy it there, or mend the name."


def _unreadable_pictures(case: Case) -> Iterator[Finding]:
    """Find a file that is no picture, before a document leaves it out."""
    named: list[tuple[Path, Position]] = [
        (case.loaded.folder / n, n.position) for n in case.loaded.pictures
    ]
    found = (
        (inside(case.loaded.folder, unquote(p.target)), p) for p in links_of(case, pictures=True)
    )
    named += [(path, picture.position) for path, picture in found if path]
    for path, position in named:
        try:
            check_picture(path)
        except UnusablePictureError as reason:
            yield position, f"“{path.name}” {reason}", reason.hint


def _duplicate_people(case: Case) -> Iterator[Finding]:
    seen = set()
    for person in case.event.people.values() if case.event else ():
        if person.name.casefold() in seen:
            hint = "Keep one, or tell them apart by their names."
            yield person.name.position, f"There are two people called “{person.name}”.", hint
        seen.add(person.name.casefold())


def _consent(case: Case) -> Iterator[Finding]:
    if not case.house.consent:
        return
    for picture in case.pictures:
        if picture.consent is None and picture.file.lower().endswith(_PHOTO):
            message = "It is not said whether the people in this photo agreed to be shown."
            hint = "Ask, and write “consent: given”; or “consent: not-needed” if nobody is known."
            yield picture.file.position, message, hint
    for kind in ("quotes", "case-studies"):
        for section in case.event.sections_of(kind) if case.event else ():
            for item in section.items:
                who = item.by if kind == "quotes" else item.who
                if who and item.consent is None:
                    message = f"“{who}” is named, and it is not said that they agreed to it."
                    yield who.position, message, "Ask, and write “consent: given”."


def _repeated_alt(case: Case) -> Iterator[Finding]:
    for picture in case.pictures:
        caption = picture.caption.plain if picture.caption else ""
        if picture.alt and picture.alt.strip(". ").casefold() == caption.strip(". ").casefold():
            message = "The alt text repeats the caption: a screen reader says it twice."
            yield picture.alt.position, message, "Say in “alt” what there is to see."


def _unknown_languages(case: Case) -> Iterator[Finding]:
    for text in case.texts:
        for match in re.finditer(r"\{lang=([^}\s]*)\}", text.scalar):
            try:
                Locale.parse(match[1], sep="-")
            except (ValueError, UnknownLocaleError):
                message = f"“{match[1]}” is not a language code."
                hint = "Write {lang=pl} for Polish, {lang=ur} for Urdu, {lang=cy} for Welsh."
                yield text.scalar.at(match.start()), message, hint


def _past_dues(case: Case) -> Iterator[Finding]:
    for section in case.event.sections_of("actions") if case.event else ():
        for action in section.items:
            if (due := _day(action.due)) and due < case.house.today:
                hint = "Say what came of it, or give a new date."
                yield action.due.position, f"“{action.due}” has passed.", hint
    for section in case.event.sections_of("next-event") if case.event else ():
        if (day := _day(section.date)) and day < case.house.today:
            yield section.date.position, f"“{section.date}” has passed.", "Name the next event."


def _day(line: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(line or "")
    except ValueError:
        return None


def _councillors(case: Case) -> Iterator[Finding]:
    period = case.house.pre_election
    if not period or not period[0] <= case.house.today <= period[1]:
        return
    hint = f"Until {period[1]} name councillors only where the law asks for it; ask legal services."
    for person in case.event.people.values() if case.event else ():
        if re.search(_COUNCILLOR, f"{person.name} {person.role or ''}"):
            message = f"“{person.name}” is a councillor, and this is the pre-election period."
            yield person.name.position, message, hint
    for text in case.texts:
        for match in re.finditer(_COUNCILLOR, text.scalar):
            message = f"“{match[0]}” is named, and this is the pre-election period."
            yield text.scalar.at(match.start()), message, hint


def _queries(case: Case) -> Iterator[Finding]:
    for query in case.event.queries if case.event else ():
        yield query.position, query, "Answer it, then delete the line."


def _empty_sections(case: Case) -> Iterator[Finding]:
    group = next((node for name, node in case.loaded.fields().items() if name == "sections"), None)
    nodes = [node for node in group.nodes if not is_empty(node)] if isinstance(group, Items) else []
    for section, node in zip(case.event.sections if case.event else (), nodes, strict=False):
        if not section.says_more:
            what = f"“{section.title}”" if section.title else f"of type “{section.type}”"
            hint = "Fill it in, or delete it until there is something to say."
            yield node.position, f"The section {what} says nothing.", hint


def _empty_briefing(case: Case) -> Iterator[Finding]:
    event = case.event
    if event is None or not event.sections or event.briefing.purpose or event.briefing.asks:
        return
    texts = any(section.body for section in event.sections_of("prose"))
    tables = any(section.is_narrow for section in event.sections_of("table"))
    if not (event.for_councillors or texts or tables):
        where = next(name for name in case.loaded.fields() if name == "sections")
        message = "Councillors get nothing of what was said: no section here is in the briefing."
        hint = "Add a section “type: key-messages” or “type: actions”, or “purpose” to “briefing”."
        yield where.position, message, hint


def _briefing(case: Case) -> Iterator[Finding]:
    wanted = ("purpose", "lead_officer", "portfolio_holder", "wards", "contact", "implications")
    missing = [name for name in wanted if name not in case.loaded.fields("briefing")]
    if case.event and missing:
        path = (case.loaded.folder / EVENT_FILE).as_posix()
        heading = next((name for name in case.loaded.fields() if name == "briefing"), None)
        yield (
            heading.position if heading else Position(path),
            f"Councillors expect what “briefing” does not say: {', '.join(missing)}.",
            "Add the fields; what is not said is printed as “Not yet agreed”, or in general words.",
        )


RULES = (
    *links.RULES,
    Rule("picture-alt", Severity.ERROR, "Pictures say what they show.", _pictures_without_alt),
    Rule("missing-file", Severity.ERROR, "Files are where they are looked for.", _missing_pictures),
    Rule("picture-unreadable", Severity.ERROR, "Pictures can be read.", _unreadable_pictures),
    *alt.RULES,
    *charts.RULES,
    Rule("language", Severity.ERROR, "Languages are named by their codes.", _unknown_languages),
    Rule("alt-repeats", Severity.WARNING, "Alt texts add to captions.", _repeated_alt),
    Rule("pre-election", Severity.WARNING, "Councillors are not named then.", _councillors),
    Rule("duplicate-person", Severity.WARNING, "Nobody is named twice.", _duplicate_people),
    *syntax.RULES,
    *wording.RULES,
    *capitals.RULES,
    *personal.RULES,
    *passwords.RULES,
    Rule("consent", Severity.ADVICE, "People shown or quoted by name agreed to it.", _consent),
    Rule("date-passed", Severity.ADVICE, "What is announced is still to come.", _past_dues),
    *told.RULES,
    *cloud.RULES,
    Rule("section-empty", Severity.WARNING, "Sections say something.", _empty_sections),
    Rule("briefing-empty", Severity.WARNING, "The briefing says something.", _empty_briefing),
    Rule("briefing-incomplete", Severity.ADVICE, "The briefing says all it should.", _briefing),
    Rule("query", Severity.ADVICE, "No doubt is left open.", _queries),
)
