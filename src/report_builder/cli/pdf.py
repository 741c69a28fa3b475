"""Make the accessible PDF report."""

from __future__ import annotations

import click

from report_builder.cli.run import edition, pdf_standard, writes

command = click.command(
    "pdf",
    help="""
    Make report.pdf: the accessible report (PDF/UA) of each EVENT.
""",
)(writes("pdf", options=(edition, pdf_standard)))
