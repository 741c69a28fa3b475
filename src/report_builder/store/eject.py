"""Copies of a theme's files in a workspace, for its officers to change."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from report_builder.problems import Position, ReportBuilderError, did_you_mean, error, failure
from report_builder.templating.chain import DEFAULT, THEME_FILE
from report_builder.templating.theme import ThemeFiles


def eject_files(theme: ThemeFiles, templates: Path, name: str, files: Sequence[str]) -> list[Path]:
    """Copy a theme's files (none: all) to a theme of a name, and return where they lie.

    Nothing is copied when one of them is there already, or is no file of the theme.
    """
    folder = templates / name
    if not re.fullmatch(r"[\w-]+", name):
        hint = "Use letters, digits and hyphens: our-council."
        raise failure("theme-name", Position(folder.as_posix()), f"“{name}” is no name.", hint)
    wanted = {file: theme.files.get(file) for file in dict.fromkeys(files or theme.files)}
    problems = []
    for file, path in wanted.items():
        position = Position((folder / file).as_posix())
        if path is None:
            hint = did_you_mean(file, theme.files) or "“theme list” names the themes."
            message = f"The theme “{theme.name}” has no file “{file}”."
            problems.append(error("theme-file", position, message, hint))
        elif os.path.lexists(folder / file):
            hint = "Rename or delete it first, if you want to begin anew."
            problems.append(error("theme-file", position, "This file is yours already.", hint))
    if problems:
        raise ReportBuilderError(problems)
    copied: list[Path] = []
    try:
        contents = {file: path.read_bytes() for file, path in wanted.items() if path}
        begins = not os.path.lexists(folder / THEME_FILE)
        if begins and theme.name not in (name, DEFAULT):
            contents.setdefault(THEME_FILE, f'extends = "{theme.name}"\n'.encode())
        for file, content in contents.items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            with (folder / file).open("xb") as own:
                copied.append(folder / file)
                own.write(content)
    except OSError as reason:
        for path in copied:
            path.unlink()
        message = f"The file cannot be made: {reason.strerror or reason}. Nothing was copied."
        raise failure("output", Position(str(reason.filename or folder)), message) from reason
    return copied
