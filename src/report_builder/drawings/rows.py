"""Pictures in rows, each as high as fits the shapes of its pictures, so that none is cropped."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from report_builder.content.text import Text
from report_builder.drawings.pictures import UnusablePictureError, ratio_of
from report_builder.templating.functions import TemplateFault
from report_builder.templating.resources import NotAllowedError, Resources

_USUAL = 1.5  # the ratio of what cannot be read, which is named where it is drawn
_LETTERS = 13  # of a caption that a column has room for, so that few words are divided
_FEW_LINES, _MOST_LINES = 4, 14  # of a caption; a picture with a longer one has a row for itself
# What weighs against a row, beside its height: (log of it by the target) squared, each picture.
_SMALLER = 1.5  # times that, where the pictures are smaller than they should be
_UNFILLED = (0.6, 3)  # and so many times the share of the width that is left white
_NARROW = 0.3  # for each picture narrower than its caption
_LONG = 0.1  # for each line of captions beyond a few
_PARTED = 0.2  # for parting two portraits
_BESIDE_PANORAMA, _PANORAMA = 0.5, 2.2  # for not leaving one alone; its width by its height
_NEVER = 1e6
_MOST = 500  # pictures that one call puts into rows


def picture_ratio(file: object, *, resources: Resources, language: str) -> float:  # noqa: ARG001  # as all drawings are called
    """Return the width of an event's picture by its height as it stands upright."""
    if not isinstance(file, str):
        raise TemplateFault("“picture_ratio” takes the name of a picture's file")
    try:
        return ratio_of(resources.path_of(file))
    except NotAllowedError as reason:
        raise TemplateFault(f"“picture_ratio” finds no picture: {reason}") from None
    except (UnusablePictureError, OSError):
        return _USUAL


def picture_rows(
    pictures: object,
    width: object,
    gap: object = 4,
    *,
    target: object = 54,
    highest: object = 84,
    letter: object = 2.2,
    most: object = 4,
    resources: Resources,
    language: str,
) -> tuple[dict[str, Any], ...]:
    """Return an event's pictures in rows, all in millimetres, for a template to set.

    Each row has its ``height`` and its ``pictures``; each of these its ``picture``, its ``width``
    and the width of its ``column``. The columns fill ``width`` with gaps between, unless the row
    would be higher than ``highest``. ``letter`` is how wide a letter of a caption is.
    """
    if not isinstance(pictures, list | tuple) or len(pictures) > _MOST:
        raise TemplateFault(f"“picture_rows” takes a list of up to {_MOST} pictures")
    rows = Rows(
        _number("width", width, 1),
        _number("gap", gap),
        _number("target", target, 1),
        _number("highest", highest, 1),
        _number("letter", letter),
        int(_number("most", most, 1)),
    )
    shapes = [_shape(one, rows.letter, resources, language) for one in pictures]
    placed = iter(pictures)
    return tuple(
        {
            "height": row.height,
            "pictures": tuple(
                {"picture": next(placed), "width": wide, "column": column}
                for wide, column in zip(row.widths, row.columns, strict=True)
            ),
        }
        for row in rows.best(shapes)
    )


def _number(name: str, value: object, least: float = 0) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= 5000:
        return float(value)
    raise TemplateFault(f"“{name}” of “picture_rows” is a number from {least:g} to 5000")


def _shape(picture: object, letter: float, resources: Resources, language: str) -> Shape:
    if not isinstance(picture, dict) or "file" not in picture:
        raise TemplateFault("“picture_rows” takes pictures, each with its file")
    ratio = picture_ratio(picture["file"], resources=resources, language=language)
    said = (picture.get("caption") or "", picture.get("credit") or "")
    letters = sum(len(one.plain if isinstance(one, Text) else str(one)) for one in said)
    return Shape(ratio, letters * letter)


@dataclass(frozen=True)
class Shape:
    """A picture's width by its height, and how long its caption would be on one line."""

    ratio: float
    caption: float = 0


@dataclass(frozen=True)
class Row:
    """The height of a row's pictures, the width of each, and of the column that it stands in."""

    height: float
    widths: tuple[float, ...]
    columns: tuple[float, ...]
    cost: float


@dataclass(frozen=True)
class Rows:
    """What rows are to be like."""

    width: float
    gap: float = 4
    target: float = 54
    highest: float = 84
    letter: float = 2.2
    most: int = 4

    def best(self, shapes: Sequence[Shape]) -> list[Row]:
        """Return the partition of pictures, in their order, whose rows cost least together."""
        known: list[tuple[float, list[Row]]] = [(0, [])]
        for end in range(1, len(shapes) + 1):
            tried = []
            for start in range(max(end - self.most, 0), end):
                row = self._row(shapes[start:end])
                parted = start and shapes[start - 1].ratio < 1 and shapes[start].ratio < 1
                cost = known[start][0] + row.cost + (_PARTED if parted else 0)
                tried.append((cost, start, row))
            # Of partitions that are as good, the one whose last row is the shortest.
            cost, start, row = min(tried, key=lambda one: (round(one[0], 6), -one[1]))
            known.append((cost, [*known[start][1], row]))
        return known[-1][1]

    def _row(self, shapes: Sequence[Shape]) -> Row:
        """Return the row that some pictures make, as wide as it may be without being too high."""
        room = self.width - self.gap * (len(shapes) - 1)
        needed = self.letter * _LETTERS if len(shapes) > 1 else 0  # alone, it has the whole row
        least = [min(shape.caption, needed) for shape in shapes]
        full = _height(room, shapes, least)
        height = min(full, self.highest)
        widths = tuple(height * shape.ratio for shape in shapes)
        columns = tuple(map(max, widths, least))
        cost = len(shapes) * math.log(max(full, 1) / self.target) ** 2
        cost *= _SMALLER if full < self.target else 1
        if full > self.highest:
            cost += _UNFILLED[0] + _UNFILLED[1] * max(1 - sum(columns) / room, 0)
        if len(shapes) > 1:
            narrow = sum(wide < column for wide, column in zip(widths, columns, strict=True))
            lines = max(s.caption / column for s, column in zip(shapes, columns, strict=True))
            cost += _NARROW * narrow + _LONG * max(lines - _FEW_LINES, 0)
            cost += _BESIDE_PANORAMA * any(shape.ratio >= _PANORAMA for shape in shapes)
            if full <= 0 or lines > _MOST_LINES:
                cost += _NEVER
        return Row(height, widths, columns, cost)


def _height(room: float, shapes: Sequence[Shape], least: Sequence[float]) -> float:
    """Return how high pictures are whose columns fill some room; 0 where it is too narrow."""
    narrow: set[int] = set()  # the columns that their captions make wider than their pictures
    while True:
        left = room - sum(least[number] for number in narrow)
        ratios = sum(shape.ratio for n, shape in enumerate(shapes) if n not in narrow)
        if left <= 0 or not ratios:
            return 0
        height = left / ratios
        found = {n for n, shape in enumerate(shapes) if height * shape.ratio < least[n]}
        if found <= narrow:
            return height
        narrow |= found
