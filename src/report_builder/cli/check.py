"""Say everything that is wrong."""

from __future__ import annotations

import json
import sys

import click

from report_builder.cli.run import (
    EXIT_PROBLEMS,
    Settings,
    events,
    loudness,
    print_problems,
    theme,
)


@click.command("check")
@events
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="json prints a list of {severity, code, path, line, column, message, hint}.",
)
@theme
@loudness
@click.option("--list-rules", is_flag=True, help="List all rules, and end.")
@click.pass_obj
def command(
    settings: Settings, names: tuple[str, ...], form: str, theme: str | None, list_rules: bool
) -> None:
    """Say everything that is wrong with each EVENT: where it is, what, and how to mend it.

    An error stops a build; a warning is something that readers would notice; advice is worth
    a thought. The exit code is 1 when there are errors.
    """
    from report_builder.build import check
    from report_builder.problems import ReportBuilderError, stops
    from report_builder.workspace import open_workspace

    if list_rules:
        _list_rules(form)
        return
    try:
        loaded, problems = check(open_workspace(settings.workspace, theme=theme), names)
    except ReportBuilderError as reason:
        loaded, problems = [], list(reason.problems)
    if form == "json":
        json.dump([p.as_dict() for p in problems], sys.stdout, indent=2, ensure_ascii=False)
        click.echo()
    else:
        print_problems(problems)
        if not problems and not settings.quiet:
            click.echo(f"Nothing is wrong with {', '.join(event.name for event in loaded)}.")
    if stops(problems):
        raise SystemExit(EXIT_PROBLEMS)


def _list_rules(form: str) -> None:
    from report_builder.checks.table import all_rules

    if form == "json":
        rows = [{"code": r.code, "severity": r.severity, "summary": r.summary} for r in all_rules()]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for rule in all_rules():
        click.echo(f"{rule.code:<20} {rule.severity:<8} {rule.summary}")
