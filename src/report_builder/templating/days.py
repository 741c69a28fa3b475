"""Days as a language writes them: one, the first and last of several, or several apart."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise

from babel import Locale
from babel.dates import format_date, get_date_format

_SPANS = ("yMMMMd", "yMMMd")
_THIN = "\N{THIN SPACE}"  # around dashes; not every font has it


def day(date: dt.date, locale: Locale) -> str:
    """Return a day in full: “14 December 2023”, “2023年12月14日”."""
    return format_date(date, "long", locale)


def span(start: dt.date, end: dt.date, locale: Locale) -> str:
    """Return the first and the last day, with month and year once where they are the same."""
    if start == end:
        return day(start, locale)
    patterns = _patterns(start, end, locale)
    if not patterns or (start.year != end.year and not _is_year_first(locale)):
        return between(day(start, locale), day(end, locale), locale)
    days = zip((start, end), patterns, strict=True)
    written = "".join(format_date(one, pattern, locale) for one, pattern in days)
    written = written.replace(_THIN, " ")
    return re.sub(r"\s*–\s*", " to ", written) if locale.language == "en" else written


def between(start: str, end: str, locale: Locale) -> str:
    """Return words for what goes from one day or time to another; in English with “to”."""
    if locale.language == "en":
        return f"{start} to {end}"
    return str(locale.interval_formats[None]).format(start, end).replace(_THIN, " ")


def several(days: Sequence[dt.date], locale: Locale) -> list[str]:
    """Return several days, in order, each year but once."""
    written = [day(one, locale) for one in days]
    for number, (one, other) in enumerate(pairwise(days)):
        if one.year == other.year:
            short, place = (other, number + 1) if _is_year_first(locale) else (one, number)
            written[place] = format_date(short, _without_year(locale), locale)
    return written


def _patterns(start: dt.date, end: dt.date, locale: Locale) -> Sequence[str]:
    """Return how the two days are written; where only short months are known, with long ones."""
    differs = "y" if start.year != end.year else "M" if start.month != end.month else "d"
    known = (locale.interval_formats.get(name, {}).get(differs) for name in _SPANS)
    found = next((patterns for patterns in known if patterns), ())
    return [re.sub(r"(?<!M)MMM(?!M)", "MMMM", pattern) for pattern in found]


def _is_year_first(locale: Locale) -> bool:
    return _order(_long(locale)).startswith("y")


def _without_year(locale: Locale) -> str:
    """Return how a day is written without its year, in the order that it has with one."""
    order = _order(_long(locale)).replace("y", "")
    known = locale.datetime_skeletons.get("MMMMd")
    if known and _order(str(known.pattern)) == order:
        return str(known.pattern)
    return "d MMMM" if order == "dM" else "MMMM d"


def _long(locale: Locale) -> str:
    return str(get_date_format("long", locale).pattern)


def _order(pattern: str) -> str:
    """Return in which order a pattern has day, month and year: “dMy”."""
    letters = re.sub(r"'[^']*'", "", pattern).replace("L", "M")
    return "".join(dict.fromkeys(re.findall(r"[dMy]", letters)))
