"""Make the Word briefing."""

from __future__ import annotations

import click

from report_builder.cli.run import document, writes

command = click.command(
    "docx",
    help="""
    Make briefing.docx: two sides of A4 for councillors, in the styles of the theme.
""",
)(writes("docx", options=(document,)))
