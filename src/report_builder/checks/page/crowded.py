"""Rules over texts that stand upon each other, or too close to be told apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from report_builder.checks.page.causes import CROWDED, GLUED, SQUEEZED
from report_builder.checks.page.subject import Fault, Pages, quoted
from report_builder.checks.rules import Finding
from report_builder.readback.painted import Kind, Rect, Sheet, Thing, meet

_MM = 25.4 / 72  # in a point
_WIDE, _HIGH = 0.15, 0.2  # of the size of letters: what two texts may share without touching
_SAME_LINE = 0.5  # neighbours of a line overhang each other, as an italic and a bracket do
_TOUCH = 0.2  # millimetres that two letters must share
_SQUEEZED = 0.1  # ems by which letters or words may come closer than their font says
_PICTURE = 0.5  # millimetres

_HINT = "Shorten the texts, or compare the style sheet with the shipped one."
_STYLE_HINT = "Change that declaration, so that each text has a place of its own."
_CLOSE_HINT = "Give it as much space as the font says, or more."
_GLUED_HINT = (
    "Take the declaration out, or write “white-space: pre-wrap”: a screen reader and who copies"
    " the text get no space where a line ends."
)


def overlapping(pages: Pages) -> Iterator[Finding]:
    """Yield texts upon other texts or pictures, and letters upon letters."""
    yield from pages.findings(f for sheet in pages.sheets for f in _faults(pages, sheet))


def glued(pages: Pages) -> Iterator[Finding]:
    """Yield texts whose words would be read as one where a line ends."""

    def faults() -> Iterator[Fault]:
        for sheet in pages.sheets if pages.read else ():
            texts = sheet.texts()
            for text, following in pairwise(texts):
                words = f"{text.text[-20:]} {following.text.split(' ')[0]}"
                if not _is_glued(text, following):
                    continue
                what = f"runs together where a line ends (“{words.strip()}”)"
                causes = ((text.place, GLUED),)
                yield Fault(sheet, text, what, _GLUED_HINT, _GLUED_HINT, causes)

    yield from pages.findings(faults())


def _is_glued(text: Thing, following: Thing) -> bool:
    if not text.place.collapses or text.line is following.line or text.text[-1:].isspace():
        return False
    same = text.place.element is following.place.element and text.place.element is not None
    if not same or text.place.part or following.text[:1].isspace():
        return False
    joined = f"{text.text[-12:]} {following.text[:12]}"
    return joined in " ".join("".join(text.place.element.itertext()).split())


def _faults(pages: Pages, sheet: Sheet) -> Iterator[Fault]:
    texts = [text for text in sheet.texts() if text.seen]
    for text in texts:
        if text.squeezed > _SQUEEZED:
            what = "is set so close that its letters or words run together"
            yield Fault(sheet, text, what, _CLOSE_HINT, _CLOSE_HINT, ((text.place, SQUEEZED),))
    for lower, upper in _pairs(texts):
        # What places the phrases of a cloud measures their ink: one may stand beside the stem of
        # an “h”, within the letter's box.
        if pages.is_sized(lower.place) and pages.is_sized(upper.place):
            continue
        if _share(lower, upper) and _touch(pages, lower, upper):
            causes = ((lower.place, CROWDED), (upper.place, CROWDED))
            yield Fault(sheet, lower, f"stands upon {quoted(upper)}", _HINT, _STYLE_HINT, causes)
    pictures = [t for t in sheet.things if t.kind is Kind.PICTURE and t.seen and t.place.flows]
    for picture in pictures:
        for text in texts:
            if text.place.flows and _is_over(text, picture):
                causes = ((text.place, CROWDED), (picture.place, CROWDED))
                yield Fault(sheet, text, "stands upon a picture", _HINT, _STYLE_HINT, causes)


def _pairs(texts: list[Thing]) -> Iterator[tuple[Thing, Thing]]:
    """Yield texts whose places meet, the lower one first."""
    open_: list[tuple[Rect, Thing]] = []
    for rect, text in sorted(((t.seen or t.rect, t) for t in texts), key=lambda pair: pair[0][1]):
        open_ = [(other, t) for other, t in open_ if other[3] > rect[1]]
        for other, before in open_:
            if other[0] < rect[2] and rect[0] < other[2]:
                yield text, before
        open_.append((rect, text))


def _share(one: Thing, other: Thing) -> bool:
    """Tell whether two texts share more of the page than neighbours do."""
    both = meet(one.seen or one.rect, other.seen or other.rect)
    if both is None:
        return False
    wide, high, em = both[2] - both[0], both[3] - both[1], min(one.size, other.size) * _MM
    if one.line is other.line and one.line is not None and wide < _SAME_LINE * em:
        return False
    return wide > _WIDE * em and high > _HIGH * em


def _touch(pages: Pages, one: Thing, other: Thing) -> bool:
    """Tell whether letters lie upon letters, and not only the corners of their places."""
    letters = pages.glyphs(other)
    shared = (meet(a, b) for a in pages.glyphs(one) for b in letters)
    return any(s and s[2] - s[0] > _TOUCH and s[3] - s[1] > _TOUCH for s in shared)


def _is_over(text: Thing, picture: Thing) -> bool:
    both = meet(text.seen or text.rect, picture.seen or picture.rect)
    return both is not None and both[2] - both[0] > _PICTURE and both[3] - both[1] > _PICTURE
