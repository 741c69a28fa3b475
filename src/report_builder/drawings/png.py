"""A PDF's page as PNG of any size, in little memory: drawn in bands, and packed as it is drawn."""

from __future__ import annotations

import ctypes
import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

_POINTS_PER_INCH = 72
_METRES_PER_INCH = 0.0254
_BEGIN = b"\x89PNG\r\n\x1a\n"
_RED_GREEN_BLUE = 2
_BYTES = 3  # of a pixel
_BAND = 1_000_000  # pixels drawn at a time
# Colours are flat: a higher level, or a filter, takes far longer and saves little.
_LEVEL = 1


def rasterise(pdf: bytes, dpi: int, size: tuple[int, int] | None = None, **texts: str) -> bytes:
    """Return a PDF's first page as PNG (ISO/IEC 15948) that records its resolution.

    ``size`` is how many pixels it is to have, where that is not for the page's edge to decide;
    ``texts`` are what the file says of itself: its ``title`` and ``description``.
    """
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        page, scale = document[0], dpi / _POINTS_PER_INCH
        whole = (_up(page.get_width() * scale), _up(page.get_height() * scale))
        wide, high = (min(pair) for pair in zip(whole, size or whole, strict=True))
        stream = io.BytesIO(_BEGIN)
        stream.seek(0, io.SEEK_END)
        _chunk(stream, b"IHDR", struct.pack(">2I5B", wide, high, 8, _RED_GREEN_BLUE, 0, 0, 0))
        per_metre = round(dpi / _METRES_PER_INCH)
        _chunk(stream, b"pHYs", struct.pack(">2IB", per_metre, per_metre, 1))
        for name, text in texts.items():
            _chunk(stream, b"iTXt", name.capitalize().encode() + bytes(5) + text.encode())
        packer = zlib.compressobj(_LEVEL)
        for rows in _bands(page, whole, wide, high):
            _pixels(stream, packer.compress(rows))
        _pixels(stream, packer.flush())
        _chunk(stream, b"IEND", b"")
    return stream.getvalue()


def _bands(page: Any, whole: tuple[int, int], wide: int, high: int) -> Iterator[memoryview]:
    """Yield rows of a page's pixels, each after a byte that says that it is as it is."""
    from pypdfium2 import raw

    rows, stride = min(max(_BAND // wide, 1), high), 1 + wide * _BYTES
    memory = (ctypes.c_ubyte * (rows * stride))()
    # PDFium is told that a row begins after that byte, and is as long as to the next row's.
    first = ctypes.cast(ctypes.byref(memory, 1), ctypes.c_void_p)
    bitmap = raw.FPDFBitmap_CreateEx(wide, rows, raw.FPDFBitmap_BGR, first, stride)
    how = raw.FPDF_ANNOT | raw.FPDF_REVERSE_BYTE_ORDER
    try:
        for top in range(0, high, rows):
            raw.FPDFBitmap_FillRect(bitmap, 0, 0, wide, rows, 0xFFFFFFFF)
            # All of the page is drawn, moved up: what is outside of the band costs next to nothing.
            raw.FPDF_RenderPageBitmap(bitmap, page, 0, -top, *whole, 0, how)
            yield memoryview(memory)[: min(rows, high - top) * stride]
    finally:
        raw.FPDFBitmap_Destroy(bitmap)


def _pixels(stream: BinaryIO, packed: bytes) -> None:
    if packed:
        _chunk(stream, b"IDAT", packed)


def _chunk(stream: BinaryIO, kind: bytes, content: bytes) -> None:
    check = struct.pack(">I", zlib.crc32(kind + content))
    stream.write(struct.pack(">I", len(content)) + kind + content + check)


def _up(value: float) -> int:
    return -int(-value // 1)
