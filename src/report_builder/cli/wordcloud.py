"""Make the word cloud and its poster."""

from __future__ import annotations

import click

from report_builder.cli.run import pdf_standard, writes

command = click.command(
    "wordcloud",
    help="""
    Make the poster of what delegates said: poster.pdf, poster.png (300 dpi), wordcloud.svg
    and wordcloud.csv, the phrases with their counts.
""",
)(writes("poster", options=(pdf_standard,)))
