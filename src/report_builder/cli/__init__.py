"""The command line: flags to calls, problems to words and exit codes."""

from __future__ import annotations

import atexit
import gc
from importlib import import_module
from pathlib import Path

import click

from report_builder.cli.run import Settings
from report_builder.writers import writers

# A verb is a module of this package; it is imported when it is used, so that --help is instant.
_BEFORE = {
    "new": "Begin an event: a folder with a commented event.yaml to fill in.",
    "check": "Say everything that is wrong, where, and how to mend it.",
    "translate": "Begin a translation of an event, or note that it is up to date.",
}
_AFTER = {
    "theme": "List themes, check one, or take its files to change them.",
    "schema": "Print the JSON Schema of an event, for editors.",
    "verify": "Say whether PDF and Word files can be read by everyone.",
    "build": "Make everything, if nothing is wrong.",
    "send": "Send the documents to partners: one message each, never twice.",
    "outbox": "Say who has what, settle doubts, prove it, forget addresses.",
    "suppress": "Never send anything to an address again.",
    "smtp": "Try the mail server without sending anything.",
}
_WITH_MORE = {"wordcloud"}
"""Verbs of formats that have a module all the same, for they do something else besides."""


class Verbs(click.Group):
    """Finds each verb in the module of its name, or makes it of the format that has it."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the verbs in the order in which they are used."""
        return list(_verbs())

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a verb's command."""
        if cmd_name in {**_BEFORE, **_AFTER} or cmd_name in _WITH_MORE:
            command: click.Command = import_module(f"{__name__}.{cmd_name}").command
            return command
        writer = next((w for w in writers().values() if w.verb == cmd_name), None)
        if writer is None:
            return None
        from report_builder.cli.making import making_verb

        return making_verb(writer.verb, writer.help, (writer,))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest verb for one that does not exist."""
        from report_builder.problems import did_you_mean

        if args and args[0] not in _verbs() and not args[0].startswith("-"):
            hint = did_you_mean(args[0], _verbs()) or f"The commands are: {', '.join(_verbs())}."
            ctx.fail(f"There is no command “{args[0]}”. {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_verbs().items()))


def _verbs() -> dict[str, str]:
    """Return what each verb does, in the order in which they are used."""
    return {**_BEFORE, **{w.verb: w.summary for w in writers().values()}, **_AFTER}


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start here:  report-builder new my-event",
)
@click.version_option(package_name="report-builder", prog_name="report-builder")
@click.option(
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    metavar="DIR",
    help="The folder that holds content/, templates/ and output/. Default: this folder.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
@click.option(
    "-v", "--verbose", is_flag=True, help="Print advice and how long each step took, too."
)
@click.pass_context
def main(ctx: click.Context, workspace: Path, quiet: bool, verbose: bool) -> None:
    """Turn one folder of event content into a report, a briefing and a poster.

    An event is a folder in content/ that holds an event.yaml. From it come an accessible PDF
    report, a two-page Word briefing for councillors, and a word cloud ready for the printer;
    they are written to output/EVENT/. Where EVENT is left out, every event is taken.
    """
    atexit.register(gc.freeze)  # so that Python does not look for garbage once more as it ends
    ctx.obj = Settings(workspace, quiet=quiet, verbose=verbose)
