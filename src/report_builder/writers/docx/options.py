"""What can be chosen of Word files."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from report_builder.settings.options import Flag, Options
from report_builder.settings.values import one_of

_DOCUMENTS = ("briefing", "report")


class DocxOptions(Options):
    """The choices of Word files: which of the theme's documents are made as one."""

    documents: Annotated[
        tuple[
            Annotated[
                Literal["briefing", "report"],
                one_of(_DOCUMENTS, "There is no Word document called “{}”."),
            ],
            ...,
        ],
        Field(strict=False),
        Flag(
            "--document",
            "What to make as a Word file: the briefing, or the whole report. Twice for both.",
        ),
    ] = ("briefing",)
