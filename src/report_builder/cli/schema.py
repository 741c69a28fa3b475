"""Print the schema of an event."""

from __future__ import annotations

import json
from pathlib import Path

import click

SCHEMA_FILE = "event.schema.json"


def schema_text() -> str:
    """Return the schema as JSON."""
    from report_builder.content.schema import event_schema

    # ASCII alone: it may be printed into a file by a shell that writes no UTF-8.
    return json.dumps(event_schema(), indent=2) + "\n"


def is_schema(path: Path) -> bool:
    """Tell whether a file holds the schema of events, of this or another release."""
    from report_builder.content.schema import TITLE

    try:
        return bool(json.loads(path.read_bytes())["title"] == TITLE)
    except (OSError, ValueError, KeyError, TypeError):
        return False


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of event.yaml, for editors that complete and check as you type.

    “report-builder new” writes it to content/event.schema.json, and each new event names it in
    its first line. After you installed another kind of section, print it there yourself.
    """
    click.echo(schema_text(), nl=False)
