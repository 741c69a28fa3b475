"""The pages that rules look at, and how they say what they find: where, in which words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from report_builder.checks.page.colours import Look, Pixels, looks
from report_builder.checks.rules import Finding
from report_builder.problems import Position
from report_builder.readback.painted import Place, Rect, Sheet, Thing
from report_builder.templating.declared import Wanted

_QUOTED = 60  # letters of a text, by which it is found again


class Origin(Protocol):
    """Where what is painted came from."""

    def words(self, place: Place) -> Position:
        """Return the content's line that something came from, else the theme's file."""

    def style(self, place: Place, wanted: Wanted) -> tuple[Position, str] | None:
        """Return where the theme itself declares one of some properties of it, and what."""

    def is_shipped(self, position: Position) -> bool:
        """Tell whether a place is in a file that comes with the program."""


class FinishedFile:
    """The origin of what is in a file that somebody made: the file."""

    def __init__(self, path: str) -> None:
        self._position = Position(path)

    def words(self, _place: Place) -> Position:
        """Return the file."""
        return self._position

    def style(self, _place: Place, _wanted: Wanted) -> None:
        """Return nothing: a finished file has no style sheet."""

    def is_shipped(self, _position: Position) -> bool:
        """Tell that it is not ours."""
        return False


@dataclass(frozen=True, eq=False)
class Fault:
    """Something on a page that breaks a rule.

    ``what`` goes on after its words. ``causes`` are places and what of their style may be to blame;
    ``hint`` mends the content, ``style_hint`` the style.
    """

    sheet: Sheet
    thing: Thing
    what: str
    hint: str
    style_hint: str = ""
    causes: tuple[tuple[Place, Wanted], ...] = ()


@dataclass(frozen=True)
class Pages:
    """A document's pages; ``least`` is the smallest size of text, in points.

    Words within the classes of ``sized`` have sizes that say something, and may be smaller. Those
    of a picture of a page are not read by a program: it is not ``read``.
    """

    sheets: Sequence[Sheet]
    least: float
    origin: Origin
    pixels: Pixels | None = None
    glyphs: Callable[[Thing], list[Rect]] = field(default=lambda thing: [thing.rect])
    sized: frozenset[str] = frozenset()
    read: bool = True

    @cached_property
    def looks(self) -> list[Look]:
        """How each text stands out from what is behind it."""
        return [look for sheet in self.sheets for look in looks(sheet, self.pixels)]

    def is_sized(self, place: Place | None) -> bool:
        """Tell whether the size of something says how many people said it."""
        while self.sized and place is not None:
            element = place.element
            if element is not None and self.sized & set(element.get("class", "").split()):
                return True
            place = place.parent
        return False

    def findings(self, faults: Iterable[Fault]) -> Iterator[Finding]:
        """Yield faults, those of one place as one."""
        once: dict[object, Fault] = {}
        for fault in faults:
            place = fault.thing.place
            known = place.element is not None or place.part
            once.setdefault((id(place.element), place.part) if known else fault, fault)
        at: dict[tuple[Position, str], list[Fault]] = {}
        for fault in once.values():
            at.setdefault(self._place(fault), []).append(fault)
        for (position, declared), found in at.items():
            yield position, _message(found, declared), self._hint(found[0], position, declared)

    def _place(self, fault: Fault) -> tuple[Position, str]:
        """Return where a fault stands, and what a style to blame declares there."""
        for place, wanted in fault.causes:
            if found := self.origin.style(place, wanted):
                return found
        return self.origin.words(fault.thing.place), ""

    def _hint(self, fault: Fault, position: Position, declared: str) -> str:
        if declared:
            return fault.style_hint or fault.hint
        if self.origin.is_shipped(position):
            return f"{fault.hint} The words are the shipped template's own: tell those who make it."
        return fault.hint


def _message(found: Sequence[Fault], declared: str) -> str:
    first, more = found[0], len(found) - 1
    where = f"page {first.sheet.number}{f', and {more} more like it' if more else ''}"
    why = f", by “{declared}”" if declared else ""
    return f"{quoted(first.thing)} {first.what} ({where}){why}."


def quoted(thing: Thing) -> str:
    """Return the words by which a text or a picture is found again."""
    text = thing.text
    if not text.strip() and thing.place.element is not None:
        text = thing.place.element.get("alt") or thing.place.element.get("src") or ""
    words = " ".join(text.split())
    return f"“{words[:_QUOTED]}{'…' if len(words) > _QUOTED else ''}”" if words else "A picture"
