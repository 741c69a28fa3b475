"""The JSON Schema of an event, by which editors complete and check as one types."""

from __future__ import annotations

from typing import Any

from report_builder.content.model import event_model

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TITLE = "An event for report-builder"
"""By which our schemas are known."""


def event_schema() -> dict[str, Any]:
    """Return the schema of ``event.yaml`` with every kind of section that is installed."""
    schema = event_model().model_json_schema()
    for group in (schema, *schema.get("$defs", {}).values()):
        _let_be_empty(group)
    return {"$schema": DIALECT, **schema, "title": TITLE}


def _let_be_empty(group: dict[str, Any]) -> None:
    """Let every field that is not needed be written and left empty, as content may."""
    needed = group.get("required", ())
    for name, field in group.get("properties", {}).items():
        field.pop("title", None)
        field.pop("default", None)
        if name not in needed and {"type": "null"} not in field.get("anyOf", ()):
            group["properties"][name] = {"anyOf": [field, {"type": "null"}]}
