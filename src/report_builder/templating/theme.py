"""A theme: the folders that its files come from, and its colours, fonts and paper."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from pathlib import Path
from typing import TYPE_CHECKING

from report_builder.content.files import inside, leads_out
from report_builder.problems import (
    Position,
    Problem,
    ReportBuilderError,
    did_you_mean,
    error,
    failure,
)
from report_builder.settings.findings import Findings
from report_builder.settings.layers import laid
from report_builder.settings.names import STANDARD_EDITION
from report_builder.settings.scalar import Scalar
from report_builder.settings.toml import read_toml
from report_builder.settings.tree import Fields, Leaf, at, data, name_at, walk
from report_builder.sources import note
from report_builder.templating.chain import DEFAULT, THEME_FILE, folders_of, theme_names
from report_builder.templating.logo import Logo
from report_builder.templating.palette import completed

if TYPE_CHECKING:
    from report_builder.settings.theme import ThemeFindings, ThemeSettings
    from report_builder.templating.own_fonts import Family

CODE = "theme-settings"


@dataclass(frozen=True)
class ThemeFiles:
    """A theme's folders, the nearest first: the workspace's own files win, file by file.

    ``root`` is the workspace's folder, in which a logo may lie. ``tree`` is what the
    ``theme.toml`` of all of them say, each setting at its place, unchecked; ``findings`` are what
    could not be read of them.
    """

    name: str
    folders: tuple[Path, ...]
    root: Path
    tree: Fields
    findings: Findings = field(repr=False, compare=False)

    def find(self, name: str) -> Path | None:
        """Return the theme's file of a name, from the nearest folder that has one."""
        return find_file(self.folders, name)

    def path_of(self, name: str) -> str:
        """Return where the theme's file of a name lies, for a problem in it."""
        return (self.find(name) or Path(name)).as_posix()

    def at(self, *path: str | int) -> Position:
        """Return where a setting stands, in whichever theme's settings it is written."""
        return at(self.tree, *path)

    def at_colour(self, name: str) -> Position:
        """Return where a colour is written, or the main colour that it is computed from."""
        colours, _ = walk(self.tree, ("colours",))
        if isinstance(colours, Fields) and name not in colours.nodes and "brand" in self.tree.nodes:
            return self.at("brand")
        return self.at("colours", name)

    def findings_of(self, read: Findings, tree: Fields | None = None) -> ThemeFindings:
        """Return the context in which settings are held to what this theme has."""
        # Imported here: whether anything has changed is told without pydantic.
        from report_builder.settings.theme import ThemeFindings

        colours, _ = walk(self.tree, ("colours",))
        names = list(colours.nodes) if isinstance(colours, Fields) else ()

        def has_file(file: str) -> bool:
            return self.find(file) is not None

        def has_logo(file: str) -> bool:
            return self.find_logo(file, tree or self.tree) is not None

        return ThemeFindings(read, names, has_file, has_logo, self._font_fault)

    @cached_property
    def own_fonts(self) -> tuple[Mapping[str, Family], Sequence[Problem]]:
        """The families in the theme's folders, by their names in small letters, and all faults."""
        # Imported here: whether anything has changed is told without it.
        from report_builder.templating.own_fonts import own_fonts

        return own_fonts(self.folders)

    def _font_fault(self, name: str) -> tuple[str, str] | None:
        """Return what is wrong with a family that settings name, and how to mend it."""
        from report_builder.templating.fonts import is_installed

        families, _ = self.own_fonts
        if (own := families.get(name.casefold())) and own.lacks:
            hint = f"Put its {own.lacks} into the folder “fonts” of the theme, too."
            return f"The font “{name}” has no {own.lacks}.", hint
        if own or is_installed(name):
            return None
        slug = "-".join(name.casefold().split())
        hint = did_you_mean(name, [family.name for family in families.values()])
        hint = hint or (
            f"Install its package (pip install fontpkg-{slug}), put its files into the folder"
            " “fonts” of the theme, or name another font."
        )
        return f"The font “{name}” is not installed.", hint

    def find_logo(self, name: str, tree: Fields) -> Path | None:
        """Return the file of a logo that settings name: beside a workspace's, or the theme's."""
        of_theme = {(folder / THEME_FILE).as_posix() for folder in self.folders}
        is_own = name_at(tree, "logo").path not in of_theme
        return find_file((self.root, *self.folders) if is_own else self.folders, name)

    @property
    def edition_names(self) -> list[str]:
        """The names of the editions that documents can have."""
        further = self.tree.nodes.get(Scalar("editions"))
        return [STANDARD_EDITION, *(further.nodes if isinstance(further, Fields) else ())]

    @cached_property
    def files(self) -> dict[str, Path]:
        """Every file that the theme uses, by its name in the theme."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            for path in note(folder).rglob("*"):
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
            return note(folder / name)
        if leads_out(folder, name):
            raise ReportBuilderError([stray_link(folder / name)])
    return None


def stray_link(path: Path) -> Problem:
    """Return that a link leads out of its theme."""
    message = "This leads out of the theme's folder, and is not followed."
    hint = "Put a copy of the file in its place."
    return error("theme-link", Position(path.as_posix()), message, hint)


@dataclass(frozen=True)
class Theme(ThemeFiles):
    """A theme whose settings are sound."""

    settings: ThemeSettings

    @cached_property
    def colours(self) -> dict[str, str]:
        """Every colour's hexadecimal value, by the name that the style sheets use."""
        return completed(self.settings.brand, self.settings.colours)

    @cached_property
    def logo(self) -> Logo | None:
        """The logo that signs documents, if there is one."""
        path = self.find_logo(self.settings.logo, self.tree) if self.settings.logo else None
        return Logo(path, self.settings.logo_alt) if path else None

    @property
    def cloud_colours(self) -> list[str]:
        """The colours that the word cloud takes in turn."""
        return [self.colours[name] for name in self.settings.cloud.colours]

    @property
    def editions(self) -> dict[str, str]:
        """The style sheet of each further edition of the report, by the edition's name."""
        return dict(self.settings.editions)

    @cached_property
    def font_families(self) -> list[str]:
        """The families of text, then those that help out where it lacks a character.

        One of the theme's own has a name that no other theme's has.
        """
        families, _ = self.own_fonts
        named = (self.settings.fonts.text, *self.settings.fonts.fallback)
        known = ((name, families.get(name.casefold())) for name in named)
        return [own.key if own else str(name) for name, own in known]


def sound_theme(files: ThemeFiles, over: Fields, apart: Container[str] = ()) -> Theme:
    """Return a theme with some settings in place of its own, or raise all that is wrong with them.

    Groups that are set ``apart`` are a format's choices, and no settings of the theme itself.
    """
    tree = laid(files.tree, over)
    tree = Fields(tree.position, {n: node for n, node in tree.nodes.items() if n not in apart})
    # Imported here: whether anything has changed is told without pydantic.
    from pydantic import ValidationError

    from report_builder.settings.faults import TOML, problems_of
    from report_builder.settings.theme import ThemeSettings

    findings = files.findings_of(files.findings, tree)
    findings.problems += files.own_fonts[1]
    try:
        settings = ThemeSettings.model_validate(data(tree), context=findings)
    except ValidationError as reason:
        findings.problems += list(problems_of(reason, tree, TOML, findings))
    if findings.problems:
        raise ReportBuilderError(sorted(findings.problems, key=lambda problem: problem.position))
    return Theme(files.name, files.folders, files.root, tree, files.findings, settings)


def theme_files(name: str, templates: Path, named: Position | None = None) -> ThemeFiles:
    """Return a theme's folders, and what the settings in them say, unchecked."""
    chain = [(name, named)]
    folders: list[Path] = []
    findings = Findings(code=CODE)
    layers: list[Fields] = []
    for step, position in chain:  # grows while it is walked
        here = folders_of(step, templates)
        if not here:
            raise _unknown(step, position or Position(templates.as_posix()), templates)
        stray = [folder for folder in here if leads_out(folder, THEME_FILE)]
        findings.problems += [stray_link(folder / THEME_FILE) for folder in stray]
        read = [read_toml(f / THEME_FILE, findings) for f in here if f not in stray]
        layers += read
        folders += here
        parent, written = _parent(read)
        known = [one for one, _ in chain]
        if parent in known:  # a theme that extends itself, or a circle of them
            parent, written = DEFAULT, None
        if parent not in known:
            chain.append((parent, written))
    tree = reduce(laid, reversed(layers), Fields(Position(THEME_FILE), {}))
    return ThemeFiles(name, tuple(folders), templates.parent, tree, findings)


def _parent(read: Sequence[Fields]) -> tuple[str, Position | None]:
    """Return which theme another stands on, and where it says so."""
    for tree in read:
        for name, node in tree.nodes.items():
            if name == "extends" and isinstance(node, Leaf) and node.text:
                return str(node.text), node.position
    return DEFAULT, None


def _unknown(name: str, position: Position, templates: Path) -> ReportBuilderError:
    known = theme_names(templates)
    hint = did_you_mean(name, known) or f"The themes are: {', '.join(known)}."
    return failure("unknown-theme", position, f"There is no theme called “{name}”.", hint)
