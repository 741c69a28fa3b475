"""Bar charts as SVG drawings, their words as outlines."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from html import escape

from babel.numbers import format_decimal

from report_builder.content.sections.chart import Chart
from report_builder.drawings.glyphs import outline, set_line
from report_builder.html.emoji import blotted, emoji_in
from report_builder.templating.fonts import best_family
from report_builder.templating.functions import TemplateFault
from report_builder.templating.resources import Drawing, Resources, check_side, drawing_of
from report_builder.templating.words import locale_of

Families = tuple[str, ...]

_EM = 4.3  # millimetres: 12 points, for which all measures are given
_LEADING = 5.4
_BAR = 8
_GAP = 4
_LABELS = 46  # millimetres for the words on the left
_LABEL_CHARACTERS = 22
_POINTS = 12
_SIZES = (6, 72)
_REGULAR, _BOLD = 400, 700


def draw_chart(
    section: object, width: float, size: float = _POINTS, *, resources: Resources, language: str
) -> Drawing:
    """Return the drawing of a section's chart, ``width`` millimetres wide.

    ``size`` is that of its words in points.
    """
    if not isinstance(section, Chart):
        raise TemplateFault("“draw_chart” draws a section “type: chart” of the event")
    check_side(width)
    if not isinstance(size, int | float) or not _SIZES[0] <= size <= _SIZES[1]:
        raise TemplateFault(f"“draw_chart” sets words in {_SIZES[0]} to {_SIZES[1]} points")
    theme = resources.theme
    ink, colours, families = theme.colours["ink"], theme.cloud_colours, theme.font_families
    series = [(one.name, one.values) for one in section.series]
    said = (section.title, section.caption, section.labels, series, section.unit)

    def draw() -> bytes:
        words = "".join([*section.labels, *(s.name for s in section.series), section.unit or ""])
        first = best_family(blotted(words, emoji_in(words)), families)
        ordered = (first, *(family for family in families if family != first))
        return _svg(section, width, size / _POINTS, ordered, ink, colours, language)

    return drawing_of("chart", (said, width, size, ink, colours, families, language), draw)


def _svg(
    section: Chart,
    paper_width: float,
    zoom: float,
    families: Families,
    ink: str,
    colours: Sequence[str],
    language: str,
) -> bytes:
    width = paper_width / zoom  # in the units in which letters have 12 points
    totals = [sum(row) for row in zip(*(series.values for series in section.series), strict=True)]
    locale = locale_of(language)
    ends = [f"{format_decimal(total, locale=locale)}{section.unit or ''}" for total in totals]
    room = max(_width(end, families) for end in ends) + 3
    scale = (width - _LABELS - room) / (max(totals) or 1)
    shapes: list[str] = []
    y = 0.0
    if len(section.series) > 1:
        y = _draw_legend(section, width, families, ink, colours, shapes)
    for index, label in enumerate(section.labels):
        lines = textwrap.wrap(label, _LABEL_CHARACTERS) or [""]
        height = max(_BAR, len(lines) * _LEADING)
        middle = y + height / 2
        first = middle - (len(lines) - 1) * _LEADING / 2 + _EM / 3
        for row, line in enumerate(lines):
            shapes.append(_text(line, families, _REGULAR, 0, first + row * _LEADING, ink))
        x = float(_LABELS)
        for series, colour in zip(section.series, _cycle(colours), strict=False):
            long = series.values[index] * scale
            path = f"M{x:.2f} {middle - _BAR / 2:.2f}h{long:.2f}v{_BAR}h{-long:.2f}z"
            shapes.append(f'<path fill="{colour}" stroke="#fff" stroke-width=".4" d="{path}"/>')
            x += long
        shapes.append(_text(ends[index], families, _BOLD, x + 2, middle + _EM / 3, ink))
        y += height + _GAP
    title = escape(section.caption or section.title or "Bar chart")
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="{escape(language)}"'
        f' width="{paper_width:g}mm" height="{y * zoom:.2f}mm" viewBox="0 0 {width:g} {y:.2f}">'
    )
    return "\n".join((head, f"<title>{title}</title>", *shapes, "</svg>\n")).encode()


def _draw_legend(
    section: Chart,
    width: float,
    families: Families,
    ink: str,
    colours: Sequence[str],
    shapes: list[str],
) -> float:
    """Draw which colour stands for what; return how far down the legend reaches."""
    x, y = 0.0, 0.0
    for series, colour in zip(section.series, _cycle(colours), strict=False):
        wide = 6 + _width(series.name, families) + 8
        if x and x + wide > width:
            x, y = 0.0, y + _LEADING + 2
        shapes.append(f'<path fill="{colour}" d="M{x:.2f} {y:.2f}h4.5v4.5h-4.5z"/>')
        shapes.append(_text(series.name, families, _REGULAR, x + 6, y + 3.9, ink))
        x += wide
    return y + _LEADING + _GAP


def _cycle(colours: Sequence[str]) -> list[str]:
    return list(colours) * 20


def _width(text: str, families: Families) -> float:
    return sum(run.width for run in set_line(text, families, _BOLD)) * _EM


def _text(text: str, families: Families, weight: int, x: float, y: float, colour: str) -> str:
    runs = set_line(text, families, weight)
    return f'<path fill="{colour}" d="{outline(runs, _EM, x, y)}"/>'
