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

Step = Literal["year", "quarter", "month", "day", "weekday", "hour", "number", "opinion", "stage"]
"""What labels that follow one another are."""

_YEAR = re.compile(r"(?:FY\s?)?((?:19|20|21)\d\d)(?:\s*[-–/]\s*(?:\d\d|\d{4}))?")
_MONTHLY = re.compile(r"(.+?)[\s.,]+(\d{4}|['’]?\d\d)")
_QUARTER = re.compile(r"(?:Q([1-4])\W*(\d{4})|(\d{4})\W*Q([1-4])|Q([1-4]))", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_WRITTEN_DATE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.? (\w+)\.?(?:,? (\d{4}))?")
_SHORT_DATE = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")  # the day first, as in Britain
_HOUR = re.compile(
    r"(\d{1,2})(?:[.:](\d\d))?\s*([ap])?\.?(?:m\b\.?)?(?:\s*(?:[-–]|to)\s*\d.*)?", re.IGNORECASE
)
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
_OFTEN = (
    r"daily|every ?day|several times a day|codziennie|bob dydd|روزانہ",
    r"(?:most days|(?:several|a few|two or three|2 or 3|2-3) times a week|4 to 6 .*week)",
    r"weekly|(?:about )?(?:once|every|one day) a? ?week|raz w tygodniu|bob wythnos|ہفتہ وار",
    r"fortnightly|every (?:two weeks|fortnight)",
    r"monthly|(?:about )?(?:once|every) a? ?month|raz w miesiącu|bob mis|ماہانہ",
    r"quarterly|every (?:quarter|few months)",
    r"yearly|annually|once a year|raz w roku",
    r"less (?:often|than)|rarely|rzadziej|yn llai aml",
    r"never|not at all|nigdy|byth|کبھی نہیں",
)
_HOW_MUCH = (
    r"(?:a lot|a great deal|very much|completely)",
    r"(?:quite a lot|a fair amount|mostly)",
    r"(?:some(?:what)?|moderately|a little|a bit|slightly|partly)",
    r"(?:not (?:very )?much|hardly)",
    r"(?:not at all|nothing|none)",
)
_PARTS_OF_DAYS = (r"morning|bore|rano", r"afternoon|prynhawn|popołudnie", r"evening|nos|wieczór")
_SEASONS = (r"spring|gwanwyn|wiosna", r"summer|haf|lato", r"autumn|hydref|jesień", r"winter|zima")
_LISTED = (_STAGES, _ORDINALS, _OFTEN, _HOW_MUCH, _SIZES, _PARTS_OF_DAYS, _SEASONS)
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

    The numbers of years, quarters, months and days grow by one from each to the next, those of
    hours by sixty.
    """
    readers: tuple[tuple[Step, Callable[[str], int | None]], ...] = (
        ("year", _year),
        ("quarter", _quarter),
        ("month", _month),
        ("day", _date),
        ("weekday", _weekday),
        ("hour", _hour),
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
    if any(_follow(said, words) for words in _LISTED):
        return "stage"
    return _numbered(said)


def _numbered(labels: Sequence[str]) -> Step | None:
    numbers = [_NUMBERS.search(label) for label in labels]
    if not numbers[0] and len(numbers) > 2:  # None, 1, 2 or more; Reception, Year 1, Year 2
        numbers = numbers[1:]
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
    """Return the day of a date; one without a year is of a year without a leap day."""
    if (found := _DATE.fullmatch(label)) and found[3]:
        parts = [int(found[1]), int(found[2]), int(found[3])]
    elif found := _SHORT_DATE.fullmatch(label):
        parts = [int(found[3]), int(found[2]), int(found[1])]
    elif (found := _WRITTEN_DATE.fullmatch(label)) and (
        month := _names("months").get(found[2].casefold())
    ):
        parts = [int(found[3] or 1999), month, int(found[1])]
    else:
        return None
    try:
        return dt.date(*parts).toordinal()
    except ValueError:
        return None


def _hour(label: str) -> int | None:
    """Return the minute of the day of an hour, or of the first of two: “9am to 10am”."""
    if label.casefold() in ("noon", "midday"):
        return 12 * 60
    found = _HOUR.fullmatch(label)
    if not found or not (found[2] or found[3]):
        return None
    hour = int(found[1]) % 12 if found[3] else int(found[1])
    return (hour + 12 * ((found[3] or "").casefold() == "p")) * 60 + int(found[2] or 0)


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
    rounds = {"month": (12, 24), "quarter": (4, 8), "weekday": (7, 7)}
    whole, least = rounds.get(step, (0, 0))
    if not whole or max(places) >= least:
        return places
    found = list(places[:1])
    for before, after in pairwise(places):
        found.append(found[-1] + (after - before) % whole)
    return tuple(found)


def _follow(labels: Sequence[str], words: Sequence[str]) -> bool:
    """Tell whether labels are words in their order; what follows them is the same in all."""
    places: list[int] = []
    tails: set[str] = set()
    for label in labels:
        bare = re.sub(r"\s*\(.*\)$", "", label.strip().casefold())
        found = ((n, re.match(rf"(?:{word})(?!\w)", bare)) for n, word in enumerate(words))
        place, match = next(((n, match) for n, match in found if match), (0, None))
        if match is None:
            return False
        places.append(place)
        tails.add(bare[match.end() :])
    return len(tails) == 1 and _runs(places)


def _rises(places: Sequence[float]) -> bool:
    return all(before < after for before, after in pairwise(places))


def _runs(places: Sequence[float]) -> bool:
    return _rises(places) or _rises(places[::-1])
