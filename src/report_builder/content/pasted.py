"""Lines as they are pasted from Word, from mail and from phones, made the Markdown they look like.

What is plainly a list becomes one, and what is told by its lines keeps them. Where a sign may mean
something else (a dialogue, a year, somebody's initials) the words stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from report_builder.content.signs import Sign, signs

_FENCE = re.compile(r" *(`{3,}|~{3,})")
_QUOTED = re.compile(r" {0,3}>")
_MORE_THAN = re.compile(r" {0,3}(?=> ?[\d£$€])")
_NOTE = re.compile(r" {0,3}\[\^[^\]\s]+\]:")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$|\s*\|\s*:?-+:?\s*\|\s*$")
_CODE = 4  # spaces before a line that make it code
_KEEP = "  "  # at a line's end it lets the next line begin on a new one


@dataclass(frozen=True)
class Line:
    """A line of Markdown: its words, and the number of the line that it was.

    Of one that is to begin an item, the sign that it was written with, and in what the list counts;
    ``written`` is what it was.
    """

    words: str
    origin: int
    sign: str = ""
    kind: str = ""
    written: str = ""

    @property
    def as_written(self) -> Line:
        """The line without any change."""
        return Line(self.written, self.origin)


def as_markdown(text: str) -> list[Line]:
    """Return a text's lines as Markdown; there may be more of them than it has."""
    return list(_blocks([Line(words, number) for number, words in enumerate(text.split("\n"))]))


def _blocks(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines: code as it stands, and what is quoted as it is without its signs."""
    loose: list[Line] = []
    here = 0
    while here < len(lines):
        end = _end_of_code(lines, here) or _end_of_table(lines, here)
        end = end or _end_of_quotation(lines, here)
        if end == here:
            if more := _MORE_THAN.match(lines[here].words):  # “> 80 people”
                said = f"\\{lines[here].words[more.end() :]}"
                loose.append(replace(lines[here], words=said))
            else:
                loose.append(lines[here])
            here += 1
            continue
        yield from _Loose(loose).lines()
        piece, loose = lines[here:end], []
        yield from _quoted(piece) if _QUOTED.match(piece[0].words) else piece
        if end < len(lines) and lines[end].words.strip():
            yield Line("", lines[end].origin)  # else it would be quoted, too
        here = end
    yield from _Loose(loose).lines()


def _end_of_code(lines: Sequence[Line], here: int) -> int:
    """Return where a block of code ends that begins at a line, 0 where none does."""
    if not (fence := _FENCE.match(lines[here].words)):
        return 0
    close = re.compile(rf" *{fence[1][0]}{{{len(fence[1])},}}\s*$")
    ends = (n + 1 for n in range(here + 1, len(lines)) if close.match(lines[n].words))
    return next(ends, len(lines))


def _end_of_table(lines: Sequence[Line], here: int) -> int:
    """Return where a table ends whose heads are a line, 0 where none does."""
    below = lines[here + 1].words if here + 1 < len(lines) else ""
    if "|" not in lines[here].words or not _RULE.match(below):
        return 0
    return next((n for n in range(here, len(lines)) if not lines[n].words.strip()), len(lines))


def _end_of_quotation(lines: Sequence[Line], here: int) -> int:
    """Return where a quotation ends that begins at a line; the line itself where none does."""
    end = here
    while end < len(lines) and _QUOTED.match(lines[end].words):
        end += 1
    is_mail = any(not _MORE_THAN.match(one.words) for one in lines[here:end])
    return end if is_mail else here


def _quoted(lines: Sequence[Line]) -> Iterator[Line]:
    inner = [replace(one, words=re.sub(r"^ {0,3}> ?", "", one.words)) for one in lines]
    for one in _blocks(inner):
        yield replace(one, words=f"> {one.words}", written=f"> {one.written}")


@dataclass
class _Level:
    """An item that others may stand in: where it stood, its look, and where it stands now."""

    stood: int
    look: str
    stands: int
    width: int
    is_ours: bool


class _Loose:
    """Lines that are neither code nor quoted, in which lists are to be found."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.source = lines
        self.signs = signs([line.words for line in lines])
        self.levels: list[_Level] = []
        self.separators: dict[int, str] = {}

    def lines(self) -> Iterator[Line]:
        """Yield the lines, each sign that begins an item as Markdown has it."""
        for number, line in enumerate(self.source):
            sign = self.signs.get(number)
            if sign is None:
                if self._ends_list(number):
                    self.levels.clear()
                    self.separators.clear()
                if _NOTE.match(line.words):  # what is indented below belongs to it
                    self.levels = [_Level(1, "note", 0, 4, is_ours=False)]
                yield self._kept(number, line) if line.words.strip() else line
            elif sign.is_line:
                yield self._line(number, line, sign)
            else:
                yield from self._item(number, line, sign)

    def _line(self, number: int, line: Line, sign: Sign) -> Line:
        """Return a line that stays one: the next begins anew."""
        if not sign.indent:
            self.levels.clear()
        elif sign.indent >= _CODE and not self.levels:
            return line
        goes_on = number + 1 < len(self.source) and self.source[number + 1].words.strip()
        indent = line.words[: len(line.words) - len(line.words.lstrip())]
        return replace(line, words=f"{indent}{sign.words}{_KEEP * bool(goes_on)}")

    def _kept(self, number: int, line: Line) -> Line:
        """Return a line; where the next begins with a sign of its own, it ends there."""
        following = self.signs.get(number + 1)
        goes_on = following is None or not following.is_line
        return line if goes_on else replace(line, words=line.words.rstrip() + _KEEP)

    def _ends_list(self, number: int) -> bool:
        """Tell whether a line begins a paragraph that belongs to no item."""
        words = self.source[number].words
        after_blank = number == 0 or not self.source[number - 1].words.strip()
        return bool(after_blank and words.strip() and not words[0].isspace())

    def _item(self, number: int, line: Line, sign: Sign) -> Iterator[Line]:
        level = self._level(number, sign)
        if sign.is_native and not level.is_ours:
            mark = sign.mark
            indent = sign.indent
        else:
            indent = level.stands
            mark = sign.mark if sign.is_native else self._mark(sign, indent)
        before = self.source[number - 1].words if number else ""
        if sign.value > 1 and sign.begins and before.strip() and number - 1 not in self.signs:
            yield Line("", line.origin)  # else it would be a part of the paragraph above it
        if not sign.is_native or level.is_ours:
            kind = "" if sign.is_native else sign.kind
            words = f"{' ' * indent}{mark} {sign.words}"
            line = Line(words, line.origin, sign.mark, kind, line.words)
        yield self._kept(number, line)
        level.stands, level.width = indent, len(mark) + 1

    def _level(self, number: int, sign: Sign) -> _Level:
        """Return the level of an item, and let it be the deepest."""
        while self.levels and self.levels[-1].stood > sign.indent:
            self.levels.pop()
        alike = [n for n, one in enumerate(self.levels) if self._is_beside(one, sign)]
        if alike:
            level = self.levels[alike[-1]]
            del self.levels[alike[-1] + 1 :]
            return level
        above = self.levels[-1] if self.levels else None
        while above and above.stood == sign.indent and not self._is_within(number, above):
            self.levels.pop()
            above = self.levels[-1] if self.levels else None
        stands = above.stands + above.width if above else 0
        is_ours = not sign.is_native or bool(above and above.is_ours)
        level = _Level(sign.indent, sign.look, stands, 0, is_ours)
        self.levels.append(level)
        return level

    def _is_within(self, number: int, above: _Level) -> bool:
        """Tell whether an item belongs to one that stands in the same column above it.

        Two lists of Markdown's own are one after the other; so are two with room between them,
        unless the first goes on below.
        """
        sign = self.signs[number]
        if sign.is_native and not above.is_ours:
            return False
        if self.source[number - 1].words.strip():
            return True
        later = range(number + 1, len(self.source))
        ends = next((n for n in later if n not in self.signs and self._ends_list(n)), later.stop)
        on = (self.signs[n] for n in range(number + 1, ends) if n in self.signs)
        return any(self._is_beside(above, one) and not one.begins for one in on)

    def _is_beside(self, level: _Level, sign: Sign) -> bool:
        return level.stood == sign.indent and level.look == sign.look

    def _mark(self, sign: Sign, indent: int) -> str:
        """Return the sign of Markdown's that stands for another."""
        if not sign.value:
            return "-"
        if sign.begins or indent not in self.separators:
            # Two lists that follow each other are told apart by what stands behind the number.
            self.separators[indent] = ")" if self.separators.get(indent) == "." else "."
        return f"{sign.value}{self.separators[indent]}"
