"""The words of a PDF, piece of marked content by piece, as its own maps of characters give them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import Any

import pikepdf

Place = tuple[int, int]
"""What pikepdf calls an object by: here a page, or a form that a page draws."""

Words = dict[tuple[Place, int], str]
"""Words by the place they are drawn in and the number of their marked content."""

_MOST_FORMS = 12  # forms within forms, which may draw each other


def read_words(file: pikepdf.Pdf) -> Words:
    """Return the words of every piece of marked content."""
    reader = _WordReader()
    for page in file.pages:
        reader.read(page.obj.objgen, page, inner(page.obj, "/Resources"), 0)
    drawn = {place: _in_reading_order(glyphs) for place, glyphs in reader.found.items()}
    return {**drawn, **reader.actual}


def inner(holder: Any, name: str) -> Any:
    """Return a dictionary that an object holds; an empty one where a file has something else."""
    found = holder.get(name)
    return found if isinstance(found, pikepdf.Dictionary) else pikepdf.Dictionary()


_READ = "BMC BDC EMC Tf Do Tj ' \" TJ"  # the operators that words depend on
_IN_PLACE = (0, 0)
_WIDE = 2  # bytes of a code in a font of thousands of glyphs


class _WordReader:
    def __init__(self) -> None:
        self.found: dict[tuple[Place, int], list[str]] = defaultdict(list)
        self.actual: dict[tuple[Place, int], str] = {}
        self.fonts: dict[Place, Font] = {}
        self.forms: set[Place] = set()

    def read(self, place: Place, content: Any, resources: Any, deep: int) -> None:
        marks: list[int | None] = []
        font = Font(pikepdf.Dictionary())
        instructions: Any = pikepdf.parse_content_stream(content, _READ)
        for operands, operator in instructions:
            match str(operator):
                case "BMC":
                    marks.append(None)
                case "BDC":
                    mcid, actual = _mark(operands, resources)
                    marks.append(mcid)
                    if mcid is not None and actual is not None:
                        self.actual[place, mcid] = actual
                case "EMC" if marks:
                    marks.pop()
                case "Tf":
                    font = self.font(resources, str(operands[0]))
                case "Do":
                    self.draw(resources, str(operands[0]), deep)
                case "Tj" | "'" | '"' | "TJ" if operands:
                    mcid = next((mark for mark in reversed(marks) if mark is not None), None)
                    if mcid is not None:
                        self.found[place, mcid] += font.glyphs(operands[-1])

    def font(self, resources: Any, name: str) -> Font:
        dictionary = inner(resources, "/Font").get(name)
        if not isinstance(dictionary, pikepdf.Dictionary):
            return Font(pikepdf.Dictionary())
        place = dictionary.objgen
        if place == _IN_PLACE:  # written where it is used: it has no number to be known by
            return Font(dictionary)
        if place not in self.fonts:
            self.fonts[place] = Font(dictionary)
        return self.fonts[place]

    def draw(self, resources: Any, name: str, deep: int) -> None:
        """Read a form that is drawn, once: what it says is its own."""
        form = inner(resources, "/XObject").get(name)
        if (
            not isinstance(form, pikepdf.Stream)
            or form.get("/Subtype") != "/Form"
            or form.objgen in self.forms
        ):
            return
        self.forms.add(form.objgen)
        if deep < _MOST_FORMS:
            own = inner(form, "/Resources") if "/Resources" in form else resources
            self.read(form.objgen, form, own, deep + 1)


class Font:
    """What a font's codes stand for."""

    def __init__(self, dictionary: Any) -> None:
        self.width = _WIDE if dictionary.get("/Subtype") == "/Type0" else 1
        self.texts: dict[int, str] = {}
        if "/ToUnicode" in dictionary:
            self.texts = _read_map(dictionary.ToUnicode.read_bytes().decode("latin-1"))

    def glyphs(self, operand: Any) -> list[str]:
        """Return the words of what is shown, glyph by glyph."""
        return [self.glyph(code) for code in self.codes(operand)]

    @property
    def is_wide(self) -> bool:
        """Whether its codes are numbers of glyphs, of which it may have thousands."""
        return self.width == _WIDE

    def codes(self, operand: Any) -> list[int]:
        """Return the codes of the glyphs that are shown."""
        strings = operand if isinstance(operand, pikepdf.Array) else [operand]
        raw = [bytes(string) for string in strings if isinstance(string, pikepdf.String)]
        size = self.width
        return [
            int.from_bytes(part[i : i + size], "big")
            for part in raw
            for i in range(0, len(part), size)
        ]

    def glyph(self, code: int) -> str:
        """Return what one code stands for."""
        if code in self.texts or self.is_wide:
            return self.texts.get(code, "")
        return bytes([code]).decode("cp1252", "replace")


def _mark(operands: Any, resources: Any) -> tuple[int | None, str | None]:
    """Return the number of marked content, and the text that is said to stand there."""
    values = operands[-1]
    if isinstance(values, pikepdf.Name):
        values = inner(resources, "/Properties").get(str(values))
    if not isinstance(values, pikepdf.Dictionary) or not isinstance(values.get("/MCID"), int):
        return None, None
    actual = str(values.ActualText) if "/ActualText" in values else None
    return int(values.MCID), actual


def _read_map(text: str) -> dict[int, str]:
    """Return what a ToUnicode map says of each code."""
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, words in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            found[int(code, 16)] = _utf16(words)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        pattern = r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[(.*?)\])"
        for first, last, start, several in re.findall(pattern, block, re.DOTALL):
            codes = range(int(first, 16), min(int(last, 16), int(first, 16) + 0xFFFF) + 1)
            if start:
                found.update(
                    (code, _utf16(f"{int(start, 16) + step:0{len(start)}x}"))
                    for step, code in enumerate(codes)
                )
            else:
                words = [_utf16(w) for w in re.findall(r"<([0-9A-Fa-f]*)>", several)]
                found.update(zip(codes, words, strict=False))
    return found


def _utf16(digits: str) -> str:
    return bytes.fromhex(digits if len(digits) % 2 == 0 else f"0{digits}").decode(
        "utf-16-be", "replace"
    )


def _in_reading_order(glyphs: list[str]) -> str:
    """Return words as they are read: those from right to left are drawn last glyph first."""
    kinds = [_direction(glyph) for glyph in glyphs]
    if "R" not in kinds:
        return "".join(glyphs)
    # Turn the whole line round, then each run from left to right within it back.
    turned: list[str] = []
    run: list[str] = []
    for glyph, kind in zip(reversed(glyphs), reversed(kinds), strict=True):
        if kind == "L":
            run.insert(0, glyph)
        else:
            turned += [*run, glyph]
            run = []
    return "".join([*turned, *run])


def _direction(glyph: str) -> str:
    kinds = {unicodedata.bidirectional(c) for c in glyph}
    return "R" if kinds & {"R", "AL"} else "L" if kinds & {"L", "EN", "AN"} else ""
