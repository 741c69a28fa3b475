"""Rules over what the eye meets in a finished PDF: no word is cut, too small, pale or unseen.

They ask what the gate of our own pages asks (`checks/page/`), and find what is plain: a word over a
picture, or over what is half seen through, is left alone. So they warn, and stop nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from report_builder.checks.finished import Finished, quoted
from report_builder.checks.rules import Finding, Rule
from report_builder.problems import Severity
from report_builder.templating.contrast import LEAST, contrast

if TYPE_CHECKING:
    from report_builder.readback.sheet import Box, Sheet, Thing

_SMALLEST, _SMALLEST_LARGE_PRINT = 12.0, 16.0  # points
_LARGE_PRINT = re.compile(r"large[\W_]?print", re.IGNORECASE)
_POSTER = 1.2 * 595 * 842  # square points: what is larger than A4 is seen from further away
_RAISED = re.compile(r"\W*\w{1,3}\W*")  # the number of a note, or th
_ROUNDED = 0.05  # points by which a size may be short
_BEYOND = 1.5  # points by which the ink of a letter may leave the page
_LARGE, _LARGE_CONTRAST = 18.0, 3.0  # points from which less contrast is enough
_UNSEEN_CONTRAST, _UNSEEN_SOLID = 1.1, 25
_WHITE = (255, 255, 255, 255)
_MOST_LOOKS = 4_000_000  # at a page's areas, word by word; a page of more is a map or a drawing


def _beyond(pdf: Finished) -> Iterator[Finding]:
    for sheet in pdf.sheets:
        cut = [t for t in sheet.texts if _is_cut(t.box, sheet.box) and _is_plain(t)]
        if cut:
            message = f"{quoted(cut[0].words)} on page {sheet.number} runs off the page."
            yield pdf.position, message, "Let it break over lines, or give it less room."


def _is_cut(box: Box, page: Box) -> bool:
    return (
        box[0] < page[0] - _BEYOND
        or box[1] < page[1] - _BEYOND
        or box[2] > page[2] + _BEYOND
        or box[3] > page[3] + _BEYOND
    )


def _is_plain(thing: Thing) -> bool:
    return thing.is_shown and thing.box[2] > thing.box[0]


def _small(pdf: Finished) -> Iterator[Finding]:
    names = f"{pdf.ties.title} {pdf.position.path}"
    least = _SMALLEST_LARGE_PRINT if _LARGE_PRINT.search(names) else _SMALLEST
    small: list[tuple[float, int, str]] = []
    letters = 0
    for sheet in pdf.sheets:
        if _area(sheet.box) > _POSTER:
            continue
        for thing in sheet.texts:
            letters += len(thing.words)
            if 0 < thing.size < least - _ROUNDED and not _RAISED.fullmatch(thing.words):
                small.append((thing.size, sheet.number, thing.words))
    if small:
        size, page, words = min(small)
        share = max(1, round(100 * sum(len(words) for _, _, words in small) / letters))
        message = (
            f"{share} % of the text is smaller than {least:g} points: {quoted(words)} on page"
            f" {page} has {size:.1f}."
        )
        yield pdf.position, message, f"Set no text smaller than {least:g} points."


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _pale(pdf: Finished) -> Iterator[Finding]:
    for sheet in pdf.sheets:
        for thing, best in _contrasts(sheet):
            need = _LARGE_CONTRAST if thing.size >= _LARGE else LEAST
            if _UNSEEN_CONTRAST <= best < need:
                message = (
                    f"{quoted(thing.words)} on page {sheet.number} has a contrast of {best:.1f}:1"
                    f" to what is behind it; it needs {need:g}:1."
                )
                yield pdf.position, message, "Choose a darker, or a lighter, colour."
                break


def _unseen(pdf: Finished) -> Iterator[Finding]:
    """Find words that are heard, or found by a search, and that nobody sees."""
    for sheet in pdf.sheets:
        pictures = [t.box for t in sheet.things if t.kind == "picture"]
        unseen = [
            t
            for t in sheet.texts
            if (not t.is_shown or (t.colour is not None and t.colour[3] < _UNSEEN_SOLID))
            and not any(_meet(t.box, box) for box in pictures)  # of a scan, the words below it
        ]
        unseen += [t for t, best in _contrasts(sheet) if best < _UNSEEN_CONTRAST]
        unseen += [t for t in sheet.texts if not _meet(t.box, sheet.box)]
        if unseen:
            words = quoted(" ".join(thing.words for thing in unseen))
            message = f"{words} stands on page {sheet.number} where nobody sees it."
            yield pdf.position, message, "Show it to all readers, or take it out."


def _contrasts(sheet: Sheet) -> Iterator[tuple[Thing, float]]:
    """Yield the words of a page and their contrast with what is behind them, where it is plain."""
    behind = [(i, t) for i, t in enumerate(sheet.things) if t.kind in ("area", "picture")]
    if len(behind) * len(sheet.texts) > _MOST_LOOKS:
        return
    for number, thing in enumerate(sheet.things):
        if thing.kind != "text" or not thing.words.strip() or not thing.is_shown:
            continue
        if thing.colour is None or thing.colour[3] < 255 or not _meet(thing.box, sheet.box):
            continue
        grounds = _grounds(thing.box, [t for i, t in behind if i < number])
        if grounds:
            yield thing, max(contrast(_hex(thing.colour), _hex(ground)) for ground in grounds)


def _grounds(box: Box, behind: list[Thing]) -> list[tuple[int, int, int, int]]:
    """Return the colours that may be behind words; none where it cannot be told."""
    found = []
    for thing in reversed(behind):
        if not _meet(thing.box, box):
            continue
        if thing.kind == "picture" or thing.colour is None or 0 < thing.colour[3] < 255:
            return []
        if thing.colour[3]:
            found.append(thing.colour)
            if thing.is_square and _holds(thing.box, box):
                return found
    return [*found, _WHITE]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer[0] <= inner[0] + 1
        and outer[1] <= inner[1] + 1
        and outer[2] >= inner[2] - 1
        and outer[3] >= inner[3] - 1
    )


def _hex(colour: tuple[int, int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour[:3])


RULES: tuple[Rule[Finished], ...] = (
    Rule("beyond-page", Severity.WARNING, "All stands in its column, on the paper.", _beyond),
    Rule("small-text", Severity.WARNING, "No text is too small.", _small),
    Rule("contrast", Severity.WARNING, "Every colour can be read.", _pale),
    Rule("unseen-text", Severity.WARNING, "What is painted can be seen.", _unseen),
)
