"""Rules over how a Word file's words look: their colour, size and shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from report_builder.checks.rules import Finding, Rule
from report_builder.problems import Severity
from report_builder.readback.word import WordFile, is_on, points, property_of, value_of, xpath
from report_builder.templating.contrast import LEAST, contrast

LEAST_POINTS = 12
_HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "red": "FF0000",
    "magenta": "FF00FF", "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "00008B",
    "darkCyan": "008B8B", "darkGreen": "006400", "darkMagenta": "800080", "darkRed": "8B0000",
    "darkYellow": "808000", "darkGray": "A9A9A9", "lightGray": "D3D3D3",
}  # fmt: skip
"""The colours of Word's text marker by their names."""


def is_colour(value: str) -> bool:
    """Tell whether a value is a colour, as six digits; Word can also leave it open."""
    return re.fullmatch(r"[0-9A-Fa-f]{6}", value) is not None


def _runs(word: WordFile) -> list[Any]:
    return word.find("//w:body//w:r[w:t]")


def _pale(word: WordFile) -> Iterator[Finding]:
    hint = f"In Word: choose a darker colour; text needs a contrast of {LEAST}."
    for run in _runs(word):
        colour, ground = property_of(run, "color", inside="rPr"), _ground(run)
        if is_colour(colour) and is_colour(ground):
            ratio = contrast(f"#{colour}", f"#{ground}")
            if ratio < LEAST:
                message = f"Words have a contrast of {ratio:.1f}; text needs {LEAST}."
                yield word.at(run), message, hint
    for style in word.styles.values():
        colour = property_of(style, "color", inside="rPr")
        shade = [s for s in xpath(style, "./w:pPr/w:shd/@w:fill") if is_colour(s)]
        ground = shade[0] if shade else "FFFFFF"
        if not is_colour(colour) or contrast(f"#{colour}", f"#{ground}") >= LEAST:
            continue
        for used in _uses(word, style)[:1]:
            message = f"The style “{property_of(style, 'name')}” is too pale to read."
            yield word.dressed_by or word.at(used), message, hint


def _ground(run: Any) -> str:
    """Return the colour behind a run, white where none is stated."""
    if marked := property_of(run, "highlight", inside="rPr"):
        return _HIGHLIGHTS.get(marked, "FFFFFF")
    path = (
        "(ancestor::w:tc/w:tcPr/w:shd | ancestor::w:p/w:pPr/w:shd | ./w:rPr/w:shd)[last()]/@w:fill"
    )
    found = xpath(run, path)
    return str(found[0]) if found and found[0] != "auto" else "FFFFFF"


def _uses(word: WordFile, style: Any) -> list[Any]:
    name = value_of(style, "styleId")
    return [mark for mark in word.find("//w:pStyle | //w:rStyle") if value_of(mark, "val") == name]


def _small(word: WordFile) -> Iterator[Finding]:
    for run in _runs(word):
        size = points(property_of(run, "sz", inside="rPr"), bare=1 / 2)
        if size is not None and size < LEAST_POINTS:
            message = f"Words are set in {size:g} points; {LEAST_POINTS} are the least."
            yield word.at(run), message, f"In Word: choose {LEAST_POINTS} points or more."


def _marked(word: WordFile, name: str) -> Iterator[Any]:
    """Yield the runs that have a look switched on by themselves, whatever their style."""
    for run in _runs(word):
        if (marks := xpath(run, f"./w:rPr/w:{name}")) and is_on(marks[0]):
            yield run


def _capitals(word: WordFile) -> Iterator[Finding]:
    for run in _marked(word, "caps"):
        hint = "In Word: Font, untick All caps."
        yield word.at(run), "Words are shown in capitals.", hint


def _hidden(word: WordFile) -> Iterator[Finding]:
    for run in _marked(word, "vanish"):
        message = "Words are hidden, and are read out all the same."
        yield word.at(run), message, "In Word: Font, untick Hidden; or delete them."


def _italics(word: WordFile) -> Iterator[Finding]:
    for run in _marked(word, "i"):
        hint = "Use bold letters, which are easier to read."
        yield word.at(run), "Words are in italics.", hint


RULES: tuple[Rule[WordFile], ...] = (
    Rule("contrast", Severity.ERROR, "Every colour can be read.", _pale),
    Rule("hidden-text", Severity.ERROR, "No words are hidden.", _hidden),
    Rule("text-size", Severity.WARNING, "Words in Word files have 12 points.", _small),
    Rule("capitals", Severity.ADVICE, "Words are not written all in capitals.", _capitals),
    Rule("italics", Severity.ADVICE, "Words are not in italics.", _italics),
)
