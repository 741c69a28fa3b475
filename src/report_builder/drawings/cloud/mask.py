"""A shape that a cloud keeps to, such as the outline of a town."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops

_DARK = 128  # of 255: what is darker is inside
_FULL = 255


@dataclass(frozen=True, eq=False, slots=True)
class Mask:
    """A picture whose white is the inside of a shape; it touches all four edges."""

    inside: Image.Image

    def taken(self, columns: int, rows: int) -> NDArray[np.bool_]:
        """Return which cells of a board, columns by rows, are not wholly inside.

        The shape is as large as the board lets it be, in its middle.
        """
        scale = min(columns / self.inside.width, rows / self.inside.height)
        width, height = (max(int(side * scale), 1) for side in self.inside.size)
        shape = self.inside.resize((width, height), Image.Resampling.BOX)
        board = Image.new("L", (columns, rows))
        board.paste(shape, ((columns - width) // 2, (rows - height) // 2))
        return np.asarray(board).T < _FULL


def mask_of(picture: bytes) -> Mask | None:
    """Return the mask that a picture (PNG, JPEG) makes, if any of it is inside.

    What is dark is inside; what is light or transparent is outside.
    """
    with Image.open(io.BytesIO(picture)) as image:
        seen = image.convert("RGBA")
    ground = Image.new("RGBA", seen.size, "white")
    ground.alpha_composite(seen)
    light = ImageChops.invert(ground.convert("L"))
    inside = light.point([_FULL * (value >= _DARK) for value in range(_FULL + 1)])
    box = inside.getbbox()
    return Mask(inside.crop(box)) if box else None
