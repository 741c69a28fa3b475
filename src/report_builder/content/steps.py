"""Labels that follow one another: days, years, ages and steps of a scale keep their order."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from babel import Locale

from report_builder.content.opinions import opinions

Step = Literal["year", "quarter", "month", "day", "number", "opinion", "stage"]
"""What labels that follow one another are."""

_YEAR = re.compile(r"((?:19|20|21)\d\d)(?:\s*[-–/]\s*(?:\d\d|\d{4}))?")
_MONTHLY = re.compile(r"(.+?)[\s.,]+(\d{4}|['’]?\d\d)")
_QUARTER = re.compile(r"(?:Q([1-4])\W*(\d{4})|(\d{4})\W*Q([1-4])|Q([1-4]))", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_LANGUAGES = ("en", "cy", "pl", "ur", "ro", "bn")
_NUMBERS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_STAGES = (
    (
        r"before|then|previous(?:ly)?|baseline|last (?:year|time)|start|"
        r"o'r blaen|cyn|przed|wcześniej|پہلے|înainte|আগে"
    ),
    r"during|mid(?:-?term)?|w trakcie|دوران|în timpul",
    r"now|today|current(?:ly)?|present|this (?:year|time)|nawr|obecnie|teraz|اب|acum|এখন",
    r"after(?:wards)?|later|end|wedyn|ar ôl|po|potem|بعد|după|পরে",
    r"next (?:year|time)|proposed|planned|target|future|targed|planowane|cel|ہدف|țintă",
)
_ORDINALS = (
    r"first|1st|cyntaf|pierwsz\w+",
    r"second|2nd|ail|drug\w+",
    r"third|3rd|trydydd|trzeci\w*",
    r"fourth|4th|pedwerydd|czwart\w+",
    r"fifth|5th|pumed|piąt\w+",
)
_SIZES = (
    r"none|low(?:est)?|small|isel|bach|nisk\w+|mał\w+|کم",
    r"medium|middle|moderate|canolig|średni\w*|درمیانہ",
    r"high(?:est)?|large|big|uchel|mawr|wysok\w+|duż\w+|زیادہ",
)
_PARTS_OF_DAYS = (r"morning|bore|rano", r"afternoon|prynhawn|popołudnie", r"evening|nos|wieczór")
_SEASONS = (r"spring|gwanwyn|wiosna", r"summer|haf|lato", r"autumn|hydref|jesień", r"winter|zima")
_LISTED = (_STAGES, _ORDINALS, _SIZES, _PARTS_OF_DAYS, _SEASONS)
_REST = re.compile(
    r"(?:all |any |some(?:thing|where|one) )?other(?:s|wise)?\b.*|none(?: of (?:these|the above))?|"
    r"don['’]t know|not sure|unsure|unknown|prefer(?:red)? not to (?:say|answer)|no (?:answer|"
    r"response|opinion|reply)|not (?:stated|answered|known|applicable)|"
    r"arall|eraill|ddim yn gwybod|gwell gen i beidio.*|"
    r"inn[eya]\w*|nie wiem|trudno powiedzieć|brak (?:odpowiedzi|danych)|"
    r"دیگر|معلوم نہیں|alt(?:ele|ul|ceva)|nu știu|অন্যান্য|জানি না",
    re.IGNORECASE,
)


def is_rest(label: str) -> bool:
    """Tell whether a label stands for all that the others do not, which comes last."""
    return bool(_REST.fullmatch(label.strip(" .")))


def times(labels: Sequence[str]) -> tuple[Step, tuple[int, ...]] | None:
    """Return which times labels are, and how they lie on a line; ``None`` where they are none.

    ``day`` are days of the week, and days of a month; the numbers of years, quarters, months and
    days grow by one from each to the next.
    """
    readers: tuple[tuple[Step, Callable[[str], int | None]], ...] = (
        ("year", _year),
        ("quarter", _quarter),
        ("month", _month),
        ("day", _date),
        ("day", _weekday),
    )
    for step, read in readers:
        found = tuple(place for label in labels if (place := read(label.strip())) is not None)
        if labels and len(found) == len(labels):
            return step, _unrolled(found, step)
    return None


def is_even(places: Sequence[int]) -> bool:
    """Tell whether times follow each other forwards, with as much between any two."""
    return len({after - before for before, after in pairwise(places)}) <= 1 and _rises(places)


def steps(labels: Sequence[str]) -> Step | None:
    """Return what labels are that follow one another as they stand; ``None`` where they do not."""
    said = [label for label in labels if not is_rest(label)]
    if len(said) < 2:
        return None
    if found := times(said):
        return found[0] if _rises(found[1]) or _rises(found[1][::-1]) else None
    if (ranks := opinions(said)) and _runs(ranks):
        return "opinion"
    for words in _LISTED:
        places = [_place(label, words) for label in said]
        if None not in places and _runs([place for place in places if place is not None]):
            return "stage"
    return _numbered(said)


def _numbered(labels: Sequence[str]) -> Step | None:
    numbers = [_NUMBERS.search(label) for label in labels]
    if not all(numbers):
        return None
    found = [float(number[0].replace(",", "")) for number in numbers if number]
    # “Under 18” comes before “18 to 24”. Two that fall are more often names: Route 7, Route 3.
    rising = all(one <= other for one, other in pairwise(found))
    falling = len(found) > 2 and all(one >= other for one, other in pairwise(found))
    return "number" if (rising or falling) and len(set(found)) >= len(found) - 1 else None


def _year(label: str) -> int | None:
    found = _YEAR.fullmatch(label)
    return int(found[1]) if found else None


def _quarter(label: str) -> int | None:
    found = _QUARTER.fullmatch(label)
    if not found:
        return None
    quarter, year = found[1] or found[4] or found[5], found[2] or found[3] or 0
    return int(year) * 4 + int(quarter)


def _month(label: str) -> int | None:
    if (found := _DATE.fullmatch(label)) and not found[3]:
        return int(found[1]) * 12 + int(found[2])
    found = _MONTHLY.fullmatch(label)
    name, year = (found[1], found[2].strip("'’")) if found else (label, "0")
    month = _names("months").get(name.strip(" .").casefold())
    if month is None:
        return None
    return (int(year) + (2000 if len(year) == 2 else 0)) * 12 + month


def _date(label: str) -> int | None:
    if not (found := _DATE.fullmatch(label)) or not found[3]:
        return None
    try:
        return dt.date.fromisoformat(label).toordinal()
    except ValueError:
        return None


def _weekday(label: str) -> int | None:
    return _names("days").get(label.strip(" .").casefold())


@lru_cache
def _names(what: str) -> dict[str, int]:
    """Return the names of months, or of days of the week, in the languages of our readers."""
    found: dict[str, int] = {}
    for language in _LANGUAGES:
        locale = Locale.parse(language)
        for use in (locale.months if what == "months" else locale.days).values():
            for width in ("wide", "abbreviated"):
                for number, name in use[width].items():
                    found.setdefault(name.strip(".").casefold(), number)
    return found


def _unrolled(places: tuple[int, ...], step: Step) -> tuple[int, ...]:
    """Return the places of months or days without a year, going on after the last of a round."""
    rounds = {"month": (12, 24), "quarter": (4, 8), "day": (7, 7)}
    whole, least = rounds.get(step, (0, 0))
    if not whole or max(places) >= least:
        return places
    found = list(places[:1])
    for before, after in pairwise(places):
        found.append(found[-1] + (after - before) % whole)
    return tuple(found)


def _place(label: str, words: Sequence[str]) -> int | None:
    patterns = enumerate(words)
    return next((n for n, w in patterns if re.match(rf"(?:{w})\b", label.strip(), re.I)), None)


def _rises(places: Sequence[float]) -> bool:
    return all(before < after for before, after in pairwise(places))


def _runs(places: Sequence[float]) -> bool:
    return _rises(places) or _rises(places[::-1])
