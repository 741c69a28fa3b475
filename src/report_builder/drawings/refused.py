"""What a document asks for and does not get, as a problem at its place."""

from __future__ import annotations

from report_builder.drawings.pictures import UnusablePictureError
from report_builder.problems import Position, Problem, error
from report_builder.templating.resources import NotAllowedError


def refused(
    address: str, reason: NotAllowedError | UnusablePictureError | OSError, position: Position
) -> Problem:
    """Return the problem of a file that a document asked for."""
    if isinstance(reason, UnusablePictureError):
        return error("picture-unreadable", position, f"“{address}” {reason}", reason.hint)
    hint = "Give a file's name in the event's folder, or “theme:NAME”."
    return error("missing-file", position, f"The document asks for “{address}”: {reason}", hint)
