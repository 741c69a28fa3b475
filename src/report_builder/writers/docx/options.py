"""What can be chosen of Word files."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from report_builder.writers.options import Flag, Options


class DocxOptions(Options):
    """The choices of Word files."""

    documents: Annotated[
        tuple[Literal["briefing", "report"], ...],
        Field(min_length=1),
        Flag(
            "--document",
            "What to make as a Word file: the briefing, or the whole report. Twice for both.",
        ),
    ] = ("briefing",)
