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
SPACED = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?!\d))")
"""The spaces between thousands that other languages write, and spreadsheets copy."""
_PATTERN = r"^\s*([-−+]?[\d.][\d,.\s]*([eE][-+]?\d+)?|[–—−-]|\.\.|…|n/?a|N/?A)?\s*$"
UNKNOWN = "–"
"""What says that there is no number."""

_EXPONENT = re.compile(r"[-+]?\d+(?:\.\d+)?[eE][-+]?\d\d?")  # 1.2e-05, as programs write
MISSING = frozenset((UNKNOWN, "—", "-", "−", "..", "…", "n/a", "na"))
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
        if isinstance(value, str) and not written:
            return None
        if isinstance(value, float):  # of a program: no more digits than anybody reads
            written = f"{value:.{_MOST_DECIMALS}f}".rstrip("0").rstrip(".")
        if written.lower() in MISSING:
            return None
        is_short = _EXPONENT.fullmatch(written) is not None
        plain = f"{Decimal(written):f}" if is_short else SPACED.sub(",", written)
        found = _NUMBER.fullmatch(plain)
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


_WITH_UNIT = re.compile(
    r"([^\W\d_]+|[£$€¥₹₺%]?)\s?(\d[\d,]*(?:\.\d+)?)\s?([^\W\d_][\w /³²]*|[%‰°£$€]\w?|)"
)
_BOUND = re.compile(r"[<>≤≥~≈]\s?\d.*")
_OTHER_GROUPS = re.compile(r"\d{1,3}(?:([.'’·])\d{3})(?:\1\d{3})*")  # 1.234.567, 1'234
_IN_BRACKETS = re.compile(r"\((\d[\d,]*(?:\.\d+)?)\)")  # what accounts write for less than 0


def _hint(written: str) -> str:
    """Return how what was meant is written; nothing is proposed that might be another number."""
    if re.fullmatch(r"[-−+]?\d+,\d+", written):
        return f"Write a point before decimals: {written.replace(',', '.')}."
    if _OTHER_GROUPS.fullmatch(written):
        return f"Write digits alone: {re.sub(r'[^0-9]', '', written)}."
    if below := _IN_BRACKETS.fullmatch(written):
        return f"Write -{below[1].replace(',', '')} if it is less than 0."
    if _BOUND.fullmatch(written):
        return (
            "Bars need the number itself. Write “–” where it must not be known, and why under "
            "“source”; or show all in a section “type: table”."
        )
    if (found := _WITH_UNIT.fullmatch(written)) and bool(found[1]) != bool(found[3]):
        digits = found[2].replace(",", "")
        return f"Write {digits} here, and “{found[1] or found[3]}” as “unit”."
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
