"""Rules over a theme: everyone can read its colours, and it speaks an event's language."""

from __future__ import annotations

from collections.abc import Iterator

from report_builder.checks.rules import Finding, Rule
from report_builder.content.fields import Line
from report_builder.content.loader import Loaded
from report_builder.problems import Position, Problem, Severity
from report_builder.templating.theme import THEME_FILE, Theme
from report_builder.templating.words import SOURCE, missing_words

LEAST = 4.5  # WCAG 2.2, 1.4.3
# What the shipped style sheets print on what; white text stands on the main colour.
_TEXT = ("ink", "teal", "plum", "amber", "leaf", "navy", "link")
_ON_GROUNDS = {"sand": ("ink", "plum"), "mist": ("ink", "teal")}
_WHITE = "#FFFFFF"


def check_theme(theme: Theme) -> list[Problem]:
    """Return a problem for each pair of colours whose contrast is too low."""
    return [problem for rule in RULES for problem in rule.problems(theme)]


def check_words(theme: Theme, loaded: Loaded) -> list[Problem]:
    """Return a problem when the theme's templates lack words in the language of an event."""
    return [problem for rule in WORD_RULES for problem in rule.problems((theme, loaded))]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (#RRGGBB), from 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _pairs(theme: Theme) -> Iterator[tuple[str, str, float]]:
    colours = theme.colours
    for name in dict.fromkeys((*_TEXT, *theme.settings["cloud"]["colours"])):
        yield name, "white", contrast(colours[name], _WHITE)
    for ground, names in _ON_GROUNDS.items():
        for name in names:
            yield name, f"“{ground}”", contrast(colours[name], colours[ground])


def _luminance(colour: str) -> float:
    shares = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return sum(
        weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )


def _low_contrast(theme: Theme) -> Iterator[Finding]:
    for text, ground, ratio in _pairs(theme):
        if ratio < LEAST:
            message = f"“{text}” on {ground} has a contrast of {ratio:.1f}; text needs {LEAST}."
            yield Position(theme.path_of(THEME_FILE)), message, "Make the darker of the two darker."


def _missing_words(subject: tuple[Theme, Loaded]) -> Iterator[Finding]:
    theme, loaded = subject
    language = loaded.event.language if loaded.event else Line(SOURCE)
    if missing := missing_words(theme, language):
        yield (
            language.position,
            f"{len(missing)} words that the templates add stay English, such as “{missing[0]}”.",
            f"Translate them in templates/{theme.name}/words/{language}.po: see docs/themes.md.",
        )


RULES = (Rule("contrast", Severity.ERROR, "Every colour can be read.", _low_contrast),)
WORD_RULES = (
    Rule("language-labels", Severity.WARNING, "The templates speak the language.", _missing_words),
)
