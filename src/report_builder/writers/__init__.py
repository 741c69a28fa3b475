"""The writers: one an output format. A package of its own adds one by an entry point.

A format is a module or package in this one, or an entry point in the group
``report_builder.writers``, that has a `Writer` called ``writer``.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from report_builder.plugins import extensions
from report_builder.problems import Problem

if TYPE_CHECKING:
    from report_builder.settings.options import Options
    from report_builder.templating.renderer import Renderer

ENTRY_POINTS = "report_builder.writers"


@dataclass(frozen=True)
class Made:
    """What was made: files by name, and what to know about them."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class FileType:
    """What people call a kind of file, and what mail programs do."""

    name: str
    media_type: str


@runtime_checkable
class Writer(Protocol):
    """An output format: how it is asked for, and what it makes of an event.

    ``name`` is that of its group of settings, ``verb`` that of its command, ``summary`` and
    ``help`` what is said of it there; ``top_keys`` are the choices that stand at the top of the
    settings, by their keys there. ``file_types`` are those of its files by their suffix, what
    people most want first; ``attaches`` whether these can be sent with a message. Unless it
    ``has_editions`` it is made in the standard one alone. A common event takes it some
    ``seconds``: what takes longest is begun first. ``programs`` are the distributions that
    decide what its files hold, beside those that every document is made with.

    To import one is quick: what it works with is imported by its methods.
    """

    name: str
    verb: str
    summary: str
    help: str
    top_keys: Mapping[str, str]
    file_types: Mapping[str, FileType]
    attaches: bool
    has_editions: bool
    seconds: float
    programs: tuple[str, ...]

    def options(self) -> type[Options]:
        """Return the model of what can be chosen: the flags of its verb, the keys of its group."""
        ...

    def write(self, renderer: Renderer, options: Options) -> Made:
        """Return the files of an event, or raise what keeps them from being made."""
        ...


@lru_cache(maxsize=1)
def writers() -> Mapping[str, Writer]:
    """Return every output format's writer by its name."""
    modules = [import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__)]
    found = [one for module in modules if isinstance(one := vars(module).get("writer"), Writer)]
    if extensions():
        from importlib.metadata import entry_points

        found += [point.load() for point in entry_points(group=ENTRY_POINTS)]
    return MappingProxyType({writer.name: writer for writer in found})
