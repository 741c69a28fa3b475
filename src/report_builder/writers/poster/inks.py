"""The inks of a printing press: colours of the screen in the printer's own CMYK."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, UnidentifiedImageError

from report_builder.problems import Position, failure

CMYK = tuple[float, float, float, float]
_FULL = 255


@dataclass(frozen=True, eq=False)
class Inks:
    """An ICC profile of a press, and what colours are in it; ``name`` is the profile's own."""

    profile: bytes
    name: str
    _convert: Any

    def of(self, red: float, green: float, blue: float) -> CMYK:
        """Return a colour of sRGB in shares of the four inks."""
        return self._of(round(red * _FULL), round(green * _FULL), round(blue * _FULL))

    def picture(self, image: Image.Image) -> bytes:
        """Return the pixels of a picture in CMYK, a byte an ink."""
        converted = ImageCms.applyTransform(image.convert("RGB"), self._convert)
        assert converted is not None  # noqa: S101  # only a change in place gives none
        return converted.tobytes()

    @lru_cache(maxsize=256)  # noqa: B019  # a poster has few colours, and a build few profiles
    def _of(self, red: int, green: int, blue: int) -> CMYK:
        cyan, magenta, yellow, black = self.picture(Image.new("RGB", (1, 1), (red, green, blue)))
        return cyan / _FULL, magenta / _FULL, yellow / _FULL, black / _FULL


def inks_of(path: Path) -> Inks:
    """Return the inks of an ICC profile's file, which must be one of a CMYK press."""
    hint = "Ask the printer for the ICC profile of the press and paper, such as PSO Coated v3."
    position = Position(path.as_posix())
    try:
        content = path.read_bytes()
        profile = ImageCms.ImageCmsProfile(io.BytesIO(content))
        kind = (profile.profile.xcolor_space.strip(), profile.profile.device_class.strip())
    except (OSError, ImageCms.PyCMSError, UnidentifiedImageError) as reason:
        message = f"There is no ICC profile in {path.name}, or it cannot be read."
        raise failure("print-profile", position, message, hint) from reason
    if kind != ("CMYK", "prtr"):
        message = f"“{path.name}” is a profile of {kind[0]} colours, and not of a CMYK press."
        raise failure("print-profile", position, message, hint)
    convert = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        profile,
        "RGB",
        "CMYK",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    return Inks(content, ImageCms.getProfileDescription(profile).strip(), convert)
