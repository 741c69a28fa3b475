"""Make everything."""

from __future__ import annotations

import click

from report_builder.cli.run import document, edition, pdf_standard, writes

command = click.command(
    "build",
    help="""
    Make all outputs of each EVENT, and a manifest.json that says what went in.

    Nothing is written unless every event is free of errors: see “report-builder check”.
""",
)(writes(options=(edition, pdf_standard, document)))
