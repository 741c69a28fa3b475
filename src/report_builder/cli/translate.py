"""Begin a translation of an event, or say that one is up to date."""

from __future__ import annotations

import os
import re

import click

from report_builder.cli.run import Settings, complete_event, reports_problems
from report_builder.problems import Position, Problem, ReportBuilderError, failure
from report_builder.workspace import open_workspace


@click.command("translate")
@click.argument("name", metavar="EVENT", shell_complete=complete_event)
@click.argument("language")
@click.pass_obj
@reports_problems
def command(settings: Settings, name: str, language: str) -> None:
    """Write event.LANGUAGE.yaml beside an event, for a translator to fill in.

    LANGUAGE is a code, such as ur for Urdu, pl for Polish, cy for Welsh. Every text of the event
    stands there in a comment; what is left empty is printed as it is. From then on “build” makes
    the documents in that language too: report.ur.pdf.

    Where the translation exists already, this notes that it agrees with the event as it is now.
    """
    from babel import Locale, UnknownLocaleError

    from report_builder.content.languages import translation_file
    from report_builder.content.loader import parse_file
    from report_builder.content.translation import fingerprint, outline
    from report_builder.settings.names import EVENT_FILE
    from report_builder.store.replace import replace_file

    try:
        Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        message = f"“{language}” is not a language code. Write ur for Urdu, pl for Polish."
        raise click.BadParameter(message) from None
    (folder,) = open_workspace(settings.workspace).event_folders((name,))
    path, event = translation_file(folder, language), folder / EVENT_FILE
    problems: list[Problem] = []
    tree = parse_file(event, problems)
    if tree is None or problems:
        raise ReportBuilderError(problems)
    try:
        if os.path.lexists(path):
            replace_file(path, _noted(path.read_bytes(), fingerprint(tree)))
            said = f"{path.as_posix()} is noted to agree with {EVENT_FILE}."
        else:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(outline(tree, language))
            said = f"{path.as_posix()} is ready to fill in."
    except (OSError, UnicodeDecodeError) as reason:
        message = f"The translation cannot be written: {reason}."
        raise failure("output", Position(path.as_posix()), message) from reason
    if not settings.quiet:
        click.echo(said)


def _noted(raw: bytes, fingerprint: str) -> bytes:
    """Return a translation's file that notes which words it translates; all else as it was."""
    from report_builder.content.translation import SOURCE

    text = raw.decode("utf-8")
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text, line = text.removeprefix(mark), f"{SOURCE}: {fingerprint}"
    end = "\r\n" if "\r\n" in text else "\n"
    text, found = re.subn(rf"^{SOURCE}:[^\r\n]*", line, text, count=1, flags=re.MULTILINE)
    return (mark + (text if found else f"{line}{end}{text}")).encode()
