"""How much room a phrase takes: the bands of its letters, in ems, on one line or on several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from fontTools.pens.recordingPen import DecomposingRecordingPen
from numpy.typing import NDArray

from report_builder.drawings.glyphs import Run, font_of, set_line

WEIGHT = 700
BESIDE, ABOVE = 0.18, 0.09
"""What is kept free around letters, in ems: with less, neighbours read as one phrase."""

BETWEEN = 0.1
"""Between two lines of a phrase, in ems: less than between phrases, so that it reads as one."""

_LONG, _MOST_LINES = 16, 4  # letters for each further line, and how many lines there may be
_USUAL_HEIGHT = 0.6  # ems, of letters in a font that has no Latin ones
_STEPS = 6  # straight lines that stand for a curve
_TOP, _BOTTOM = -9.0, 9.0  # beyond every letter

Span = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Band:
    """A strip of a phrase, y downwards from the first baseline, and the spans of ink in it."""

    top: float
    bottom: float
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a phrase: its runs, and where its pen starts in ems from the first one's.

    ``before_space`` is whether a space parts it from the next one.
    """

    runs: tuple[Run, ...]
    x: float
    y: float
    before_space: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """A phrase set in lines, the bands of its ink with the room around it, and the ink's box."""

    lines: tuple[Line, ...]
    bands: tuple[Band, ...]
    ink: Box

    @property
    def box(self) -> Box:
        """The left, top, right and bottom of the room that it takes."""
        return (
            min(band.spans[0][0] for band in self.bands),
            min(band.top for band in self.bands),
            max(band.spans[-1][1] for band in self.bands),
            max(band.bottom for band in self.bands),
        )

    @property
    def highest(self) -> float:
        """How high the highest of its bands is, in ems."""
        return max(band.bottom - band.top for band in self.bands)

    @property
    def area(self) -> float:
        """The room that it takes, in square ems."""
        return sum((b.bottom - b.top) * sum(r - left for left, r in b.spans) for b in self.bands)


@lru_cache(maxsize=4096)
def shapes_of(text: str, families: Sequence[str]) -> tuple[Shape, ...]:
    """Return a phrase on one line and, where it has several words, on two or more.

    There is none where nothing of the phrase can be seen.
    """
    if not text.strip():
        return ()
    wraps = [
        [(set_line(line.rstrip(), families, WEIGHT), line.endswith(" ")) for line in lines]
        for lines in _wraps(text)
    ]
    return tuple(_stacked(wrap) for wrap in wraps if all(_bands(runs) for runs, _ in wrap))


def cap_height(shape: Shape) -> float:
    """Return how high a capital of a phrase's font is, in ems."""
    return _height("H", shape.lines[0].runs[0].family)


def _wraps(text: str) -> list[tuple[str, ...]]:
    """Return a text on one line, on two, and where it is long on three or four, of like lengths.

    A line may end at a space, which is left out, and in a long word after a hyphen or a slash.
    """
    parts = [part for word in text.split() for part in _parts(word)]
    parts[-1] = parts[-1].rstrip()
    most = min(len(parts), max(2, min(1 + len(text) // _LONG, _MOST_LINES)))
    return [_broken(parts, number) for number in range(1, most + 1)]


def _parts(word: str) -> list[str]:
    """Return the parts of a word between which a line may end; a space follows the last."""
    return re.findall(r"[^/-]*[/-]+|[^/-]+$", f"{word} ") if len(word) > _LONG else [f"{word} "]


def _broken(parts: Sequence[str], number: int) -> tuple[str, ...]:
    """Return parts in so many lines, or fewer, the longest as short as can be."""
    widths = range(max(map(len, parts)), len("".join(parts)) + 1) if number > 1 else (10**9,)
    broken = (_filled(parts, width) for width in widths)
    return next(lines for lines in broken if len(lines) <= number)


def _filled(parts: Sequence[str], width: int) -> tuple[str, ...]:
    """Return parts in lines of at most so many letters, each as full as can be."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(part.rstrip()) <= width:
            lines[-1] += part
        else:
            lines.append(part)
    return tuple(lines)


def _stacked(lines: Sequence[tuple[tuple[Run, ...], bool]]) -> Shape:
    """Return lines one below the other, centred."""
    placed, bands, inks = [], [], []
    first = _extent(lines[0][0])
    leading = max((_apart(one, other) for (one, _), (other, _) in pairwise(lines)), default=0.0)
    for number, (runs, before_space) in enumerate(lines):
        across, down = (sum(first) - sum(_extent(runs))) / 2, number * leading
        placed.append(Line(runs, across, down, before_space))
        for band in _bands(runs):
            spans = tuple((a + across - BESIDE, b + across + BESIDE) for a, b in band.spans)
            bands.append(Band(band.top + down - ABOVE, band.bottom + down + ABOVE, spans))
            left, right = band.spans[0][0] + across, band.spans[-1][1] + across
            inks.append((left, band.top + down, right, band.bottom + down))
    lefts, tops, rights, bottoms = zip(*inks, strict=True)
    return Shape(tuple(placed), tuple(bands), (min(lefts), min(tops), max(rights), max(bottoms)))


def _apart(above: tuple[Run, ...], below: tuple[Run, ...]) -> float:
    """Return how far below another line's baseline a line's may stand, in ems."""
    return _bands(above)[-1].bottom + BETWEEN - _bands(below)[0].top


def _extent(runs: tuple[Run, ...]) -> Span:
    bands = _bands(runs)
    return min(b.spans[0][0] for b in bands), max(b.spans[-1][1] for b in bands)


@lru_cache(maxsize=8192)
def _bands(runs: tuple[Run, ...]) -> tuple[Band, ...]:
    """Return the bands of a line: above the small letters, beside them, and below them."""
    found: list[list[Box]] = [[] for _ in _edges(runs[0].family)[1:]] if runs else []
    for run in runs:
        for glyph in run.glyphs:
            for boxes, ink in zip(found, _glyph(glyph.number, run.family), strict=True):
                if ink:
                    x, up = run.left + glyph.left, glyph.up
                    boxes.append((ink[0] + x, ink[1] - up, ink[2] + x, ink[3] - up))
    return tuple(
        Band(
            min(top for _, top, _, _ in boxes),
            max(bottom for _, _, _, bottom in boxes),
            _joined(sorted((left, right) for left, _, right, _ in boxes)),
        )
        for boxes in found
        if boxes
    )


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return spans of which those are one that leave no room for another phrase between them."""
    joined = [spans[0]]
    for left, right in spans[1:]:
        if left - joined[-1][1] <= 2 * BESIDE:
            joined[-1] = (joined[-1][0], max(right, joined[-1][1]))
        else:
            joined.append((left, right))
    return tuple(joined)


@lru_cache
def _edges(family: str) -> tuple[float, ...]:
    """Return where bands begin and end, in ems below the baseline."""
    return (_TOP, -_height("x", family) - 0.03, 0.03, _BOTTOM)


def _height(letter: str, family: str) -> float:
    """Return how high a Latin letter stands above the line, in ems; all fonts of ours have some."""
    number = font_of(family, WEIGHT).get_nominal_glyph(ord(letter))
    ink = _ink(_segments(number or 0, family), _TOP, _BOTTOM)
    return -ink[1] if ink else _USUAL_HEIGHT


@lru_cache(maxsize=8192)
def _glyph(number: int, family: str) -> tuple[Box | None, ...]:
    """Return a glyph's ink in each band: left, top, right and bottom in ems from its origin."""
    edges = _edges(family)
    segments = _segments(number, family)
    return tuple(_ink(segments, top, bottom) for top, bottom in pairwise(edges))


def _ink(segments: NDArray[np.float64], top: float, bottom: float) -> Box | None:
    """Return the box of what straight lines have between two heights."""
    ys = segments[:, 1::2]
    segments = segments[(ys.max(axis=1) > top) & (ys.min(axis=1) < bottom)]
    if not segments.size:
        return None
    (xs, ys) = segments[:, ::2], segments[:, 1::2]
    cut = ys.clip(top, bottom)
    rise = ys[:, 1] - ys[:, 0]
    slope = np.divide(xs[:, 1] - xs[:, 0], rise, out=np.zeros_like(rise), where=rise != 0)
    xs = xs + (cut - ys) * slope[:, None]
    return float(xs.min()), float(cut.min()), float(xs.max()), float(cut.max())


@lru_cache(maxsize=8192)
def _segments(number: int, family: str) -> NDArray[np.float64]:
    """Return a glyph's outline as straight lines: rows of x, y, x, y in ems, y downwards."""
    font = font_of(family, WEIGHT)
    pen = DecomposingRecordingPen({})
    font.draw_glyph_with_pen(number, pen)
    found = []
    start = here = (0.0, 0.0)
    for kind, points in pen.value:
        if kind == "moveTo":
            start = here = points[0]
        elif kind in ("lineTo", "closePath", "endPath"):
            there = points[0] if points else start
            found.append((*here, *there))
            here = there
        else:
            controls = [here, *points]
            for step in range(1, _STEPS + 1):
                there = _on_curve(controls, step / _STEPS)
                found.append((*here, *there))
                here = there
    scale = 1 / font.face.upem
    lines: NDArray[np.float64] = np.array(found, float).reshape(-1, 4)
    return np.asarray(lines * np.array((scale, -scale, scale, -scale)))


def _on_curve(controls: Sequence[Span], share: float) -> Span:
    """Return a point of a Bézier curve, by de Casteljau's construction."""
    points = list(controls)
    while len(points) > 1:
        points = [
            (ax + share * (bx - ax), ay + share * (by - ay))
            for (ax, ay), (bx, by) in pairwise(points)
        ]
    return points[0]
