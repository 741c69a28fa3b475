"""The lists of a Word document: which numbering their paragraphs belong to, and how it counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn
from lxml.html import HtmlElement

from report_builder.checks.reference import LISTS
from report_builder.writers.docx.ooxml import element
from report_builder.writers.docx.setting import Setting

_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


@dataclass(frozen=True)
class Count:
    """How a list counts: whether it does, in what (``type`` of an ``ol``), and from where."""

    is_numbered: bool
    kind: str = ""
    start: int = 1


class Lists:
    """The numberings that a document has, and those that it comes to need.

    Lists of one numbering are read as standing in each other. So an outermost list and all in it
    share one, unless lists on the same level count in several ways.
    """

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.numbering = setting.word.part.numbering_part.element
        self.shared: dict[int, dict[int, set[Count]]] = {}

    def style_of(self, block: HtmlElement) -> str:
        """Return the style of a list's items."""
        bullet, number = LISTS
        if block.tag == "ol":
            return number
        style = self.setting.style_of(block, bullet)
        return style if self.of_style(style) else bullet  # a class may name a style of no list

    def number(self, block: HtmlElement, level: int, around: int) -> int:
        """Return the numbering of a list at a level; ``around`` is that of the list around it."""
        if level == 0:
            return self._outermost(block)
        shares = len(self.shared.get(around, {}).get(level, ())) == 1
        return around if shares else self.anew(block, level, count_of(block).start)

    def anew(self, block: HtmlElement, level: int, start: int) -> int:
        """Return a numbering for the items of a list that count from ``start``."""
        count = count_of(block)
        number = self._new(self.style_of(block))
        self._override(number, level, Count(count.is_numbered, count.kind, start))
        return number

    def deepest(self, block: HtmlElement) -> int:
        """Return the deepest level of a list's style, counted from 0."""
        return len(self._levels(self.of_style(self.style_of(block)))) - 1

    def indent(self, number: int, level: int) -> Any:
        """Return what sets a further paragraph of an item where its first begins."""
        found = self._levels(number)[level].find(f".//{qn('w:ind')}")
        left = found.get(qn("w:left"), "0") if found is not None else "0"
        return element("w:ind", w_left=left, w_firstLine=0)

    def _outermost(self, block: HtmlElement) -> int:
        style, counts = self.style_of(block), defaultdict(set)
        for level, count in _counts(block, 0):
            counts[level].add(count)
        if all(count == {Count(False)} for count in counts.values()):
            number = self.of_style(style)  # bullets throughout, as the style has them
        else:
            number = self._new(style)
            for level, (count, *others) in counts.items():
                if not others and level <= self.deepest(block):
                    self._override(number, level, count)
        self.shared[number] = counts
        return number

    def of_style(self, style: str) -> int:
        """Return the numbering of a style's paragraphs, 0 where it has none."""
        found = self.setting.styles[style].element.find(f".//{qn('w:numId')}")
        return 0 if found is None else int(found.val)

    def _new(self, style: str) -> int:
        like = self.numbering.num_having_numId(self.of_style(style))
        return int(self.numbering.add_num(like.abstractNumId.val).numId)

    def _override(self, number: int, level: int, count: Count) -> None:
        """Let one level of a numbering count otherwise than its style does."""
        override = self.numbering.num_having_numId(number).add_lvlOverride(ilvl=level)
        if count.is_numbered:
            override.add_startOverride(count.start)
        own = deepcopy(self._levels(self.of_style(LISTS[count.is_numbered]))[level])
        for named in own.findall(qn("w:pStyle")):  # belongs to the list that it was copied from
            own.remove(named)
        if count.kind in _FORMATS:
            own.find(qn("w:numFmt")).set(qn("w:val"), _FORMATS[count.kind])
        own.find(qn("w:start")).set(qn("w:val"), str(count.start))
        override.append(own)

    def _levels(self, number: int) -> list[Any]:
        abstract = self.numbering.num_having_numId(number).abstractNumId.val
        path = f"./w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl"
        return list(self.numbering.xpath(path))


def count_of(block: HtmlElement) -> Count:
    """Return how a list counts."""
    if block.tag != "ol":
        return Count(False)
    return Count(True, block.get("type", ""), whole(block.get("start"), 1))


def whole(value: str | None, default: int) -> int:
    """Return a number that an attribute gives, or what stands for none."""
    return int(value) if value is not None and value.isdecimal() else default


def _counts(block: HtmlElement, level: int) -> Iterator[tuple[int, Count]]:
    """Yield how a list counts and each that stands in it, with their levels."""
    yield level, count_of(block)
    for inner in block.xpath(".//*[self::ul or self::ol or self::menu]"):
        around = inner.xpath("ancestor::*[self::ul or self::ol or self::menu]")
        if around[-1] is block:
            yield from _counts(inner, level + 1)
