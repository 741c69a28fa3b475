"""What each code of a PDF's fonts says: a glyph that stands for two texts gets two codes.

WeasyPrint numbers a font's codes as its glyphs, and lets a glyph say the text that it is met with
first. An “o” and the dot below it then say nothing and “ọ”, and a thumb of every colour of skin is
one glyph. Here every code says one thing, and a line of which the glyphs cannot say what it says
(a letter taken apart, a sign that is drawn in two places) is known.
"""

from __future__ import annotations

import io
import re
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import pydyf
from fontTools.ttLib import TTFont

from report_builder.html.letters import heard

_UNHEARD = "\u200b"  # PDF/A wants every code to say something
_CODES = re.compile("<([0-9a-f]*)>|([^<>]+)")  # and moves between them
_DIGITS = 4  # of a code
_RIGHT_TO_LEFT = "\u200f"
_LAST_CODE = 0xFFFF
_GAP = 256  # codes after the last glyph that WeasyPrint may take for what a font lacks


Told = tuple[int, str] | None
"""The number of a cluster, and what a program is told of a glyph of it."""


class Cluster(NamedTuple):
    """Letters that are drawn together: their glyphs as Pango holds them, and their text."""

    pango_font: Any
    glyphs: list[Any]
    text: str
    runs_to_left: bool


@dataclass
class _Codes:
    """The codes of a font; ``further`` are those of glyphs that say several things."""

    font: Any
    further: dict[tuple[int, str], int] = field(default_factory=dict)

    def code(self, glyph: int, text: str) -> int:
        """Return the code by which a glyph says a text."""
        said = self.font.to_unicode
        if said.setdefault(glyph, text) == text:
            return glyph
        following = self.font.glyph_count + _GAP + len(self.further)
        if following > _LAST_CODE:
            return self.further.get((glyph, text), glyph)
        code = self.further.setdefault((glyph, text), following)
        said[code] = text
        return code


class Sayings:
    """Gives glyphs their codes while they are drawn, and tells afterwards which lines are said."""

    def __init__(self) -> None:
        self._codes: dict[str, _Codes] = {}
        self._unsaid: set[Any] = set()

    @contextmanager
    def drawing(self, box: Any, stream: Any) -> Iterator[Any]:
        """Give a stream in which a line is drawn by codes of ours, as long as this lasts."""
        drawn: list[tuple[Any, int]] = []
        told: list[Told] = []
        line = list(clusters(box.pango_layout))
        for number, cluster in enumerate(line):
            font, size = stream.add_font(cluster.pango_font)
            codes = self._codes_of(font)
            numbers = [glyph.glyph for glyph in cluster.glyphs]
            if len(numbers) > 1 or (heard(cluster.text) and not numbers):
                self._unsaid.add(box)
            texts = [cluster.text]
            if len(numbers) != 1:
                letters = letters_of(font.file_content, font.index)
                texts = shares(numbers, cluster.text, letters)
            for glyph, text in zip(cluster.glyphs, texts, strict=True):
                code = codes.code(glyph.glyph, text)
                if code != glyph.glyph:
                    font.widths[code] = _width(cluster.pango_font, glyph.glyph, size, stream)
                    drawn.append((glyph, glyph.glyph))
                    glyph.glyph = code
            told += _told(cluster, number, is_first=number == 0, is_last=number == len(line) - 1)
        yield _Telling(stream, told) if any(told) else stream
        for glyph, number in drawn:
            glyph.glyph = number

    def is_said(self, box: Any) -> bool:
        """Tell whether each glyph of a line says a part of it that is whole.

        Of a letter and its mark, or signs that change their places, programs make what they will.
        """
        return box not in self._unsaid

    def map_codes(self, pdf: Any) -> None:
        """Write into a PDF's fonts which glyph each further code draws."""
        described = {thing.get("BaseFont"): thing for thing in pdf.objects if _is_glyphs(thing)}
        for codes in self._codes.values():
            if codes.further:
                numbers = list(range(max(codes.further.values()) + 1))
                for (glyph, _), code in codes.further.items():
                    numbers[code] = glyph
                packed = b"".join(number.to_bytes(2, "big") for number in numbers)
                stream = pydyf.Stream([packed], compress=True)
                pdf.add_object(stream)
                described[codes.font.name]["CIDToGIDMap"] = stream.reference

    def _codes_of(self, font: Any) -> _Codes:
        """Return the codes of a font; WeasyPrint may hold one font several times, to write once."""
        codes = self._codes.setdefault(font.hash, _Codes(font))
        font.to_unicode, font.widths = codes.font.to_unicode, codes.font.widths
        return codes


def clusters(layout: Any) -> Iterator[Cluster]:
    """Yield what a line is drawn of, from left to right; what is not drawn is left out."""
    from weasyprint.text.ffi import ffi, pango

    text = layout.text.encode()
    line, _ = layout.get_first_line()
    run = line.runs[0]
    while run != ffi.NULL:
        item, string = run.data.item, run.data.glyphs
        starts = list(string.log_clusters[0 : string.num_glyphs])
        # A mark is drawn with its letter, though it may be moved alone.
        letters = [s for s in starts if not _is_mark(text[item.offset + s :][:4])] or starts
        starts = [max((s for s in letters if s <= start), default=start) for start in starts]
        edges = sorted({*starts, item.length})
        ends = dict(pairwise(edges))
        inked: dict[int, list[Any]] = {start: [] for start in starts}
        for glyph, start in zip(string.glyphs[0 : string.num_glyphs], starts, strict=True):
            if glyph.glyph < pango.PANGO_GLYPH_EMPTY:
                inked[start].append(glyph)
        for start, glyphs in inked.items():
            words = text[item.offset + start : item.offset + ends[start]].decode()
            yield Cluster(item.analysis.font, glyphs, words, item.analysis.level % 2 == 1)
        run = run.next


class _Telling:
    """A stream that tells of some of the glyphs that are drawn in it what they say."""

    def __init__(self, stream: Any, told: Sequence[Told]) -> None:
        self._stream, self._told = stream, iter(told)
        self._now: Told = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def show_text(self, text: str) -> None:
        """Draw a string of codes and of moves between them."""
        waiting = ""
        for codes, move in _CODES.findall(text):
            waiting += f" {move}"
            for code in textwrap.wrap(codes, _DIGITS):
                if (told := next(self._told)) != self._now:
                    self._draw(waiting)
                    self._tell(told)
                    waiting = ""
                waiting += f"<{code}>"
        self._draw(waiting)
        self._tell(None)

    def _draw(self, text: str) -> None:
        if text:
            self._stream.show_text(text)

    def _tell(self, told: Told) -> None:
        if self._now:
            self._stream.end_marked_content()
        if told:
            words = pydyf.Dictionary({"ActualText": pydyf.String(told[1])})
            self._stream.begin_marked_content("Span", words)
        self._now = told


def _told(cluster: Cluster, number: int, *, is_first: bool, is_last: bool) -> list[Told]:
    """Return what a program is told of each glyph of a cluster.

    From right to left a program puts glyphs in their order, and then turns round all of what one
    glyph says. A mark is nothing beside its letter, which says both in the turned order.
    What ends or begins a phrase and is no letter, a program takes for a part of what is beside it,
    were there no mark of direction between. ``is_first`` and ``is_last`` are from the left.
    """
    text, glyphs = heard(cluster.text), cluster.glyphs
    is_letter = unicodedata.bidirectional(text[:1] or " ") in ("R", "AL", "WS")
    if not cluster.runs_to_left or (len(text) == len(glyphs) == 1 and (is_letter or not is_last)):
        return [None] * len(glyphs)
    turned = cluster.text[::-1]
    if is_last and not is_letter:
        turned += _RIGHT_TO_LEFT
    elif is_first:
        turned = _RIGHT_TO_LEFT + turned
    marks = [glyph.geometry.width == 0 for glyph in glyphs]
    return [(number, turned if all(marks) or not mark else "") for mark in marks]


def shares(glyphs: Sequence[int], text: str, letters: dict[int, str]) -> list[str]:
    """Return what each glyph of a cluster says of its text.

    A glyph says the letter that leads to it, where that is in the text or in what the text
    consists of. The first that no letter leads to says what is left.
    """
    left, parts = list(text), unicodedata.normalize("NFKD", text)
    said = []
    for glyph in glyphs:
        own = letters.get(glyph, "")
        letter = next((c for c in own if c in left), "")
        if letter:
            left.remove(letter)
        said.append(letter or next((c for c in own if c in parts), ""))
    if "" in said:
        said[said.index("")] = "".join(left)
    return [letter or _UNHEARD for letter in said]


@lru_cache(maxsize=32)
def letters_of(content: bytes, index: int) -> dict[int, str]:
    """Return the characters that lead to each glyph of a font."""
    found: dict[int, str] = {}
    with TTFont(io.BytesIO(content), fontNumber=index, lazy=True) as font:
        for code, name in font.getBestCmap().items():
            number = font.getGlyphID(name)
            found[number] = found.get(number, "") + chr(code)
    return found


def _is_mark(encoded: bytes) -> bool:
    """Tell whether an encoded text begins with a sign upon another letter."""
    return unicodedata.category(encoded.decode(errors="ignore")[:1] or " ")[0] == "M"


def _width(pango_font: Any, glyph: int, size: float, stream: Any) -> int:
    """Return how wide a glyph is, in thousandths of an em, as WeasyPrint finds it."""
    from weasyprint.text.ffi import FROM_UNITS, pango

    pango.pango_font_get_glyph_extents(pango_font, glyph, stream.ink_rect, stream.logical_rect)
    width: float = stream.logical_rect.width * 1000 * FROM_UNITS / size
    return round(width)


def _is_glyphs(thing: Any) -> bool:
    return isinstance(thing, dict) and "CIDToGIDMap" in thing
