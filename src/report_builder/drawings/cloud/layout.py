"""A word cloud: where each phrase stands, at exactly the size that its count calls for."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from report_builder.content.phrases import Phrase
from report_builder.drawings.cloud import exact, library
from report_builder.drawings.cloud.colours import colour
from report_builder.drawings.cloud.fit import Area, Fit, Item
from report_builder.drawings.cloud.mask import Mask
from report_builder.drawings.cloud.shapes import Shape, shapes_of
from report_builder.drawings.glyphs import Run
from report_builder.problems import Position, ReportBuilderError, failure

EXACT = "exact"
ENGINES: Mapping[str, Callable[[Sequence[Item], Area], Fit]] = {
    EXACT: exact.fit,
    "wordcloud": library.fit,
}
"""What finds the places, by the name that people choose it by."""

_NAMED = 3  # phrases that a message names


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a phrase on the sheet: its runs, and where its pen starts in millimetres."""

    runs: tuple[Run, ...]
    x: float
    y: float
    before_space: bool

    def as_printed(self) -> dict[str, Any]:
        """Return where the line stands, and its runs in the order in which they are read."""
        names = ("text", "family", "left", "ascent", "width", "right_to_left")
        read = sorted(self.runs, key=lambda run: run.start)
        runs = [{name: getattr(run, name) for name in names} for run in read]
        return {"x": self.x, "y": self.y, "before_space": self.before_space, "runs": runs}


@dataclass(frozen=True, slots=True)
class Placed:
    """A phrase in the cloud: its em and where its first line's pen starts, in millimetres."""

    phrase: Phrase
    shape: Shape
    size: float
    x: float
    y: float
    colour: str

    @property
    def lines(self) -> Iterator[Line]:
        """The lines of the phrase, from the top."""
        for line in self.shape.lines:
            x, y = self.x + line.x * self.size, self.y + line.y * self.size
            yield Line(line.runs, x, y, line.before_space)


@dataclass(frozen=True, slots=True)
class Cloud:
    """A word cloud: its sheet in millimetres, and its phrases, most frequent first."""

    width: float
    height: float
    placed: tuple[Placed, ...]

    def em(self, count: int) -> float:
        """Return the em of a phrase that so many people said, in millimetres."""
        first = self.placed[0]
        return first.size * math.sqrt(count / first.phrase.count)

    def samples(self, highest: float) -> list[tuple[int, float]]:
        """Return numbers of people, and the em in millimetres of what so many said.

        They are round, at most three, and no higher than that; none where all have one size.
        """
        least, most = self.placed[-1].phrase.count, self.placed[0].phrase.count
        round_numbers = (n * 10**power for power in range(8) for n in (1, 2, 5))
        between = [n for n in round_numbers if least <= n <= most and self.em(n) <= highest]
        if least == most or not between:
            return []
        chosen = {between[0], between[len(between) // 2], between[-1]}
        return [(count, self.em(count)) for count in sorted(chosen)]

    def as_printed(self, highest: float) -> dict[str, Any]:
        """Return what a template prints of the cloud: its phrases, and samples of their sizes."""
        placed = [
            {
                "phrase": one.phrase,
                "size": one.size,
                "colour": one.colour,
                "lines": [line.as_printed() for line in one.lines],
            }
            for one in self.placed
        ]
        return {"placed": placed, "samples": self.samples(highest)}


def lay_out(
    phrases: Sequence[Phrase],
    width: float,
    height: float,
    families: Sequence[str],
    colours: Sequence[str],
    position: Position,
    engine: str = EXACT,
    mask: Mask | None = None,
) -> Cloud:
    """Return the cloud of all phrases on a sheet of this size in millimetres.

    The em of a phrase grows with the square root of its count, so that its area shows how
    many people said it; all phrases are placed, at the largest scale that lets them fit.
    The order in which phrases are given makes no difference: of those said equally often the
    longest is placed first, while there is room for it. ``position`` is that of the
    question, for the problem when they do not fit.
    """
    ordered = sorted(phrases, key=lambda p: (-p.count, -len(p.text), p.text.casefold(), p.text))
    items = tuple(
        Item(p.text, math.sqrt(p.count / ordered[0].count), shapes_of(p.text, tuple(families)))
        for p in ordered
    )
    for phrase in (p for p, item in zip(ordered, items, strict=True) if not item.shapes):
        message = f"“{phrase.text}” holds nothing that can be drawn."
        raise failure("no-glyph", phrase.position, message, "Delete the answer.")
    fit = _fit(engine, items, Area(width, height, mask))
    if fit.unplaced is not None:
        raise _too_full(ordered, fit.unplaced, width, height, position, engine)
    ems = [fit.scale * item.ratio for item in items]
    boxes = [
        (p.x + left * em, p.y + top * em, p.x + right * em, p.y + bottom * em)
        for p, em in zip(fit.places, ems, strict=True)
        for left, top, right, bottom in [p.shape.ink]
    ]
    placed = {
        phrase: Placed(phrase, place.shape, em, place.x, place.y, chosen)
        for phrase, place, em, chosen in zip(
            ordered, fit.places, ems, colour(boxes, ems, colours), strict=True
        )
    }
    return Cloud(width, height, tuple(placed[phrase] for phrase in phrases))


@lru_cache(maxsize=8)  # a poster is looked over before it is made
def _fit(engine: str, items: tuple[Item, ...], area: Area) -> Fit:
    return ENGINES[engine](items, area)


def _too_full(
    ordered: Sequence[Phrase],
    unplaced: int,
    width: float,
    height: float,
    position: Position,
    engine: str,
) -> ReportBuilderError:
    """Return the problem that some phrases do not fit, with their names."""
    left = [f"“{phrase.text}”" for phrase in ordered[unplaced:]]
    more = f" and {len(left) - _NAMED} more" if len(left) > _NAMED else ""
    hint = "Choose a larger paper, shorten the longest answers, or leave out the rarest: at_least."
    if engine != EXACT:
        hint = f"Use --engine {EXACT}, which finds room where this one does not."
    return failure(
        "cloud-too-full",
        position,
        f"Not all {len(ordered)} phrases can be read on {width:g} × {height:g} mm: there is no "
        f"room for {', '.join(left[:_NAMED])}{more}.",
        hint,
    )
