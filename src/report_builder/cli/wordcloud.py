"""Make the word cloud and its poster, or say which of its phrases may be one."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from report_builder.cli.run import pdf_standard, theme_setting, writes

if TYPE_CHECKING:
    from report_builder.content.phrases import Phrase
    from report_builder.content.suggestions import Suggestion
    from report_builder.settings.workspace import Workspace


class Paper(click.ParamType[str]):
    """A paper's name, or its width and height."""

    name = "paper"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the value if it is a paper."""
        from report_builder.settings.paper import paper_size

        try:
            paper_size(value)
        except ValueError as reason:
            self.fail(str(reason), param, ctx)
        return value


_OPTIONS = (
    theme_setting(
        "cloud",
        "engine",
        "--engine",
        type=click.Choice(["exact", "wordcloud"]),
        help="What finds the places: exact, or the wordcloud package for its look.",
    ),
    theme_setting(
        "poster",
        "print",
        "--print",
        type=click.Choice(["outlines", "x-4"]),
        help="The printer's file: outlines in RGB, or PDF/X-4 in CMYK, which needs --icc.",
    ),
    theme_setting(
        "poster",
        "icc",
        "--icc",
        also={"print": "x-4"},
        type=click.Path(exists=True, dir_okay=False),
        metavar="FILE",
        help="The ICC profile of the printer's press: the printer's file is then PDF/X-4.",
    ),
    theme_setting("poster", "marks", "--marks", is_flag=True, help="Show where to cut."),
    theme_setting(
        "poster",
        "bleed",
        "--bleed",
        type=click.FloatRange(0, 20),
        metavar="MM",
        help="How far colour runs over the edge in the printer's file. Default: 3.",
    ),
    theme_setting(
        "poster",
        "margin",
        "--margin",
        type=click.FloatRange(5, 60),
        metavar="MM",
        help="What stays free inside the edges; on A3, and as much more on larger paper.",
    ),
    theme_setting(
        "poster",
        "orientation",
        "--orientation",
        type=click.Choice(["portrait", "landscape"]),
        help="Which way round the paper is.",
    ),
    theme_setting(
        "poster",
        "paper",
        "--paper",
        type=Paper(),
        metavar="PAPER",
        help="A4 to A0, or width and height in millimetres: 500x700. Default: A3.",
    ),
    pdf_standard,
    click.option(
        "--suggest",
        type=click.Choice(["text", "json"]),
        is_flag=False,
        flag_value="text",
        help="Make nothing, but list the phrases that may mean the same, for you to approve.",
    ),
)


def suggest_merges(workspace: Workspace, names: tuple[str, ...], form: str) -> None:
    """Print which phrases may be one, with what to write into the event for those that are."""
    from report_builder.content.loader import load
    from report_builder.content.suggestions import grouped, suggest
    from report_builder.problems import ReportBuilderError

    found = []
    for folder in workspace.event_folders(names):
        loaded = load(folder)
        if loaded.event is None:
            raise ReportBuilderError(loaded.problems)
        for section in loaded.event.sections_of("feedback"):
            suggested = suggest(section.phrases, section.language_of_answers)
            found.append((folder.name, str(section.question), suggested))
    if form == "json":
        json.dump([_as_dict(*one) for one in found], sys.stdout, indent=2, ensure_ascii=False)
        click.echo()
        return
    for event, question, suggested in found:
        click.echo(f"{event}: {question}")
        for suggestion in suggested:
            click.echo(f"  {suggestion.likeness}: {', '.join(map(_counted, suggestion.phrases))}")
        if not suggested:
            click.echo("  No two phrases look as if they meant the same.")
            continue
        click.echo("\nNothing is merged until you say so. Keep what is right of this, under the")
        click.echo("question in event.yaml, with the name of whoever decided:\n\n    merge:")
        for phrases in grouped(suggested):
            into, *others = (json.dumps(p.text, ensure_ascii=False) for p in phrases)
            click.echo(f"      - into: {into}\n        from: [{', '.join(others)}]")
            click.echo('        approved_by: ""')


def _counted(phrase: Phrase) -> str:
    return f"{phrase.text} ({phrase.count})"


def _as_dict(event: str, question: str, suggested: list[Suggestion]) -> dict[str, object]:
    merges = [
        {
            "why": suggestion.likeness.value,
            "phrases": [{"text": p.text, "count": p.count} for p in suggestion.phrases],
        }
        for suggestion in suggested
    ]
    return {"event": event, "question": question, "suggestions": merges}


command = click.command(
    "wordcloud",
    help="""
    Make the poster of what delegates said, for each EVENT.

    \b
    poster.pdf         accessible, for the web and the office printer
    poster.print.pdf   for a printing house: bleed, marks if wanted, letters as outlines
    poster.png         300 dots an inch
    poster.social.png  1200 by 630 pixels, for social media
    wordcloud.svg      the cloud alone, at any size
    wordcloud.csv      its phrases with their counts, and what was counted as what

    Every phrase is there, at exactly the size that its count calls for, or you are told which
    are not and what would help.

    \b
    report-builder wordcloud my-event --paper A1 --marks
    report-builder wordcloud my-event --print x-4 --icc PSOcoated_v3.icc
    report-builder wordcloud my-event --suggest
""",
)(writes("poster", options=_OPTIONS, instead={"suggest": suggest_merges}))
