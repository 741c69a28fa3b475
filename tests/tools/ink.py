"""A cloud drawn again from its fonts' outlines, pixel by pixel, to see what its letters cover."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from fontTools.pens.recordingPen import DecomposingRecordingPen
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw

from report_builder.drawings.cloud.layout import Cloud, Placed
from report_builder.drawings.glyphs import font_of

_STEPS = 8  # straight lines that stand for a curve


@dataclass(frozen=True)
class Ink:
    """What a cloud's letters cover: the share of the sheet, and whose meet or lie off it."""

    share: float
    overlaps: list[tuple[str, str]]
    outside: list[str]


def ink_of(cloud: Cloud, per_mm: float = 3) -> Ink:
    """Draw a cloud's letters, so many pixels to a millimetre, and see what they cover."""
    border = 40  # pixels around the sheet, to see what lies off it
    width, height = (round(side * per_mm) + 2 * border for side in (cloud.width, cloud.height))
    owners = np.full((height, width), -1, np.int32)
    overlaps, outside = set(), []
    for number, placed in enumerate(cloud.placed):
        drawn, left, top = _drawn(placed, per_mm, border)
        bottom, right = top + drawn.shape[0], left + drawn.shape[1]
        if min(left, top, width - right, height - bottom) < border - 3:
            outside.append(placed.phrase.text)
        here = owners[max(top, 0) : bottom, max(left, 0) : right]
        drawn = drawn[max(-top, 0) :, max(-left, 0) :][: here.shape[0], : here.shape[1]]
        for other in np.unique(here[drawn]):
            if other >= 0:
                overlaps.add((cloud.placed[other].phrase.text, placed.phrase.text))
        here[drawn] = number
    share = (owners >= 0).sum() / (cloud.width * cloud.height * per_mm**2)
    return Ink(float(share), sorted(overlaps), outside)


def _drawn(placed: Placed, per_mm: float, border: int) -> tuple[NDArray[np.bool_], int, int]:
    """Return a phrase's pixels, and where their left and top are."""
    lines = [contour * per_mm + border - 0.5 for contour in contours(placed)]
    left, top = (int(edge) - 1 for edge in np.concatenate(lines).min(axis=0))
    right, bottom = (int(edge) + 2 for edge in np.concatenate(lines).max(axis=0))
    image = Image.new("1", (right - left, bottom - top))
    for line in lines:
        x, y = (int(edge) for edge in line.min(axis=0))
        size = tuple(int(edge) + 2 for edge in line.max(axis=0) - (x, y))
        one = Image.new("1", size)
        ImageDraw.Draw(one).polygon((line - (x, y)).ravel().tolist(), fill=1)
        box = (x - left, y - top, x - left + size[0], y - top + size[1])
        image.paste(ImageChops.logical_xor(image.crop(box), one), box)
    return np.asarray(image), left, top


def contours(placed: Placed) -> Iterator[NDArray[np.float64]]:
    """Yield each closed line of a phrase's letters, point by point in millimetres."""
    for line in placed.lines:
        for run in line.runs:
            for glyph in run.glyphs:
                x = line.x + (run.left + glyph.left) * placed.size
                y = line.y - glyph.up * placed.size
                for contour in _outline(run.family, run.weight, glyph.number):
                    yield contour * placed.size + (x, y)


@cache
def _outline(family: str, weight: int, number: int) -> list[NDArray[np.float64]]:
    """Return the closed lines of a letter, in ems to the right and down."""
    font, pen = font_of(family, weight), DecomposingRecordingPen({})
    font.draw_glyph_with_pen(number, pen)
    return [np.array(contour) * (1, -1) / font.face.upem for contour in _closed(pen.value)]


def _closed(recorded: list[tuple[str, tuple[tuple[float, float], ...]]]) -> Iterator[list]:  # type: ignore[type-arg]
    contour: list[tuple[float, float]] = []
    for kind, points in recorded:
        if kind == "moveTo":
            contour = [points[0]]
        elif kind == "lineTo":
            contour.append(points[0])
        elif kind in ("closePath", "endPath"):
            yield contour
        else:
            controls = [contour[-1], *points]
            contour += [_curve(controls, step / _STEPS) for step in range(1, _STEPS + 1)]


def _curve(controls: list[tuple[float, float]], share: float) -> tuple[float, float]:
    """Return a point of a Bézier curve of degree two or three, by its polynomial."""
    degree = len(controls) - 1
    weights = {2: (1, 2, 1), 3: (1, 3, 3, 1)}[degree]
    terms = [weight * share**n * (1 - share) ** (degree - n) for n, weight in enumerate(weights)]
    return (
        sum(t * x for t, (x, _) in zip(terms, controls, strict=True)),
        sum(t * y for t, (_, y) in zip(terms, controls, strict=True)),
    )
