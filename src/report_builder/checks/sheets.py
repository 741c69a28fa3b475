"""What a theme's own style sheets declare: sizes, colours, fonts and names that can be right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from report_builder.checks.addresses import SHEET, text_of
from report_builder.checks.rules import Finding
from report_builder.drawings.grammar import misunderstood
from report_builder.problems import Position, did_you_mean
from report_builder.settings.names import least_size
from report_builder.templating.chain import DEFAULT, shipped_templates
from report_builder.templating.contrast import LEAST, contrast
from report_builder.templating.loader import ENDING
from report_builder.templating.resources import Resources
from report_builder.templating.stylesheets import Declared, StyleSheets
from report_builder.templating.theme import Theme

_POINTS = {"pt": 1.0, "px": 0.75, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "pc": 12.0}
_SIZE = re.compile(r"(?i)(?<![\w.-])(\d*\.?\d+)(pt|px|mm|cm|in|pc|rem)\b")
_VARIABLE = re.compile(r"var\(\s*--([\w-]+)\s*([,)])")
_DEFINED = re.compile(r"--([\w-]+)\s*:")
_FAMILY = re.compile(r"\"([^\"]+)\"|'([^']+)'|([A-Za-z][\w -]*)")
_FACE = re.compile(r"@font-face\s*\{[^}]*?font-family\s*:\s*[\"']?([^;\"'}]+)", re.IGNORECASE)
_GENERIC = {
    *("serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "inherit", "initial"),
    *("unset", "normal", "bold", "italic", "small-caps", "math", "emoji"),
}
_NEARLY = 0.8  # of white's contrast with the main colour, from which on a colour is nearly white
_WHITE = "#FFFFFF"
_REPORT, _POSTER = "report.css", "poster.css"  # whose “rem” grows with the paper


def unknown_styles(_theme: Theme, path: Path) -> Iterator[Finding]:
    """Yield what of a style sheet changes nothing, for nobody understands it."""
    for found in misunderstood(text_of(path)):
        yield Position(path.as_posix(), found.line, found.column), found.message, found.hint


def unknown_variables(theme: Theme, path: Path) -> Iterator[Finding]:
    """Yield the names of colours, or of other values, that nothing gives a value."""
    known = {*theme.colours, *_defined(theme), *_set_by_us()}
    for declared in _declared(theme, path):
        for name, end in _VARIABLE.findall(declared.value):
            if name not in known and end == ")":
                hint = did_you_mean(name, known) or "Name one of the theme's colours."
                yield declared.position, f"There is no colour or value “--{name}”.", hint


def small_sizes(theme: Theme, path: Path) -> Iterator[Finding]:
    """Yield sizes of letters that are below the least of the editions that a sheet is for."""
    editions = [name for name, sheet in theme.editions.items() if theme.find(sheet) == path]
    least = least_size(editions[0]) if editions else least_size("")
    root = None if path.name == _POSTER else _root(theme, path)
    for one in _declared(theme, path):
        size = _in_points(one, root)
        if size is not None and 0 < size < least - 0.01:
            message = f"“{one.name}: {one.value}” is {size:.3g} points; {least} are the least."
            yield one.position, message, f"Write {least}pt or more."


def pale_colours(theme: Theme, path: Path) -> Iterator[Finding]:
    """Yield colours of letters that nobody can read well on the ground that they stand on."""
    by_rule: dict[str, dict[str, Declared]] = {}
    for declared in _declared(theme, path):
        by_rule.setdefault(declared.rule, {})[declared.name] = declared
    brand = theme.colours["brand"]
    for rule in by_rule.values():
        if not (one := rule.get("color")) or not (colour := _colour(theme, one.value)):
            continue
        ground = rule.get("background-color") or rule.get("background")
        behind = _colour(theme, ground.value) if ground else None
        if behind and contrast(colour, behind) < LEAST:
            message = f"“{colour}” on “{behind}” has a contrast of {contrast(colour, behind):.1f};"
            yield one.position, f"{message} text needs {LEAST}.", "Make the darker one darker."
        is_white = contrast(colour, brand) >= _NEARLY * contrast(_WHITE, brand)
        if not (ground or is_white) and contrast(colour, _WHITE) < LEAST:
            message = f"“{colour}” on white has a contrast of {contrast(colour, _WHITE):.1f};"
            yield one.position, f"{message} text needs {LEAST}.", "Choose a darker colour."


def strange_fonts(theme: Theme, path: Path) -> Iterator[Finding]:
    """Yield families that the theme does not name: text is set in another in their stead."""
    settings = theme.settings.fonts
    named = (settings.text, *settings.fallback, *theme.font_families, *_faces(theme))
    known = {name.strip().casefold() for name in named}
    for one in _declared(theme, path):
        if one.name == "font-family":
            families: Iterable[str] = _families(one.value)
        elif one.name == "font" and (found := re.search(r"\d[\w.%/-]*\s+([^/\d].*)$", one.value)):
            families = _families(found[1])
        else:
            continue
        for family in families:
            if family.casefold() not in known and not family.startswith("-"):
                message = f"“{family}” is no font of the theme: “{settings.text}” stands instead."
                hint = did_you_mean(family, (settings.text, *settings.fallback))
                yield one.position, message, hint or "Name it under [fonts] in theme.toml."


def _families(value: str) -> Iterator[str]:
    without = re.sub(r"var\([^)]*\)", "", value)
    for part in without.split(","):
        found = _FAMILY.fullmatch(part.strip())
        name = next(filter(None, found.groups())) if found else ""
        if name and name.casefold() not in _GENERIC:
            yield name


def _declared(theme: Theme, path: Path) -> Iterator[Declared]:
    """Yield what a style sheet declares itself, without those that it imports."""
    sheets = StyleSheets(Resources(path.parent, theme))
    sheets.add(text_of(path), path)
    for rule in sheets.rules:
        yield from (one for one in rule.declared if one.position.path == path.as_posix())
    yield from (one for _, one in sheets.pages if one.position.path == path.as_posix())


def _defined(theme: Theme) -> set[str]:
    """Return the names that any template or style sheet gives a value."""
    read = (path for name, path in theme.files.items() if name.endswith((ENDING, SHEET)))
    return {name for path in read for name in _DEFINED.findall(text_of(path))}


def _faces(theme: Theme) -> set[str]:
    """Return the families that style sheets bring along themselves."""
    read = (path for name, path in theme.files.items() if name.endswith(SHEET))
    return {name for path in read for name in _FACE.findall(text_of(path))}


def _set_by_us() -> set[str]:
    """Return the names that shipped style sheets use: the program gives some of them a value."""
    texts = (text_of(path) for path in shipped_templates().rglob(f"*{SHEET}"))
    return {name for text in texts for name, _ in _VARIABLE.findall(text)}


def _root(theme: Theme, path: Path) -> float | None:
    """Return the size in points that “rem” counts, by a sheet itself or by the report's."""
    for sheet in (path, theme.find(_REPORT), shipped_templates() / DEFAULT / _REPORT):
        for one in _declared(theme, sheet) if sheet else ():
            if one.rule in ("html", ":root") and (size := _in_points(one, None)):
                return size
    return None


def _in_points(declared: Declared, root: float | None) -> float | None:
    """Return a size of letters in points, where it can be told."""
    if declared.name not in ("font", "font-size"):
        return None
    found = _SIZE.search(declared.value)
    if not found or "calc" in declared.value or "var" in declared.value.split(found[0])[0]:
        return None
    number, unit = float(found[1]), found[2].lower()
    if unit == "rem":
        return number * root if root else None
    return number * _POINTS[unit]


def _colour(theme: Theme, value: str) -> str | None:
    """Return a colour as #RRGGBB, where a value is one that lets nothing through."""
    # Imported here: it takes its time, and most sheets name colours of the theme.
    from coloraide import Color

    if found := re.fullmatch(r"var\(\s*--([\w-]+)\s*\)", value):
        return theme.colours.get(found[1])
    try:
        colour = Color(value).convert("srgb")
    except ValueError:
        return None
    return str(colour.fit().to_string(hex=True, alpha=False)) if colour.alpha() == 1 else None
