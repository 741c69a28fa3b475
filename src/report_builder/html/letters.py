"""What of a text is seen and heard: not the signs that only say how others are to be drawn."""

from __future__ import annotations

import re
import unicodedata

# Soft hyphens, joiners, marks of direction, selectors of a look, tags behind a flag.
_UNHEARD = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def heard(text: str) -> str:
    """Return a text without the signs that nobody sees or hears (Unicode: default ignorable)."""
    return _UNHEARD.sub("", text)


def runs_to_left(text: str) -> bool:
    """Tell whether a text has letters that are written from right to left."""
    found = _RIGHT_TO_LEFT.search(text)
    return found is not None and any(
        unicodedata.bidirectional(c) in ("R", "AL") for c in text[found.start() :]
    )
