"""Look into finished PDF and Word files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from report_builder.cli.run import EXIT_PROBLEMS, print_problems
from report_builder.problems import Position, Problem, advice, printable, private, stops

if TYPE_CHECKING:
    from report_builder.verification import Verdict


_UNSEEN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@click.command("verify")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--tree", is_flag=True, help="Print the structure tree, an element a line.")
@click.option("--read-aloud", is_flag=True, help="Print what a screen reader would say.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="json prints a list of {severity, code, path, line, column, message, hint}.",
)
def command(files: tuple[Path, ...], tree: bool, read_aloud: bool, form: str) -> None:
    """Say whether PDF and Word files, from here or from anywhere, can be read by everyone.

    A PDF is held to PDF/UA-1, to PDF/A-2a if it says that it follows it, to rules over its
    structure tree that no standard has, and to what the eye meets on its pages; a Word file to the
    rules of Word's own checker and to some more. The exit code is 1 when a file is not accessible,
    or cannot be looked into; the others are looked into all the same.
    """
    from report_builder.readback.aloud import read_aloud as said
    from report_builder.readback.structure import outline
    from report_builder.verification import verify_files

    found: list[Problem] = []
    failed = False
    for path, verdict in zip(files, verify_files(files), strict=True):
        failed |= stops(verdict.problems)
        found += [*verdict.problems, *_claims(path, verdict)]
        if form == "text":
            _print(path, verdict)
            if verdict.tree and tree:
                _echo(outline(verdict.tree).splitlines())
            if verdict.tree and read_aloud:
                _echo(said(verdict.tree))
    if form == "json":
        rows = json.dumps([problem.as_dict() for problem in found], indent=2, ensure_ascii=False)
        click.echo(_UNSEEN.sub(lambda unseen: f"\\u{ord(unseen[0]):04x}", rows))
    if failed:
        raise SystemExit(EXIT_PROBLEMS)


def _claims(path: Path, verdict: Verdict) -> Iterator[Problem]:
    if verdict.claims:
        message = f"It says it follows {' and '.join(verdict.claims)}."
        hint = "This is what the file says of itself, and no fault."
        yield advice("pdf-claims", Position(path.as_posix()), message, hint)


def _print(path: Path, verdict: Verdict) -> None:
    colour, word = ("green", "accessible") if verdict.is_accessible else ("red", "not accessible")
    if verdict.is_for_press:
        colour, word = "yellow", "for a printing press"
    said = f"; it says it follows {' and '.join(verdict.claims)}" if verdict.claims else ""
    name = printable(path.as_posix())
    click.echo(f"{name}: {click.style(word, fg=colour, bold=True)}{said}.")
    print_problems(private(verdict.problems))  # the first line of such a file is no text


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(printable(line))
