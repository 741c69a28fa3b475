"""Print the schema of an event."""

from __future__ import annotations

import json

import click

SCHEMA_FILE = "event.schema.json"


def schema_text() -> str:
    """Return the schema as JSON."""
    from report_builder.content.schema import event_schema

    return json.dumps(event_schema(), indent=2, ensure_ascii=False) + "\n"


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of event.yaml, for editors that complete and check as you type.

    “report-builder new” keeps it in content/event.schema.json, and each new event names it in
    its first line. Print it anew after you installed another kind of section.
    """
    click.echo(schema_text(), nl=False)
