"""What all verbs share: their arguments, what they print, and how problems end them."""

from __future__ import annotations

import functools
import re
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from report_builder.problems import Problem, ReportBuilderError, Severity
from report_builder.settings.workspace import PDF_STANDARDS, WORD_DOCUMENTS

_EXCERPT = 92  # characters of a source line that fit beside a problem
EXIT_PROBLEMS = 1  # 2 is a wrong command line, as everywhere


@dataclass(frozen=True)
class Settings:
    """The options that stand before the verb."""

    workspace: Path
    quiet: bool
    verbose: bool
    theme_settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def complete_event(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the events whose names begin as typed."""
    from report_builder.settings.workspace import open_workspace

    root = (ctx.find_root().params or {}).get("workspace") or Path()
    try:
        names = open_workspace(root).event_names()
    except ReportBuilderError:
        return []
    return [CompletionItem(name) for name in names if name.startswith(typed)]


events = click.argument(
    "names", metavar="[EVENT]...", nargs=-1, shell_complete=complete_event, required=False
)
output = click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where to write. Default: output/ in the workspace.",
)
theme = click.option(
    "--theme", metavar="NAME", help="The theme to use: a folder in templates/, or a shipped one."
)

edition = click.option(
    "--edition",
    "editions",
    metavar="NAME",
    multiple=True,
    help="Which edition of the report: standard or large-print. Give it twice for both.",
)
pdf_standard = click.option(
    "--pdf-standard",
    type=click.Choice(PDF_STANDARDS),
    help="ua-1 is PDF/UA-1 and PDF/A-2a in one file, ua-2 is PDF/UA-2. Default: ua-1.",
)

document = click.option(
    "--document",
    "word_documents",
    type=click.Choice(WORD_DOCUMENTS),
    multiple=True,
    help="What to make as a Word file: the briefing, or the whole report. Give it twice for both.",
)


def loudness(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let ``-q`` and ``-v`` stand after the verb as well as before it."""

    def set_loudness(ctx: click.Context, param: click.Parameter, value: bool) -> None:
        if value:
            ctx.obj = replace(ctx.obj, **{str(param.name): True})

    for short, name, help_text in (
        ("-v", "verbose", "Print advice and how long each step took, too."),
        ("-q", "quiet", "Print problems only."),
    ):
        command = click.option(
            short,
            f"--{name}",
            is_flag=True,
            expose_value=False,
            callback=set_loudness,
            help=help_text,
        )(command)
    return command


def reports_problems(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let a verb end with its problems in words, and exit code 1, instead of a traceback."""

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except ReportBuilderError as reason:
            print_problems(reason.problems, stream=sys.stderr)
            raise SystemExit(EXIT_PROBLEMS) from None

    return run


def theme_setting(
    group: str, name: str, *flags: str, also: Mapping[str, Any] | None = None, **attributes: Any
) -> Callable[..., Any]:
    """Return an option that changes a setting of the theme for this once, and ``also`` others."""

    def change(ctx: click.Context, _: click.Parameter, value: Any) -> None:
        if value is not None:
            changed = dict(ctx.obj.theme_settings)
            changed[group] = {**(also or {}), **changed.get(group, {}), name: value}
            ctx.obj = replace(ctx.obj, theme_settings=changed)

    return click.option(
        *flags, f"{group}_{name}", default=None, expose_value=False, callback=change, **attributes
    )


def writes(
    *formats: str,
    options: Iterable[Callable[..., Any]],
    instead: Mapping[str, Callable[..., None]] | None = None,
) -> Callable[..., None]:
    """Return a verb's body that makes formats of events (none: all) and prints where they are.

    ``options`` are the verb's own: they say how a workspace is opened, or, where they are named
    in ``instead``, what is done in place of making anything.
    """

    @events
    @output
    @theme
    @loudness
    @click.pass_obj
    @reports_problems
    def body(settings: Settings, names: tuple[str, ...], **given: Any) -> None:
        from report_builder.build import build
        from report_builder.settings.workspace import open_workspace

        wanted = {name: given.pop(name) for name in instead or {}}
        workspace = open_workspace(
            settings.workspace, theme_settings=settings.theme_settings, **given
        )
        for name, value in wanted.items():
            if value:
                (instead or {})[name](workspace, names, value)
                return
        with Progress(settings) as progress:
            paths, problems = build(workspace, names, formats, progress)
        shown = [p for p in problems if settings.verbose or p.severity is not Severity.ADVICE]
        print_problems(shown, stream=sys.stderr)
        if not settings.quiet:
            _print_paths(paths)
            hidden = len(problems) - len(shown)
            if hidden:
                click.echo(
                    f"{_count(hidden, 'piece')} of advice: see “report-builder check”.", err=True
                )

    for option in options:
        body = option(body)
    return body


class Progress:
    """One line on a terminal that says what is being made; it goes when the work is done."""

    def __init__(self, settings: Settings) -> None:
        self.verbose = settings.verbose
        self.live = sys.stderr.isatty() and not settings.quiet and not settings.verbose
        self.step, self.since = "", time.perf_counter()

    def __enter__(self) -> Progress:
        return self

    def __call__(self, step: str) -> None:
        """Say which step begins."""
        self._end_step()
        self.step, self.since = step, time.perf_counter()
        if self.live:
            click.echo(f"\r\033[KMaking {step} …", err=True, nl=False)

    def __exit__(self, *_: object) -> None:
        self._end_step()
        if self.live:
            click.echo("\r\033[K", err=True, nl=False)

    def _end_step(self) -> None:
        if self.verbose and self.step:
            click.echo(f"{self.step}: {time.perf_counter() - self.since:.1f} s", err=True)


def print_problems(problems: Iterable[Problem], stream: Any = None) -> None:
    """Print each problem with its line and a caret below the place, then how many there are."""
    problems = list(problems)
    for problem in problems:
        click.echo(_in_words(problem), file=stream)
    if problems:
        counts = [
            _count(number, severity.value, {"advice": "advice"}.get(severity.value))
            for severity in Severity
            if (number := sum(p.severity is severity for p in problems))
        ]
        click.echo(", ".join(counts) + ".", file=stream)


def _in_words(problem: Problem) -> str:
    colour = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.ADVICE: "blue"}
    severity = click.style(problem.severity.value, fg=colour[problem.severity], bold=True)
    lines = [f"{problem.position}: {severity}: {problem.message} [{problem.code}]"]
    source = _source_line(problem.position.path, problem.position.line)
    if source and not problem.private and problem.message not in source:
        lines += [f"    {line}" for line in _with_caret(source, problem.position.column - 1)]
    if problem.hint:
        lines.append(f"    {problem.hint}")
    return "\n".join(lines)


def _with_caret(source: str, column: int) -> tuple[str, str]:
    """Return a source line, cut to what stands around a column, and a caret below the column."""
    source = source.replace("\t", " ")
    start = max(0, column - _EXCERPT // 2) if len(source) > _EXCERPT else 0
    shown = source[start : start + _EXCERPT]
    before = "…" if start else ""
    after = "…" if start + _EXCERPT < len(source) else ""
    return before + shown + after, " " * (column - start + len(before)) + "^"


@functools.lru_cache(maxsize=64)
def _lines(path: str) -> list[str]:
    try:
        text = Path(path).read_text("utf-8-sig")
        return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", " ", text).split("\n")
    except (OSError, UnicodeDecodeError):  # a Word file, or text in another encoding
        return []


def _source_line(path: str, line: int) -> str:
    lines = _lines(path)
    return lines[line - 1].rstrip() if line <= len(lines) else ""


def _print_paths(paths: list[Path]) -> None:
    width = max((len(path.as_posix()) for path in paths), default=0)
    for path in paths:
        click.echo(f"{path.as_posix():<{width}}  {in_bytes(path.stat().st_size)}")


def in_bytes(count: int) -> str:
    """Return a size in words: “1.2 MB”."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(count // 1000, 1)} kB"


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
