"""Rules over what signs all documents: the one colour and the one logo."""

from __future__ import annotations

from collections.abc import Iterator

from report_builder.checks.rules import Finding, Rule, hold
from report_builder.drawings.pictures import UnusablePictureError, check_picture
from report_builder.problems import Problem, Severity
from report_builder.settings.names import COMMAND_LINE
from report_builder.templating.theme import Theme

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


RULES: tuple[Rule[Theme], ...] = (
    Rule("brand-colour", Severity.WARNING, "The main colour is used as it is.", _darkened),
    Rule("picture-unreadable", Severity.ERROR, "Pictures can be read.", _damaged_logo),
    Rule("logo-resolution", Severity.WARNING, "The logo is sharp in print.", _coarse_logo),
)
