"""The walk: an event's folder is read and checked, rendered, typeset, and stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from report_builder import store, writers
from report_builder.checks.content import check_content
from report_builder.content.loader import Loaded, load
from report_builder.problems import Problem, ReportBuilderError, stops
from report_builder.store.manifest import MANIFEST, make_manifest, read_outputs
from report_builder.templating.renderer import Renderer
from report_builder.templating.resources import Resources
from report_builder.templating.theme import Theme, find_theme
from report_builder.workspace import Workspace
from report_builder.writers.poster import draw_cloud

Progress = Callable[[str], None]


def _silent(_step: str) -> None:
    """Say nothing of what is being made."""


def formats() -> dict[str, ModuleType]:
    """Return every output format's writer by its name, which is the name of its module."""
    modules = (
        import_module(f"{writers.__name__}.{m.name}") for m in iter_modules(writers.__path__)
    )
    return {m.__name__.rpartition(".")[2]: m for m in modules if hasattr(m, "TEMPLATE")}


def check(folders: Iterable[Path]) -> tuple[list[Loaded], list[Problem]]:
    """Return events as read, and every problem of theirs."""
    loaded = [load(folder) for folder in folders]
    return loaded, [problem for event in loaded for problem in check_content(event)]


def build(
    workspace: Workspace,
    names: tuple[str, ...] = (),
    only: Sequence[str] = (),
    progress: Progress = _silent,
) -> tuple[list[Path], list[Problem]]:
    """Build events and return the paths that were written, and what to know about them.

    Nothing is written unless every event is free of errors and everything could be made.
    ``only`` names the formats to make; none means all.
    """
    theme = find_theme(workspace.theme, workspace.templates)
    loaded, problems = check(workspace.event_folders(names))
    if stops(problems):
        raise ReportBuilderError(problems)
    made = {}
    for event in loaded:
        artefacts = make(event, theme, only, progress)
        kept = read_outputs(workspace.output / event.name) if only else {}
        artefacts[MANIFEST] = make_manifest(event.folder, theme.name, theme.files, artefacts, kept)
        made[event.name] = artefacts
    paths = []
    for name, artefacts in made.items():
        paths += store.put(workspace.output, name, artefacts, complete=not only)
    return paths, problems


def make(loaded: Loaded, theme: Theme, only: Sequence[str], progress: Progress) -> dict[str, bytes]:
    """Return an event's artefacts by file name; nothing is written."""
    if loaded.event is None:
        raise ReportBuilderError(loaded.problems)
    resources = Resources(loaded.folder, theme)
    draw = partial(draw_cloud, resources=resources, language=loaded.event.language)
    renderer = Renderer(loaded.event, resources, {"draw_cloud": draw})
    artefacts: dict[str, bytes] = {}
    for name, writer in formats().items():
        if not only or name in only:
            progress(f"{loaded.name}: {name}")
            artefacts.update(writer.write(renderer))
    return artefacts
