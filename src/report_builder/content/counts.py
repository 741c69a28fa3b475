"""How many people or things there were: a whole number as people and spreadsheets write it."""

from __future__ import annotations

import re
from typing import Annotated

from report_builder.content.fields import Before
from report_builder.content.measures import MISSING, SPACED
from report_builder.settings.model import fault

_COUNTED = r"^\s*\d[\d,\s]*(\.0+)?\s*$"
# Spreadsheets write 12.0; of nothing are there more than a million millions.
_COUNT = re.compile(r"(\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.0+)?")


def counted(written: str) -> int | None:
    """Return the whole number that somebody wrote, such as 1,204; or nothing."""
    found = _COUNT.fullmatch(SPACED.sub(",", written.strip()))
    is_whole = found is not None and not re.fullmatch(r"\d{1,3}\.0{3,}", written.strip())
    return int(found[1].replace(",", "")) if found and is_whole else None


def _count(value: object) -> object:
    if not isinstance(value, str):
        return value
    if (number := counted(value)) is not None:
        return number
    if re.fullmatch(r"-\d+", value.strip()):
        return value  # whoever counts says what is less than nothing
    raise fault("not-a-number", f"“{value.strip()}” is no whole number.", _how_to_count(value))


def _how_to_count(written: str) -> str:
    if "%" in written:
        return "Write how many people it is: shares are worked out."
    if re.search(r"\d", written) or written.strip().lower() in MISSING | {"*"}:
        return "Write digits alone: 1200; or show what is not exactly known in a “type: table”."
    return "Write digits alone: 1200."


Count = Annotated[
    int,
    Before(_count, lambda schema: {"anyOf": [schema, {"type": "string", "pattern": _COUNTED}]}),
]
"""How many people or things there were, with a comma or none between thousands."""
