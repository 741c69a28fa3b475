"""How a text stands out from what is really behind it, see-through or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from report_builder.readback.painted import WHITE, Colour, Kind, Rect, Sheet, Thing
from report_builder.templating.contrast import ratio_of

Pixels = Callable[[int, Rect], list[Colour]]
"""Returns the colours of a part of a page, numbered from 1, as it is without its texts."""

_STRIP = 5  # millimetres of a page's height that are looked at together
_MOST_STRIPS = 400
_CLEAR = 0.05  # what covers less is not seen
_GROUNDS = {Kind.GROUND, Kind.IMAGE, Kind.PICTURE}
_Ground = tuple[int, Thing]


@dataclass(slots=True)
class Look:
    """A text as it is seen: its colour, its ground's, their contrast, and what is behind it."""

    sheet: Sheet
    thing: Thing
    ink: Colour
    ground: Colour
    ratio: float
    is_clear: bool = False
    behind: list[Thing] = field(default_factory=list)
    before: Thing | None = None  # what covers it


def looks(sheet: Sheet, pixels: Pixels | None) -> Iterator[Look]:
    """Yield how each text of a page that is not cut away stands out, where it does so least."""
    strips: dict[int, list[_Ground]] = defaultdict(list)
    for number, thing in enumerate(sheet.things):
        if thing.kind in _GROUNDS and thing.seen:
            first, last = max(0, int(thing.seen[1] // _STRIP)), int(thing.seen[3] // _STRIP)
            for strip in range(first, min(last, _MOST_STRIPS) + 1):
                strips[strip].append((number, thing))
    for number, thing in enumerate(sheet.things):
        if thing.kind is Kind.TEXT and thing.seen and thing.colour:
            middle = (thing.seen[1] + thing.seen[3]) / 2
            yield _look(sheet, number, thing, strips.get(int(middle // _STRIP), ()), pixels)


def _look(
    sheet: Sheet,
    number: int,
    text: Thing,
    near: Sequence[_Ground],
    pixels: Pixels | None,
) -> Look:
    assert text.seen and text.colour  # noqa: S101, PT018  # only such texts are looked at
    left, top, right, bottom = text.seen
    worst = Look(sheet, text, text.colour, WHITE, 21, is_clear=_shown(text) < _CLEAR)
    seen_on: set[tuple[int, ...]] = set()
    for x in (left + (right - left) * share for share in (0.02, 0.5, 0.98)):
        here = [(n, t) for n, t in near if _holds(t.seen, x, (top + bottom) / 2)]
        if over := next((t for n, t in here if n > number and _covers(t)), None):
            return Look(sheet, text, text.colour, WHITE, 1, before=over)
        under = [t for n, t in here if n < number]
        key = tuple(map(id, under))
        if key in seen_on:
            continue
        seen_on.add(key)
        top_most = max((i for i, t in enumerate(under) if _is_opaque(t)), default=-1)
        if top_most >= 0 and under[top_most].colour is None and pixels:
            faded = (*text.colour[:3], _shown(text))
            grounds = pixels(sheet.number, text.seen)
            pairs = [(mixed(faded, ground), ground) for ground in grounds]
        else:
            pairs = [(_stacked([*under, text]), _stacked(under))]
        for ink, ground in pairs:
            if (ratio := ratio_of(ink, ground)) < worst.ratio:
                worst = Look(sheet, text, ink, ground, ratio, worst.is_clear, under)
    return worst


def _shown(thing: Thing) -> float:
    """Return how much of a thing shows through all that it is painted in."""
    shown = thing.colour[3] if thing.colour else 1
    for _, opacity in thing.groups:
        shown *= opacity
    return shown


def _covers(thing: Thing) -> bool:
    return _shown(thing) > 0.5


def _is_opaque(thing: Thing) -> bool:
    return thing.colour is None or _shown(thing) >= 1


def _holds(rect: Rect | None, x: float, y: float) -> bool:
    return rect is not None and rect[0] <= x <= rect[2] and rect[1] <= y <= rect[3]


def _stacked(things: Sequence[Thing]) -> Colour:
    """Return the colour that is seen where things lie upon each other, on white paper.

    What is painted in a group is blended there first, and the group as a whole afterwards.
    """
    layers: list[tuple[int, float, Colour]] = [(0, 1, WHITE)]

    def close() -> None:
        _, opacity, colour = layers.pop()
        number, own, under = layers[-1]
        layers[-1] = (number, own, mixed((*colour[:3], colour[3] * opacity), under))

    for thing in things:
        numbers = [0, *(number for number, _ in thing.groups)]
        while [layer[0] for layer in layers] != numbers[: len(layers)]:
            close()
        layers += [
            (number, opacity, (0, 0, 0, 0)) for number, opacity in thing.groups[len(layers) - 1 :]
        ]
        number, opacity, under = layers[-1]
        layers[-1] = (number, opacity, mixed(thing.colour or WHITE, under))
    while len(layers) > 1:
        close()
    return layers[0][2]


def mixed(over: Colour, under: Colour) -> Colour:
    """Return what is seen of two colours, one upon the other."""
    rest = under[3] * (1 - over[3])
    shown = over[3] + rest
    if not shown:
        return (0, 0, 0, 0)
    red, green, blue = ((over[n] * over[3] + under[n] * rest) / shown for n in range(3))
    return (red, green, blue, shown)


def hexed(colour: Colour) -> str:
    """Return a colour as style sheets write it."""
    return "#" + "".join(f"{round(min(1, max(0, part)) * 255):02X}" for part in colour[:3])
