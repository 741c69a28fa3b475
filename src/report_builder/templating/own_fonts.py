"""Fonts in a theme's own folders: which families there are, and what is wrong with their files."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

from report_builder.content.files import inside
from report_builder.problems import Position, Problem, error
from report_builder.sources import note
from report_builder.templating.fonts import BOLD, WEIGHTS, adopt

FOLDER = "fonts"
"""The folder of a theme in which its own fonts lie."""

_ENDINGS = (".ttf", ".otf", ".woff", ".woff2")
_OTHERS = (".ttc", ".otc", ".eot", ".pfb", ".pfm", ".dfont")  # fonts that cannot be used
_TABLES = ("head", "hhea", "maxp", "hmtx", "name", "OS/2", "cmap")
_OUTLINES = ("glyf", "CFF ", "CFF2")
_NAMES = (16, 1)  # of a family: the typographer's, and that of its four usual cuts
_ITALIC = 1 << 0  # in fsSelection
_RESTRICTED, _OTHER_RIGHTS = 0x0002, 0x000C  # in fsType
_NO_PARTS, _PIXELS_ONLY = 0x0100, 0x0200
_AGAIN = "Copy it into the folder again, or delete it."
_FORM = "Save it as TTF, OTF or WOFF2, a file for each cut, or delete it."
_LICENCE = "Ask its maker for a licence for embedding in PDFs, or use another font."


@dataclass(frozen=True)
class Family:
    """A family of a theme's own fonts: its name as its files say it, and its weights.

    ``key`` is what the program knows it by: the same for the same files alone. ``lacks`` says
    which of the weights of text and of headings is not there.
    """

    name: str
    key: str
    lacks: str


@dataclass(frozen=True)
class _Cut:
    """A font file: the names of its family, and from which weight to which it is."""

    path: Path
    names: tuple[str, ...]
    is_italic: bool
    lightest: float
    heaviest: float

    def far_from(self, weight: int) -> float:
        """Return how far its weights are from one that is wanted."""
        return max(self.lightest - weight, weight - self.heaviest, 0)


class _FaultError(Exception):
    """A font file cannot be used: the message says why, the hint how to mend it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def own_fonts(folders: Iterable[Path]) -> tuple[dict[str, Family], list[Problem]]:
    """Return the families in a theme's folders, by their names in small letters, and all faults.

    Of families of one name that in the nearest folder counts.
    """
    found: dict[str, Family] = {}
    problems: list[Problem] = []
    for folder in folders:
        cuts: dict[str, list[_Cut]] = defaultdict(list)
        place = note(folder / FOLDER)
        for path in sorted(place.iterdir()) if place.is_dir() else ():
            if not inside(folder, f"{FOLDER}/{path.name}"):
                continue
            try:
                cut = _cut_of(path)
            except _FaultError as reason:
                problems.append(error("font", Position(path.as_posix()), str(reason), reason.hint))
                continue
            if cut and not cut.is_italic:
                for name in cut.names:
                    cuts[name].append(cut)
        for name, files in cuts.items():
            found.setdefault(name.casefold(), _family(name, files))
    return found, problems


def _family(name: str, cuts: list[_Cut]) -> Family:
    """Return a family, each of its weights from the file that comes nearest to it."""
    regular = [cut for cut in cuts if cut.lightest < BOLD]
    bold = [cut for cut in cuts if cut.heaviest >= BOLD]
    if not (regular and bold):
        return Family(name, "", "regular" if bold else "bold")
    files = {
        weight: min(some, key=lambda cut: cut.far_from(weight)).path
        for weight, some in zip(WEIGHTS, (regular, bold), strict=True)
    }
    return Family(name, adopt(name, files), "")


def _cut_of(path: Path) -> _Cut | None:
    """Return what a font file is, or ``None`` for a file that is no font; raise what is wrong."""
    ending = path.suffix.casefold()
    if ending in _OTHERS:
        raise _FaultError("This kind of font file cannot be used.", _FORM)
    if ending not in _ENDINGS or path.name.startswith("."):
        return None
    try:
        content = note(path).read_bytes()
    except OSError as reason:
        raise _FaultError(f"It cannot be read: {reason.strerror or reason}.", _AGAIN) from None
    names, rights, is_italic, (lightest, heaviest) = _read(content)
    if rights & _RESTRICTED and not rights & _OTHER_RIGHTS:
        message = f"The font “{names[0]}” says that it may not be put into documents."
        raise _FaultError(message, _LICENCE)
    if rights & (_NO_PARTS | _PIXELS_ONLY):
        message = f"The font “{names[0]}” says that it may not be put into documents in part."
        raise _FaultError(message, _LICENCE)
    return _Cut(path, names, is_italic, lightest, heaviest)


@lru_cache(maxsize=64)
def _read(content: bytes) -> tuple[tuple[str, ...], int, bool, tuple[float, float]]:
    """Return a font's names, its rights, whether it is italic, and its weights."""
    try:
        with TTFont(io.BytesIO(content), lazy=True) as font:
            tables = {tag: font[tag] for tag in _TABLES}
            _ = next(font[tag] for tag in _OUTLINES if tag in font), font.getBestCmap().items()
            looks = tables["OS/2"]
            named = (tables["name"].getDebugName(number) for number in _NAMES)
            names = tuple(dict.fromkeys(str(name) for name in named if name))
            weights = (float(looks.usWeightClass), float(looks.usWeightClass))
            for axis in font["fvar"].axes if "fvar" in font else ():
                if axis.axisTag == "wght":
                    weights = (axis.minValue, axis.maxValue)
            if not names:
                raise ValueError(names)
            return names, looks.fsType, bool(looks.fsSelection & _ITALIC), weights
    except Exception as reason:  # a damaged file makes the library raise anything
        message = "It is no font that can be read, or it is damaged."
        raise _FaultError(message, _AGAIN) from reason
