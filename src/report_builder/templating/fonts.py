"""Fonts from the installed font packages, never from the machine."""

from __future__ import annotations

import os
import tempfile
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

import fontpkg

from report_builder.problems import Position, ReportBuilderError, error

WEIGHTS = (400, 700)


@lru_cache
def font_file(family: str, weight: int = 400) -> Path:
    """Return the file of a family at a weight from 100 to 900."""
    try:
        return Path(fontpkg.path(family, weight))
    except fontpkg.FontpkgError as reason:
        slug = family.lower().replace(" ", "-")
        raise ReportBuilderError(
            [
                error(
                    "font",
                    Position("theme.toml"),
                    f"The font “{family}” is not installed at weight {weight}.",
                    f"Install its package (pip install fontpkg-{slug}), or name another font.",
                )
            ]
        ) from reason


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
def use_only(families: tuple[str, ...]) -> None:
    """Let the text engine see the fonts of these families alone, before it looks for any.

    Otherwise a character that our fonts lack would come from whatever the machine has, and
    the same content would give other bytes elsewhere.
    """
    folders = sorted(
        {font_file(family, weight).parent for family in families for weight in WEIGHTS}
    )
    cache = Path(tempfile.gettempdir()) / f"report-builder-fonts-{os.getuid()}"
    cache.mkdir(mode=0o700, exist_ok=True)
    settings = cache / "fonts.conf"
    listed = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders)
    settings.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig>{listed}<cachedir>{escape(str(cache))}</cachedir></fontconfig>",
        "utf-8",
    )
    os.environ["FONTCONFIG_FILE"] = str(settings)
