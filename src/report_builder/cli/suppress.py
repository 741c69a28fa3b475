"""Never send anything to an address again."""

from __future__ import annotations

import sys

import click

from report_builder.cli.post import workspace_of
from report_builder.cli.run import Settings, loudness, reports_problems


@click.command("suppress")
@click.argument("addresses", metavar="[ADDRESS]...", nargs=-1)
@click.option("--reason", metavar="WORDS", default="", help="Why, and how you know.")
@click.option("--list", "show", is_flag=True, help="Print the list, and end.")
@loudness
@click.pass_obj
@reports_problems
def command(settings: Settings, addresses: tuple[str, ...], reason: str, show: bool) -> None:
    """Add each ADDRESS to suppressed.csv: it gets no message of any event, whatever a table says.

    @domain stands for everyone there, and “-” for the addresses on standard input, one a line.
    To take somebody off the list, because they ask for it, delete their line in the file.
    """
    from report_builder.post.suppression import read_suppressed, suppress

    path = workspace_of(settings).suppressed_file
    if show:
        for one in read_suppressed(path):
            click.echo("  ".join(filter(None, (one.address, one.since, one.reason))))
        return
    if not addresses:
        raise click.UsageError("Name an address, or “-” to read them from standard input.")
    named = [one for one in addresses if one != "-"]
    if "-" in addresses:
        named += [line.strip() for line in sys.stdin if line.strip()]
    new = suppress(path, named, reason)
    if not settings.quiet:
        click.echo(f"{len(new)} added to {path.as_posix()}; {len(named) - len(new)} were in it.")
