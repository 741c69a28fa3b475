"""Rules over a theme: everyone can read its colours, and it speaks an event's language."""

from __future__ import annotations

from collections.abc import Iterator

import jinja2

from report_builder.checks.contrast import LEAST, contrast
from report_builder.checks.reference import check_reference
from report_builder.checks.rules import Finding, Rule
from report_builder.content.fields import Line
from report_builder.content.loader import Loaded
from report_builder.problems import Position, Problem, Severity
from report_builder.templating.theme import THEME_FILE, Theme
from report_builder.templating.words import SOURCE, missing_words

# What the shipped style sheets print on what; white text stands on the main colour.
_TEXT = ("ink", "teal", "plum", "amber", "leaf", "navy", "link")
_ON_GROUNDS = {"sand": ("ink", "plum"), "mist": ("ink", "teal")}
_WHITE = "#FFFFFF"


def check_theme(theme: Theme) -> list[Problem]:
    """Return what is wrong with a theme's colours, templates and reference documents."""
    problems = [problem for rule in RULES for problem in rule.problems(theme)]
    paths = [path for name, path in theme.files.items() if name.endswith(".docx")]
    return problems + [problem for path in paths for problem in check_reference(path)]


def check_words(theme: Theme, loaded: Loaded) -> list[Problem]:
    """Return a problem when the theme's templates lack words in the language of an event."""
    return [problem for rule in WORD_RULES for problem in rule.problems((theme, loaded))]


def _pairs(theme: Theme) -> Iterator[tuple[str, str, float]]:
    colours = theme.colours
    for name in dict.fromkeys((*_TEXT, *theme.settings["cloud"]["colours"])):
        yield name, "white", contrast(colours[name], _WHITE)
    for ground, names in _ON_GROUNDS.items():
        for name in names:
            yield name, f"“{ground}”", contrast(colours[name], colours[ground])


def _low_contrast(theme: Theme) -> Iterator[Finding]:
    for text, ground, ratio in _pairs(theme):
        if ratio < LEAST:
            message = f"“{text}” on {ground} has a contrast of {ratio:.1f}; text needs {LEAST}."
            yield Position(theme.path_of(THEME_FILE)), message, "Make the darker of the two darker."


def _broken_templates(theme: Theme) -> Iterator[Finding]:
    environment = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    hint = "Compare the line with the shipped template."
    for name, path in theme.files.items():
        if not name.endswith(".j2"):
            continue
        try:
            environment.parse(path.read_text("utf-8"))
        except jinja2.TemplateSyntaxError as reason:
            message = f"{reason.message}".rstrip(".")
            place = Position(path.as_posix(), reason.lineno)
            yield place, f"{message[0].upper()}{message[1:]}.", hint
        except UnicodeDecodeError:
            message = "A template is not UTF-8 text."
            yield Position(path.as_posix()), message, "Save it with the encoding “UTF-8”."


def _missing_words(subject: tuple[Theme, Loaded]) -> Iterator[Finding]:
    theme, loaded = subject
    language = loaded.event.language if loaded.event else Line(SOURCE)
    if missing := missing_words(theme, language):
        yield (
            language.position,
            f"{len(missing)} words that the templates add stay English, such as “{missing[0]}”.",
            f"Translate them in templates/{theme.name}/words/{language}.po: see docs/themes.md.",
        )


RULES: tuple[Rule[Theme], ...] = (
    Rule("contrast", Severity.ERROR, "Every colour can be read.", _low_contrast),
    Rule("template", Severity.ERROR, "Templates are written as Jinja asks.", _broken_templates),
)
WORD_RULES = (
    Rule("language-labels", Severity.WARNING, "The templates speak the language.", _missing_words),
)
