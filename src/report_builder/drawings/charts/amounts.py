"""Numbers as a document's language writes them: decimals, thousands, signs and units."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from babel import Locale
from babel.numbers import NumberPattern, format_percent, parse_pattern

from report_builder.content.measures import Measure
from report_builder.templating.words import direction, locale_of

_CLOSE = ("‰", "°", "°C", "°F", "′", "″", "p", "k", "m", "bn")  # units that stand at their number
_LONGEST = 8  # letters of a unit that stands with each number; a longer one is said once
_SPACE, _MINUS = "\u00a0", "−"
_LEFT_TO_RIGHT = "\u200e"  # before a minus, which would else stand after its number


@dataclass(frozen=True)
class Amounts:
    """How the numbers of one chart are written: all with as many decimals as the finest has."""

    language: str
    unit: str
    decimals: int

    @classmethod
    def of(cls, numbers: Iterable[float | None], unit: str | None, language: str) -> Amounts:
        """Return how numbers are written."""
        decimals = max((n.decimals for n in numbers if isinstance(n, Measure)), default=0)
        unit = " ".join((unit or "").split())
        if decimals == 1 and len(unit) == 1 and unicodedata.category(unit) == "Sc":
            decimals = 2  # £4.50
        return cls(language, unit, decimals)

    def write(self, number: float) -> str:
        """Return a number with its unit, as far as that stands with each."""
        exact = round(Decimal(str(abs(float(number)))), self.decimals)
        plain = self._pattern.apply(exact, self._locale)
        sign = self._minus if number < 0 and exact else ""
        if self.heading:
            return f"{sign}{plain}"
        if self._is_money:
            mark, rest = self.unit[0], self.unit[1:]
            rest = f"{'' if rest in _CLOSE else _SPACE}{rest.strip()}" if rest else ""
            if self._locale.currency_formats["standard"].pattern.startswith("¤"):
                return f"{sign}{mark}{plain}{rest}"
            return f"{sign}{plain}{rest}{_SPACE}{mark}"
        if self.unit in ("%", "٪"):
            return f"{sign}{self._percent.replace('0', plain)}"
        space = "" if self.unit in _CLOSE or not self.unit else _SPACE
        return f"{sign}{plain}{space}{self.unit}"

    @property
    def heading(self) -> str:
        """The unit where it is too long to stand with each number, and is said once above them."""
        is_long = len(self.unit) > _LONGEST or (
            self._is_money and bool(re.search(r"\d", self.unit))
        )
        return self.unit if is_long else ""

    @property
    def _minus(self) -> str:
        from_right = direction(self.language) == "rtl"
        return f"{_LEFT_TO_RIGHT}{_MINUS}" if from_right else _MINUS

    @property
    def _is_money(self) -> bool:
        return bool(self.unit) and unicodedata.category(self.unit[0]) == "Sc"

    @cached_property
    def _locale(self) -> Locale:
        return locale_of(self.language)

    @cached_property
    def _pattern(self) -> NumberPattern:
        pattern = parse_pattern(self._locale.decimal_formats[None].pattern)
        pattern.frac_prec = (self.decimals, self.decimals)
        return pattern

    @cached_property
    def _percent(self) -> str:
        """A share as the language writes it, with 0 for its number: “0%”, or “0 %”."""
        return str(format_percent(0, locale=self._locale))
