"""A theme's logo: its file, what it shows, and how large it is printed."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from report_builder.sources import note

LOGO = "logo:"
"""How the address of the logo begins, by which documents use it."""

LARGEST = (60, 22)
"""The largest room that a document has for it: millimetres across, and up."""

_MM_PER_INCH = 25.4


@dataclass(frozen=True)
class Logo:
    """A logo's file, and the words for those who do not see it."""

    path: Path
    alt: str

    @property
    def address(self) -> str:
        """The address by which documents use it."""
        return LOGO + self.path.name

    @cached_property
    def ratio(self) -> float:
        """How wide it is beside its height; 1 where that cannot be told."""
        wide, high = self._size
        return wide / high if wide > 0 and high > 0 else 1.0

    @property
    def dots_per_inch(self) -> float | None:
        """How sharp it is where it is printed largest; ``None`` for a drawing, which always is."""
        if self._is_drawing:
            return None
        across = min(LARGEST[0], LARGEST[1] * self.ratio)
        return self._size[0] / (across / _MM_PER_INCH)

    @property
    def _is_drawing(self) -> bool:
        return self.path.suffix.casefold() == ".svg"

    @cached_property
    def _size(self) -> tuple[float, float]:
        if self._is_drawing:
            return _size_of_drawing(note(self.path))
        # Imported here: whether anything has changed is told without it.
        from PIL import Image, ImageOps

        known = suppress(OSError, ValueError, SyntaxError, Image.DecompressionBombError)
        with known, Image.open(note(self.path)) as image:
            return ImageOps.exif_transpose(image).size
        return 0, 0


def _size_of_drawing(path: Path) -> tuple[float, float]:
    """Return the sides of an SVG drawing as far as it gives them; of one unit both."""
    from lxml import etree

    with suppress(OSError, etree.XMLSyntaxError, ValueError):
        root = etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False))
        box = str(root.get("viewBox", "")).replace(",", " ").split()
        sides = box[2:] or (re.sub(r"[a-z]*$", "", root.get(n, "")) for n in ("width", "height"))
        wide, high = map(float, sides)
        return wide, high
    return 0, 0
