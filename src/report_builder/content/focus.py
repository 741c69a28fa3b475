"""The part of a picture that stays where it is cropped, as words or as two percentages."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from report_builder.content.fields import SCALAR, Kept, Line, fault
from report_builder.problems import did_you_mean

MIDDLE = "50% 50%"
_ACROSS = {"left": "0%", "right": "100%"}
_DOWN = {"top": "0%", "bottom": "100%"}
_CENTRE = ("centre", "center", "middle")
_WORDS = (*_ACROSS, *_DOWN, _CENTRE[0])
_PERCENTAGES = re.compile(r"(\d{1,3}(?:\.\d+)?) ?% ?,? ?(\d{1,3}(?:\.\d+)?) ?%")
_HOW = "Write “top”, “bottom left” or “centre”, or how far from the left and the top: “30% 20%”."


def _read(value: object) -> str:
    line = Line.read(value)
    if found := _PERCENTAGES.fullmatch(line):
        x, y = (float(part) for part in found.groups())
        if max(x, y) > 100:
            message = f"“{line}” lies outside the picture: each side has 100%."
            raise fault("picture-focus", message, _HOW)
        return f"{x:g}% {y:g}%"
    words = re.split(r"[ ,-]+", line.casefold())
    across, down = ([word for word in words if word in side] for side in (_ACROSS, _DOWN))
    unknown = [word for word in words if word not in (*_ACROSS, *_DOWN, *_CENTRE)]
    if unknown or len(across) > 1 or len(down) > 1 or len(words) > 2:
        hint = did_you_mean(unknown[0], _WORDS) if unknown and unknown[0].isalpha() else ""
        message = f"“{line}” does not say which part of the picture matters most."
        raise fault("picture-focus", message, " ".join(filter(None, (hint, _HOW))))
    return f"{_ACROSS[across[0]] if across else '50%'} {_DOWN[down[0]] if down else '50%'}"


Focus = Annotated[str, PlainValidator(_read), WithJsonSchema(SCALAR), Kept]
"""Where the middle of what matters lies, from the left and from the top, as CSS has it."""
