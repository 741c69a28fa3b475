"""Make everything."""

from __future__ import annotations

from report_builder.cli.making import making_verb
from report_builder.writers import writers

command = making_verb(
    "build",
    """
    Make all outputs of each EVENT, and a manifest.json that says what went in.

    What is up to date is not made again. An event with an error is not written at all: its old
    files stay, and the other events are built. See “report-builder check”.
""",
    tuple(writers().values()),
    every=True,
)
