"""A rule over what tells who somebody is or how to reach them, wherever it would be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from report_builder.checks.rules import Case, Finding, Rule, parts
from report_builder.content.fields import Line
from report_builder.content.model import Contact
from report_builder.content.responses import Response
from report_builder.content.sections.feedback import Feedback
from report_builder.problems import Severity

_EMAIL = re.compile(
    r"(?<![\w/.+'-])[\w.+'-]*\w ?(?:@|\(at\)|\[at\]) ?[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}", re.I
)
# Mailboxes of an office are nobody's own, and so are the numbers of helplines.
_OFFICE = re.compile(
    r"(?:info|enquir\w*|contact\w*|hello|admin|office|events?|team|support|press|media|comm\w*"
    r"|help|helpdesk|service\w*|reception|council|clerk|post\w*|mail|kontakt|contacto|secretar\w*|biuro"
    r"|noreply|no-reply|feedback|consult\w*|community|volunteer\w*|conduct|board|webmaster|library"
    r"|public\.?health|health\w*|democratic\w*|ymholiadau|gwybodaeth)"
    r"(?:\d*|[._-][\w.-]*)@",
    re.I,
)
_PHONE = re.compile(
    r"(?<![\w£$€.,/=-])(?:(?:\+|00) ?[1-9]\d{0,2}[ .-]?(?:\(0\) ?)?(?:\d[ .-]?){7,11}\d"
    r"|\(?0[127]\d{2,4}\)?[ -]?\d{3}[ -]?\d{3,4}|\(?02\d\)?[ -]?\d{4}[ -]?\d{4}"
    r"|0[1-9](?:[ .]\d{2}){4})(?![\w/-]*\d)"
)
_HELPLINE = re.compile(r"0[38]|\+?(?:44|0044) ?(?:\(0\))? ?[38]0")
_POSTCODE = re.compile(
    r"(?<![\w/-])(?:GIR ?0AA"
    r"|[A-PR-UWYZ](?:[A-HK-Y]?\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRVWXY])"
    r" ?\d[ABD-HJLNP-UW-Z]{2})(?![\w-])"
)
_ANY_POSTCODE = re.compile(_POSTCODE.pattern, re.I)
_ROAD = (
    r"(?:road|rd|street|st(?! [A-Z])|avenue|ave|lane|close|drive|way|court|crescent|gardens|terrace"
    r"|grove|place|walk|mews|heol|ffordd|stryd)"
)
_STREET = re.compile(rf"\b\d{{1,4}}[a-z]?,? (?:[A-Z][\w'’-]+ ){{1,3}}(?i:{_ROAD})\b")
_LIVES = re.compile(
    r"\b(?i:lives on|(?:i live|lives|lived|living) (?:at|in)|home address:?"
    rf"|resident (?:at|of)) (?:\w+ )?{_STREET.pattern}"
)
_NHS = re.compile(r"(?<![\d-])(\d{3})([ -]?)(\d{3})\2(\d{4})(?![\d-])")
_INSURANCE = re.compile(
    r"\b(?:QQ|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]) ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?[ ./-](?:\d{1,2}|[^\W\d_]{3,12}\.?)[ ./-](?:\d{2}){1,2}(?!\d)"
_BORN = re.compile(
    r"(?<!\w)(?:born(?: on)?|d\.?o\.?b\.?|date of birth|né(?:e|\(e\))? le|date de naissance"
    r"|geboren am|geburtsdatum|nacid[oa] el|fecha de nacimiento|urodzon[yae]|data urodzenia"
    rf"|ganwyd(?: ar)?|dyddiad geni|născut[ăa]?|nat[oa] il|تاریخ پیدائش)[ :]{{1,3}}{_DAY}",
    re.I,
)
_PUBLIC_PLACE = re.compile(
    r"\b(?:hall|centre|center|church|school|college|university|library|museum|hotel|hospital|surgery"
    r"|clinic|council|offices?|house|town|civic|theatre|club|mosque|temple|gurdwara|station|stadium"
    r"|venue|park|campus|building|llyfrgell|neuadd|ysgol)\b",
    re.I,
)
_LIVING = 1900  # a year of birth before it is history
_NAMED = 20  # answers that have a problem each; of more it is only said how many they are


@dataclass(frozen=True)
class _Piece:
    """What somebody can be known or reached by: what it is, and where in the words it stands."""

    what: str
    text: str
    start: int


def _personal(case: Case) -> Iterator[Finding]:
    public = _Public(case)
    hint = "Give contacts under “contacts”, and only those who agreed to it."
    for text in case.texts:
        for piece in pieces_in(str(text.scalar)):
            if not public.has(piece) and not _is_linked(text.scalar, piece):
                message = f"{piece.what} stands in the text: “{piece.text}”."
                yield text.scalar.at(piece.start), message, hint
    for line in case.lines:
        for piece in pieces_in(str(line)) if public.may_print(line) else ():
            if not public.has(piece):
                yield line.position, f"{piece.what} would be printed: “{piece.text}”.", hint


def _is_linked(source: str, piece: _Piece) -> bool:
    """Tell whether an address is there to be written to: it is that of a link."""
    return f"mailto:{piece.text}" in source or source[: piece.start].endswith("tel:")


def _answered(case: Case) -> Iterator[Finding]:
    for section in case.event.sections_of("feedback") if case.event else ():
        found = [
            (response, piece)
            for response in _printed(section)
            for piece in list(pieces_in(response.text, is_answer=True))[:1]
        ]
        yield from (_in_answer(response, piece) for response, piece in found[:_NAMED])
        if more := found[_NAMED:]:
            message = f"{len(more)} more answers hold addresses, numbers or dates of birth."
            yield more[0][0].position, message, "Take them out of the file, too."


def _printed(section: Feedback) -> Iterator[Response]:
    """Yield the answers of which something is printed."""
    rows = {row for p in section.phrases for s in p.spellings for row in s.rows}
    for response in section.responses:
        if section.kind == "text" or response.position.line in rows:
            yield response


def _in_answer(response: Response, piece: _Piece) -> Finding:
    message = f"{piece.what} stands in an answer, and would be printed: “{piece.text}”."
    hint = "Take it out of the answer, or put it under “blocked”: the answer is then left out."
    return response.position, message, hint


class _Public:
    """What of an event is there to be printed or never printed, and what it gives as contacts."""

    def __init__(self, case: Case) -> None:
        event = case.event
        contacts = [part for part in parts(event) if isinstance(part, Contact)]
        places = [event.venue, event.briefing.contact, event.web] if event else []
        given = [part for part in parts((*contacts, *places)) if isinstance(part, Line)]
        self._given = {key for line in given for key in _keys(line)}
        questions = event.sections_of("feedback") if event else ()
        kept = [(q.blocked, q.stop_words, q.merge, q.mask) for q in questions]
        unprinted = (event.queries, *kept) if event else ()
        self._left = {id(line) for line in (*given, *parts(tuple(unprinted)))}

    def may_print(self, line: Line) -> bool:
        """Tell whether a line is printed and is no contact."""
        return id(line) not in self._left and "://" not in line

    def has(self, piece: _Piece) -> bool:
        """Tell whether the event gives a piece as a contact, or as where it takes place."""
        return bool(self._given & _keys(piece.text))


def _keys(text: str) -> set[str]:
    """Return what addresses and numbers in a text are known by, however they are written."""
    numbers = (re.sub(r"\D", "", found[0])[-9:] for found in _PHONE.finditer(text))
    addresses = (re.sub(r"\s", "", found[0]).casefold() for found in _EMAIL.finditer(text))
    codes = (re.sub(r"\s", "", found[0]) for found in _POSTCODE.finditer(text))
    return {*numbers, *addresses, *codes}


def pieces_in(text: str, *, is_answer: bool = False) -> Iterator[_Piece]:
    """Yield what somebody can be known or reached by, in the order of its kinds."""
    for found in _EMAIL.finditer(text):
        if not _OFFICE.match(found[0]):
            yield _piece("An e-mail address", found)
    for found in _PHONE.finditer(text):
        if not _HELPLINE.match(found[0].lstrip("(")):
            yield _piece("A telephone number", found)
    for found in (_ANY_POSTCODE if is_answer else _POSTCODE).finditer(text):
        if is_answer or not _is_of_public_place(text, found):
            yield _piece("A postcode", found)
    for found in (_STREET if is_answer else _LIVES).finditer(text):
        yield _piece("A home address", found)
    for found in _NHS.finditer(text):
        said = re.search(r"\bNHS n(?:o|um)", text[max(found.start() - 20, 0) : found.start()])
        is_one = _is_nhs_number("".join(found.group(1, 3, 4)))
        if said or (is_one and (is_answer or found[2])):
            yield _piece("An NHS number", found)
    for found in _INSURANCE.finditer(text):
        yield _piece("A National Insurance number", found)
    for found in _BORN.finditer(text):
        year = re.search(r"\d+$", found[0])
        if year is None or len(year[0]) < 4 or int(year[0]) >= _LIVING:
            yield _piece("A date of birth", found)


def _piece(what: str, found: re.Match[str]) -> _Piece:
    return _Piece(what, found[0].lstrip("(+"), found.start())


def _is_of_public_place(text: str, found: re.Match[str]) -> bool:
    """Tell whether a hall, a school or the like stands in the line of a postcode."""
    start = text.rfind("\n", 0, found.start()) + 1
    return _PUBLIC_PLACE.search(text, start, found.start()) is not None


def _is_nhs_number(digits: str) -> bool:
    """Tell whether ten digits are an NHS number: the last follows from the others, modulo 11."""
    check = 11 - sum((10 - place) * int(d) for place, d in enumerate(digits[:9])) % 11
    return digits[0] != "0" and check != 10 and check % 11 == int(digits[9])


RULES: tuple[Rule[Case], ...] = (
    Rule("personal-data", Severity.ADVICE, "Addresses stand under “contacts”.", _personal),
    Rule("personal-data", Severity.ADVICE, "Addresses stand under “contacts”.", _answered),
)
