"""How shapes look: what an SVG says of that, and what of it is known here."""

from __future__ import annotations

import re
from collections.abc import Mapping

from report_builder.drawings.simple.numbers import UnknownPartError, number, numbers, written

Colour = tuple[int, int, int]

LOOKS: Mapping[str, str] = {
    "fill": "black",
    "fill-rule": "nonzero",
    "stroke": "none",
    "stroke-width": "1",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-miterlimit": "4",
    "stroke-dasharray": "none",
    "stroke-dashoffset": "0",
}
"""What parts inherit, and how it is where nobody says."""

SOLID = ("opacity", "fill-opacity", "stroke-opacity")
FULL = ("1", "1.0", "100%")
"""What those may say: that nothing is seen through."""

_CAPS, _JOINS = ("butt", "round", "square"), ("miter", "round", "bevel")
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")


def one_of(known: tuple[str, ...], value: str) -> int:
    """Return which of some words it is."""
    if value not in known:
        raise UnknownPartError(value)
    return known.index(value)


def colour(value: str) -> Colour | None:
    """Return the red, green and blue of a colour; nothing of none."""
    if value == "none":
        return None
    if not _HEX.fullmatch(value):
        # Imported here: few drawings name their colours.
        from PIL.ImageColor import colormap, getrgb

        if value.lower() not in colormap:
            raise UnknownPartError(value)
        red, green, blue, *_ = getrgb(value)
        return red, green, blue
    digits = value[1:] if len(value) > 4 else "".join(2 * digit for digit in value[1:])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def pen(look: Mapping[str, str]) -> str:
    """Return how lines end, meet, and are broken."""
    cap = one_of(_CAPS, look["stroke-linecap"])
    join = one_of(_JOINS, look["stroke-linejoin"])
    lengths = numbers(look["stroke-dasharray"].removeprefix("none"))
    limit, begin = number(look["stroke-miterlimit"]), number(look["stroke-dashoffset"])
    if (lengths and (min(lengths) < 0 or not sum(lengths))) or limit < 1:
        raise UnknownPartError("stroke")
    return f"{cap} J {join} j {written(limit)} M [{written(*lengths)}] {written(begin)} d"
