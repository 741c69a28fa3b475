"""Fonts from the installed font packages, never from the machine."""

from __future__ import annotations

import atexit
import hashlib
import io
import os
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

import fontpkg
import manimgx_fonts
import uharfbuzz as hb
import weblate_fonts
from fontTools.ttLib import TTFont

from report_builder.problems import Position, ReportBuilderError, failure
from report_builder.sources import note

WEIGHTS = (400, 700)
BOLD = 600
"""From which weight on a cut is bold."""

# Never drawn by themselves: spaces, joiners, marks of direction, signs upon other letters.
_UNDRAWN = {"Zs", "Zl", "Zp", "Cc", "Cf", "Mn"}
# Where the text engine looks for fonts, and when a font that is made of another says it was made.
_FONTCONFIG, _MADE = "FONTCONFIG_FILE", "SOURCE_DATE_EPOCH"
_WEIGHT = "wght"  # the axis of fonts that hold many weights
_CANCEL_TAG = 0xE007F  # ends the tags of a flag; a font that has it knows how pictures join
_NOTO = Path(manimgx_fonts.__file__).parent
_PAN_UNICODE = Path(weblate_fonts.__file__).parent / "static/weblate_fonts/kurinto/ttf"


@lru_cache
def font_file(family: str, weight: int = 400) -> Path:
    """Return a file that holds a family at a weight from 100 to 900, and at no other.

    What sets type and what embeds it in a file are fastest with such fonts.
    """
    path = _source_file(family, weight)
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    if _WEIGHT not in {axis.tag for axis in face.axis_infos}:
        return path
    wanted = hb.SubsetInput()
    wanted.keep_everything()
    wanted.pin_all_axes_to_default(face)
    wanted.pin_axis_location(face, _WEIGHT, weight)
    name = f"{_digest(path.as_posix())}/{path.stem}-{weight}.ttf"
    return _placed(name, wanted.subset(face).blob.data)


def _source_file(family: str, weight: int) -> Path:
    """Return the file of a family at a weight, which may hold other weights as well."""
    if (own := _adopted.get(family)) is not None:
        return own[WEIGHTS[weight >= BOLD]]
    if (pan_unicode := _pan_unicode_file(family, weight)).is_file():
        return pan_unicode
    try:
        return Path(fontpkg.path(family, weight))
    except fontpkg.FontpkgError as reason:
        if (noto := _NOTO / f"{family.replace(' ', '')}[{_WEIGHT}].ttf").is_file():
            return noto
        slug = family.lower().replace(" ", "-")
        raise failure(
            "font",
            Position("theme.toml"),
            f"The font “{family}” is not installed at weight {weight}.",
            f"Install its package (pip install fontpkg-{slug}), or name another font.",
        ) from reason


_adopted: dict[str, Mapping[int, Path]] = {}
"""The files of families that are none of an installed package, by the keys that they were given."""


def adopt(family: str, files: Mapping[int, Path]) -> str:
    """Return the key by which a family is known from now on that has files for both weights.

    It is made of what the files hold. They are copied, so that what was begun with them ends with
    them, and unpacked, for not every program reads fonts that are packed for the web.
    """
    contents = {weight: note(path).read_bytes() for weight, path in files.items()}
    digests = {weight: hashlib.sha256(content).hexdigest() for weight, content in contents.items()}
    digest = _digest(repr(digests))
    key = f"{family} {digest}"
    if key not in _adopted:
        _adopted[key] = {
            weight: _placed(f"{digest}/{digests[weight][:16]}.ttf", _unpacked(content))
            for weight, content in contents.items()
        }
    return key


def is_installed(family: str) -> bool:
    """Tell whether a family is there in the weights of text and headings."""
    try:
        return all(_source_file(family, weight).is_file() for weight in WEIGHTS)
    except ReportBuilderError:
        return False


def _pan_unicode_file(family: str, weight: int) -> Path:
    """Return where a family of the package of large fonts would lie: it names files, not fonts."""
    cut = "Bd" if weight >= BOLD else "Rg"
    return _PAN_UNICODE / f"{family.replace(' ', '')}-{cut}.ttf"


def drawn(text: str) -> set[int]:
    """Return the code points of a text that a font must have."""
    return {ord(c) for c in set(text) if unicodedata.category(c) not in _UNDRAWN}


def emoji_family(families: Iterable[str]) -> str:
    """Return the first of some families that is made for emoji; none where no family is."""
    return next((family for family in families if _CANCEL_TAG in characters(family)), "")


def best_family(text: str, families: Sequence[str], weight: int = 400) -> str:
    """Return the family that has the most of a text's characters, the first of equals."""
    needed = drawn(text)
    return min(families, key=lambda family: len(needed - characters(family, weight)))


def font_faces(families: list[str]) -> str:
    """Return the ``@font-face`` rules of families, in weights of text and headings."""
    faces = []
    for family in families:
        for path in sorted({font_file(family, weight) for weight in WEIGHTS}):
            weights = [str(weight) for weight in WEIGHTS if font_file(family, weight) == path]
            faces.append(
                f"@font-face{{font-family:'{family}';font-weight:{' '.join(weights)};"
                f"src:url('font:{path.name}')}}"
            )
    return "\n".join(faces)


@lru_cache
def characters(family: str, weight: int = 400) -> frozenset[int]:
    """Return the code points that a family has."""
    with TTFont(_source_file(family, weight), lazy=True) as font:
        return frozenset(font.getBestCmap())


@contextmanager
def only_fonts(families: Iterable[str]) -> Iterator[None]:
    """Let the text engine see the fonts of these families alone, as long as this lasts.

    Otherwise a character that our fonts lack would come from whatever the machine has, and
    the same content would give other bytes elsewhere; or later, for fonts say when they were made.
    """
    ours = {_FONTCONFIG: str(_settings(tuple(families))), _MADE: "0"}
    before = {name: os.environ[name] for name in ours if name in os.environ}
    os.environ.update(ours)
    try:
        yield
    finally:
        for name in ours.keys() - before.keys():
            del os.environ[name]
        os.environ.update(before)


@lru_cache
def _settings(families: tuple[str, ...]) -> Path:
    """Return a settings file of fontconfig that names the folders of these families."""
    folders = sorted(
        {font_file(family, weight).parent for family in families for weight in WEIGHTS}
    )
    listed = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders)
    settings = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"{listed}<cachedir>{escape(str(own_folder()))}</cachedir>{_instead(families)}"
        "</fontconfig>"
    ).encode()
    return _placed(f"fonts-{hashlib.sha256(settings).hexdigest()[:16]}.conf", settings)


def _instead(families: tuple[str, ...]) -> str:
    """Return the rules that ours are taken for families that are not there, in their order.

    The text engine asks for “emoji” where it meets some.
    """
    names = "".join(f"<string>{escape(family)}</string>" for family in families)
    rule = f'<edit name="family" mode="append_last" binding="weak">{names}</edit>'
    pictures = f"<string>{escape(emoji_family(families))}</string>"
    return (
        '<match target="pattern"><test name="family"><string>emoji</string></test>'
        f'<edit name="family" mode="prepend" binding="strong">{pictures}</edit></match>'
        f'<match target="pattern">{rule}</match>'
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


_folders: list[Path] = []


def own_folder() -> Path:
    """Return a folder for what is made of fonts, which goes when the process that made it ends."""
    if not _folders:
        folder = tempfile.mkdtemp(prefix="report-builder-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        share(Path(folder))
    return _folders[0]


def share(folder: Path) -> None:
    """Let the folder be one that another process made, and takes away."""
    _folders[:] = [folder]


def _placed(name: str, content: bytes) -> Path:
    """Return the file of a name in our folder, written in one step: processes may share it."""
    part = own_folder() / f"{name}.{os.getpid()}"
    part.parent.mkdir(exist_ok=True)
    part.write_bytes(content)
    return part.replace(own_folder() / name)


def _unpacked(content: bytes) -> bytes:
    """Return a font's file as every program can read it."""
    with TTFont(io.BytesIO(content), recalcTimestamp=False) as font:
        if not font.flavor:
            return content
        font.flavor = None
        unpacked = io.BytesIO()
        font.save(unpacked)
        return unpacked.getvalue()
