"""The files that a document may use: the event's, the theme's, and what is drawn for it."""

from __future__ import annotations

import hashlib
import math
import mimetypes
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from report_builder.content.files import inside
from report_builder.sources import note
from report_builder.templating.chain import shipped_templates
from report_builder.templating.functions import TemplateFault
from report_builder.templating.theme import Theme

THEME = "theme:"
DRAWN = "drawn:"
_SHIPPED = "shipped/"  # theme:shipped/default/report.css reaches the file that another replaces


_SVG = "image/svg+xml"
_COLOUR = re.compile(rb"var\(\s*--([\w-]+)\s*\)")
_SIDES = (1, 5000)  # of a drawing, in millimetres


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a template asked to have drawn: a name for it, and how to draw it.

    Two drawings of one name are the same.
    """

    name: str
    draw: Callable[[], bytes]


def drawing_of(kind: str, decided_by: object, draw: Callable[[], bytes]) -> Drawing:
    """Return a drawing whose name is made of all that decides what it looks like."""
    digest = hashlib.sha256(repr(decided_by).encode()).hexdigest()[:24]
    return Drawing(f"{kind}-{digest}.svg", draw)


def check_side(value: object) -> None:
    """Raise a fault of the template's for what is no side of a drawing in millimetres."""
    least, most = _SIDES
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise TemplateFault("the sides of a drawing are numbers of millimetres")
    if not least <= value <= most:
        raise TemplateFault(f"the sides of a drawing have from {least} to {most} millimetres")


class NotAllowedError(Exception):
    """A document asked for something that lies outside the event, the theme and the drawings."""


@dataclass(frozen=True)
class Resources:
    """Reads ``theme:NAME``, ``drawn:NAME``, the logo and files of the event; nothing else."""

    folder: Path
    theme: Theme
    drawn: dict[str, bytes] = field(default_factory=dict)

    def address(self, drawn: str) -> str:
        """Return the address by which a document uses something drawn for it."""
        return DRAWN + drawn

    def read(self, address: str) -> tuple[bytes, str]:
        """Return the content and media type behind an address in a document."""
        name = unquote(address)
        if name.startswith(DRAWN) and name.removeprefix(DRAWN) in self.drawn:
            content = self.drawn[name.removeprefix(DRAWN)]
        else:
            content = self.path_of(name).read_bytes()
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        if name.startswith(THEME) and media_type == _SVG:
            content = _COLOUR.sub(self._colour, content)
        return content, media_type

    def _colour(self, found: re.Match[bytes]) -> bytes:
        """Return the theme's colour that a drawing of its own names as “var(--brand)”."""
        known = self.theme.colours.get(found[1].decode(errors="replace"))
        return known.encode() if known else found[0]

    def place(self, address: str) -> str:
        """Return where the file behind an address lies, for a problem in it."""
        name = unquote(address)
        return name if name.startswith(DRAWN) else self.path_of(name).as_posix()

    def path_of(self, name: str) -> Path:
        """Return the file of the event or the theme that a name stands for."""
        folders: tuple[Path, ...] = (self.folder,)
        if (logo := self.theme.logo) and name == logo.address:
            return note(logo.path)
        if name.startswith(THEME):
            name, folders = name.removeprefix(THEME), self.theme.folders
            if name.startswith(_SHIPPED):
                name, folders = name.removeprefix(_SHIPPED), (shipped_templates(),)
        for folder in folders:
            if inside(folder, name):
                return note(folder / name)
        raise NotAllowedError(f"“{name}” is in neither the event's folder nor the theme's.")
