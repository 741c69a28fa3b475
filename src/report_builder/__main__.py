"""Run the command line with ``python -m report_builder``."""

from report_builder.cli import main

main()
