"""A theme of a workspace's own, begun with a colour and a logo."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic_core import PydanticCustomError

from report_builder.content.slug import slug
from report_builder.drawings.pictures import UnusablePictureError, check_picture
from report_builder.problems import Position, Problem, ReportBuilderError, error, failure
from report_builder.settings.names import COMMAND_LINE
from report_builder.settings.theme import LOGO_FORMS, hexadecimal
from report_builder.templating.chain import DEFAULT, THEME_FILE, shipped_templates, theme_names
from report_builder.templating.theme import theme_files

_LARGEST = 5_000_000  # bytes of a logo, which every document holds


@dataclass(frozen=True)
class Beginning:
    """What a theme begins with: its main colour, its logo, and which theme it stands on."""

    name: str
    brand: str = ""
    logo: Path | None = None
    logo_alt: str = ""
    parent: str = DEFAULT

    @property
    def text(self) -> str:
        """What its ``theme.toml`` says."""
        lines = [
            f"# The theme {self.name}: what is not said here is as in the theme {self.parent}.",
            f"# “report-builder theme check {self.name}” says what is wrong with it.",
            "",
            *([f"extends = {_quoted(self.parent)}"] if self.parent != DEFAULT else []),
            _line("brand", self.brand or "#1F3A6E", "the main colour; the others follow from it"),
            _line("logo", self.logo.name if self.logo else "logo.svg", "a file in this folder"),
            _line("logo_alt", self.logo_alt, "what it shows, for those who do not see it"),
            "",
            "# [fonts]  # its files, regular and bold, lie in the folder “fonts” beside this file",
            '# text = "Name of the Font"',
            "",
            "# [colours]  # a colour of your own in place of a computed one",
            '# accent = "#8A2E5D"',
            "",
        ]
        for name, given in (("brand", self.brand), ("logo", self.logo), ("logo_alt", self.logo)):
            if not given:
                lines = [f"# {line}" if line.startswith(f"{name} =") else line for line in lines]
        return "\n".join(lines)


def begin_theme(templates: Path, beginning: Beginning) -> Path:
    """Make a theme's folder with its settings and its logo, and return where the settings lie.

    Nothing is made where anything is wrong; all of it is raised at once.
    """
    folder = templates / beginning.name
    if problems := list(_wrong(folder, beginning)):
        raise ReportBuilderError(problems)
    theme_files(beginning.parent, templates, COMMAND_LINE)
    contents = {THEME_FILE: beginning.text.encode()}
    made: list[Path] = []
    try:
        if beginning.logo:
            contents[beginning.logo.name] = beginning.logo.read_bytes()
        folder.mkdir(parents=True)
        made.append(folder)
        for name, content in contents.items():
            with (folder / name).open("xb") as file:
                made.append(folder / name)
                file.write(content)
    except OSError as reason:
        for path in reversed(made):
            path.rmdir() if path == folder else path.unlink()
        message = f"The theme cannot be made: {reason.strerror or reason}."
        raise failure("output", Position(str(reason.filename or folder)), message) from reason
    return folder / THEME_FILE


def _wrong(folder: Path, beginning: Beginning) -> Iterator[Problem]:
    name = beginning.name
    if not re.fullmatch(r"[\w-]+", name):
        meant = slug(name) or "our-council"
        hint = f"Use letters, digits and hyphens: {meant}."
        yield error("theme-name", COMMAND_LINE, f"“{name}” is no name of a theme.", hint)
    elif name in theme_names(shipped_templates()):
        hint = f"Choose another name, such as our-{name}."
        yield error("theme-name", COMMAND_LINE, f"The theme “{name}” is shipped.", hint)
    elif folder.exists() or folder.is_symlink():
        hint = "Change its theme.toml, or choose another name."
        message = f"There is a theme “{name}” already."
        yield error("theme-name", Position(folder.as_posix()), message, hint)
    if beginning.brand:
        try:
            hexadecimal(beginning.brand)
        except PydanticCustomError as reason:
            said = reason.context or {}
            hint = re.sub(r"Write (#\w+)", r'Write --brand "\1"', said["hint"])
            yield error("settings", COMMAND_LINE, said["message"], hint)
    if beginning.logo:
        yield from _wrong_logo(beginning.logo)
    elif beginning.logo_alt:
        message = "A logo is described, and there is none."
        yield error("settings", COMMAND_LINE, message, "Add --logo FILE.")


def _wrong_logo(path: Path) -> Iterator[Problem]:
    position = Position(path.as_posix())
    if path.suffix.casefold() not in LOGO_FORMS:
        message = "A logo cannot be a file of this kind."
        yield error("settings", position, message, "Save it as SVG, or as PNG or JPEG.")
        return
    try:
        check_picture(path)
        if (size := path.stat().st_size) > _LARGEST:
            message = f"The logo has {size / 1e6:.0f} MB, which every document would hold."
            yield error("settings", position, message, "Save it smaller than 5 MB.")
    except OSError as reason:
        message = f"The logo cannot be read: {reason.strerror or reason}."
        yield error("missing-file", position, message, "Mend the name that follows --logo.")
    except UnusablePictureError as reason:
        yield error("picture-unreadable", position, f"The logo {reason}", reason.hint)


def _line(name: str, value: str, note: str) -> str:
    return f"{name} = {_quoted(value)}  # {note}"


def _quoted(text: str) -> str:
    """Return a text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "")
