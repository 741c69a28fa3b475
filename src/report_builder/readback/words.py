"""The words of a PDF, piece of marked content by piece, as its own maps of characters give them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pikepdf

Place = tuple[int, int]
"""What pikepdf calls an object by: here a page, or a form that a page draws."""

NOWHERE: Place = (0, 0)
"""The place of what is written where it is used, and has none of its own."""

Words = dict[tuple[Place, int], str]
"""Words by the place they are drawn in and the number of their marked content."""

_MOST_FORMS = 12  # forms within forms, which may draw each other


def read_words(file: pikepdf.Pdf) -> tuple[Words, Words]:
    """Return the words of every piece of marked content, and those that others are said for."""
    reader = _WordReader()
    for page in file.pages:
        reader.read(page.obj.objgen, page, inner(page.obj, "/Resources"), 0)
    drawn = {place: _in_reading_order(glyphs) for place, glyphs in reader.found.items()}
    hidden = {place: drawn[place] for place in reader.actual if place in drawn}
    return {**drawn, **reader.actual}, hidden


def inner(holder: Any, name: str) -> Any:
    """Return a dictionary that an object holds; an empty one where a file has something else."""
    is_holder = isinstance(holder, (pikepdf.Dictionary, pikepdf.Stream))
    found = holder.get(name) if is_holder else None
    return found if isinstance(found, pikepdf.Dictionary) else pikepdf.Dictionary()


_READ = "BMC BDC EMC Tf Do Tj ' \" TJ"  # the operators that words depend on
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
                case "Tf" if operands:
                    font = self.font(resources, str(operands[0]))
                case "Do" if operands:
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
        if place == NOWHERE:  # it has no number to be known by
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
    values = operands[-1] if operands else None
    if isinstance(values, pikepdf.Name):
        values = inner(resources, "/Properties").get(str(values))
    if not isinstance(values, pikepdf.Dictionary) or not isinstance(values.get("/MCID"), int):
        return None, None
    actual = str(values.ActualText) if "/ActualText" in values else None
    return int(values.MCID), actual


_TOKENS = re.compile(r"<[0-9A-Fa-f\s]*>|[\[\]]|\b(?:begin|end)bf(?:char|range)\b")
_MOST_MAPPINGS = 0x20000  # of a map that may have been made to be endless
_LAST_CODE = 0xFFFF


def _read_map(text: str) -> dict[int, str]:
    """Return what a ToUnicode map says of each code."""
    found: dict[int, str] = {}
    given: list[str | list[str]] = []  # what a line of the map has said so far
    several: list[str] | None = None
    wanted, left = 0, _MOST_MAPPINGS
    for piece in _TOKENS.findall(text):
        match piece:
            case "beginbfchar" | "beginbfrange":
                wanted, given, several = 2 if piece == "beginbfchar" else 3, [], None
            case "endbfchar" | "endbfrange":
                wanted = 0
            case "[":
                several = []
            case "]":
                given, several = [*given, several or []], None
            case _ if several is not None:
                several.append(_digits(piece))
            case _:
                given.append(_digits(piece))
        if wanted and len(given) == wanted and several is None:
            for code, words in _mappings(given):
                found[code] = words
                left -= 1
                if not left:
                    return found
            given = []
    return found


def _digits(piece: str) -> str:
    return "".join(piece[1:-1].split())


def _mappings(given: list[str | list[str]]) -> Iterator[tuple[int, str]]:
    """Yield the codes of a line of a map, and what each stands for."""
    *codes, target = given
    numbers = [int(code, 16) for code in codes if isinstance(code, str) and code]
    if len(numbers) < len(codes):  # a bad file has something else there, or nothing
        return
    start, last = numbers[0], numbers[-1]
    for step in range(min(last, _LAST_CODE) - start + 1):
        if isinstance(target, list):
            if step >= len(target):
                return
            yield start + step, _utf16(target[step])
        elif target or len(codes) == 1:
            words = f"{int(target, 16) + step:0{len(target)}x}" if target else ""
            yield start + step, _utf16(words)


def _utf16(digits: str) -> str:
    whole = digits if len(digits) % 2 == 0 else f"0{digits}"
    return bytes.fromhex(whole).decode("utf-16-be", "replace")


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
