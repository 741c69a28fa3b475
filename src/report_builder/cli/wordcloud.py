"""Make the word cloud and its poster, or say which of its phrases may be one."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from report_builder.cli.making import Instead, making_verb
from report_builder.writers import writers

if TYPE_CHECKING:
    from report_builder.content.phrases import Phrase
    from report_builder.content.suggestions import Suggestion
    from report_builder.workspace import Workspace


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


_POSTER = writers()["poster"]
_SUGGEST = click.option(
    "--suggest",
    type=click.Choice(["text", "json"]),
    is_flag=False,
    flag_value="text",
    help="Make nothing, but list the phrases that may mean the same, for you to approve.",
)

command = making_verb(
    _POSTER.verb, _POSTER.help, (_POSTER,), instead=Instead("suggest", _SUGGEST, suggest_merges)
)
