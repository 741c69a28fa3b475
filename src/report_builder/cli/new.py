"""Begin an event."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import click

import report_builder
from report_builder.cli.run import Settings, reports_problems
from report_builder.problems import Position, failure
from report_builder.workspace import EVENT_FILE, open_workspace


@click.command("new")
@click.argument("name")
@click.pass_obj
@reports_problems
def command(settings: Settings, name: str) -> None:
    """Make the folder content/NAME with an event.yaml to fill in, and answers to replace.

    NAME is in small letters with hyphens, for example health-equity-town. The new event can be
    built at once: what it says tells what to write there.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        meant = "-".join(re.findall(r"[a-z0-9]+", name.lower())) or "my-event"
        raise click.BadParameter(
            f"“{name}” should be small letters, digits and hyphens. Did you mean “{meant}”?"
        )
    folder = open_workspace(settings.workspace).content / name
    if folder.exists():
        raise click.BadParameter(f"There is a folder {folder.as_posix()} already.")
    from report_builder.cli.schema import SCHEMA_FILE, schema_text

    starter = Path(report_builder.__file__).parent / "starter"
    event = folder / EVENT_FILE
    title = name.replace("-", " ").capitalize()
    try:
        shutil.copytree(starter, folder)
        (folder / "media").mkdir()
        (folder.parent / SCHEMA_FILE).write_text(schema_text(), "utf-8", newline="\n")
        event.write_text(event.read_text("utf-8").replace("TITLE", title), "utf-8", newline="\n")
    except OSError as reason:
        message = f"The event's folder cannot be made: {reason.strerror or reason}."
        position = Position(folder.as_posix())
        raise failure("output", position, message, "Choose another workspace.") from reason
    if not settings.quiet:
        click.echo(f"{event.as_posix()} is ready to fill in.")
        click.echo(f"Then:  report-builder check {name}")
        click.echo(f"       report-builder build {name}")
