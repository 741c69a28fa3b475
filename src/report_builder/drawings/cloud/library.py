"""The wordcloud package as an engine: its look, with what it finds verified and made exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PIL import ImageFont

from report_builder.content.wordclouds import import_wordcloud
from report_builder.drawings.cloud.fit import LEAST_EM, Area, Fit, Item, Place
from report_builder.drawings.cloud.overlaps import overlapping
from report_builder.drawings.cloud.shapes import WEIGHT
from report_builder.templating.fonts import font_file

# wordcloud searches a grid of pixels: this many along the longer side place a hundred phrases
# in seconds, and are fine enough that sizes made exact again stay inside the gaps.
_GRID = 800
# Between neighbours, in ems of the largest phrase. wordcloud rounds letters to pixels, so a gap
# may come out smaller than asked for: the next is tried until no two phrases are too close.
_GAPS = (0.3, 0.45, 0.7, 1.0)
_SEEDS = range(8)  # wordcloud takes a free place by lot: the lot that allows the largest wins

Corners = list[tuple[int, int]]


def fit(items: Sequence[Item], area: Area) -> Fit:
    """Return a place for each item, all on one line, as wordcloud finds them.

    wordcloud shrinks what does not fit and drops what fits nowhere, both silently: a layout
    counts only if every phrase is there, at exactly its size, apart from all others.
    """
    families = Counter(r.family for i in items for r in i.shapes[0].lines[0].runs)
    font = str(font_file(families.most_common(1)[0][0], WEIGHT))
    for gap in _GAPS:
        found = _fit_with(gap, items, area, font)
        shapes = [
            (place.shape, found.scale * item.ratio, place.x, place.y)
            for item, place in zip(items, found.places, strict=False)
        ]
        if found.places and not overlapping(shapes):
            return found
    return Fit(LEAST_EM, unplaced=len(items) - 1)


def _fit_with(gap: float, items: Sequence[Item], area: Area, font: str) -> Fit:
    per_mm = _GRID / max(area.width, area.height)
    columns, rows = int(area.width * per_mm), int(area.height * per_mm)
    taken = area.mask.taken(columns, rows) if area.mask else None
    place = partial(_place, items, (columns, rows), taken, font, gap)
    first, *others = _SEEDS
    largest, too_large, corners = max(int(LEAST_EM * per_mm), 1), rows, None
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
        return Fit(LEAST_EM, unplaced=0)
    places = []
    for item, (left, top) in zip(items, corners, strict=True):
        size = largest * item.ratio
        width, height = _ink(item.text, font, max(round(size), 1))
        # wordcloud measures letters rounded to pixels: centre the true outline in its box.
        x_min, y_min, x_max, y_max = (size * edge for edge in item.shapes[0].ink)
        x = left + (width - x_min - x_max) / 2
        y = top + (height - y_min - y_max) / 2
        places.append(Place(item.shapes[0], x / per_mm, y / per_mm))
    return Fit(largest / per_mm, tuple(places))


def _place(
    items: Sequence[Item],
    canvas: tuple[int, int],
    taken: NDArray[np.bool_] | None,
    font: str,
    gap: float,
    largest: int,
    seed: int,
) -> Corners | None:
    """Return the left and top of each phrase's ink, or ``None`` when not all fit at their size."""
    sizes = {item.text: max(round(largest * item.ratio), 1) for item in items}
    if any(_ink(text, font, size)[0] > canvas[0] for text, size in sizes.items()):
        return None
    cloud = import_wordcloud().WordCloud(
        font_path=font,
        width=canvas[0],
        height=canvas[1],
        mask=None if taken is None else np.where(taken.T, 255, 0).astype(np.uint8),
        margin=max(round(gap * largest), 2),
        max_words=len(items),
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
    if len(corners) < len(items):
        return None
    return [corners[item.text] for item in items]


def _ink(text: str, font: str, size: int) -> tuple[float, float]:
    """Return the width and height in pixels that wordcloud gives a phrase."""
    left, top, right, bottom = ImageFont.truetype(font, size).getbbox(text, anchor="lt")
    return right - left, bottom - top
