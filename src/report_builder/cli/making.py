"""What the verbs that make documents do: make them, print where they are, and say what is wrong."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from report_builder.cli.flags import Making
from report_builder.cli.run import (
    Progress,
    Settings,
    counted,
    events,
    in_bytes,
    jobs,
    loudness,
    output,
    print_problems,
    reports_problems,
    scheduler,
    theme,
)
from report_builder.problems import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from report_builder.outcome import Outcome
    from report_builder.workspace import Workspace
    from report_builder.writers import Writer

force = click.option("--force", is_flag=True, help="Make everything anew, changed or not.")
explain = click.option("--explain", is_flag=True, help="Say why each document was made anew.")
watch = click.option(
    "--watch", is_flag=True, help="Go on: make anew what changes as it is saved. Ctrl-C ends it."
)
form = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="json prints the files, the problems, and which events were built; a line each time.",
)
edition = click.option(
    "--edition",
    "editions",
    metavar="NAME",
    multiple=True,
    help="Which edition of the report: standard or large-print. Give it twice for both.",
)


@dataclass(frozen=True)
class Instead:
    """An option that makes a verb do something else: its name, how it is given, what is done."""

    name: str
    option: Callable[..., Any]
    do: Callable[[Workspace, tuple[str, ...], str], None]


def making_verb(
    name: str,
    help_: str,
    formats: Sequence[Writer],
    *,
    every: bool = False,
    instead: Instead | None = None,
) -> click.Command:
    """Return the verb that makes formats of events; ``every`` if these are all that there are.

    ``instead`` is an option of the verb's own, and what is done where it is given.
    """
    only = () if every else tuple(writer.name for writer in formats)

    @events
    @output
    @theme
    @force
    @explain
    @watch
    @jobs
    @scheduler
    @form
    @loudness
    @click.pass_obj
    @reports_problems
    def body(
        settings: Settings,
        names: tuple[str, ...],
        force: bool,
        explain: bool,
        watch: bool,
        jobs: int | None,
        scheduler: str,
        form: str,
        **given: Any,
    ) -> None:
        from report_builder import build, open_workspace

        asked = given.pop(instead.name) if instead else None
        opened = partial(open_workspace, settings.workspace, options=settings.options, **given)
        workspace = opened()
        if instead and asked:
            instead.do(workspace, names, asked)
            return
        if watch:
            if jobs or scheduler:
                message = (
                    "--watch makes one document after another: leave --jobs and --scheduler out."
                )
                raise click.UsageError(message)
            # Imported here: it takes its time, and is asked for by itself.
            from report_builder.cli.watch import Order
            from report_builder.cli.watch import watch as watching

            watching(Order(opened, names, only, settings, form, explain=explain, force=force))
            return
        with Progress(settings) as progress:
            outcome = build(
                workspace,
                names,
                only=only,
                progress=progress,
                force=force,
                jobs=jobs or workspace.jobs,
                scheduler=scheduler,
            )
        if form == "json":
            click.echo(json.dumps(outcome.as_dict(), indent=2, ensure_ascii=False))
        else:
            _print(outcome, settings, explain=explain)
        if outcome.failed:
            raise SystemExit(outcome.exit_code)

    if instead:
        body = instead.option(body)
    if any(writer.has_editions for writer in formats):
        body = edition(body)
    return click.command(name, cls=Making, formats=formats, help=help_)(body)


def print_problems_of(outcome: Outcome, settings: Settings, *, explain: bool) -> int:
    """Print an outcome's problems, and what had changed; return how many are not shown."""
    shown = [p for p in outcome.problems if settings.verbose or p.severity is not Severity.ADVICE]
    print_problems(shown, stream=sys.stderr)
    if explain:
        for label, why in outcome.why:
            click.echo(f"{label}: {why}", err=True)
        if not outcome.why:
            click.echo("Nothing was made anew: everything is up to date.", err=True)
    return len(outcome.problems) - len(shown)


def _print(outcome: Outcome, settings: Settings, *, explain: bool) -> None:
    """Print what was made and where it is; problems go to the error stream."""
    hidden = print_problems_of(outcome, settings, explain=explain)
    if outcome.failed and outcome.made:
        click.echo(f"Built: {', '.join(outcome.made)}.", err=True)
    if outcome.failed:
        click.echo(f"Not built: {', '.join(outcome.failed)}.", err=True)
    if not settings.quiet:
        _print_paths(outcome.paths)
        if hidden:
            said = f"{counted(hidden, 'piece')} of advice: see “report-builder check”."
            click.echo(said, err=True)


def _print_paths(paths: Iterable[Path]) -> None:
    sized = [(path.as_posix(), path.stat().st_size) for path in paths]
    width = max((len(name) for name, _ in sized), default=0)
    for name, size in sized:
        click.echo(f"{name:<{width}}  {in_bytes(size)}")
