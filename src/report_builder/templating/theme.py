"""A theme: the folders that its files come from, and its colours, fonts and paper."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import report_builder
from report_builder.content.files import inside, leads_out
from report_builder.problems import (
    Position,
    Problem,
    ReportBuilderError,
    did_you_mean,
    error,
    failure,
)

THEME_FILE = "theme.toml"
PAPER = {"A0": (841, 1189), "A1": (594, 841), "A2": (420, 594), "A3": (297, 420), "A4": (210, 297)}
ORIENTATIONS = ("as given", "portrait", "landscape")
PRINTS = ("outlines", "x-4")
ENGINES = ("exact", "wordcloud")
DEFAULT = "default"

_LEAST_SIDE, _LARGEST_SIDE = 100, 5000  # of a poster's paper, in millimetres
_MARGINS = (5, 60)  # of a poster, on A3, in millimetres
_LARGEST_BLEED = 20  # millimetres

# The groups of settings other than colours, and what each may say.
_KNOWN: dict[str, tuple[str, ...]] = {
    "fonts": ("text", "fallback"),
    "cloud": ("colours", "engine"),
    "poster": (
        *("paper", "orientation", "margin"),
        *("bleed", "marks", "print", "icc", "logo", "logo_alt"),
    ),
    "wording": ("reading_age", "consent"),
}


def paper_size(name: str) -> tuple[float, float]:
    """Return a paper's width and height in millimetres: ``A3``, or ``500x700``.

    Raise `ValueError` for what is no paper, or none for a poster.
    """
    if name.upper() in PAPER:
        return PAPER[name.upper()]
    if found := re.fullmatch(r"(\d{2,4}(?:\.\d+)?) ?[x×] ?(\d{2,4}(?:\.\d+)?)", name.casefold()):
        sides = float(found[1]), float(found[2])
        if min(sides) >= _LEAST_SIDE and max(sides) <= _LARGEST_SIDE:
            return sides
    raise ValueError(
        f"“{name}” is no paper. Write {', '.join(PAPER)}, or width and height from "
        f"{_LEAST_SIDE} to {_LARGEST_SIDE} millimetres: 500x700."
    )


def shipped_templates() -> Path:
    """Return the folder of the themes that come with the program."""
    package = Path(report_builder.__file__).parent
    installed = package / "_templates"
    # An editable install has no copy inside the package: use the checkout's own folder.
    return installed if installed.is_dir() else package.parents[1] / "templates"


@dataclass(frozen=True)
class Theme:
    """A theme's folders, the nearest first: the workspace's own files win, file by file."""

    name: str
    folders: tuple[Path, ...]
    settings: Mapping[str, Any]

    @property
    def colours(self) -> dict[str, str]:
        """Every colour's hexadecimal value, by the name that the style sheets use."""
        return dict(self.settings["colours"])

    @property
    def cloud_colours(self) -> list[str]:
        """The colours that the word cloud takes in turn."""
        return [self.colours[name] for name in self.settings["cloud"]["colours"]]

    @property
    def editions(self) -> dict[str, str]:
        """The style sheet of each further edition of the report, by the edition's name."""
        return dict(self.settings["editions"])

    def with_settings(self, settings: Mapping[str, Any], position: Position) -> Theme:
        """Return the theme with some of its settings changed; what is wrong is at ``position``."""
        changed = replace(self, settings=_merge(dict(self.settings), dict(settings)))
        if problems := list(_wrong_settings(changed, position)):
            raise ReportBuilderError(problems)
        return changed

    @property
    def font_families(self) -> list[str]:
        """The families of text, then those that help out where it lacks a character."""
        fonts = self.settings["fonts"]
        return [fonts["text"], *fonts["fallback"]]

    def find(self, name: str) -> Path | None:
        """Return the theme's file of a name, from the nearest folder that has one."""
        return find_file(self.folders, name)

    def path_of(self, name: str) -> str:
        """Return where the theme's file of a name lies, for a problem in it."""
        return (self.find(name) or Path(name)).as_posix()

    @cached_property
    def files(self) -> dict[str, Path]:
        """Every file that the theme uses, by its name in the theme."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            for path in folder.rglob("*"):
                name = path.relative_to(folder).as_posix()
                if inside(folder, name):
                    found.setdefault(name, path)
        return dict(sorted(found.items()))


def find_file(folders: Iterable[Path], name: str) -> Path | None:
    """Return the file of a name from the nearest of a theme's folders that has one.

    A link that leads out of its folder is a problem: a theme from elsewhere takes nothing along.
    """
    for folder in folders:
        if inside(folder, name):
            return folder / name
        if leads_out(folder, name):
            raise ReportBuilderError([stray_link(folder / name)])
    return None


def stray_link(path: Path) -> Problem:
    """Return that a link leads out of its theme."""
    message = "This leads out of the theme's folder, and is not followed."
    hint = "Put a copy of the file in its place."
    return error("theme-link", Position(path.as_posix()), message, hint)


def find_theme(name: str, workspace_templates: Path) -> Theme:
    """Return the theme of a name, the workspace's own or a shipped one.

    What a theme leaves out comes from the theme that its ``theme.toml`` names in ``extends``,
    and at last from the default one.
    """
    chain = [name]
    folders: list[Path] = []
    settings: dict[str, Any] = {}
    for step in chain:  # grows while it is walked
        here = [f / step for f in (workspace_templates, shipped_templates()) if (f / step).is_dir()]
        if not here or not re.fullmatch(r"[\w-]+", step):
            known = theme_names(workspace_templates)
            raise failure(
                "unknown-theme",
                Position(workspace_templates.as_posix()),
                f"There is no theme called “{step}”.",
                did_you_mean(step, known) or f"The themes are: {', '.join(known)}.",
            )
        for folder in here:
            if folder not in folders:
                folders.append(folder)
                path = find_file((folder,), THEME_FILE)
                settings = _merge(_read(path) if path else {}, settings)
        parent = str(settings.pop("extends", DEFAULT))
        if parent in chain:  # a theme that extends itself, or a circle of them
            parent = DEFAULT
        if parent not in chain:
            chain.append(parent)
    theme = Theme(name, tuple(folders), settings)
    if problems := list(_wrong_settings(theme, Position(theme.path_of(THEME_FILE)))):
        raise ReportBuilderError(problems)
    return theme


def theme_names(workspace_templates: Path) -> list[str]:
    """Return the names of all themes that can be used."""
    folders = (workspace_templates, shipped_templates())
    return sorted({p.name for f in folders if f.is_dir() for p in f.iterdir() if p.is_dir()})


def _read(path: Path) -> dict[str, Any]:
    hint = "Compare it with the shipped theme.toml."
    try:
        settings = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as reason:
        message = f"The theme's settings cannot be read: {reason}."
        place = re.search(r"line (\d+), column (\d+)", str(reason))
        line, column = (int(place[1]), int(place[2])) if place else (1, 1)
        position = Position(path.as_posix(), line, column)
        raise failure("theme-settings", position, message, hint) from reason
    for name in ("colours", "editions", *_KNOWN):
        if not isinstance(settings.get(name, {}), dict):
            message = f"“{name}” should be a group of settings under [{name}]."
            raise failure("theme-settings", Position(path.as_posix()), message, hint)
    return settings


def _wrong_settings(theme: Theme, position: Position) -> Iterator[Problem]:
    """Yield a problem for each setting that the templates could not work with."""

    def wrong(message: str, hint: str) -> Problem:
        return error("theme-settings", position, message, hint)

    def unknown(name: str, known: Iterable[str]) -> Problem:
        hint = did_you_mean(name, known) or f"The settings here are: {', '.join(known)}."
        return wrong(f"There is no setting “{name}”.", hint)

    groups = ("name", "extends", "colours", "editions", *_KNOWN)
    yield from (unknown(name, groups) for name in theme.settings if name not in groups)
    for group, known in _KNOWN.items():
        yield from (unknown(name, known) for name in theme.settings[group] if name not in known)
    fonts, cloud, poster, wording = (theme.settings[group] for group in _KNOWN)
    colours = theme.settings["colours"]
    for name, value in colours.items():
        if not (isinstance(value, str) and re.fullmatch(r"#[0-9A-Fa-f]{6}", value)):
            yield wrong(f"The colour “{name}” is “{value}”.", "Write it as #RRGGBB: #00505C.")
    if cloud["engine"] not in ENGINES:
        yield wrong(f"There is no engine “{cloud['engine']}”.", f"Write {' or '.join(ENGINES)}.")
    if not (isinstance(cloud["colours"], list) and cloud["colours"]):
        yield wrong("The cloud has no list of colours.", 'Write colours = ["teal", "plum"].')
    elif missing := [name for name in cloud["colours"] if name not in colours]:
        hint = did_you_mean(str(missing[0]), colours) or "Name one of the theme's colours."
        yield wrong(f"The theme lacks the cloud's colour “{missing[0]}”.", hint)
    for name, sheet in theme.settings["editions"].items():
        if not isinstance(sheet, str) or theme.find(sheet) is None:
            yield wrong(f"The edition “{name}” has no style sheet.", f'Write {name} = "FILE.css".')
    yield from (wrong(message, hint) for message, hint in _wrong_poster(theme, poster))
    age, consent = wording["reading_age"], wording["consent"]
    if not isinstance(age, int) or not isinstance(consent, bool):
        yield wrong("“wording” is mistyped.", "Write reading_age = 14 and consent = true.")
    families = fonts["fallback"] if isinstance(fonts["fallback"], list) else [None]
    if not all(isinstance(family, str) for family in (fonts["text"], *families)):
        yield wrong("A font is not a name.", 'Write text = "Name" and fallback = ["Name"].')


def _wrong_poster(theme: Theme, poster: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the settings of posters, and how to mend it."""
    limits = {"margin": _MARGINS, "bleed": (0, _LARGEST_BLEED)}
    for name, (least, most) in limits.items():
        value = poster[name]
        if not isinstance(value, int | float) or isinstance(value, bool):
            yield f"The poster's “{name}” is not a number.", "Write it in millimetres."
        elif not least <= value <= most:
            message = f"The poster's “{name}” is {value:g} mm."
            yield message, f"Write a number of millimetres from {least} to {most}."
    try:
        paper_size(str(poster["paper"]))
    except ValueError as reason:
        message, hint = str(reason).split(". ", 1)
        yield f"{message}.", hint
    for name, known in (("orientation", ORIENTATIONS), ("print", PRINTS), ("marks", (True, False))):
        if poster[name] not in known:
            choices = " or ".join(str(choice).lower() for choice in known)
            yield f"The poster's “{name}” is “{poster[name]}”.", f"Write {choices}."
    if poster["print"] == "x-4" and not poster["icc"]:
        yield (
            "A PDF/X-4 needs the ICC profile of the press: without it, its colours are a guess.",
            "Ask the printer for the profile, and give it with --icc FILE.",
        )
    if poster["logo"] and theme.find(str(poster["logo"])) is None:
        yield f"The theme has no logo “{poster['logo']}”.", "Copy it into the theme's folder."
    elif poster["logo"] and not poster["logo_alt"]:
        yield "The logo has no description.", 'Write logo_alt = "Luton Council".'


def _merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of both; where both have one, that of ``over``."""
    merged = {**base, **over}
    for key in base.keys() & over.keys():
        if isinstance(base[key], dict) and isinstance(over[key], dict):
            merged[key] = {**base[key], **over[key]}
    return merged
