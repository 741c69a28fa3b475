"""Rules over what signs all documents: the one colour and the one logo."""

from __future__ import annotations

import io
from collections.abc import Iterator

from report_builder.checks.rules import Finding, Rule, hold
from report_builder.drawings.pictures import (
    SVG,
    UnusablePictureError,
    check_picture,
    fit_for_word,
)
from report_builder.drawings.svg import draw_svg
from report_builder.problems import Problem, Severity
from report_builder.settings.names import COMMAND_LINE
from report_builder.templating.resources import Resources
from report_builder.templating.theme import Theme

_PALE = 225  # of 255 in brightness, above which nothing stands out from white
_DARKEST = 2  # so many hundredths of the points, which are what is seen of a logo
_LOOKED_AT = (30, 30)  # millimetres
_SHARP = 150  # dots an inch, below which a printed picture is seen to be made of dots


def check_signature(theme: Theme) -> list[Problem]:
    """Return what is wrong with a theme's main colour and its logo, each where it is written.

    Where neither the theme nor the workspace's file is known to say so, nothing is told: it is
    told where they are read.
    """
    return [p for p in hold(RULES, theme) if p.position.path != COMMAND_LINE.path]


def _darkened(theme: Theme) -> Iterator[Finding]:
    given, used = theme.settings.brand.upper(), theme.colours["brand"].upper()
    if given and given != used and "brand" not in theme.settings.colours:
        message = f"{given} is too light for words: {used} is used in its stead."
        yield theme.at("brand"), message, f'Write brand = "{used}", or choose a darker colour.'


def _damaged_logo(theme: Theme) -> Iterator[Finding]:
    try:
        if theme.logo:
            check_picture(theme.logo.path)
    except (UnusablePictureError, OSError) as reason:
        hint = reason.hint if isinstance(reason, UnusablePictureError) else "Save it anew."
        yield theme.at("logo"), f"The logo “{theme.settings.logo}” {reason}", hint


def _coarse_logo(theme: Theme) -> Iterator[Finding]:
    dots = theme.logo.dots_per_inch if theme.logo else None
    if dots and dots < _SHARP:
        message = f"The logo has {dots:.0f} dots an inch where it is largest: it looks coarse."
        hint = f"Give a drawing (SVG), or a picture that has {_SHARP} dots an inch or more."
        yield theme.at("logo"), message, hint


def _pale_logo(theme: Theme) -> Iterator[Finding]:
    """Yield that a logo made for dark grounds cannot be seen on white, where it stands."""
    if not theme.logo:
        return
    # Imported here: it takes its time, and only a theme with a logo needs it.
    import numpy as np
    from PIL import Image

    resources = Resources(theme.root, theme)
    try:
        content, media_type = resources.read(theme.logo.address)
        if media_type == SVG:
            made, _ = draw_svg(content, *_LOOKED_AT, resources)
        else:
            made, _ = fit_for_word(content, *_LOOKED_AT)
    except (UnusablePictureError, OSError):
        return  # told already
    points = np.asarray(Image.open(io.BytesIO(made)).convert("L"), np.uint8)
    if np.percentile(points, _DARKEST) > _PALE:
        hint = "Give the logo that is made for white paper."
        yield theme.at("logo"), "The logo can hardly be seen on white, on which it stands.", hint


RULES: tuple[Rule[Theme], ...] = (
    Rule("brand-colour", Severity.WARNING, "The main colour is used as it is.", _darkened),
    Rule("picture-unreadable", Severity.ERROR, "Pictures can be read.", _damaged_logo),
    Rule("logo-resolution", Severity.WARNING, "The logo is sharp in print.", _coarse_logo),
    Rule("logo-pale", Severity.WARNING, "The logo is seen on white.", _pale_logo),
)
