"""Say everything that is wrong."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from report_builder.cli.flags import Making
from report_builder.cli.making import edition, force
from report_builder.cli.run import (
    Progress,
    Settings,
    events,
    jobs,
    loudness,
    print_problems,
    scheduler,
    theme,
)
from report_builder.problems import ReportBuilderError
from report_builder.writers import writers


@click.command("check", cls=Making, formats=tuple(writers().values()))
@events
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="json prints a list of {severity, code, path, line, column, message, hint}.",
)
@theme
@edition
@force
@jobs
@scheduler
@loudness
@click.option("--list-rules", is_flag=True, help="List all rules, and end.")
@click.pass_obj
def command(
    settings: Settings,
    /,
    names: tuple[str, ...],
    form: str,
    force: bool,
    jobs: int | None,
    scheduler: str,
    list_rules: bool,
    **given: Any,
) -> None:
    """Say everything that is wrong with each EVENT: where it is, what, and how to mend it.

    Everything is made as “build” makes it, and nothing is stored: what stops one stops the other,
    and what was made for a check need not be made again.

    An error stops a build; a warning is something that readers would notice; advice is worth
    a thought. The exit code is 1 when there are errors.
    """
    from report_builder import Outcome, check, open_workspace

    if list_rules:
        _list_rules(form)
        return
    try:
        workspace = open_workspace(settings.workspace, options=settings.options, **given)
        with Progress(settings) as progress:
            outcome = check(
                workspace,
                names,
                progress=progress,
                force=force,
                jobs=jobs or workspace.jobs,
                scheduler=scheduler,
            )
    except ReportBuilderError as reason:
        outcome = Outcome(problems=reason.problems)
    if form == "json":
        json.dump([p.as_dict() for p in outcome.problems], sys.stdout, indent=2, ensure_ascii=False)
        click.echo()
    else:
        print_problems(outcome.problems)
        if not outcome.problems and not settings.quiet:
            click.echo(f"Nothing is wrong with {', '.join(outcome.made)}.")
    if outcome.exit_code:
        raise SystemExit(outcome.exit_code)


def _list_rules(form: str) -> None:
    from report_builder.checks.table import all_rules

    if form == "json":
        rows = [{"code": r.code, "severity": r.severity, "summary": r.summary} for r in all_rules()]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for rule in all_rules():
        click.echo(f"{rule.code:<20} {rule.severity:<8} {rule.summary}")
