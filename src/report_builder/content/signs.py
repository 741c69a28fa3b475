"""Signs that begin lines like the items of a list: which of them are, and which are only words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

# The last are signs of Word's own fonts, which no other font draws.
_BULLETS = "•‣▪▫■●○◦∙·⁃➢➤►▶▸❖◆◇\uf0a7\uf0b7\uf0a8\uf0d8\uf0e0\uf0fc\uf076\uf06e\uf071\uf0fe"
_DASHES = "-‐–—"  # each is another sign
_NATIVE = re.compile(r"([-+*]|(\d{1,9})[.)])[ \t]+(?=\S)")
_BULLET = re.compile(rf"([{_BULLETS}])\s*(?=\S)")
# Word draws these in fonts of signs; in others they are letters.
_LETTER = re.compile(r"([§Øüvqo])(?:\t|[ \u00a0]{2,})\s*(?=\S)")
_SMALL_O = re.compile(r"(o)[ \u00a0](?=\S)")
_DASH = re.compile(rf"([{_DASHES}])(?:\s+|(?=[^\W\d_]{{2}}))(?=\S)")
_NUMBERED = re.compile(r"(?:\(?(?:\d{1,3}|[^\W\d_]{1,5})[.)]|[①-⑳])\s*(?=\S)")
_NUMBER = re.compile(r"(\(?)(\d{1,3}|[^\W\d_])([.)])(?:\s+\S|(?=[^\W\d_]{2}))")
_ROMAN = re.compile(r"(\(?)([ivx]{1,5}|[IVX]{1,5})([.)])\s+\S")
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii")
_DOTTED = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s+\S")
_YEAR = 4  # digits; no list counts that far
_SPEECH = re.compile(r"^[“„«\"‘]|[?!][”»\"’]*(?:\s|$)")
_SENTENCE = re.compile(r"[.?!…][”»\"’')]*$")

Mark = tuple[str, int]
"""How a text is marked as an item: the look of its sign, and its number, 0 for a bullet."""


@dataclass(frozen=True)
class Sign:
    """The sign that begins a line: its look, the number that it says, and the words behind it.

    ``is_native`` says that Markdown knows it; ``is_line`` that it begins no item, but a line.
    ``begins`` says that it is the first of a series of numbers.
    """

    indent: int
    mark: str
    look: str
    words: str
    value: int = 0
    begins: bool = False
    is_native: bool = False
    is_line: bool = False

    @property
    def kind(self) -> str:
        """In what the list counts, as ``type`` of an ``ol`` has it; empty for plain numbers."""
        letter = self.look.strip("(.)")
        return letter if self.value and letter in ("a", "A", "i", "I") else ""


def marks(text: str) -> set[Mark]:
    """Return how a text may be marked: “i.” is the first of Roman numbers, or a letter."""
    if found := (_BULLET.match(text) or re.match(rf"([{_DASHES}*✓✔➔→□])\s+\S", text)):
        is_speech = found[1] in _DASHES and _SPEECH.search(text)
        return set() if is_speech else {(found[1], 0)}
    return set(_numbers(text))


def _numbers(text: str) -> Iterator[Mark]:
    """Yield how a text may be numbered: a look such as ``(1)`` or ``a.``, and the number."""
    if "①" <= text[:1] <= "⑳":
        yield "①", int(unicodedata.numeric(text[0]))
    if (found := _ROMAN.match(text)) and found[2].lower() in _ROMANS:
        look = "i" if found[2].islower() else "I"
        yield f"{found[1]}{look}{found[3]}", _ROMANS.index(found[2].lower()) + 1
    if found := _NUMBER.match(text):
        before, sign, after = found.groups()
        look = "1" if sign.isdecimal() else "A" if sign.isupper() else "a"
        yield f"{before}{look}{after}", int(sign) if look == "1" else ord(sign) - ord(look) + 1


def signs(lines: Sequence[str]) -> dict[int, Sign]:
    """Return the signs that begin lines, by the lines' numbers: those of items, and of lines."""
    found: dict[int, Sign] = {}
    for number, line in enumerate(lines):
        if sign := _certain(line, lines[number - 1] if number else "", number - 1 in found):
            found[number] = sign
    for series in _series(lines):
        found.update(series)
    for group in _groups(lines):
        found.update({n: s for n, s in _judged(group, lines).items() if n not in found})
    return found


def _certain(line: str, before: str, follows_item: bool) -> Sign | None:
    """Return a line's sign where it can be nothing else."""
    indent, words = _indent(line), line.strip()
    if native := _NATIVE.match(words):
        if len(native[2] or "") >= _YEAR:  # “2023. Then we moved.”
            said = f"{native[2]}\\{words[len(native[2]) :]}"
            return Sign(indent, native[1], "year", said, is_line=True)
        look = native[1] if native[2] is None else f"1{native[1][-1]}"
        return Sign(indent, native[1], look, words[native.end() :], is_native=True)
    bullet = _BULLET.match(words)
    if bullet and not follows_item and f" {bullet[1]} " in before:
        return None  # the sign stands between words, and a line happens to begin with it
    if found := bullet or _LETTER.match(words):
        return Sign(indent, found[1], found[1], words[found.end() :])
    return None


def _series(lines: Sequence[str]) -> Iterator[dict[int, Sign]]:
    """Yield numbered lines of which one follows the other: “a)”, “b)”."""
    chains: list[list[tuple[int, str, int]]] = []
    going: dict[tuple[str, int], list[tuple[int, str, int]]] = {}
    for number, line in enumerate(lines):
        words, before = line.strip(), lines[number - 1].strip() if number else ""
        known = list(_numbers(words))
        if (
            not known
            and words
            and not before
            and not line[0].isspace()
            and not _BULLET.match(words)
        ):
            going = {}  # a paragraph that belongs to no item
        for look, value in known:
            sign = _NUMBERED.match(words)
            if sign is None or not (sign[0].strip().isascii() or look == "①"):
                continue  # a list would count in other numbers
            chain = going.get((look, _indent(line)), [])
            if not chain or chain[-1][2] + 1 != value:
                if value != 1 and before and not before.endswith(":"):
                    continue
                chain = going[look, _indent(line)] = []
                chains.append(chain)
            chain.append((number, look, value))
    taken: set[int] = set()
    for chain in sorted(chains, key=len, reverse=True):
        chain = [one for one in chain if one[0] not in taken]
        if len(chain) > 1 and not _are_initials(chain, lines):
            taken |= {number for number, _, _ in chain}
            yield {n: _numbered(lines[n], look, v, n == chain[0][0]) for n, look, v in chain}


def _numbered(line: str, look: str, value: int, begins: bool) -> Sign:
    words = line.strip()
    sign = _NUMBERED.match(words)
    assert sign is not None  # noqa: S101  # it has a mark
    native = look in ("1.", "1)") and _NATIVE.match(words) is not None
    mark = words[: sign.end()].strip()
    return Sign(_indent(line), mark, look, words[sign.end() :], value, begins, is_native=native)


def _are_initials(chain: Sequence[tuple[int, str, int]], lines: Sequence[str]) -> bool:
    """Tell whether capitals that follow each other begin names: “A. Ahmed”, “B. Brown”."""
    said = [lines[number].split()[1:] for number, _, _ in chain]
    short = all(len(words) <= 2 and words[0][0].isupper() for words in said if words)
    return chain[0][1] == "A." and short


def _groups(lines: Sequence[str]) -> Iterator[dict[int, Sign]]:
    """Yield lines that follow each other and begin with the same dash, or with a picture each."""
    group: dict[int, Sign] = {}
    for number, line in enumerate(lines):
        sign = _doubtful(line)
        last = next(reversed(group.values()), None)
        if group and (not sign or not last or (sign.look, sign.indent) != (last.look, last.indent)):
            if line.strip() and not sign and last and _indent(line) > last.indent:
                continue  # goes on with the line above
            yield group
            group = {}
        if sign:
            group[number] = sign
    yield group


def _doubtful(line: str) -> Sign | None:
    """Return a line's sign that may begin an item, or may not."""
    indent, words = _indent(line), line.strip()
    if not words or _NATIVE.match(words):
        return None
    if found := _DASH.match(words) or _SMALL_O.match(words):
        return Sign(indent, found[1], found[1], words[found.end() :])
    if unicodedata.category(words[0]) == "So" and not _BULLET.match(words):
        return Sign(indent, words[0], "So", words, is_line=True)
    if _DOTTED.match(words):
        return Sign(indent, "", "1.1", words, is_line=True)
    if re.match(r"[A-Z]\. \S", words):
        return Sign(indent, "", "A.", words, is_line=True)
    return None


def _judged(group: dict[int, Sign], lines: Sequence[str]) -> dict[int, Sign]:
    """Return the signs of a group as those of items, or of lines that stay lines."""
    if len(group) < 2:  # one alone says little
        return {}
    first = next(iter(group))
    look, said = group[first].look, [sign.words for sign in group.values()]
    before = next((line.strip() for line in reversed(lines[:first]) if line.strip()), "")
    if look == "o":
        return group if _BULLET.match(before) or _NATIVE.match(before) else {}
    if look in _DASHES:
        whole = [bool(_SENTENCE.search(words)) for words in said]
        spoken = any(_SPEECH.search(words) for words in said)
        leads = before.endswith(":") and look != "—"
        if not spoken and (leads or not all(whole)):
            return group
    return {n: replace(s, words=lines[n].strip(), is_line=True) for n, s in group.items()}


def _indent(line: str) -> int:
    white = line[: len(line) - len(line.lstrip())]
    return len(white.expandtabs(4))
