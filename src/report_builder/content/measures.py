"""A number as somebody wrote it: its value, its decimals and its place; or that it is not known."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Self

from pydantic import PlainValidator, WithJsonSchema

from report_builder.problems import Position
from report_builder.settings.model import fault
from report_builder.settings.scalar import Scalar

_NUMBER = re.compile(r"([-−+]?)(\d{1,3}(?:,\d{3})+|\d+|(?=\.))((?:\.\d+)?)")
_PATTERN = r"^\s*([-−+]?[\d.][\d,.]*([eE][-+]?\d+)?|[–—−-]|\.\.|…|n/?a|N/?A)\s*$"
UNKNOWN = "–"
"""What says that there is no number."""

_EXPONENT = re.compile(r"[-+]?\d+(?:\.\d+)?[eE][-+]?\d\d?")  # 1.2e-05, as programs write
_MISSING = frozenset((UNKNOWN, "—", "-", "−", "..", "…", "n/a", "na"))
_MOST_DIGITS, _MOST_DECIMALS = 15, 6


class Measure(float):
    """A number with as many decimals as were written."""

    decimals: int = 0
    position: Position = Position("")

    @classmethod
    def read(cls, value: object) -> Self | None:
        """Return a number, or nothing for what says that there is none."""
        if isinstance(value, cls) or value is None:
            return value
        written = "" if isinstance(value, bool) else str(value).strip()
        if isinstance(value, float):  # of a program: no more digits than anybody reads
            written = f"{value:.{_MOST_DECIMALS}f}".rstrip("0").rstrip(".")
        if written.lower() in _MISSING:
            return None
        is_short = _EXPONENT.fullmatch(written) is not None
        found = _NUMBER.fullmatch(f"{Decimal(written):f}" if is_short else written)
        if found is None:
            raise fault("not-a-number", f"“{written}” is no number.", _hint(written))
        sign, whole, part = found.groups()
        if len(whole) > _MOST_DIGITS or len(part) - 1 > _MOST_DECIMALS:
            raise fault(
                "not-a-number",
                f"“{written}” has more digits than anybody reads.",
                f"Give it with at most {_MOST_DECIMALS} decimals, in thousands or in millions.",
            )
        digits = f"{whole.replace(',', '') or 0}{part}"
        made = cls(-float(digits) if sign in ("-", "−") and sign else float(digits))
        made.decimals = max(len(part) - 1, 0)
        made.position = value.position if isinstance(value, Scalar) else cls.position
        return made


def _hint(written: str) -> str:
    """Return how what was meant is written."""
    if re.fullmatch(r"[-−+]?\d+,\d+", written):
        return f"Write a point before decimals: {written.replace(',', '.')}."
    digits = re.search(r"\d[\d,]*(?:\.\d+)?", written)
    if digits and len(digits[0]) >= len(written) / 3:
        return f"Write {digits[0]} here, and what it counts as “unit”."
    return "Write digits alone: 1200 or 3.5; or “–” where there is no number."


class MayLack:
    """Marks an item of a list that may be left empty: nobody knows the number."""


MaybeMeasure = Annotated[
    Measure | None,
    PlainValidator(Measure.read),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": ["number", "null"]},
                {
                    "type": "string",
                    "pattern": _PATTERN,
                },
            ]
        }
    ),
    MayLack,
]
"""A number, or nothing where it is not known."""
