"""The colours of a chart's series: told apart in black and white, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from report_builder.content.opinions import is_scale, opinions
from report_builder.content.steps import is_rest

WHITE = "#FFFFFF"
# From dark to light, so that print in black tells them apart; the names are the theme's.
_ONE_HUE = (
    ("brand",),
    ("brand", "tint"),
    ("brand", "tint", "ramp-3"),
    ("brand", "tint", "ramp-3", "white"),
    ("brand", "ramp-2", "tint", "ramp-3", "white"),
    ("accent", "brand", "ramp-2", "tint", "ramp-3", "white"),
)
_RAMP = {2: (1, 5), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}
_LINES = ("tint", "accent", "amber", "blue", "leaf")


@dataclass(frozen=True)
class Look:
    """A series' colour by its name and value, and whether words upon it are white."""

    name: str
    colour: str
    is_dark: bool


def looks_of_pieces(
    names: Sequence[str], colours: Mapping[str, str], *, is_ordered: bool
) -> list[Look]:
    """Return the looks of parts of a whole: of a scale those of a ramp with two ends.

    What is no step of the scale, such as “don't know”, is white.
    """
    rest = [name for name in names if is_rest(name)]
    if is_ordered and len(rest) == 1 and not is_scale(names):
        steps_alone = [name for name in names if name not in rest]
        looks = looks_of_pieces(steps_alone, colours, is_ordered=True)
        looks.insert(names.index(rest[0]), _look("white", colours))
        return looks
    count = len(names)
    if not is_ordered or count not in _RAMP:
        return [_look(name, colours) for name in _ONE_HUE[count - 1]]
    steps: Sequence[int] = _RAMP[count]
    if ranks := opinions(names):
        by_rank = [_step(rank) for rank in ranks]
        steps = by_rank if len(set(by_rank)) == count else steps
        if ranks[0] < ranks[-1] and steps is not by_rank:
            steps = steps[::-1]
    return [_look(f"ramp-{step}", colours) for step in steps]


def looks_of_bars(count: int, newest: int, colours: Mapping[str, str]) -> list[Look]:
    """Return the looks of grouped bars: the newest dark, the others paler the farther they are."""
    others = (name for name in _ONE_HUE[count - 1] if name != "brand")
    nearest = sorted(range(count), key=lambda number: abs(number - newest))
    names = dict(zip(nearest, ("brand", *others), strict=True))
    return [_look(names[number], colours) for number in range(count)]


def looks_of_lines(count: int, newest: int, colours: Mapping[str, str]) -> list[Look]:
    """Return the looks of lines, each of which is seen on white."""
    others = list(_LINES[: count - 1])
    others[newest:newest] = ["brand"]
    return [_look(name, colours) for name in others]


def _step(rank: float) -> int:
    return 3 if not rank else (1 if rank == 3 else 2) if rank > 0 else (5 if rank == -3 else 4)


def _look(name: str, colours: Mapping[str, str]) -> Look:
    colour = WHITE if name == "white" else colours[name]
    return Look(name, colour, _is_dark(colour, colours["ink"]))


@lru_cache(maxsize=256)
def _is_dark(colour: str, ink: str) -> bool:
    """Tell whether white words are read better on a colour than dark ones."""
    # Imported here: it takes its time, and few documents have charts.
    from coloraide import Color

    ground = Color(colour)
    return bool(ground.contrast(WHITE) > ground.contrast(ink))
