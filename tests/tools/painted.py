"""The colours that finished files are painted in, whatever made them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import numpy as np
import pikepdf
from PIL import Image

_COLOUR = {"rg", "RG", "sc", "SC", "scn", "SCN"}


def colours_of_pdf(content: bytes) -> set[str]:
    """Return the colours (#RRGGBB) that a PDF's pages, forms and annotations set."""
    found: set[str] = set()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        streams = (o for o in pdf.objects if isinstance(o, pikepdf.Stream))
        forms = (stream for stream in streams if stream.get("/Subtype") == "/Form")
        for source in (*pdf.pages, *forms):
            for operands, operator in pikepdf.parse_content_stream(source):
                if str(operator) in _COLOUR and len(operands) == 3:
                    found.add("#" + "".join(f"{round(float(v) * 255):02X}" for v in operands))
    return found


def colours_of_word(content: bytes) -> set[str]:
    """Return what of a Word file's XML and drawings looks like a colour (#RRGGBB)."""
    return set(_in_package(content))


def _in_package(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".svg")) and "theme/theme" not in name:
                yield from colours_of_text(package.read(name).decode())


def colours_of_text(text: str) -> set[str]:
    """Return what of a text looks like a colour (#RRGGBB)."""
    return {f"#{found.upper()}" for found in re.findall(r"[\"#]([0-9A-Fa-f]{6})\b", text)}


def colours_of_picture(content: bytes) -> set[str]:
    """Return the colours (#RRGGBB) of a picture's points; of a large one, of every third."""
    points = np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))[::3, ::3].reshape(-1, 3)
    packed = points.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    return {f"#{value:06X}" for value in np.unique(packed)}
