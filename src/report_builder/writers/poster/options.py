"""What can be chosen of a poster."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from report_builder.settings.model import fault
from report_builder.settings.paper import paper_size
from report_builder.writers.options import Flag, Options
from report_builder.writers.pdf.options import StandardOption
from report_builder.writers.pdf.standard import Standard


def _paper(name: str) -> str:
    try:
        paper_size(name)
    except ValueError as reason:
        message, hint = str(reason).split(". ", 1)
        raise fault("paper", f"{message}.", hint) from reason
    return name


class PosterOptions(Options):
    """The choices of a poster; ``engine`` is empty where the theme says what finds the places.

    Measures are millimetres: ``margin`` what stays free inside the edges on A3, and as much more
    on larger paper; ``bleed`` how far colour runs over the edge in the printer's file. ``icc`` is
    the profile of the press, ``logo`` a file of the theme.
    """

    paper: Annotated[
        str,
        AfterValidator(_paper),
        Flag(
            "--paper",
            "A4 to A0, or width and height in millimetres: 500x700. Default: A3.",
            metavar="PAPER",
        ),
    ] = "A3"
    orientation: Annotated[
        Literal["as given", "portrait", "landscape"],
        Flag("--orientation", "Which way round the paper is."),
    ] = "as given"
    margin: Annotated[
        float,
        Field(ge=5, le=60),
        Flag(
            "--margin",
            "What stays free inside the edges; on A3, and as much more on larger paper.",
            metavar="MM",
        ),
    ] = 18
    bleed: Annotated[
        float,
        Field(ge=0, le=20),
        Flag(
            "--bleed",
            "How far colour runs over the edge in the printer's file. Default: 3.",
            metavar="MM",
        ),
    ] = 3
    marks: Annotated[bool, Flag("--marks", "Show where to cut.")] = False
    print: Annotated[
        Literal["outlines", "x-4"],
        Flag(
            "--print",
            "The printer's file: outlines in RGB, or PDF/X-4 in CMYK, which needs --icc.",
        ),
    ] = "outlines"
    icc: Annotated[
        str,
        Flag(
            "--icc",
            "The ICC profile of the printer's press: the printer's file is then PDF/X-4.",
            metavar="FILE",
            also={"print": "x-4"},
        ),
    ] = ""
    engine: Annotated[
        Literal["", "exact", "wordcloud"],
        Flag(
            "--engine",
            "What finds the places: exact, or the wordcloud package for its look.",
        ),
    ] = ""
    standard: StandardOption = Standard.UA1
    logo: str = ""
    logo_alt: str = ""

    @model_validator(mode="after")
    def _is_whole(self) -> PosterOptions:
        if self.print == "x-4" and not self.icc:
            raise fault(
                "print-profile",
                "A PDF/X-4 needs the ICC profile of the press: without it, its colours are a guess.",
                "Ask the printer for the profile, and give it with --icc FILE.",
            )
        if self.logo and not self.logo_alt:
            raise fault("logo", "The logo has no description.", 'Write logo_alt = "Luton Council".')
        return self
