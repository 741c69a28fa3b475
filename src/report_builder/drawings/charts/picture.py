"""Charts as pictures, their words as outlines: for files whose tables cannot hold bars."""

from __future__ import annotations

from report_builder.drawings.charts.figures import Figures, as_chart, check_size, figures_of
from report_builder.drawings.charts.lines import Lines
from report_builder.drawings.charts.looks import WHITE
from report_builder.drawings.charts.measuring import Type
from report_builder.drawings.charts.sheet import Sheet
from report_builder.html.emoji import blotted, emoji_in
from report_builder.templating.fonts import best_family
from report_builder.templating.resources import Drawing, Resources, check_side, drawing_of

_POINTS = 12
_MISSING = "–"
_BAR, _THIN, _PIECE = 1.15, 0.95, 1.7  # ems: a bar, one of a group, a part of a whole
_HIGH = 45.0  # millimetres of the drawing of lines


def draw_chart(
    section: object,
    width: float,
    size: float = _POINTS,
    missing: str = _MISSING,
    *,
    resources: Resources,
    language: str,
) -> Drawing:
    """Return the drawing of a section's chart, ``width`` millimetres wide.

    ``size`` is that of its words in points; ``missing`` is said where there is no number.
    """
    chart = as_chart(section, "draw_chart")
    check_side(width)
    check_size(size, "draw_chart")
    language = chart.language or language
    theme = resources.theme
    families, colours = tuple(theme.font_families), theme.colours
    said = repr(chart.model_dump(exclude={"intro", "closing", "source"}))

    def draw() -> bytes:
        names = (*chart.labels, *(s.name for s in chart.series), chart.unit or "", str(missing))
        words = "".join(names)
        first = best_family(blotted(words, emoji_in(words)), families)
        ordered = (first, *(family for family in families if family != first))
        of_type = Type(ordered, size)
        figures = figures_of(chart, width, of_type, colours, str(missing), language)
        sheet = Sheet(width, of_type, colours["ink"], is_mirrored=figures.is_mirrored)
        _draw(figures, sheet)
        return sheet.svg(str(chart.caption or chart.title or "Chart"), language)

    return drawing_of("chart", (said, width, size, colours, families, missing, language), draw)


def draw_lines(
    section: object,
    width: float,
    height: float = _HIGH,
    *,
    resources: Resources,
    language: str,
) -> Drawing:
    """Return the lines of a chart through time, each point above the middle of its column."""
    chart = as_chart(section, "draw_lines")
    language = chart.language or language
    check_side(width)
    check_side(height)
    theme = resources.theme
    families, colours = tuple(theme.font_families), theme.colours
    said = repr([series.values for series in chart.series])

    def draw() -> bytes:
        of_type = Type(families, _POINTS)
        figures = figures_of(chart, width, of_type, colours, _MISSING, language)
        sheet = Sheet(width, of_type, colours["ink"], is_mirrored=figures.is_mirrored)
        Lines(figures, sheet, colours["line"]).draw(0, width, height)
        return sheet.svg(str(chart.caption or chart.title or "Chart"), language)

    return drawing_of("lines", (said, width, height, colours, chart.newest, language), draw)


def _draw(figures: Figures, sheet: Sheet) -> None:
    if figures.form in ("line", "turned"):
        _draw_line(figures, sheet)
    elif figures.form == "stack":
        _draw_key(figures, sheet, 0)
        _draw_stack(figures, sheet)
    else:
        if len(figures.series) > 1:
            _draw_key(figures, sheet, 0)
        _draw_bars(figures, sheet)


def _draw_key(figures: Figures, sheet: Sheet, left: float) -> None:
    """Draw which look stands for what."""
    em = sheet.words.em
    x = left
    for series in figures.series:
        wide = em * 1.6 + sheet.words.width(series.name, is_bold=False) + em * 1.5
        if x > left and x + wide > sheet.width:
            x = left
            sheet.y += em * 1.35
        sheet.box(x, sheet.y + em * 0.1, em, em, series.look.colour)
        sheet.text(series.name, x + em * 1.5, sheet.y + em * 0.95)
        x += wide
    sheet.y += em * 2


def _draw_bars(figures: Figures, sheet: Sheet) -> None:
    em, group = sheet.words.em, len(figures.series) > 1
    high = em * (_THIN if group else _BAR)
    left = sheet.width * figures.names / 100
    # Names of series stand in the key: their room in the table is left to the bars.
    room = sheet.width - left
    shrunk = (100 - figures.names - figures.among) / (100 - figures.names)
    zero = left + room * figures.zero / 100 * shrunk
    top = sheet.y
    for row in figures.rows:
        lines = sheet.lines(row.label, left - em)
        height = max(high * len(row.bars), len(lines) * em * 1.25)
        sheet.label(lines, sheet.y, height)
        y = sheet.y + (height - high * len(row.bars)) / 2
        for series, bar in zip(figures.series, row.bars, strict=True):
            x, long = left + room * bar.start / 100 * shrunk, room * bar.length / 100 * shrunk
            if bar.length:
                sheet.box(x, y, long, high * 0.92, series.look.colour)
            middle = y + high * 0.46 + em * 0.34
            if bar.is_negative:
                sheet.text(bar.text, x - em * 0.35, middle, is_end=True, is_bold=series.is_newest)
            else:
                sheet.text(bar.text, x + long + em * 0.35, middle, is_bold=series.is_newest)
            y += high
        sheet.y += height + em * (0.9 if group else 0.55)
    sheet.rule(zero, top - em * 0.2, zero, sheet.y - em * 0.3)


def _draw_stack(figures: Figures, sheet: Sheet) -> None:
    em = sheet.words.em
    left = sheet.width * figures.names / 100
    room = sheet.width - left
    for row in figures.rows:
        lines = sheet.lines(row.label, left - em)
        above = em * 1.3 if figures.has_above else 0
        height = max(em * _PIECE, len(lines) * em * 1.25 - above)
        sheet.label(lines, sheet.y + above, height)
        y = sheet.y + above + (height - em * _PIECE) / 2
        for series, bar in zip(figures.series, row.bars, strict=True):
            x, long = left + room * bar.start / 100, room * bar.length / 100
            if bar.length:
                sheet.box(x, y, long, em * _PIECE, series.look.colour)
            if bar.is_above:
                sheet.text(bar.text, x + bar.shift, y - em * 0.3)
            else:
                colour = WHITE if series.look.is_dark else ""
                wide = sheet.words.width(bar.text, is_bold=False)
                base = y + em * (_PIECE / 2 + 0.34)
                sheet.text(bar.text, x + (long - wide) / 2, base, colour=colour)
        sheet.y += above + height + em * 0.6


def _draw_line(figures: Figures, sheet: Sheet) -> None:
    """Draw lines with their dates below and their numbers at the first and the last point."""
    em = sheet.words.em
    lines = Lines(figures, sheet, figures.series[0].look.colour)
    if len(figures.series) > 1:
        lines.draw_key()
    room = max(sheet.words.width(bar.text) for row in figures.rows for bar in row.bars) + em
    lines.draw(room, sheet.width - 2 * room, _HIGH, is_numbered=True)
    wide = max(sheet.words.width(row.label) for row in figures.rows) + em
    every = max(1, -(-int(wide * len(figures.rows)) // int(sheet.width - 2 * room)))
    for number, row in enumerate(figures.rows):
        if number % every == 0:
            x = room + (number + 0.5) / len(figures.rows) * (sheet.width - 2 * room)
            shift = sheet.words.width(row.label, is_bold=False) / 2
            sheet.text(row.label, x - shift, sheet.y + em * 1.2)
    sheet.y += em * 1.6
