"""Pictures of every kind are upright, in their own colours, and never take all memory."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageCms

from report_builder.drawings.pictures import UnusablePictureError, fit_for_print, fit_for_word

WIDE, HIGH = 256, 16
RAMP = np.tile(np.arange(WIDE, dtype=np.uint8), (HIGH, 1))
DEEP = RAMP.astype(np.uint16) * 257
GREY = Image.fromarray(RAMP)
COLOURS = ((255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255))
BARS = Image.fromarray(np.array([COLOURS], np.uint8)).resize((WIDE, HIGH), Image.Resampling.NEAREST)
SRGB = ImageCms.createProfile("sRGB")


def saved(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)  # type: ignore[arg-type]  # each kind has its own
    return stream.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    checked = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checked)


def png(bits: int, kind: int, rows: bytes, size: tuple[int, int] = (WIDE, HIGH)) -> bytes:
    """Return a PNG of rows that are not packed yet, in kinds that Pillow does not write."""
    head = chunk(b"IHDR", struct.pack(">2I5B", *size, bits, kind, 0, 0, 0))
    packed = chunk(b"IDAT", zlib.compress(rows, 1))
    return b"\x89PNG\r\n\x1a\n" + head + packed + chunk(b"IEND", b"")


def deep(*channels: np.ndarray) -> bytes:
    """Return rows of 16 bits a colour."""
    points = np.stack(channels, axis=2).astype(">u2")
    return b"".join(b"\0" + row.tobytes() for row in points)


FULL = np.full_like(DEEP, 65_535)
RAMPS = {
    "PNG, 16 bits": png(16, 0, deep(DEEP)),
    "PNG, 16 bits a colour": png(16, 2, deep(DEEP, DEEP, DEEP)),
    "PNG, 16 bits, alpha": png(16, 4, deep(DEEP, FULL)),
    "PNG, 16 bits a colour, alpha": png(16, 6, deep(DEEP, DEEP, DEEP, FULL)),
    "PNG, grey": saved(GREY),
    "PNG, grey, alpha": saved(GREY.convert("LA")),
    "PNG, palette": saved(GREY.convert("P")),
    "PNG, palette, alpha": saved(GREY.convert("RGBA").quantize(256, Image.Quantize.FASTOCTREE)),
    "TIFF, 16 bits": saved(Image.fromarray(DEEP), "TIFF"),
    "TIFF, 32 bits": saved(Image.fromarray(DEEP.astype(np.int32)), "TIFF"),
    "TIFF, fractions": saved(Image.fromarray((DEEP / 65_535).astype(np.float32)), "TIFF"),
    "TIFF, for print": saved(GREY.convert("RGB").convert("CMYK"), "TIFF"),
    "JPEG, for print": saved(GREY.convert("RGB").convert("CMYK"), "JPEG", quality=98),
    "JPEG 2000, 16 bits": saved(Image.fromarray(DEEP), "JPEG2000"),
    "JPEG, grey": saved(GREY, "JPEG", quality=98),
    "GIF": saved(GREY, "GIF"),
    "WebP, alpha": saved(GREY.convert("RGBA"), "WEBP", lossless=True),
}
FITTED: dict[str, Callable[[bytes], Image.Image]] = {
    "PDF": lambda picture: Image.open(io.BytesIO(fit_for_print(picture)[0])),
    "Word": lambda picture: Image.open(io.BytesIO(fit_for_word(picture, 170, 200)[0])),
}


@pytest.mark.parametrize("kind", RAMPS)
@pytest.mark.parametrize("where", FITTED)
def test_grey_stays_as_it_is(kind: str, where: str) -> None:
    image = FITTED[where](RAMPS[kind])
    assert image.mode in ("RGB", "RGBA")
    shown = np.asarray(image.convert("RGB")).astype(int)
    assert np.abs(shown - RAMP[:, :, None]).max() <= 12


def test_black_and_white_stay_so() -> None:
    rows = b"".join(b"\0" + np.packbits(row > 127).tobytes() for row in RAMP)
    shown = np.asarray(FITTED["PDF"](png(1, 0, rows)).convert("L"))
    assert (shown == np.where(RAMP > 127, 255, 0)).all()


def profiled(name: str) -> bytes:
    """Return bars whose numbers mean something else than they do on a screen."""
    path = f"/usr/share/color/icc/ghostscript/{name}.icc"
    mode = "CMYK" if "cmyk" in name else "RGB"
    there = ImageCms.getOpenProfile(path)
    changed = ImageCms.profileToProfile(BARS, SRGB, there, outputMode=mode)
    assert changed is not None
    return saved(changed, "TIFF", icc_profile=there.tobytes())


@pytest.mark.parametrize("kind", ["a98", "default_cmyk", "none", "broken", "alpha"])
@pytest.mark.parametrize("where", FITTED)
def test_colours_are_those_that_a_profile_means(kind: str, where: str) -> None:
    others = {
        "none": saved(BARS),
        "broken": saved(BARS, icc_profile=b"no profile"),
        "alpha": saved(BARS.convert("RGBA"), icc_profile=ImageCms.ImageCmsProfile(SRGB).tobytes()),
    }
    image = FITTED[where](others[kind] if kind in others else profiled(kind)).convert("RGB")
    most = 110 if "cmyk" in kind else 4  # ink is duller than light
    for number, colour in enumerate(COLOURS):
        shown = image.getpixel((number * WIDE // 4 + WIDE // 8, HIGH // 2))
        assert isinstance(shown, tuple)
        assert max(abs(a - b) for a, b in zip(shown, colour, strict=True)) <= most
    assert "icc_profile" not in image.info


@pytest.mark.parametrize(("page", "points"), [(210, 1819), (420, 3638), (2000, 4000)])
def test_a_photo_keeps_the_points_that_its_page_shows(page: float, points: int) -> None:
    content, _ = fit_for_print(saved(Image.new("RGB", (4000, 100)), "JPEG"), page)
    assert Image.open(io.BytesIO(content)).width == points


@pytest.mark.parametrize("turned", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_pictures_stand_upright(turned: int, kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = turned
    image = FITTED["PDF"](saved(BARS, kind, exif=exif))
    assert image.size == ((WIDE, HIGH) if turned < 5 else (HIGH, WIDE))
    assert not image.getexif()


def test_a_turn_that_a_camera_wrote_wrongly_is_passed_over() -> None:
    image = FITTED["PDF"](saved(BARS, "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff"))
    assert image.size == (WIDE, HIGH)


@pytest.mark.parametrize("side", [13_000, 60_000])
def test_what_would_take_too_much_memory_is_refused_before_it_is_read(side: int) -> None:
    rows = zlib.compress(b"", 1)
    head = png(8, 0, rows, (side, side))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(UnusablePictureError, match="MB of memory; 512 MB are the most"):
            fit_for_print(head)


def test_a_large_photo_is_read_as_small_as_it_is_shown() -> None:
    photo = saved(Image.new("L", (20_000, 10_000)), "JPEG")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert FITTED["PDF"](photo).size == (1819, 909)
