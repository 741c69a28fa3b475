"""Print the schema of an event."""

from __future__ import annotations

import json

import click

SCHEMA_FILE = "event.schema.json"


def schema_text() -> str:
    """Return the schema as JSON."""
    from report_builder.content.schema import event_schema

    # ASCII alone: it may be printed into a file by a shell that writes no UTF-8.
    return json.dumps(event_schema(), indent=2) + "\n"


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of event.yaml, for editors that complete and check as you type.

    “report-builder new” writes it to content/event.schema.json, and each new event names it in
    its first line. After you installed another kind of section, print it there yourself.
    """
    click.echo(schema_text(), nl=False)
