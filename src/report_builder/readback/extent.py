"""How long a Word document is, as far as it can be told without Word."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from fontTools.ttLib import TTFont

from report_builder.problems import Position
from report_builder.templating.fonts import font_file

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_METRICS = "Arimo"  # its letters are as wide as Arial's, and nearly as Helvetica's and Liberation's
_BOLD = 1.07  # how much wider bold letters are
_SINGLE = 1.15  # the height of a line, in the size of its letters
_EMU = 12700  # English Metric Units in a point
_TWIPS = 20  # twentieths of a point, in which Word measures
_MOST_NAMED, _WORTH_NAMING = 3, 4  # places, and lines that one but the longest has at least


@dataclass(frozen=True)
class Extent:
    """A Word document's trees, and which row, item or text of the content each paragraph is of.

    The measures are in points. They are those of Arial; a document in another font can be a tenth
    longer or shorter than is said.
    """

    document: Any
    styles: Any
    sources: Mapping[Any, Position]

    @cached_property
    def pages(self) -> float:
        """How many pages it takes, the last counted by how full it is."""
        full, height = self._paper[1], 0.0
        page, waiting = 0, 0.0
        for block, keeps in self._blocks():
            waiting += sum(block)
            if keeps and waiting < full / 2:
                continue
            if height + waiting > full:
                page, height = page + 1, self._rest(block, waiting, full - height)
            else:
                height += waiting
            while height > full:
                page, height = page + 1, height - full
            waiting = 0.0
        return page + (height + waiting) / full

    def _rest(self, block: list[float], waiting: float, room: float) -> float:
        """Return what of a block stands on the next page: a paragraph is split between lines."""
        before = waiting - sum(block)
        if len(block) < 4 or before + sum(block[:2]) > room:  # two lines stay on each side
            return waiting
        done = before
        for number, line in enumerate(block[:-2]):
            if done + line > room:
                return sum(block[number:])
            done += line
        return sum(block[-2:])

    @cached_property
    def longest(self) -> list[tuple[Position, int]]:
        """The places of the content that take most lines, the longest first."""
        lines: Counter[Position] = Counter()
        for child in self.document.find(f"{_W}body"):
            if child.tag == f"{_W}p":
                self._count(lines, [child], self._paper[0])
            for row in child.iter(f"{_W}tr"):
                beside: Counter[Position] = Counter()
                for cell in row.iter(f"{_W}tc"):
                    within: Counter[Position] = Counter()
                    self._count(within, list(cell.iter(f"{_W}p")), _width(cell))
                    beside |= within  # the longer of cells that stand beside each other
                lines += beside
        first, *others = lines.most_common(_MOST_NAMED) or [(Position(""), 0)]
        return [first, *((p, count) for p, count in others if count >= _WORTH_NAMING)][: len(lines)]

    def _count(self, lines: Counter[Position], paragraphs: list[Any], width: float) -> None:
        for paragraph in paragraphs:
            position = self.sources.get(paragraph, Position(""))
            if position.line > 1:
                lines[position] += len(self._lines(paragraph, width))

    @cached_property
    def _paper(self) -> tuple[float, float]:
        """Width and height between the margins."""
        section = self.document.find(f".//{_W}body/{_W}sectPr")
        size, margins = section.find(f"{_W}pgSz"), section.find(f"{_W}pgMar")

        def side(name: str, one: str, other: str) -> float:
            return (_number(size, name) - _number(margins, one) - _number(margins, other)) / _TWIPS

        return side("w", "left", "right"), side("h", "top", "bottom")

    def _blocks(self) -> Iterator[tuple[list[float], bool]]:
        """Yield each paragraph's lines, or each row as one, and whether the next must follow."""
        for child in self.document.find(f"{_W}body"):
            if child.tag == f"{_W}p":
                yield self._lines(child, self._paper[0]), self._keeps(child)
            elif child.tag == f"{_W}tbl":
                for row in child.iter(f"{_W}tr"):
                    paragraphs = list(row.iter(f"{_W}p"))
                    yield [self._row(row)], any(map(self._keeps, paragraphs))

    def _row(self, row: Any) -> float:
        heights = [3.0]  # the cells' own margins
        for cell in row.iter(f"{_W}tc"):
            lines = (self._lines(paragraph, _width(cell)) for paragraph in cell.iter(f"{_W}p"))
            heights.append(3 + sum(map(sum, lines)))
        return max(heights)

    def _keeps(self, paragraph: Any) -> bool:
        return any(f"{_W}keepNext" in found for found in self._properties(paragraph))

    def _lines(self, paragraph: Any, width: float) -> list[float]:
        """Return the height of each line, with the space around the paragraph."""
        style = {
            key: value
            for found in reversed(self._properties(paragraph))
            for key, value in found.items()
        }
        size = float(style.get("size", 24)) / 2
        height = size * _SINGLE * float(style.get("line", 240)) / 240
        width -= (float(style.get("left", 0)) + float(style.get("right", 0))) / _TWIPS
        is_bold = f"{_W}b" in style
        count, used = 1, 0.0
        for word in _words(paragraph):
            wide = word if isinstance(word, float) else text_width(word, size, is_bold=is_bold)
            if wide == _BREAK or (used and used + wide > width):
                count, used = count + 1, 0.0
            used += max(wide, 0) if used or wide > text_width(" ", size) else 0
        lines = [height] * count
        for picture in paragraph.iter():
            if picture.tag.endswith("}extent"):
                lines[-1] = max(lines[-1], int(picture.get("cy")) / _EMU)
        lines[0] += float(style.get("before", 0)) / _TWIPS
        lines[-1] += float(style.get("after", 0)) / _TWIPS
        return lines

    def _properties(self, paragraph: Any) -> list[dict[str, str]]:
        """Return what a paragraph, its style and the styles below say, the nearest first."""
        own = paragraph.find(f"{_W}pPr")
        found = [_said(own, None)]
        named = paragraph.find(f"{_W}pPr/{_W}pStyle")
        identifier = named.get(f"{_W}val") if named is not None else self._default
        return found + self._chain(identifier)

    def _chain(self, identifier: str | None) -> list[dict[str, str]]:
        found = []
        for _ in range(20):  # a style that is based on itself ends here
            style = self._styles.get(identifier)
            if style is None:
                break
            found.append(_said(style.find(f"{_W}pPr"), style.find(f"{_W}rPr")))
            based = style.find(f"{_W}basedOn")
            identifier = based.get(f"{_W}val") if based is not None else None
        defaults = self.styles.find(f"{_W}docDefaults")
        if defaults is not None:
            found.append(_said(defaults.find(f".//{_W}pPr"), defaults.find(f".//{_W}rPr")))
        return found

    @cached_property
    def _styles(self) -> dict[str | None, Any]:
        return {style.get(f"{_W}styleId"): style for style in self.styles.iter(f"{_W}style")}

    @cached_property
    def _default(self) -> str | None:
        marked = (s for s in self._styles.values() if s.get(f"{_W}default") == "1")
        paragraphs = (s for s in marked if s.get(f"{_W}type") == "paragraph")
        return next((s.get(f"{_W}styleId") for s in paragraphs), None)


_BREAK = -1.0


def _width(cell: Any) -> float:
    """Return how wide the text of a cell can be."""
    return _number(cell.find(f"{_W}tcPr/{_W}tcW"), "w") / _TWIPS - 10


def _said(paragraph: Any, letters: Any) -> dict[str, str]:
    """Return the measures that a group of properties states."""
    found: dict[str, str] = {}
    for group in (paragraph, letters):
        for child in group if group is not None else ():
            if child.tag in (f"{_W}spacing", f"{_W}ind"):
                found.update({key.removeprefix(_W): value for key, value in child.items()})
            elif child.tag == f"{_W}sz":
                found["size"] = child.get(f"{_W}val")
            elif child.tag in (f"{_W}keepNext", f"{_W}b") and child.get(f"{_W}val") not in (
                "0",
                "false",
            ):
                found[child.tag] = "1"
    return found


def _words(paragraph: Any) -> Iterator[str | float]:
    """Yield a paragraph's words and spaces, breaks of lines, and tabs as a width."""
    for node in paragraph.iter(f"{_W}t", f"{_W}br", f"{_W}tab"):
        if node.tag == f"{_W}br":
            yield _BREAK
        elif node.tag == f"{_W}t":
            for number, word in enumerate((node.text or "").split(" ")):
                if number:
                    yield " "
                if word:
                    yield word


def text_width(text: str, size: float, *, is_bold: bool = False) -> float:
    """Return how wide a text is in Arial, in the unit of its size."""
    widths = _advances()
    width = sum(widths.get(ord(c)) or _unknown(c) for c in text) * size
    return width * _BOLD if is_bold else width


def _unknown(character: str) -> float:
    """Return how wide a character of another font is, in the size of its letters."""
    return 1.0 if unicodedata.east_asian_width(character) in "WF" else 0.55


@lru_cache(maxsize=1)
def _advances() -> dict[int, float]:
    with TTFont(font_file(_METRICS), lazy=True) as font:
        units, widths = font["head"].unitsPerEm, font["hmtx"]
        return {code: widths[name][0] / units for code, name in font.getBestCmap().items()}


def _number(element: Any, name: str) -> float:
    return float(element.get(f"{_W}{name}", 0)) if element is not None else 0.0
