"""What of a style can bring each kind of fault about: properties, and those of their values."""

from __future__ import annotations

import re

from report_builder.templating.declared import Wanted


def _wanted(**patterns: str) -> Wanted:
    """Return properties with what is looked for in their values; “_” stands for “-”."""
    return {name.replace("_", "-"): re.compile(p, re.I) for name, p in patterns.items()}


_ANY = ""
_NONZERO = r"[1-9]"
_NEGATIVE = r"-\s*[\d.]|calc"
_MOVED: dict[str, str] = {
    "position": "absolute|fixed|relative",
    **dict.fromkeys(("left", "right", "top", "bottom", "inset"), _NONZERO),
    **dict.fromkeys(("inset_inline_start", "inset_inline_end", "inset_block_start"), _NONZERO),
    **dict.fromkeys(("transform", "translate"), r"\("),
    **dict.fromkeys(("margin", "margin_left", "margin_right", "margin_top"), _NEGATIVE),
    **dict.fromkeys(("margin_bottom", "margin_inline", "margin_block"), _NEGATIVE),
    **dict.fromkeys(("margin_inline_start", "margin_inline_end"), _NEGATIVE),
    **dict.fromkeys(("margin_block_start", "margin_block_end"), _NEGATIVE),
    "text_indent": _NONZERO,
    "float": "left|right|inline",
}
_WIDE: dict[str, str] = {
    "white_space": "nowrap|pre",
    **dict.fromkeys(("overflow_wrap", "word_break", "hyphens", "word_wrap"), _ANY),
    **dict.fromkeys(("letter_spacing", "word_spacing"), _NONZERO),
    **dict.fromkeys(("width", "min_width", "max_width", "inline_size"), _NONZERO + "|none"),
    **dict.fromkeys(("columns", "column_count", "column_width"), _NONZERO),
    **dict.fromkeys(("padding", "padding_left", "padding_right", "padding_inline"), _NONZERO),
    **dict.fromkeys(("margin_left", "margin_right", "margin_inline", "margin"), _NONZERO),
    **dict.fromkeys(("margin_inline_start", "margin_inline_end"), _NONZERO),
    **dict.fromkeys(("font_size", "font"), _ANY),
    **dict.fromkeys(("display", "table_layout", "flex_wrap", "flex"), _ANY),
    **dict.fromkeys(("size", "line_height"), _ANY),
}
_CUT: dict[str, str] = {
    "overflow": "hidden|clip|auto|scroll",
    "clip": r"\(",
    **dict.fromkeys(("height", "max_height", "width", "max_width"), _ANY),
    "text_overflow": _ANY,
}

SIZE = _wanted(font_size=_ANY, font=r"\d", transform=r"scale|matrix|\(", scale=_ANY)
COLOUR = _wanted(color=_ANY)
FADED = _wanted(opacity=r"^0?\.\d|^0$|%", color=r"transparent|rgba|/|hsla|#\w{4}$|#\w{8}$")
GROUND = _wanted(background=_ANY, background_color=_ANY, background_image=_ANY)
BEYOND = _wanted(**{**_WIDE, **_MOVED})
MOVED = _wanted(**_MOVED)
CUT = _wanted(**_CUT)
_CROWDED: dict[str, str] = {
    **_MOVED,
    **dict.fromkeys(("line_height", "height", "max_height", "font"), _ANY),
    **dict.fromkeys(("letter_spacing", "word_spacing"), r"-"),
    **dict.fromkeys(("font_size", "width", "display", "white_space", "vertical_align"), _ANY),
}
COVERING = _wanted(**_CROWDED, z_index=_ANY, background=_ANY, background_color=_ANY)
CROWDED = _wanted(**_CROWDED)
SQUEEZED = _wanted(letter_spacing="-", word_spacing="-")
GLUED = _wanted(white_space="normal|nowrap|pre-line|collapse")
BROKEN = _wanted(
    break_after=_ANY, break_before=_ANY, break_inside=_ANY, orphans=_ANY, widows=_ANY,
    page_break_after=_ANY, page_break_before=_ANY, page_break_inside=_ANY, height=_ANY,
    min_height=_ANY, margin_top=_ANY, padding_top=_ANY,
)  # fmt: skip
STRETCHED = _wanted(
    width=_ANY, height=_ANY, max_width=_ANY, max_height=_ANY, min_width=_ANY, object_fit=_ANY,
    background=_ANY, background_image=_ANY, background_size=_ANY,
)  # fmt: skip
