"""The lines of a chart through time: a point for each number, a gap where there is none."""

from __future__ import annotations

from collections.abc import Iterator

from report_builder.drawings.charts.figures import Figures
from report_builder.drawings.charts.looks import WHITE
from report_builder.drawings.charts.sheet import Sheet

Points = list[tuple[float, float] | None]
"""Where the points of a line are; nothing where there is no number."""

_WIDE, _WIDEST = 0.7, 1.0  # mm of a line, and of the one that matters most
_DASHES = ("", "2.4 1.2", "0.9 0.9", "4 1 0.9 1", "5 1.6", "1.6 2.2")
_POINT = 1.3  # mm
_MOST_POINTS = 15  # on a line; more would be taken for the line itself
_MARGIN = 3.0  # mm above the highest point, and below the lowest


class Lines:
    """Lines on a sheet; ``grid`` is the colour of what leads down to each column."""

    def __init__(self, figures: Figures, sheet: Sheet, grid: str) -> None:
        self.figures, self.sheet, self.grid = figures, sheet, grid

    def draw(self, left: float, width: float, height: float, *, is_numbered: bool = False) -> None:
        """Draw them below what stands on the sheet."""
        rows, sheet = self.figures.rows, self.sheet
        values = [bar.value for row in rows for bar in row.bars if bar.value is not None]
        highest, lowest = max(*values, 0), min(*values, 0)
        top, foot = sheet.y + _MARGIN, sheet.y + height
        foot -= _MARGIN if lowest < 0 else 0
        scale = (foot - top) / (highest - lowest or 1)
        zero = top + highest * scale
        places = [left + (number + 0.5) / len(rows) * width for number in range(len(rows))]
        for x in places if not is_numbered else ():
            sheet.rule(x, top, x, sheet.y + height, self.grid)
        sheet.rule(left, zero, left + width, zero)
        numbers = sorted(range(len(self.figures.series)), key=self._is_newest)
        drawn: dict[int, Points] = {}
        for number in numbers:
            points = [
                None if (value := row.bars[number].value) is None else (x, zero - value * scale)
                for x, row in zip(places, rows, strict=True)
            ]
            self._line(number, points)
            drawn[number] = points
        if is_numbered:
            self._ends(drawn)
        sheet.y += height

    def draw_key(self) -> None:
        """Draw which line stands for what."""
        sheet, em, x = self.sheet, self.sheet.words.em, _POINT * 1.5
        for number, series in enumerate(self.figures.series):
            wide = em * 3.2 + sheet.words.width(series.name, is_bold=False) + em * 1.5
            if x > em and x + wide > sheet.width:
                x = _POINT * 1.5
                sheet.y += em * 1.4
            middle = sheet.y + em * 0.6
            self._line(number, [(x, middle), (x + em * 1.2, middle), (x + em * 2.4, middle)])
            sheet.text(series.name, x + em * 3, sheet.y + em * 0.95)
            x += wide
        sheet.y += em * 2

    def _is_newest(self, number: int) -> bool:
        return self.figures.series[number].is_newest

    def _line(self, number: int, points: Points) -> None:
        sheet, series = self.sheet, self.figures.series[number]
        colour, wide = series.look.colour, _WIDEST if series.is_newest else _WIDE
        place = 0 if series.is_newest else number + (not self._newest_before(number))
        dash = f' stroke-dasharray="{_DASHES[place]}"' if _DASHES[place] else ""
        for run in _runs(points):
            path = "L".join(f"{sheet.side(x):.3f} {y:.3f}" for x, y in run)
            sheet.shapes.append(
                f'<path fill="none" stroke="{colour}" stroke-width="{wide}"{dash}'
                f' stroke-linejoin="round" d="M{path}"/>'
            )
        fill = colour if series.is_newest else WHITE
        known = [point for point in points if point]
        if len(points) > _MOST_POINTS:
            known = [known[0], known[-1]] if known else []
        for x, y in known:
            sheet.shapes.append(
                f'<circle cx="{sheet.side(x):.3f}" cy="{y:.3f}" r="{_POINT}" fill="{fill}"'
                f' stroke="{colour}" stroke-width=".5"/>'
            )

    def _newest_before(self, number: int) -> bool:
        return any(series.is_newest for series in self.figures.series[:number])

    def _ends(self, drawn: dict[int, Points]) -> None:
        """Write the first and the last numbers beside their points, none upon another."""
        sheet, em = self.sheet, self.sheet.words.em
        for is_first in (True, False):
            found = []
            for number, points in drawn.items():
                known = [place for place, point in enumerate(points) if point]
                if known and (len(known) > 1 or not is_first):
                    place = known[0] if is_first else known[-1]
                    x, y = points[place] or (0.0, 0.0)
                    found.append((y, x, place, number))
            free = float("-inf")
            for y, x, place, number in sorted(found):
                free = max(y, free + em * 1.15)
                text = self.figures.rows[place].bars[number].text
                side = x - em * 0.6 if is_first else x + em * 0.6
                is_bold = self._is_newest(number)
                sheet.text(text, side, free + em * 0.34, is_end=is_first, is_bold=is_bold)


def _runs(
    points: Points,
) -> Iterator[list[tuple[float, float]]]:
    """Yield points that follow each other without a gap."""
    run: list[tuple[float, float]] = []
    for point in [*points, None]:
        if point:
            run.append(point)
            continue
        if len(run) > 1:
            yield run
        run = []
