"""Begin an event."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import click

import report_builder
from report_builder.cli.run import Settings, complete_event, reports_problems
from report_builder.problems import Position, failure
from report_builder.settings.names import EVENT_FILE, PARTNER_FILES
from report_builder.workspace import open_workspace

KINDS = ("event", "meeting", "workshop", "conference", "consultation")
"""The beginnings to choose from: each is a file of its name in ``starter/``."""


@click.command("new")
@click.argument("name")
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    default=KINDS[0],
    show_default=True,
    help="What it was: each kind begins with the sections that it mostly has.",
)
@click.option(
    "--from",
    "earlier",
    metavar="EVENT",
    shell_complete=complete_event,
    help="Begin with a copy of one of your events instead, without its date and translations.",
)
@click.pass_obj
@reports_problems
def command(settings: Settings, name: str, kind: str, earlier: str | None) -> None:
    """Make the folder content/NAME with an event.yaml to fill in, and answers to replace.

    NAME is in small letters with hyphens, for example health-equity-town. The new event can be
    built at once: what it says tells what to write there.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        from report_builder.content.slug import slug

        meant = slug(name) or "my-event"
        raise click.BadParameter(
            f"“{name}” should be small letters, digits and hyphens. Did you mean “{meant}”?"
        )
    workspace = open_workspace(settings.workspace)
    folder = workspace.content / name
    title = name.replace("-", " ").capitalize()
    try:
        if earlier:
            (copied,) = workspace.event_folders((earlier,))
            _copy(copied, folder, title)
        else:
            _begin(folder, kind, title)
        schema, is_ours = _keep_schema(folder.parent)
    except FileExistsError:
        raise click.BadParameter(f"There is a folder {folder.as_posix()} already.") from None
    except OSError as reason:
        message = f"The event's folder cannot be made: {reason.strerror or reason}."
        position = Position(folder.as_posix())
        raise failure("output", position, message, "Choose another workspace.") from reason
    if not is_ours:
        said = f"{schema.as_posix()} is not the program's, and stays as it is."
        click.echo(f"{said} “report-builder schema” prints the schema.", err=True)
    if not settings.quiet:
        click.echo(f"{(folder / EVENT_FILE).as_posix()} is ready to fill in.")
        click.echo(f"Then:  report-builder check {name}")
        click.echo(f"       report-builder build {name}")


def _begin(folder: Path, kind: str, title: str) -> None:
    """Make an event's folder with what an event of a kind mostly has."""
    starter = Path(report_builder.__file__).parent / "starter"
    folder.mkdir(parents=True)
    (folder / "media").mkdir()
    shutil.copy(starter / "responses.csv", folder)
    text = (starter / f"{kind}.yaml").read_text("utf-8")
    (folder / EVENT_FILE).write_text(text.replace("TITLE", title), "utf-8", newline="\n")


def _copy(earlier: Path, folder: Path, title: str) -> None:
    """Make an event's folder as a copy of an earlier one's, with another title and no date."""
    stem = Path(EVENT_FILE).stem
    # Who got the earlier one's documents has not asked for this one's.
    left = shutil.ignore_patterns(f"{stem}.*.yaml", *PARTNER_FILES)
    shutil.copytree(earlier, folder, ignore=left)
    event = folder / EVENT_FILE
    text = event.read_text("utf-8-sig")
    # A value goes on over the lines that are indented deeper, or empty.
    for field, value in (("title", f'"{title}"'), ("date", "")):
        lines = rf"^{field}:.*\n(?:(?:[ \t]+.*|)\n)*?(?=\S)"
        text = re.sub(lines, f"{field}: {value}".rstrip() + "\n", text, count=1, flags=re.MULTILINE)
    event.write_text(text, "utf-8", newline="\n")


def _keep_schema(content: Path) -> tuple[Path, bool]:
    """Write the schema of events, or leave a file of its name that is not ours; say which."""
    from report_builder.cli.schema import SCHEMA_FILE, is_schema, schema_text
    from report_builder.store.replace import replace_file

    path, text = content / SCHEMA_FILE, schema_text()
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        if path.is_symlink() or not is_schema(path):
            return path, False
        replace_file(path, text.encode())
    return path, True
