"""Text as outlines: letters that look the same on every machine."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import uharfbuzz as hb
from bidi import algorithm as bidi
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen

from report_builder.html.emoji import blotted, emoji_in
from report_builder.templating.faces import family_of
from report_builder.templating.fonts import characters, drawn, emoji_family, font_file

Part = tuple[int, str, str, int]
"""Where a stretch of a line begins, its text, its family, and how deep it is embedded."""

_RIGHT_TO_LEFT = {"R", "AL", "AN"}
_SIZE_OF_NUMBERS = 2  # decimals in a path


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph of a font, and where it stands in ems right of its run's pen and above the line."""

    number: int
    left: float
    up: float


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line in one font and one direction; ``left`` and ``width`` are in ems.

    ``start`` is where in the line it begins to be read.
    """

    text: str
    start: int
    family: str
    weight: int
    right_to_left: bool
    left: float
    width: float
    glyphs: tuple[Glyph, ...]

    @property
    def ascent(self) -> float:
        """Where the baseline stands in a line as high as the type, in ems below its top.

        The font's ascent, less half of what it is too high (CSS ``line-height: 1``).
        """
        font = font_of(self.family, self.weight)
        extents = font.get_font_extents("ltr")
        ascent, descent = extents.ascender / font.face.upem, -extents.descender / font.face.upem
        return float(1 + ascent - descent) / 2


@lru_cache(maxsize=32)
def font_of(family: str, weight: int) -> hb.Font:
    """Return a family at a weight, for shaping and drawing."""
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(font_file(family, weight)))))


def outline(runs: Iterable[Run], size: float, x: float, y: float) -> str:
    """Return SVG path data of a line whose pen starts at x, y; ``size`` is that of an em."""
    path = SVGPathPen(None, ntos=_number)
    for run in runs:
        font = font_of(run.family, run.weight)
        scale = size / font.face.upem
        for glyph in run.glyphs:
            left, up = (run.left + glyph.left) * size, glyph.up * size
            place = (scale, 0, 0, -scale, x + left, y - up)
            font.draw_glyph_with_pen(glyph.number, TransformPen(path, place))
    return str(path.getCommands())


def _number(value: float) -> str:
    return f"{value:.{_SIZE_OF_NUMBERS}f}".rstrip("0").rstrip(".")


@lru_cache(maxsize=8192)
def set_line(text: str, families: Sequence[str], weight: int) -> tuple[Run, ...]:
    """Return a line's runs from left to right, shaped as the text engine of the PDF does.

    A line is in the first family that has all of it; else each word is, or each character of a
    word that no family has. Emoji are in that which is made for them. Letters from right to left
    and others stand in the order that Unicode asks for.
    """
    runs: list[Run] = []
    left = 0.0
    for start, part, family, level in _visual(str(text), families):
        backwards = level % 2 == 1
        width, glyphs = _shape(part, family, weight, right_to_left=backwards)
        runs.append(Run(part, start, family, weight, backwards, left, width, glyphs))
        left += width
    return tuple(runs)


def _visual(text: str, families: Sequence[str]) -> list[Part]:
    """Return stretches of one family and direction, as they stand from left to right."""
    levels = _levels(text)
    chosen = _families(text, families)
    parts: list[Part] = []
    start = 0
    for (family, level), group in groupby(zip(chosen, levels, strict=True)):
        end = start + len(list(group))
        parts.append((start, text[start:end], family, level))
        start = end
    highest = max(levels, default=0)
    for level in range(highest, 0, -1):  # rule L2: reverse what is at least so deep, deepest first
        parts = _reversed_from(parts, level)
    return parts


def _reversed_from(parts: list[Part], level: int) -> list[Part]:
    ordered: list[Part] = []
    for deep, group in groupby(parts, key=lambda part: part[-1] >= level):
        stretch = list(group)
        ordered += reversed(stretch) if deep else stretch
    return ordered


def _levels(text: str) -> list[int]:
    """Return how deep each character is embedded: odd numbers run from right to left."""
    if not any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text):
        return [0] * len(text)
    storage = bidi.get_empty_storage()
    storage["base_level"] = bidi.get_base_level(text)
    storage["base_dir"] = "LR"[storage["base_level"]]
    bidi.get_embedding_levels(text, storage)
    bidi.explicit_embed_and_overrides(storage)
    bidi.resolve_weak_types(storage)
    bidi.resolve_neutral_types(storage, debug=False)
    bidi.resolve_implicit_levels(storage, debug=False)
    kept: Iterator[int] = (character["level"] for character in storage["chars"])
    levels: list[int] = []
    level = storage["base_level"]
    for character in text:  # what has no place of its own, such as joiners, goes with its letter
        if unicodedata.bidirectional(character) not in bidi.X9_REMOVED:
            level = next(kept)
        levels.append(level)
    return levels


def _families(text: str, families: Sequence[str]) -> list[str]:
    """Return the family of each character; marks and joiners stay with their letter."""
    pictures = list(emoji_in(text))
    words = blotted(text, pictures)
    needed = drawn(words)
    whole = next((family for family in families if needed <= characters(family)), "")
    chosen = [whole or families[0]] * len(text)
    if not whole:
        chosen = _by_word(words, families)
    for start, end, _ in pictures:
        chosen[start:end] = [emoji_family(families) or chosen[start]] * (end - start)
    return chosen


def _by_word(text: str, families: Sequence[str]) -> list[str]:
    """Return the family of each character: that of its word, or else the first that has it."""
    chosen: list[str] = []
    family = families[0]
    for word in re.findall(r"\s+|\S+", text):
        whole = family_of(word, tuple(families))
        for character in word:
            if whole or (need := drawn(character)):
                family = whole or next((f for f in families if need <= characters(f)), families[0])
            chosen.append(family)
    return chosen


def _shape(
    text: str, family: str, weight: int, *, right_to_left: bool
) -> tuple[float, tuple[Glyph, ...]]:
    """Return a run's width and its glyphs, in ems."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if right_to_left else "ltr"
    font = font_of(family, weight)
    hb.shape(font, buffer)
    glyphs, x, y = [], 0, 0
    em = font.face.upem
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        left, up = x + position.x_offset, y + position.y_offset
        glyphs.append(Glyph(info.codepoint, left / em, up / em))
        x, y = x + position.x_advance, y + position.y_advance
    return x / em, tuple(glyphs)
