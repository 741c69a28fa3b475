"""The names by which a workspace's files and its command line are known."""

from report_builder.problems import Position

SETTINGS_FILE = "report-builder.toml"
EVENT_FILE = "event.yaml"
PARTNER_FILES = ("partners.csv", "partners.xlsx", "partners.yaml")
"""Where an event says who gets its documents: the first of them that there is."""

COMMAND_LINE = Position("the command line")
"""Where a setting stands that is in no file."""

STANDARD_EDITION = "standard"
LARGE_PRINT = "large-print"


def least_size(edition: str) -> int:
    """Return the smallest size of text that an edition may have, in points."""
    return 16 if edition == LARGE_PRINT else 12
