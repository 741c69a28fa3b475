"""What all verbs share: their arguments, what they print, and how problems end them."""

from __future__ import annotations

import functools
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from report_builder.problems import Problem, ReportBuilderError, Severity, printable

_EXCERPT = 92  # characters of a source line that fit beside a problem
EXIT_PROBLEMS = ReportBuilderError.exit_code  # 2 is a wrong command line, as everywhere


@dataclass(frozen=True)
class Settings:
    """The options that stand before the verb, and the choices of formats that stand after it."""

    workspace: Path
    quiet: bool
    verbose: bool
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def complete_event(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the events whose names begin as typed."""
    from report_builder.workspace import open_workspace

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

jobs = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many to make at a time. Default: as many as there are cores.",
)
scheduler = click.option(
    "--scheduler",
    metavar="ADDRESS",
    default="",
    help="Have a Dask cluster make them: tcp://host:8786.",
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
    """Let a verb end with its problems in words, and their exit code, instead of a traceback."""

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except ReportBuilderError as reason:
            print_problems(reason.problems, stream=sys.stderr)
            raise SystemExit(reason.exit_code) from None

    return run


class Progress:
    """One line on a terminal that says what is being made; it goes when the work is done."""

    def __init__(self, settings: Settings) -> None:
        self.verbose = settings.verbose
        self.live = sys.stderr.isatty() and not settings.quiet and not settings.verbose
        self.begun: dict[str, float] = {}
        self.made = 0

    def __enter__(self) -> Progress:
        return self

    def __call__(self, steps: Sequence[str]) -> None:
        """Say which steps are going on now, and how long those took that are not any more."""
        now = time.perf_counter()
        for step in [step for step in self.begun if step not in steps]:
            self.made += 1
            if self.verbose:
                click.echo(f"{step}: {now - self.begun[step]:.1f} s", err=True)
        self.begun = {step: self.begun.get(step, now) for step in steps}
        if self.live and steps:
            click.echo(f"\r\033[K{self._line(steps)}", err=True, nl=False)

    def __exit__(self, *_: object) -> None:
        if self.live:
            click.echo("\r\033[K", err=True, nl=False)

    def _line(self, steps: Sequence[str]) -> str:
        """Return what is said of steps: as many of them as there is room for."""
        made = f", {self.made} made" if self.made else ""
        width = shutil.get_terminal_size().columns - 1
        for named in range(len(steps), 0, -1):
            more = f" and {len(steps) - named} more" if named < len(steps) else ""
            line = f"Making {', '.join(steps[:named])}{more} …{made}"
            if len(line) <= width:
                return line
        return f"Making {counted(len(steps), 'document')} …{made}"[:width]


def print_problems(problems: Iterable[Problem], stream: Any = None) -> None:
    """Print each problem with its line and a caret below the place, then how many there are."""
    problems = list(problems)
    lines_of = functools.cache(_lines)  # for this once: the files may change before the next time
    for problem in problems:
        click.echo(_in_words(problem, lines_of), file=stream)
    if problems:
        counts = [
            counted(number, severity.value, {"advice": "advice"}.get(severity.value))
            for severity in Severity
            if (number := sum(p.severity is severity for p in problems))
        ]
        click.echo(", ".join(counts) + ".", file=stream)


def _in_words(problem: Problem, lines_of: Callable[[str], list[str]]) -> str:
    colour = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.ADVICE: "blue"}
    severity = click.style(problem.severity.value, fg=colour[problem.severity], bold=True)
    place, message = printable(str(problem.position)), printable(problem.message)
    lines = [f"{place}: {severity}: {message} [{problem.code}]"]
    source = _source_line(lines_of(problem.position.path), problem.position.line)
    if source and not problem.private and problem.message not in source:
        lines += [f"    {line}" for line in _with_caret(source, problem.position.column - 1)]
    if problem.hint:
        lines.append(f"    {printable(problem.hint)}")
    return "\n".join(lines)


def _with_caret(source: str, column: int) -> tuple[str, str]:
    """Return a source line, cut to what stands around a column, and a caret below the column."""
    source = source.replace("\t", " ")
    start = max(0, column - _EXCERPT // 2) if len(source) > _EXCERPT else 0
    shown = source[start : start + _EXCERPT]
    before = "…" if start else ""
    after = "…" if start + _EXCERPT < len(source) else ""
    return before + shown + after, " " * (column - start + len(before)) + "^"


def _lines(path: str) -> list[str]:
    if not Path(path).is_file():  # what is no file might never end
        return []
    try:
        text = Path(path).read_text("utf-8-sig")
        return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", " ", text).split("\n")
    except (OSError, UnicodeDecodeError):  # a Word file, or text in another encoding
        return []


def _source_line(lines: Sequence[str], line: int) -> str:
    return lines[line - 1].rstrip() if line <= len(lines) else ""


def in_bytes(count: int) -> str:
    """Return a size in words: “1.2 MB”."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(count // 1000, 1)} kB"


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number of things in words: “2 pieces”."""
    return f"{number} {one if number == 1 else many or one + 's'}"
