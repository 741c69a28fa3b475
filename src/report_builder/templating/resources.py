"""The files that a document may use: the event's, the theme's, and what is drawn for it."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from report_builder.content.files import inside
from report_builder.templating.theme import Theme, shipped_templates

THEME = "theme:"
DRAWN = "drawn:"
_SHIPPED = "shipped/"  # theme:shipped/default/report.css reaches the file that another replaces


class NotAllowedError(Exception):
    """A document asked for something that lies outside the event, the theme and the drawings."""


@dataclass(frozen=True)
class Resources:
    """Reads ``theme:NAME``, ``drawn:NAME`` and files in the event's folder; nothing else."""

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
            content = self._path(name).read_bytes()
        return content, mimetypes.guess_type(name)[0] or "application/octet-stream"

    def _path(self, name: str) -> Path:
        folders: tuple[Path, ...] = (self.folder,)
        if name.startswith(THEME):
            name, folders = name.removeprefix(THEME), self.theme.folders
            if name.startswith(_SHIPPED):
                name, folders = name.removeprefix(_SHIPPED), (shipped_templates(),)
        for folder in folders:
            if path := inside(folder, name):
                return path
        raise NotAllowedError(f"“{name}” is in neither the event's folder nor the theme's.")
