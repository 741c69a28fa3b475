"""The walk: an event's folder is read and checked, rendered, typeset, and stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from report_builder import store, writers
from report_builder.checks.content import check_content
from report_builder.checks.rules import House
from report_builder.checks.table import all_rules
from report_builder.checks.theme import check_theme, check_words
from report_builder.content.loader import Loaded, load_all
from report_builder.drawings.chart import draw_chart
from report_builder.drawings.cloud import draw_cloud
from report_builder.drawings.qr import draw_qr
from report_builder.problems import (
    Position,
    Problem,
    ReportBuilderError,
    Severity,
    did_you_mean,
    error,
    failure,
    stops,
)
from report_builder.settings.workspace import EVENT_FILE, Workspace
from report_builder.store.manifest import describe_inputs
from report_builder.templating.renderer import STANDARD_EDITION, Renderer
from report_builder.templating.resources import Drawing, Resources
from report_builder.templating.theme import Theme, find_theme

Progress = Callable[[str], None]
DRAWINGS: Mapping[str, Callable[..., Drawing]] = {
    "draw_cloud": draw_cloud,
    "draw_chart": draw_chart,
    "draw_qr": draw_qr,
}
"""What templates can have drawn, by the name they call it."""


def _silent(_step: str) -> None:
    """Say nothing of what is being made."""


def formats() -> dict[str, ModuleType]:
    """Return every output format's writer by its name, which is the name of its module."""
    modules = (
        import_module(f"{writers.__name__}.{m.name}") for m in iter_modules(writers.__path__)
    )
    return {m.__name__.rpartition(".")[2]: m for m in modules if hasattr(m, "TEMPLATE")}


def theme_of(workspace: Workspace) -> Theme:
    """Return the theme that a workspace uses, with the settings that it changes."""
    theme = find_theme(workspace.theme, workspace.templates)
    path = workspace.settings_file
    position = Position(path.as_posix() if path.is_file() else "the command line")
    return theme.with_settings(workspace.theme_settings, position)


def check(workspace: Workspace, names: tuple[str, ...] = ()) -> tuple[list[Loaded], list[Problem]]:
    """Return events as read, and every problem of theirs, of their documents and of the theme."""
    theme = theme_of(workspace)
    loaded = [event for folder in workspace.event_folders(names) for event in load_all(folder)]
    of_theme = [p for p in check_theme(theme) if p.code not in workspace.rules_off]
    problems = [*_wrong_settings(workspace, theme), *of_theme]
    house = House(**theme.settings["wording"], pre_election=workspace.pre_election)
    for event in loaded:
        found = [*check_content(event, house), *check_words(theme, event)]
        found = [problem for problem in found if problem.code not in workspace.rules_off]
        if not stops(found):
            proofed = [p for p in _proof(event, theme) if p.code not in workspace.rules_off]
            found += [problem for problem in proofed if problem not in found]
        # A translation holds what it does not translate, and so the same problems.
        new = [problem for problem in found if problem not in problems]
        problems += sorted(new, key=lambda problem: problem.position)
    return loaded, problems


def _wrong_settings(workspace: Workspace, theme: Theme) -> Iterator[Problem]:
    """Yield a problem for each rule that may not be off, and each edition that there is not."""
    rules = {rule.code: rule for rule in all_rules()}
    position = Position(workspace.settings_file.as_posix())
    for code in workspace.rules_off:
        if code not in rules:
            hint = did_you_mean(code, rules) or "“report-builder check --list-rules” lists them."
            yield error("settings", position, f"There is no rule called “{code}”.", hint)
        elif rules[code].severity is Severity.ERROR:
            hint = "Mend what it finds: what it is about keeps people from reading the documents."
            yield error("settings", position, f"“{code}” cannot be switched off.", hint)
    known = (STANDARD_EDITION, *theme.editions)
    for edition in workspace.editions:
        if edition not in known:
            hint = did_you_mean(edition, known) or f"The editions are: {', '.join(known)}."
            yield error("settings", position, f"There is no edition called “{edition}”.", hint)


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
    theme = theme_of(workspace)
    loaded, problems = check(workspace, names)
    if stops(problems):
        raise ReportBuilderError(problems)
    made: dict[Path, dict[str, bytes]] = {}
    for event in loaded:
        made.setdefault(event.folder, {}).update(make(event, theme, only, progress, workspace))
    paths = []
    for folder, artefacts in made.items():
        inputs = describe_inputs(folder, theme.name, theme.files)
        paths += store.put(workspace.output, folder.name, artefacts, inputs, complete=not only)
    return paths, problems


def make(
    loaded: Loaded, theme: Theme, only: Sequence[str], progress: Progress, workspace: Workspace
) -> dict[str, bytes]:
    """Return an event's artefacts by file name; nothing is written."""
    drawn: dict[str, bytes] = {}
    artefacts: dict[str, bytes] = {}
    problems: list[Problem] = []
    for edition in workspace.editions or (STANDARD_EDITION,):
        wanted_of = (edition, workspace.pdf_standard, workspace.word_documents)
        renderer = renderer_of(loaded, theme, DRAWINGS, *wanted_of, drawn=drawn)
        for name, writer in formats().items():
            wanted = edition == STANDARD_EDITION or getattr(writer, "HAS_EDITIONS", False)
            if not wanted or (only and name not in only):
                continue
            version = (edition if edition != STANDARD_EDITION else "", loaded.translation)
            progress(" ".join(filter(None, (f"{loaded.name}: {name}", *version))))
            try:
                made = writer.write(renderer)
            except ReportBuilderError as reason:
                problems += [p for p in reason.problems if p not in problems]
            else:
                artefacts.update({_file_name(n, *version): content for n, content in made.items()})
    if problems:
        raise ReportBuilderError(problems)
    if not artefacts:
        raise failure(
            "nothing-to-make",
            Position((loaded.folder / EVENT_FILE).as_posix()),
            f"The event holds nothing to make a {' or '.join(only)} of.",
            "A poster needs a section “type: feedback” with “responses”.",
        )
    return artefacts


def _file_name(name: str, *version: str) -> str:
    """Return an artefact's file name: ``report.large-print.ur.pdf`` in an edition and language."""
    stem, _, suffix = name.rpartition(".")
    return ".".join([stem, *filter(None, version), suffix])


def _proof(loaded: Loaded, theme: Theme) -> list[Problem]:
    """Return what is wrong with an event's documents, as far as it shows before typesetting."""
    problems: list[Problem] = []
    for writer in formats().values():
        if hasattr(writer, "proof"):
            try:
                found = writer.proof(renderer_of(loaded, theme, {**DRAWINGS, "draw_cloud": _blank}))
            except ReportBuilderError as reason:
                found = reason.problems
            problems += [problem for problem in found if problem not in problems]
    return problems


def _blank(
    _: object,
    width: float,
    height: float,
    resources: Resources,  # noqa: ARG001  # as draw_cloud is called
    language: str,  # noqa: ARG001
) -> Drawing:
    """Stand for a cloud, whose places take long to find, while a document is only looked over."""
    name = f"blank-{width:g}x{height:g}.svg"
    size = f'width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}"'
    return Drawing(name, lambda: f'<svg xmlns="http://www.w3.org/2000/svg" {size}/>'.encode())


def renderer_of(
    loaded: Loaded,
    theme: Theme,
    drawings: Mapping[str, Callable[..., Drawing]],
    edition: str = STANDARD_EDITION,
    pdf_standard: str = "ua-1",
    word_documents: tuple[str, ...] = ("briefing",),
    drawn: dict[str, bytes] | None = None,
) -> Renderer:
    """Return what renders an event in a theme; ``drawn`` keeps drawings for further renderers."""
    if loaded.event is None:
        raise ReportBuilderError(loaded.problems)
    resources = Resources(loaded.folder, theme, {} if drawn is None else drawn)
    language = loaded.event.language
    functions = {
        name: partial(draw, resources=resources, language=language)
        for name, draw in drawings.items()
    }
    return Renderer(loaded.event, resources, functions, edition, pdf_standard, word_documents)
