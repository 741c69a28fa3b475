"""Answers such as residents give, made up: as many different ones as are asked for."""

from __future__ import annotations

import itertools
import random

_FIRST = (
    *("Good quality", "Affordable", "Safe", "Warm", "Joined-up", "Local", "Better", "Early"),
    *("Free", "Fair", "Trusted", "Accessible", "Inclusive", "Healthy", "Shared", "Stronger"),
)
_SECOND = (
    *("homes", "funding", "green space", "transport", "leadership", "data", "food", "childcare"),
    *("mental health support", "youth services", "work", "education", "communication", "wages"),
    *("volunteering", "air quality", "walking routes", "advice", "primary care", "play areas"),
)
_MOST = 48  # people who say the same


def phrases(number: int) -> list[tuple[str, int]]:
    """Return phrases and how many people said each, from 48 down to 1, always the same."""
    singles = [word.capitalize() for word in _SECOND]
    pairs = [f"{first} {second}" for first, second in itertools.product(_FIRST, _SECOND)]
    longer = [f"{pair} {where}" for where in ("for all", "nearby", "now") for pair in pairs]
    lot = random.Random(7)  # noqa: S311  # no secret
    for texts in (pairs, longer):
        lot.shuffle(texts)
    texts = [*singles, *pairs, *longer][:number]
    lot.shuffle(texts)
    return [(text, max(1, round(_MOST / rank**0.8))) for rank, text in enumerate(texts, start=1)]
