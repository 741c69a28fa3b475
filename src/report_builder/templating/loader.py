"""Templates by name, from a theme's folders and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jinja2

from report_builder.problems import Position, failure
from report_builder.sources import note
from report_builder.templating.chain import shipped_templates
from report_builder.templating.functions import ForbiddenError
from report_builder.templating.theme import find_file

ENDING = ".j2"
"""How the name of every template ends."""

_SHIPPED = "shipped/"  # {% extends "shipped/default/report.html.j2" %} reaches what is replaced
_LARGEST = 1_000_000  # bytes; the report's has ten thousand


class Loader(jinja2.BaseLoader):
    """Reads the templates of a theme's folders, the nearest first, and the shipped ones."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._folders = folders

    def get_source(
        self,
        environment: jinja2.Environment,  # noqa: ARG002  # as Jinja asks
        template: str,
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text, its path, and what tells whether both are still the same."""
        path = self._find(template)
        if path is None:
            raise jinja2.TemplateNotFound(template)
        text = read_template(path)
        return text, path.as_posix(), lambda: self._is_still(template, path, text)

    def _find(self, name: str) -> Path | None:
        odd = any(part in ("", ".", "..") for part in name.split("/")) or set(name) & set("\\:\0")
        if odd:
            raise ForbiddenError(f"a template may not reach “{name}”: name a file of the theme")
        if not name.endswith(ENDING):
            raise ForbiddenError(f"a template may not read “{name}”, which is no template")
        if path := find_file(self._folders, name):
            return path
        if name.startswith(_SHIPPED):
            return find_file((shipped_templates(),), name.removeprefix(_SHIPPED))
        return None

    def _is_still(self, name: str, path: Path, text: str) -> bool:
        return self._find(name) == path and read_template(path) == text


def read_template(path: Path) -> str:
    """Return a template's text, and raise a problem where it cannot be one."""
    position = Position(path.as_posix())
    if note(path).stat().st_size > _LARGEST:
        message = f"The file has more than {_LARGEST // 1_000_000} MB: it is no template."
        raise failure("template", position, message, "Move what it holds into other files.")
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as reason:
        message, hint = "A template is not UTF-8 text.", "Save it with the encoding “UTF-8”."
        raise failure("template", position, message, hint) from reason
