"""What is painted on pages: runs of text, pictures and grounds, each where and as it is seen.

Nothing here knows how a page was made: a program that sets pages notes it while it paints, and one
that opens a finished file reads it there. All measures are millimetres from the sheet's left top.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

Rect = tuple[float, float, float, float]
"""Left, top, right and bottom."""

Colour = tuple[float, float, float, float]
"""Red, green, blue, and how much of it covers: each from 0 to 1."""

EVERYWHERE: Rect = (-1e9, -1e9, 1e9, 1e9)
NOWHERE: Rect = (0, 0, 0, 0)
WHITE: Colour = (1, 1, 1, 1)


class Kind(Enum):
    """What a thing on a page is."""

    TEXT = auto()
    LETTERING = auto()  # a text within a drawing
    PICTURE = auto()
    GROUND = auto()  # a colour behind what follows
    IMAGE = auto()  # a picture or a gradient as a ground
    TABLE = auto()  # all of a table, with its rules


@dataclass(slots=True, eq=False)
class Place:
    """Where a box stands among others; what is said of a box holds for what stands in it."""

    parent: Place | None = None
    tag: str = ""
    element: Any = None  # what it came from
    part: str = ""  # of that element, as style sheets call it: “::before”, “@top-left”
    order: int = -1  # of its element among all of the document
    flows: bool = True  # whether it stands in the text: not in a margin, not placed by hand
    bleeds: bool = False  # whether a negative margin lets it stand out on purpose
    is_marker: bool = False
    column: tuple[float, float] | None = None  # left and right of the block that is to hold it
    holder: str = ""  # the tag of that block
    head: str = ""  # the tag of what is to stay with what follows
    beside: Any = None  # the element whose text something floats beside
    collapses: bool = False  # whether spaces at the ends of its lines are dropped

    def inside(self, element: Any) -> bool:
        """Tell whether it stands in an element."""
        here: Place | None = self
        while here is not None and here.element is not element:
            here = here.parent
        return here is not None

    def within(self, tag: str) -> Any:
        """Return the nearest element of a tag that it stands in, if in any."""
        here: Place | None = self
        while here is not None and here.tag != tag:
            here = here.parent
        return None if here is None else here.element


@dataclass(slots=True, eq=False)
class Thing:
    """Something painted; ``seen`` is what cuts and clips leave of its place."""

    kind: Kind
    rect: Rect
    seen: Rect | None
    place: Place
    groups: tuple[tuple[int, float], ...] = ()  # number and opacity of each that it is painted in
    colour: Colour | None = None  # none: its colours are its own
    text: str = ""
    size: float = 0  # points
    is_bold: bool = False
    squeezed: float = 0  # how much closer letters or words are than their font says, in ems
    ppi: float | None = None
    line: Any = None  # the line that it stands in
    box: Any = None  # what its maker knows it by


@dataclass(slots=True)
class Sheet:
    """A page: how large it is, where its texts may stand, and what is painted on it, in order."""

    number: int
    size: tuple[float, float]
    area: Rect
    is_begun: bool = False  # somebody wanted a page to begin here
    things: list[Thing] = field(default_factory=list)

    def texts(self) -> list[Thing]:
        """Return its runs of text."""
        return [thing for thing in self.things if thing.kind is Kind.TEXT]


def meet(one: Rect, other: Rect) -> Rect | None:
    """Return what two places have in common."""
    left, top = max(one[0], other[0]), max(one[1], other[1])
    right, bottom = min(one[2], other[2]), min(one[3], other[3])
    return (left, top, right, bottom) if right > left and bottom > top else None


def area(rect: Rect) -> float:
    """Return how large a place is."""
    return (rect[2] - rect[0]) * (rect[3] - rect[1])
