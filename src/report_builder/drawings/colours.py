"""The colours of a picture, from whichever space they are in to the sRGB of screens."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import Any

_DEEP = ("I;16", "I;16L", "I;16B", "I;16N")
_GREY = ("1", "L", "LA", "La")
_CLEAR = ("RGBA", "LA", "PA", "La", "RGBa")
_BYTES = {"I": 4, "F": 4, **dict.fromkeys(_DEEP, 2)}
_FULL = 65_535  # white, of a point of 16 bits


def memory_of(image: Any) -> int:
    """Return how many bytes a picture takes, beside what it takes in red, green and blue."""
    points = image.width * image.height
    own = _BYTES.get(image.mode, len(image.getbands()))
    return int(points * (own + (4 if _is_clear(image) else 3)))


def in_rgb(image: Any) -> Any:
    """Return a picture in sRGB with 8 bits a colour, and with alpha where it lets light through."""
    if image.mode in (*_DEEP, "I", "F"):
        return _from_deep(image)
    profile, is_grey = image.info.get("icc_profile"), image.mode in _GREY
    alpha = None
    if _is_clear(image):
        image = image.convert("RGBA")
        alpha = image.getchannel("A")
    if is_grey:
        image = image.convert("L")
    elif image.mode in ("P", "RGBA"):
        image = image.convert("RGB")
    image = _from_profile(image, profile).convert("RGB")
    if alpha is not None:
        image.putalpha(alpha)
    return image


def _is_clear(image: Any) -> bool:
    return image.mode in _CLEAR or "transparency" in image.info


def _from_deep(image: Any) -> Any:
    """Return a grey picture of more than 8 bits: others cut it off, which leaves it white."""
    import numpy as np
    from PIL import Image

    grey = np.asarray(image).astype(np.float32)
    grey = np.nan_to_num(grey)
    if image.mode == "F" and grey.max(initial=0) <= 1:
        full = 1.0
    else:
        full = _FULL if image.mode in _DEEP or grey.max(initial=0) <= _FULL else 2.0**32 - 1
    eight = Image.fromarray(np.clip(grey * (255 / full) + 0.5, 0, 255).astype(np.uint8))
    made = _from_profile(eight, image.info.get("icc_profile")).convert("RGB")
    clear = image.info.get("transparency")
    if isinstance(clear, int):
        made.putalpha(Image.fromarray(np.where(grey == clear, 0, 255).astype(np.uint8)))
    return made


def _from_profile(image: Any, profile: bytes | None) -> Any:
    """Return a picture with the colours that its profile means, if it has one that fits it."""
    from PIL import ImageCms

    if not profile and image.mode != "LAB":
        return image
    with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
        known = io.BytesIO(profile) if profile else None
        given = ImageCms.ImageCmsProfile(known) if known else ImageCms.createProfile("LAB")
        ours = ImageCms.createProfile("sRGB")
        made = ImageCms.profileToProfile(image, given, ours, outputMode="RGB")
        return image if made is None else made
    return image
