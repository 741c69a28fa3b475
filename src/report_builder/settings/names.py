"""The names by which a workspace's files are found."""

SETTINGS_FILE = "report-builder.toml"
EVENT_FILE = "event.yaml"
PARTNER_FILES = ("partners.csv", "partners.xlsx", "partners.yaml")
"""Where an event says who gets its documents: the first of them that there is."""
