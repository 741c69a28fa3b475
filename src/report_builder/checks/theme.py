"""Rules over a theme: everyone can read its colours, and it speaks an event's language."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

from report_builder.checks.addresses import SHEET, missing_files, strange_addresses
from report_builder.checks.reference import check_reference
from report_builder.checks.rules import Finding, Rule, hold
from report_builder.checks.sheets import (
    pale_colours,
    small_sizes,
    strange_fonts,
    unknown_styles,
    unknown_variables,
)
from report_builder.checks.signature import check_signature
from report_builder.checks.templates import Templates
from report_builder.compiled import once
from report_builder.content.fields import Line
from report_builder.content.files import leads_out
from report_builder.content.loader import Loaded
from report_builder.problems import Problem, Severity
from report_builder.settings.layers import RAMP
from report_builder.templating.contrast import LEAST, contrast
from report_builder.templating.loader import ENDING
from report_builder.templating.renderer import syntax_faults
from report_builder.templating.stylesheets import in_shipped
from report_builder.templating.theme import Theme, stray_link
from report_builder.templating.words import SOURCE, missing_words

# What the shipped style sheets print on what; white text stands on the main colour.
_TEXT = ("ink", "brand", "accent", "amber", "leaf", "blue", "link")
_ON_GROUNDS = {"sand": ("ink", "accent"), "mist": ("ink", "brand"), "tint": ("ink",)}
_WHITE = "#FFFFFF"
_LEAST_OF_SHAPES = 3.0  # what a shape needs to be seen (1.4.11)
# How colours differ (CIEDE2000) from which on they are told apart at a glance, side by side.
_TOLD_APART = 10
_DEFICIENCIES = {
    "protan": "protanopia (no red)",
    "deutan": "deuteranopia (no green)",
    "tritan": "tritanopia (no blue)",
}


def check_theme(theme: Theme) -> list[Problem]:
    """Return what is wrong with a theme's colours, templates and reference documents."""
    problems = [*hold(RULES, theme), *check_signature(theme)]
    paths = [path for name, path in theme.files.items() if name.endswith(".docx")]
    problems += [problem for path in paths for problem in check_reference(path)]
    return sorted(problems, key=lambda problem: problem.position)


def check_words(theme: Theme, loaded: Loaded) -> list[Problem]:
    """Return a problem when the theme's templates lack words in the language of an event."""
    return hold(WORD_RULES, (theme, loaded))


def _pairs(theme: Theme) -> Iterator[tuple[str, str, float]]:
    """Yield a colour of text, the name of its ground, and their contrast."""
    colours = theme.colours
    for name in dict.fromkeys((*_TEXT, *theme.settings.cloud.colours)):
        yield name, "white", contrast(colours[name], _WHITE)
    for ground, names in _ON_GROUNDS.items():
        for name in names:
            yield name, f"“{ground}”", contrast(colours[name], colours[ground])


def _low_contrast(theme: Theme) -> Iterator[Finding]:
    for text, ground, ratio in _pairs(theme):
        if ratio < LEAST:
            message = f"“{text}” on {ground} has a contrast of {ratio:.1f}; text needs {LEAST}."
            yield theme.at_colour(text), message, "Make the darker of the two darker."
    for name in RAMP:
        ground = theme.colours[name]
        ratio = max(contrast(_WHITE, ground), contrast(theme.colours["ink"], ground))
        if ratio < LEAST:
            message = f"Neither white nor “ink” can be read on “{name}”: {ratio:.1f}, not {LEAST}."
            yield theme.at_colour(name), message, "Make it lighter, or darker."
    if (ratio := contrast(theme.colours["tint"], _WHITE)) < _LEAST_OF_SHAPES:
        message = f"“tint” on white has a contrast of {ratio:.1f}; a bar needs {_LEAST_OF_SHAPES}."
        yield theme.at_colour("tint"), message, "Make it darker."


def _alike_colours(theme: Theme) -> Iterator[Finding]:
    """Yield pairs of the cloud's colours that somebody takes for one."""
    names = list(dict.fromkeys(theme.settings.cloud.colours))
    colours = [theme.colours[name] for name in names]
    key = f"{version('coloraide')} {colours}"
    apart = once("cloud-colours", key, lambda: _apart(colours))
    for (one, other), (least, whose) in zip(itertools.combinations(names, 2), apart, strict=True):
        if least < _TOLD_APART:
            to_whom = f" for people with {_DEFICIENCIES[whose]}" if whose else ""
            message = f"The cloud's colours “{one}” and “{other}” look the same{to_whom}."
            hint = "Make one of the two lighter or darker."
            yield theme.at("cloud", "colours", names.index(other)), message, hint


def _apart(colours: Iterable[str]) -> list[tuple[float, str]]:
    """Return how far apart each two colours are for whom they are least, and for whom that is."""
    # Imported here: it takes its time, and most runs know how far apart theirs are.
    from coloraide import Color

    apart = []
    for a, b in itertools.combinations(map(Color, colours), 2):
        seen = {"": (a, b)}
        seen |= {whose: (a.filter(whose, 1), b.filter(whose, 1)) for whose in _DEFICIENCIES}
        apart.append(min((x.delta_e(y, method="2000"), whose) for whose, (x, y) in seen.items()))
    return apart


def _broken_templates(theme: Theme) -> Iterator[Finding]:
    templates = Templates(theme)
    for name, path in theme.files.items():
        if name.endswith(ENDING):
            faults = syntax_faults(theme, name, path)
            yield from ((fault.position, fault.message, fault.hint) for fault in faults)
            if not faults and not in_shipped(path):
                yield from templates.faults(name)


def _strangers(theme: Theme) -> Iterator[Finding]:
    templates = Templates(theme)
    for name, _ in _own_files(theme, ENDING):
        yield from templates.strangers(name)


def _in_files(
    endings: str | tuple[str, ...], *look: Callable[[Theme, Path], Iterator[Finding]]
) -> Callable[[Theme], Iterator[Finding]]:
    """Return what looks at each file of the theme's own whose name ends so."""

    def find(theme: Theme) -> Iterator[Finding]:
        for _, path in _own_files(theme, endings):
            for one in look:
                yield from one(theme, path)

    return find


def _own_files(theme: Theme, endings: str | tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    """Yield the files that do not come with the program, by their names in the theme."""
    for name, path in theme.files.items():
        if name.endswith(endings) and not in_shipped(path):
            yield name, path


def _stray_links(theme: Theme) -> Iterator[Finding]:
    for folder in theme.folders:
        for path in sorted(folder.rglob("*")):
            if leads_out(folder, path.relative_to(folder).as_posix()):
                problem = stray_link(path)
                yield problem.position, problem.message, problem.hint


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
    Rule("cloud-colours", Severity.WARNING, "Everyone tells colours apart.", _alike_colours),
    Rule("template", Severity.ERROR, "Templates are written as Jinja asks.", _broken_templates),
    Rule("template-name", Severity.WARNING, "What templates name is there.", _strangers),
    Rule("theme-link", Severity.ERROR, "No link leads out of the theme.", _stray_links),
    Rule(
        "theme-address",
        Severity.ERROR,
        "Files are looked for in the theme.",
        _in_files((ENDING, SHEET), strange_addresses),
    ),
    Rule(
        "missing-file",
        Severity.ERROR,
        "Files are where they are looked for.",
        _in_files((ENDING, SHEET), missing_files),
    ),
    Rule(
        "style-unknown",
        Severity.WARNING,
        "Style sheets say what pages understand.",
        _in_files(SHEET, unknown_styles, unknown_variables),
    ),
    Rule("style-size", Severity.WARNING, "No letters are small.", _in_files(SHEET, small_sizes)),
    Rule(
        "style-contrast",
        Severity.WARNING,
        "No letters are pale.",
        _in_files(SHEET, pale_colours),
    ),
    Rule(
        "style-font",
        Severity.WARNING,
        "Style sheets name fonts of the theme.",
        _in_files(SHEET, strange_fonts),
    ),
)
WORD_RULES = (
    Rule("language-labels", Severity.WARNING, "The templates speak the language.", _missing_words),
)
