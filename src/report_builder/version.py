"""Which version of the program this is."""

from importlib.metadata import version

__version__ = version("report-builder")
