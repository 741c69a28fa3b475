"""Where on a PDF's pages an object is seen: which marks show a font's letters, or a picture."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont, TTLibError

from report_builder.readback.origins import Key
from report_builder.readback.words import Font, Place, inner

_SEEN = "BMC BDC EMC Tf Do Tj ' \" TJ"
_MOST_FORMS = 12  # forms within forms, which may draw each other
_NO_LETTERS = ("", "\0", "\ufeff", "\ufffe")  # what stands for none, as PDF/UA and PDF/A have it
_MOST_GLYPHS = 65_536


@dataclass(frozen=True)
class Spot:
    """A place on a page: its marked content, or the object itself; 0 is a page nobody knows.

    Of its words, ``letters`` are those that have no glyph, or whose glyph says none.
    """

    page: int
    key: Key | None = None
    words: str = ""
    letters: str = ""


@dataclass
class _Shown:
    """What is shown at a place: letters of a font or a picture, by the numbers of their objects."""

    page: int
    mark: tuple[int, int] | None
    objects: frozenset[int]
    words: str = ""
    faults: tuple[str, ...] = ()  # what each glyph says that is none, or says no letter
    is_smoothed: bool = False


@dataclass
class _Face:
    """A font: what its codes stand for, the numbers of its objects, and how many glyphs it has."""

    font: Font
    objects: frozenset[int]
    glyphs: int

    def faults(self, operand: Any) -> tuple[str, ...]:
        """Return what is shown that has no glyph of its own, or whose glyph says no letter."""
        codes, glyphs = self.font.codes(operand), self.font.glyphs(operand)
        return tuple(
            glyph
            for code, glyph in zip(codes, glyphs, strict=True)
            if (self.font.is_wide and not 0 < code < self.glyphs)
            or glyph in _NO_LETTERS
            or unicodedata.category(glyph[0]) == "Co"
        )


@dataclass
class _Marks:
    """The marks around a place in a stream, and how many began before it."""

    stream: int
    around: list[tuple[int, int] | None] = field(default_factory=list)
    begun: int = 0


_NO_FACE = _Face(Font(pikepdf.Dictionary()), frozenset(), _MOST_GLYPHS)


class Spots:
    """The pages of a PDF, and what is seen on them."""

    def __init__(self, file: pikepdf.Pdf) -> None:
        self.file = file
        self.numbers = {page.obj.objgen: n for n, page in enumerate(file.pages, start=1)}

    def of(self, number: int) -> list[Spot]:
        """Return where an object is seen: a structure element, a link, a picture or a font.

        Of a font, where it shows what no one can read out, if there is such a place.
        """
        found = self.file.get_object(number, 0)
        if isinstance(found, pikepdf.Dictionary) and "/S" in found:
            return [Spot(self._page_of(found), number)]
        if isinstance(found, pikepdf.Dictionary) and "/Rect" in found:
            return [Spot(self._page_with(number), number)]
        shown = [one for one in self._shown if number in one.objects]
        faulty = [one for one in shown if one.faults] or shown
        return [
            Spot(one.page, one.mark, one.words, "".join(dict.fromkeys(one.faults)))
            for one in faulty
        ]

    def smoothed(self) -> list[Spot]:
        """Return the pictures that a viewer is asked to smooth, which PDF/A forbids."""
        return [Spot(one.page, one.mark) for one in self._shown if one.is_smoothed]

    def unmarked(self, page: int) -> list[Spot]:
        """Return what stands on a page and is neither read nor passed over."""
        return [Spot(s.page, None, s.words) for s in self._shown if s.page == page and not s.mark]

    def link(self, page: int, index: int) -> list[Spot]:
        """Return the link that is so many-eth on a page, counted from 0."""
        links = self.file.pages[page - 1].obj.get("/Annots", pikepdf.Array())
        return [Spot(page, links[index].objgen[0])] if index < len(links) else []

    def _page_with(self, link: int) -> int:
        """Return the page that a link is on."""
        for number, page in enumerate(self.file.pages, start=1):
            links = page.obj.get("/Annots")
            if isinstance(links, pikepdf.Array) and link in (one.objgen[0] for one in links):
                return number
        return 0

    def _page_of(self, element: Any, deep: int = 0) -> int:
        page = element.get("/Pg")
        if isinstance(page, pikepdf.Dictionary) and page.objgen in self.numbers:
            return self.numbers[page.objgen]
        kids = element.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            is_below = isinstance(kid, pikepdf.Dictionary) and deep < _MOST_FORMS
            if is_below and (page := self._page_of(kid, deep + 1)):
                return page
        return 0

    @cached_property
    def _shown(self) -> list[_Shown]:
        reader = _Reader()
        for number, page in enumerate(self.file.pages, start=1):
            streams = page.obj.get("/Contents")
            stream = streams.objgen[0] if isinstance(streams, pikepdf.Stream) else 0
            resources = inner(page.obj, "/Resources")
            reader.read(page, resources, number, _Marks(stream), 0)
        return reader.shown


class _Reader:
    def __init__(self) -> None:
        self.shown: list[_Shown] = []
        self.faces: dict[Place, _Face] = {}

    def read(self, content: Any, resources: Any, page: int, marks: _Marks, deep: int) -> None:
        face = _NO_FACE
        instructions: Any = pikepdf.parse_content_stream(content, _SEEN)
        for operands, operator in instructions:
            match str(operator):
                case "BMC":
                    marks.around.append((marks.stream, -1))
                case "BDC":
                    marks.around.append((marks.stream, marks.begun))
                    marks.begun += 1
                case "EMC" if marks.around:
                    marks.around.pop()
                case "Tf":
                    face = self.face(resources, str(operands[0]))
                case "Do":
                    self.draw(resources, str(operands[0]), page, marks, deep)
                case "Tj" | "'" | '"' | "TJ" if operands:
                    self.show(face, operands[-1], page, marks)

    def show(self, face: _Face, operand: Any, page: int, marks: _Marks) -> None:
        """Take in letters that are shown; those of one mark in one font are one."""
        words, faults = "".join(face.font.glyphs(operand)), face.faults(operand)
        mark = marks.around[-1] if marks.around else None
        last = self.shown[-1] if self.shown else None
        if last and (last.mark, last.page, last.objects) == (mark, page, face.objects):
            last.words += words
            last.faults += faults
        else:
            self.shown.append(_Shown(page, mark, face.objects, words, faults))

    def face(self, resources: Any, name: str) -> _Face:
        dictionary = inner(resources, "/Font").get(name)
        if not isinstance(dictionary, pikepdf.Dictionary):
            return _NO_FACE
        if dictionary.objgen not in self.faces:
            objects = frozenset(_parts(dictionary))
            self.faces[dictionary.objgen] = _Face(Font(dictionary), objects, _count(dictionary))
        return self.faces[dictionary.objgen]

    def draw(self, resources: Any, name: str, page: int, marks: _Marks, deep: int) -> None:
        """Take in a picture that is drawn, or what a form draws."""
        drawn = inner(resources, "/XObject").get(name)
        if not isinstance(drawn, pikepdf.Stream):
            return
        if drawn.get("/Subtype") == "/Form":
            if deep < _MOST_FORMS:
                own = inner(drawn, "/Resources") if "/Resources" in drawn else resources
                around = _Marks(drawn.objgen[0], list(marks.around[-1:]))
                self.read(drawn, own, page, around, deep + 1)
            return
        masks = (drawn.get("/SMask"), drawn.get("/Mask"))
        numbers = {one.objgen[0] for one in masks if isinstance(one, pikepdf.Stream)}
        mark = marks.around[-1] if marks.around else None
        objects = frozenset({drawn.objgen[0], *numbers})
        is_smoothed = bool(drawn.get("/Interpolate", False))
        self.shown.append(_Shown(page, mark, objects, is_smoothed=is_smoothed))


def _count(font: Any) -> int:
    """Return how many glyphs the file of a font has, or as many as there can be."""
    below = font.get("/DescendantFonts")
    descriptor = inner(below[0] if isinstance(below, pikepdf.Array) else font, "/FontDescriptor")
    for key in ("/FontFile2", "/FontFile3"):
        if isinstance(file := descriptor.get(key), pikepdf.Stream):
            with suppress(TTLibError), TTFont(io.BytesIO(file.read_bytes()), lazy=True) as read:
                return int(read["maxp"].numGlyphs)
    return _MOST_GLYPHS


def _parts(font: Any) -> Iterator[int]:
    """Yield the numbers of a font and of all that it is made of."""
    yield font.objgen[0]
    for key in ("/FontDescriptor", "/FontFile", "/FontFile2", "/FontFile3", "/ToUnicode"):
        if isinstance(part := font.get(key), pikepdf.Dictionary | pikepdf.Stream):
            yield from _parts(part)
    below = font.get("/DescendantFonts")
    for one in below if isinstance(below, pikepdf.Array) else ():
        yield from _parts(one)
