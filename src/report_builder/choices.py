"""The settings of a workspace and of a theme, with what can be chosen of every format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import ValidationError

from report_builder.checks.signature import check_signature
from report_builder.checks.table import all_rules
from report_builder.problems import Problem, ReportBuilderError, Severity, did_you_mean, error
from report_builder.settings.faults import TOML, problems_of
from report_builder.settings.file import CODE, WorkspaceSettings, read_workspace
from report_builder.settings.findings import Findings
from report_builder.settings.names import COMMAND_LINE, SETTINGS_FILE
from report_builder.settings.theme import Cloud
from report_builder.settings.tree import Fields, at, data, merge, name_at, planted
from report_builder.templating.chain import THEME_FILE
from report_builder.templating.theme import CODE as THEME_CODE
from report_builder.templating.theme import Theme, ThemeFiles, sound_theme, theme_files
from report_builder.writers import Writer, writers

OF_THEME = {"cloud": Cloud}
"""The groups of a theme's settings that a workspace may change, beside those of formats."""

_SIGNED = ("brand", "logo", "logo_alt")  # the settings in no group that it may change


def read_settings(path: Path, given: Mapping[str, Any]) -> WorkspaceSettings:
    """Return the settings in a file with those that are ``given``, or raise all that is wrong."""
    formats = {writer.name: writer.options() for writer in writers().values()}
    top = {key: kind for writer in writers().values() for key, kind in _top(writer).items()}
    return read_workspace(path, planted(given, COMMAND_LINE), {**OF_THEME, **formats}, top)


def _top(writer: Writer) -> Mapping[str, Any]:
    """Return the types of the choices of a format that stand at the top of the settings."""
    fields = writer.options().model_fields
    found = {key: fields[name] for key, name in writer.top_keys.items()}
    return {key: Annotated[info.annotation, *info.metadata] for key, info in found.items()}


def check_settings(
    root: Path, templates: Path, theme: str, given: Mapping[str, Any]
) -> list[Problem]:
    """Return everything that is wrong with a workspace's settings, its theme's, and those given."""
    try:
        settings = read_settings(root / SETTINGS_FILE, given)
    except ReportBuilderError as reason:
        return list(reason.problems)
    tree = settings.tree
    named = at(tree, "theme") if "theme" in tree.nodes else None
    files = theme_files(theme, templates, named)
    problems = [
        *_wrong_theme(files, tree),
        *_wrong_signature(files, tree),
        *_wrong_rules(settings),
        *_wrong_editions(settings, files),
    ]
    return sorted(problems, key=lambda problem: problem.position)


def find_theme(name: str, templates: Path) -> Theme:
    """Return the theme of a name as no workspace changes it, or raise what is wrong with it.

    What is wrong with its choices of formats is raised, too.
    """
    files, unchanged = theme_files(name, templates), Fields(COMMAND_LINE, {})
    if problems := _wrong_theme(files, unchanged):
        raise ReportBuilderError(sorted(problems, key=lambda problem: problem.position))
    return theme_of(files, unchanged)


def theme_of(files: ThemeFiles, workspace: Fields) -> Theme:
    """Return a theme as a workspace changes it, or raise what is wrong with its settings."""
    groups = {n: node for n, node in workspace.nodes.items() if n in (*OF_THEME, *_SIGNED)}
    over = Fields(workspace.position, groups)
    return sound_theme(files, over, apart=writers())


def chosen(writer: Writer, theme: Fields, workspace: Fields) -> Fields:
    """Return a format's choices, each at its place: the theme's, those of a workspace over them."""
    top = Fields(workspace.position, {})
    for key, node in workspace.nodes.items():
        if name := writer.top_keys.get(key):
            (renamed,) = planted({name: None}, key.position).nodes
            top.nodes[renamed] = node
    return merge(merge(_group(theme, writer.name), top), _group(workspace, writer.name))


def _group(tree: Fields, name: str) -> Fields:
    found = next((node for known, node in tree.nodes.items() if known == name), None)
    return found if isinstance(found, Fields) else Fields(tree.position, {})


def _wrong_theme(files: ThemeFiles, workspace: Fields) -> list[Problem]:
    """Return what is wrong with a theme's settings, and every format's choices, in a workspace."""
    problems: list[Problem] = []
    try:
        theme_of(files, workspace)
    except ReportBuilderError as reason:
        problems += reason.problems
    for writer in writers().values():
        problems += _wrong_choices(writer, chosen(writer, files.tree, workspace), files)
    return list(dict.fromkeys(problems))


def _wrong_signature(files: ThemeFiles, workspace: Fields) -> list[Problem]:
    """Return what is wrong with the colour and the logo that a workspace sets for itself."""
    if not any(name in workspace.nodes for name in _SIGNED):
        return []
    try:
        found = check_signature(theme_of(files, workspace))
    except ReportBuilderError:  # said of the theme
        return []
    of_theme = {(folder / THEME_FILE).as_posix() for folder in files.folders}
    return [problem for problem in found if problem.position.path not in of_theme]


def _wrong_choices(writer: Writer, tree: Fields, files: ThemeFiles) -> Iterator[Problem]:
    """Yield what is wrong with a format's choices, each at the place where it stands."""
    findings = files.findings_of(Findings(code=CODE))
    try:
        writer.options().model_validate(data(tree), context=findings)
    except ValidationError as reason:
        findings.problems += list(problems_of(reason, tree, TOML, findings))
    of_theme = {(folder / THEME_FILE).as_posix() for folder in files.folders}
    for problem in findings.problems:
        stands_there = problem.position.path in of_theme
        yield replace(problem, code=THEME_CODE) if stands_there else problem


def _wrong_rules(settings: WorkspaceSettings) -> Iterator[Problem]:
    """Yield a problem for each rule that there is not, or that may not be off."""
    rules = {rule.code: rule for rule in all_rules()}
    for code in settings.file.rules_off:
        position = name_at(settings.tree, "rules-off", code)
        if code not in rules:
            hint = did_you_mean(code, rules) or "“report-builder check --list-rules” lists them."
            yield error(CODE, position, f"There is no rule called “{code}”.", hint)
        elif rules[code].severity is Severity.ERROR:
            hint = "Mend what it finds: what it is about keeps people from reading the documents."
            yield error(CODE, position, f"“{code}” cannot be switched off.", hint)


def _wrong_editions(settings: WorkspaceSettings, theme: ThemeFiles) -> Iterator[Problem]:
    """Yield a problem for each edition that the theme does not have."""
    known = theme.edition_names
    for number, edition in enumerate(settings.file.editions):
        if edition not in known:
            position = at(settings.tree, "editions", number)
            hint = did_you_mean(edition, known) or f"The editions are: {', '.join(known)}."
            yield error(CODE, position, f"There is no edition called “{edition}”.", hint)
