"""Where each phrase of a word cloud stands, at the size that its count calls for."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from report_builder.content.responses import Phrase
from report_builder.problems import Position, failure
from report_builder.templating.fonts import best_family, static_font_file
from report_builder.writers.poster.glyphs import baseline, bounds

WEIGHT = 700
# wordcloud searches a grid of pixels: this many along the longer side place a hundred phrases
# in seconds, and are fine enough that sizes made exact again stay inside the gaps.
_GRID = 800
# Between neighbours, in ems of the largest phrase. wordcloud rounds letters to pixels, so a gap
# may come out smaller than asked for: the next is tried until two phrases never read as one.
_GAPS = (0.3, 0.45, 0.7, 1.0)
_LEAST_GAP = 0.2
_SMALLEST = 1  # millimetres of the largest phrase's em, below which a cloud cannot be read
_SEEDS = range(8)  # wordcloud takes a free place by lot: the lot that allows the largest wins


@dataclass(frozen=True, slots=True)
class Placed:
    """A phrase in the cloud, in millimetres: its em, its baseline's start and its middle."""

    phrase: Phrase
    size: float
    x: float
    y: float
    middle_x: float
    middle_y: float
    colour: str


@dataclass(frozen=True, slots=True)
class Cloud:
    """A word cloud: its sheet in millimetres, its font, and its phrases, most frequent first."""

    width: float
    height: float
    family: str
    placed: tuple[Placed, ...]

    @property
    def ascent(self) -> float:
        """How far below the top of a line of its own height the baseline stands, in ems."""
        return baseline(self.family, WEIGHT)

    @property
    def is_flat(self) -> bool:
        """Whether every phrase was said equally often, so that all have one size."""
        return len({placed.phrase.count for placed in self.placed}) == 1


def lay_out(
    phrases: Sequence[Phrase],
    width: float,
    height: float,
    families: Sequence[str],
    colours: Sequence[str],
    position: Position,
) -> Cloud:
    """Return the cloud of all phrases on a sheet of this size in millimetres.

    The em of a phrase grows with the square root of its count, so that its area shows how
    many people said it; all phrases are placed, at the largest scale that lets them fit.
    It is set in the first of the families that has every character. ``position`` is that of
    the question, for the problem when they do not fit.
    """
    family = best_family("".join(p.text for p in phrases), families, WEIGHT)
    best = None
    for gap in _GAPS:
        cloud = _lay_out_with(gap, phrases, width, height, family, colours)
        best = cloud or best
        if cloud is None or _nearest_beside(cloud) >= _LEAST_GAP:
            break
    if best is None:
        raise failure(
            "cloud-too-full",
            position,
            f"The cloud's {len(phrases)} phrases do not fit on {width:g} × {height:g} mm.",
            "Choose a larger paper, or shorten the longest answers.",
        )
    return best


def _lay_out_with(
    gap: float,
    phrases: Sequence[Phrase],
    width: float,
    height: float,
    family: str,
    colours: Sequence[str],
) -> Cloud | None:
    """Return the cloud with gaps of so many ems, or ``None`` if the phrases do not fit."""
    scale = _GRID / max(width, height)
    canvas = (round(width * scale), round(height * scale))
    place = partial(_place, phrases, canvas, family, gap)
    first, *others = _SEEDS
    largest, too_large, corners = max(int(_SMALLEST * scale), 1), canvas[1], None
    while too_large - largest > 1:
        middle = (largest + too_large) // 2
        if found := place(middle, first):
            largest, corners = middle, found
        else:
            too_large = middle
    for seed in others if corners else ():
        while found := place(largest + 1, seed):
            largest, corners = largest + 1, found
    if corners is None:
        return None
    placed: list[Placed] = []
    for phrase, (left, top) in zip(phrases, corners, strict=True):
        size = _em(phrase, phrases, largest)
        ink_width, ink_height = _ink(phrase.text, family, max(round(size), 1))
        # wordcloud measures letters rounded to pixels: centre the true outline in its box.
        x_min, y_min, x_max, y_max = (size * edge for edge in bounds(phrase.text, family, WEIGHT))
        x = left + ink_width / 2 - (x_min + x_max) / 2
        y = top + ink_height / 2 + (y_min + y_max) / 2
        middle_x, middle_y = (left + ink_width / 2) / scale, (top + ink_height / 2) / scale
        colour = _farthest(middle_x, middle_y, placed, colours)
        placed.append(
            Placed(phrase, size / scale, x / scale, y / scale, middle_x, middle_y, colour)
        )
    return Cloud(width, height, family, tuple(placed))


def _nearest_beside(cloud: Cloud) -> float:
    """Return the smallest distance between phrases side by side, in ems of the smaller one."""
    boxes = [_ink_box(placed, cloud.family) for placed in cloud.placed]
    nearest = math.inf
    for (one, a), (two, b) in itertools.combinations(zip(cloud.placed, boxes, strict=True), 2):
        em = min(one.size, two.size)
        if min(a[3], b[3]) - max(a[1], b[1]) > em / 4:
            nearest = min(nearest, max(b[0] - a[2], a[0] - b[2]) / em)
    return nearest


def _ink_box(placed: Placed, family: str) -> tuple[float, float, float, float]:
    """Return the left, top, right and bottom of a phrase's outline, in millimetres."""
    left, bottom, right, top = (
        placed.size * edge for edge in bounds(placed.phrase.text, family, WEIGHT)
    )
    return placed.x + left, placed.y - top, placed.x + right, placed.y - bottom


def _farthest(x: float, y: float, placed: Sequence[Placed], colours: Sequence[str]) -> str:
    """Return the colour whose nearest phrase is farthest away, so that neighbours differ.

    Lines of type are far wider than high: a distance across counts for a quarter.
    """

    def distance(colour: str) -> float:
        same = (p for p in placed if p.colour == colour)
        return min((math.hypot((p.middle_x - x) / 4, p.middle_y - y) for p in same), default=1e9)

    return max(colours, key=distance)


def _em(phrase: Phrase, phrases: Sequence[Phrase], largest: float) -> float:
    return largest * math.sqrt(phrase.count / phrases[0].count)


def _place(
    phrases: Sequence[Phrase],
    canvas: tuple[int, int],
    family: str,
    gap: float,
    largest: int,
    seed: int,
) -> list[tuple[int, int]] | None:
    """Return the left and top of each phrase's ink, or ``None`` when not all fit at their size.

    wordcloud shrinks what does not fit and drops what fits nowhere, both silently: a layout
    counts only if every phrase is there at exactly the size that was asked for.
    """
    from wordcloud import WordCloud

    sizes = {p.text: max(round(_em(p, phrases, largest)), 1) for p in phrases}
    if any(_ink(text, family, size)[0] > canvas[0] for text, size in sizes.items()):
        return None
    cloud = WordCloud(
        font_path=str(static_font_file(family, WEIGHT)),
        width=canvas[0],
        height=canvas[1],
        margin=max(round(gap * largest), 2),
        max_words=len(phrases),
        prefer_horizontal=1,
        min_font_size=1,
        max_font_size=largest,
        relative_scaling=1,  # size follows frequency, which is given as the size itself
        random_state=seed,
    )
    try:
        cloud.generate_from_frequencies({text: size / largest for text, size in sizes.items()})
    except ValueError:  # not even the first phrase found room
        return None
    corners = {
        text: (int(column), int(row))
        for (text, _), size, (row, column), _, _ in cloud.layout_
        if size == sizes[text]
    }
    return [corners[p.text] for p in phrases] if len(corners) == len(phrases) else None


def _ink(text: str, family: str, size: int) -> tuple[float, float]:
    """Return the width and height in pixels that wordcloud gives a phrase."""
    from PIL import ImageFont

    font = ImageFont.truetype(str(static_font_file(family, WEIGHT)), size)
    left, top, right, bottom = font.getbbox(text, anchor="lt")
    return right - left, bottom - top
