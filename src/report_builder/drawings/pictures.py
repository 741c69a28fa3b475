"""Pictures made fit for documents: upright, RGB, no larger than print needs, and without EXIF."""

from __future__ import annotations

import io
import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from math import inf
from pathlib import Path
from typing import Any

from lxml import etree

from report_builder.drawings.colours import in_rgb, memory_of
from report_builder.drawings.parts import missing_parts
from report_builder.drawings.references import parts_drawn
from report_builder.sources import note

PPI = 220
SVG = "image/svg+xml"
_MM_PER_INCH = 25.4
PAGE_WIDTH = 210.0  # of A4, in millimetres
_ORIENTATION = 0x0112  # the number of it in EXIF
_SVG_TAG = "{http://www.w3.org/2000/svg}svg"
_MOST_PARTS = 300_000  # of a drawing
_MB = 1 << 20
_MOST_MEMORY = 512 * _MB  # for the points of one picture
_FAR = 4
_DEFAULT_SIZE = (160.0, 100.0)  # of an SVG that does not say its size


class UnusablePictureError(Exception):
    """A file cannot be used as a picture, for a reason that reads on from its name."""

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(reason)
        self.hint = hint


@contextmanager
def _quietly() -> Iterator[None]:
    """Let Pillow read pictures of any size, and say nothing on the terminal of what it meets."""
    from PIL import Image

    most, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        Image.MAX_IMAGE_PIXELS = most


@_quietly()
def check_picture(path: Path) -> None:
    """Raise `UnusablePictureError` for a file that no document could show."""
    content = note(path).read_bytes()
    if path.suffix.casefold() == ".svg":
        svg_size(content)
        if (parts := parts_drawn(_drawing(content))) > _MOST_PARTS:
            how = "refers to itself" if parts == inf else f"comes to {parts:,.0f} parts"
            hint = "Open it in a drawing program and save it with its copies unlinked."
            raise UnusablePictureError(f"{how}, and cannot be drawn.", hint)
        for missing in missing_parts(_drawing(content)):
            raise UnusablePictureError(missing.message, missing.hint)
    else:
        _open(content)


@_quietly()
def ratio_of(path: Path) -> float:
    """Return a picture's width by its height as it stands upright, from its head alone."""
    from PIL import Image

    if path.suffix.casefold() == ".svg":
        wide, high = svg_size(note(path).read_bytes())
        return wide / high
    try:
        with Image.open(note(path)) as image:
            lay_down = 5 <= _turn(image) <= 8
            return image.height / image.width if lay_down else image.width / image.height
    except (OSError, ValueError, SyntaxError) as reason:
        raise _unreadable() from reason


@_quietly()
def fit_for_print(content: bytes, wide: float = PAGE_WIDTH) -> tuple[bytes, str]:
    """Return a photo with nothing of its camera, and its media type.

    It has no more points than a page needs that is ``wide`` millimetres wide.
    """
    image = _open(content, wide)
    is_photo = _is_photo(image)
    saved = _saved(_upright(image, wide), is_photo=is_photo)
    return saved, "image/jpeg" if is_photo else "image/png"


@_quietly()
def fit_for_word(content: bytes, wide: float, high: float) -> tuple[bytes, float]:
    """Return a photo as JPEG, anything else as PNG, on white, and its width in millimetres.

    It is no larger than ``wide`` and ``high`` millimetres, and has nothing of its camera.
    """
    from PIL import Image

    image = _open(content)
    is_photo = _is_photo(image)
    image = _upright(image, wide, high)
    if image.mode == "RGBA":
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image).convert("RGB")
    return _saved(image, is_photo=is_photo), image.width / PPI * _MM_PER_INCH


def svg_size(content: bytes) -> tuple[float, float]:
    """Return the width and height of an SVG drawing in millimetres."""
    root = _drawing(content)
    sides = [_millimetres(str(root.get(side, ""))) for side in ("width", "height")]
    view = str(root.get("viewBox", "")).replace(",", " ").split()
    try:
        wide, high = (float(number) for number in view[2:]) if view else sides
        wide, high = wide or _DEFAULT_SIZE[0], high or _DEFAULT_SIZE[1]
    except ValueError as reason:
        raise _damaged() from reason
    if len(view) not in (0, 4) or wide <= 0 or high <= 0:
        raise _damaged()
    width = sides[0] or _DEFAULT_SIZE[0]
    return width, width * high / wide


def _drawing(content: bytes) -> Any:
    """Return the root of an SVG drawing."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as reason:
        raise _damaged() from reason
    if root.tag != _SVG_TAG:
        raise _damaged()
    return root


def _damaged() -> UnusablePictureError:
    return UnusablePictureError(
        "is not a drawing that can be read, or it is damaged.",
        "Open it in a drawing program and save it as plain SVG.",
    )


def _millimetres(length: str) -> float:
    """Return a length of an SVG in millimetres, or 0 where it is relative or not given."""
    units = {"mm": 1, "cm": 10, "in": _MM_PER_INCH, "pt": _MM_PER_INCH / 72, "": _MM_PER_INCH / 96}
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(mm|cm|in|pt|px|)\s*", length)
    return float(found[1]) * units[found[2].replace("px", "")] if found else 0


def _open(content: bytes, wide: float = PAGE_WIDTH) -> Any:
    """Return a picture whose points are read: as many as memory is meant to hold, and no more."""
    from PIL import Image

    try:
        image = Image.open(io.BytesIO(content))
        # A photo is read at a half, a quarter or an eighth of its size, as long as this is more
        # than twice what a page shows.
        most = round(2 * wide * PPI / _MM_PER_INCH)
        image.draft("RGB", (most, most))
        if (need := memory_of(image)) > _MOST_MEMORY:
            raise UnusablePictureError(
                f"has {image.width:,} by {image.height:,} points, which take {need / _MB:,.0f} MB"
                f" of memory; {_MOST_MEMORY / _MB:,.0f} MB are the most.",
                "Save it at 4,000 points wide or less.",
            )
        image.load()
    except (OSError, ValueError, SyntaxError) as reason:
        raise _unreadable() from reason
    return image


def _unreadable() -> UnusablePictureError:
    return UnusablePictureError(
        "is not a picture that can be read, or it is damaged.",
        "Open it in a picture program and save it as PNG, JPEG or SVG.",
    )


def _turn(image: Any) -> int:
    """Return how a camera was held, as EXIF counts it: from 5 to 8 it lay on its side."""
    # Read alone: a camera that wrote all else wrongly may have written this well.
    with suppress(OSError, ValueError, SyntaxError, TypeError, KeyError, struct.error):
        turn = image.getexif().get(_ORIENTATION, 1)
        return turn if isinstance(turn, int) else 1
    return 1


def _is_photo(image: Any) -> bool:
    """Tell whether a picture's own file loses detail already."""
    return image.format in ("JPEG", "WEBP", "AVIF")


def _saved(image: Any, *, is_photo: bool) -> bytes:
    stream = io.BytesIO()
    if is_photo:
        image.convert("RGB").save(stream, "JPEG", quality=88, optimize=True, dpi=(PPI, PPI))
    else:
        image.save(stream, "PNG", dpi=(PPI, PPI))
    return stream.getvalue()


def _upright(image: Any, wide: float, high: float = inf) -> Any:
    """Return a picture turned as its camera was held, in RGB, at most so many millimetres large."""
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    if turn := turns.get(_turn(image)):
        image = image.transpose(turn)
    most = PPI / _MM_PER_INCH
    scale = min(wide * most / image.width, high * most / image.height)
    size = (max(round(image.width * scale), 1), max(round(image.height * scale), 1))
    # What is far too large is made smaller before its colours are seen to, which takes memory.
    if scale < 1 / _FAR and image.mode in ("L", "RGB", "RGBA", "LA", "CMYK"):
        image = image.reduce(int(1 / scale / 2))
    image = in_rgb(image)
    image.info.clear()  # comments, XMP, colour profiles, places
    return image.resize(size) if scale < 1 else image
