"""The kinds of section an event may have: one module a kind, named as content names it.

A kind is a module in this package, or in a package of its own that declares an entry point in
the group ``report_builder.sections`` whose name is the kind and whose value is the module.
The module defines one `Section`; ``templates/THEME/sections/KIND.html.j2`` says how it looks.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping, Set
from functools import lru_cache
from importlib import import_module
from importlib.metadata import entry_points
from types import MappingProxyType, ModuleType
from typing import ClassVar, Literal

from pydantic import create_model

from report_builder.content.fields import Language, Marked, Model, Text
from report_builder.content.ids import Id
from report_builder.content.slug import slug

ENTRY_POINTS = "report_builder.sections"


class Section(Model):
    """What all sections have: a kind, a title where one is printed, and words around the rest.

    Links lead to it by its ``id``, or else by its title. ``language`` is that of its words where it
    is not the event's.
    """

    in_briefing: ClassVar[bool] = True
    """Whether councillors get the section in their two pages."""

    type: str
    id: Id | None = None
    title: Marked | None = None
    language: Language | None = None
    intro: Text | None = None
    closing: Text | None = None

    @property
    def tells_councillors(self) -> bool:
        """Whether the section is one that councillors get, and says more than its title."""
        return self.in_briefing and self.says_more

    @property
    def says_more(self) -> bool:
        """Whether the section says more than its title."""
        return _says(self, self.model_fields_set - {"type", "id", "title", "language"})

    @property
    def slug(self) -> str:
        """The section's title as a name of Latin letters without spaces, else its kind."""
        return slug(self.title or "") or self.type


def _says(value: object, names: Set[str] | None = None) -> bool:
    if isinstance(value, Model):
        written = value.model_fields_set if names is None else names
        return any(_says(getattr(value, name)) for name in written)
    return any(map(_says, value)) if isinstance(value, tuple) else bool(value)


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, type[Section]]:
    """Return the model of every kind of section, by the name that content gives as ``type``."""
    found = {
        module.name.replace("_", "-"): import_module(f"{__name__}.{module.name}")
        for module in pkgutil.iter_modules(__path__)
    }
    for point in entry_points(group=ENTRY_POINTS):
        found.setdefault(point.name, point.load())
    return MappingProxyType({kind: _model(kind, module) for kind, module in sorted(found.items())})


def _model(kind: str, module: ModuleType) -> type[Section]:
    """Return a module's section, whose ``type`` may only be its kind."""
    own = [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Section)
        and value.__module__ == module.__name__
    ]
    if len(own) != 1:
        raise TypeError(f"{module.__name__} must define one Section, and defines {len(own)}")
    return create_model(own[0].__name__, __base__=own[0], type=(Literal[kind], ...))  # type: ignore[arg-type]  # known at run time
