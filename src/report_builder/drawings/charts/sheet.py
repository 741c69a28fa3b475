"""The sheet that a chart is drawn on: boxes, rules and words; mirrored from right to left."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from report_builder.drawings.charts.looks import WHITE
from report_builder.drawings.charts.measuring import Type
from report_builder.drawings.glyphs import outline, set_line

_REGULAR, _BOLD = 400, 700
_THIN = 0.25  # mm of lines


class Sheet:
    """Shapes in millimetres from the top and from where lines begin; ``y`` is how far it goes."""

    def __init__(self, width: float, words: Type, ink: str, *, is_mirrored: bool) -> None:
        self.width, self.words, self.ink, self.is_mirrored = width, words, ink, is_mirrored
        self.y = 0.0
        self.shapes: list[str] = []

    def box(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        """Draw a filled box; one that is white, or pale, has an outline."""
        left = self.width - x - wide if self.is_mirrored else x
        outlined = f' stroke="{self.ink}" stroke-width="{_THIN}"' if _is_pale(colour) else ""
        path = f"M{left:.3f} {y:.3f}h{wide:.3f}v{high:.3f}h{-wide:.3f}z"
        self.shapes.append(f'<path fill="{colour}"{outlined} d="{path}"/>')

    def rule(self, x: float, y: float, to: float, down: float, colour: str = "") -> None:
        """Draw a thin line."""
        ends = [(self.side(x), y), (self.side(to), down)]
        path = "L".join(f"{left:.3f} {top:.3f}" for left, top in ends)
        shape = (
            f'<path fill="none" stroke="{colour or self.ink}" stroke-width="{_THIN}" d="M{path}"/>'
        )
        self.shapes.append(shape)

    def text(
        self,
        text: str,
        x: float,
        y: float,
        *,
        is_bold: bool = False,
        is_end: bool = False,
        colour: str = "",
    ) -> None:
        """Write a line that begins, or ends, at a place."""
        runs = set_line(str(text), self.words.families, _BOLD if is_bold else _REGULAR)
        wide = sum(run.width for run in runs) * self.words.em
        left = self.side(x) - (wide if self.is_mirrored != is_end else 0)
        path = outline(runs, self.words.em, left, y)
        self.shapes.append(f'<path fill="{colour or self.ink}" d="{path}"/>')

    def side(self, x: float) -> float:
        """Return how far from the left something is."""
        return self.width - x if self.is_mirrored else x

    def lines(self, label: str, width: float) -> list[str]:
        """Return a label's words in lines of a width."""
        made: list[str] = []
        for word in str(label).split():
            longer = f"{made[-1]} {word}" if made else word
            if made and self.words.width(longer, is_bold=False) <= width:
                made[-1] = longer
            else:
                made += self._parts(word, width)
        return made

    def _parts(self, word: str, width: float) -> list[str]:
        """Return a word, or parts of one that is wider than it may be."""
        parts = [""]
        for letter in word if self.words.width(word, is_bold=False) > width else ():
            if self.words.width(parts[-1] + letter, is_bold=False) > width and parts[-1]:
                parts.append("")
            parts[-1] += letter
        return parts if parts != [""] else [word]

    def label(self, lines: Sequence[str], top: float, height: float) -> None:
        """Write lines in the middle of a height."""
        leading = self.words.em * 1.25
        first = top + (height - leading * (len(lines) - 1)) / 2 + self.words.em * 0.34
        for number, line in enumerate(lines):
            self.text(line, 0, first + number * leading)

    def svg(self, title: str, language: str) -> bytes:
        """Return what was drawn as an SVG file."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="{escape(language)}"'
            f' width="{self.width:g}mm" height="{self.y:.2f}mm"'
            f' viewBox="0 0 {self.width:g} {self.y:.2f}">'
        )
        lines = (head, f"<title>{escape(title)}</title>", *self.shapes, "</svg>\n")
        return "\n".join(lines).encode()


def _is_pale(colour: str) -> bool:
    """Tell whether a colour is too near to white to be seen on it."""
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return colour == WHITE or min(red, green, blue) > 0xB0
