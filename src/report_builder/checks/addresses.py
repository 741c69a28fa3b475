"""Where a theme's templates and style sheets look for files: in the theme, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from report_builder.checks.rules import Finding
from report_builder.problems import Position, did_you_mean
from report_builder.sources import note
from report_builder.templating.chain import shipped_templates
from report_builder.templating.loader import ENDING
from report_builder.templating.resources import THEME
from report_builder.templating.theme import Theme, find_file

SHEET = ".css"
"""How the name of every style sheet ends."""

_SHIPPED = "shipped/"
_COMMENT = re.compile(r"\{#.*?#\}|/\*.*?\*/|<!--.*?-->", re.DOTALL)
_IN_ELEMENT = (
    r"<(?:img|source|object|embed|link|script|image|video|audio|iframe|use)\b[^>]*?"
    r"\s(?:src|(?:xlink:)?href|data|poster)\s*=\s*[\"']?(?P<element>[^\"'>\s{]*)"
)
_IN_STYLE = r"\burl\(\s*[\"']?(?P<style>[^\"'){]*)|@import\s+[\"'](?P<sheet>[^\"'{]*)"
_ADDRESS = re.compile(f"{_IN_ELEMENT}|{_IN_STYLE}", re.IGNORECASE | re.DOTALL)
_ELSEWHERE = re.compile(r"(?:[a-z][a-z+.-]*:)?//|(?:https?|ftp|file|mailto|javascript):", re.I)
_ABSOLUTE = re.compile(r"[/\\]|[a-z]:[/\\]", re.IGNORECASE)
_OURS = re.compile(r"(?:drawn|logo|data):|#", re.IGNORECASE)
_COPY = "Copy the file into the theme's folder, and write theme:NAME."


class _Address(NamedTuple):
    text: str
    position: Position


def strange_addresses(theme: Theme, path: Path) -> Iterator[Finding]:
    """Yield the addresses in a theme's file by which no document may be, or could be, found."""
    for address, position in _addresses(path):
        if _ELSEWHERE.match(address):
            message = f"“{address}” lies elsewhere: nothing is fetched while a document is made."
            yield position, message, _COPY
        elif _ABSOLUTE.match(address):
            message = f"“{address}” is the path of one computer, and leads nowhere on others."
            yield position, message, _COPY
        elif not address.startswith(THEME) and theme.find(address.split("#")[0]):
            message = f"“{address}” is looked for in the event's folder; it lies in the theme's."
            yield position, message, f"Write {THEME}{address}."


def missing_files(theme: Theme, path: Path) -> Iterator[Finding]:
    """Yield the addresses in a theme's file of files that the theme does not have."""
    for address, position in _addresses(path):
        name = address.removeprefix(THEME).split("#")[0]
        if not address.startswith(THEME) or not name:
            continue
        known = [one for one in theme.files if not one.endswith(ENDING)]
        folders = theme.folders
        if name.startswith(_SHIPPED):
            folders, name = (shipped_templates(),), name.removeprefix(_SHIPPED)
        if find_file(folders, name) is None:
            hint = did_you_mean(name, known) or "Copy it into the theme's folder."
            yield position, f"The theme has no file “{name}”.", hint


def _addresses(path: Path) -> Iterator[_Address]:
    """Yield the addresses that a file writes out, each where it stands."""
    text = _COMMENT.sub(_blank, text_of(path))
    for found in _ADDRESS.finditer(text):
        kind = found.lastgroup or ""
        address = found[kind].strip()
        if address and not _OURS.match(address):
            begin = found.start(kind)
            line = text.count("\n", 0, begin) + 1
            column = begin - (text.rfind("\n", 0, begin) + 1) + 1
            yield _Address(address, Position(path.as_posix(), line, column))


def text_of(path: Path) -> str:
    """Return what a file says, as far as it is text: what is none is told by its own rules."""
    return note(path).read_text("utf-8-sig", "replace")


def _blank(found: re.Match[str]) -> str:
    """Return a note as spaces, so that what follows stays where it is."""
    return re.sub(r"[^\n]", " ", found[0])
