"""What can be chosen of a poster."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from report_builder.settings.model import refused
from report_builder.settings.options import Flag, Options
from report_builder.settings.paper import ORIENTATIONS, PRINTS, paper_size
from report_builder.settings.theme import ENGINES
from report_builder.settings.values import between, one_of
from report_builder.writers.pdf.options import StandardOption


def _paper(name: str) -> str:
    try:
        paper_size(name)
    except ValueError as reason:
        message, hint = str(reason).rsplit(". ", 1)
        raise refused(f"{message}.", hint) from None
    return name


def _millimetres(least: float, most: float) -> AfterValidator:
    hint = f"Write a number of millimetres from {least} to {most}."
    return between(least, most, "{} mm is too little or too much.", hint)


class PosterOptions(Options):
    """The choices of a poster; ``engine`` is empty where the theme says what finds the places.

    Measures are millimetres: ``margin`` what stays free inside the edges on A3, and as much more
    on larger paper; ``bleed`` how far colour runs over the edge in the printer's file. ``icc`` is
    the profile of the press.
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
        one_of(ORIENTATIONS, "A poster cannot be “{}”."),
        Flag("--orientation", "Which way round the paper is."),
    ] = "as given"
    margin: Annotated[
        float,
        _millimetres(5, 60),
        Flag(
            "--margin",
            "What stays free inside the edges; on A3, and as much more on larger paper.",
            metavar="MM",
        ),
    ] = 18
    bleed: Annotated[
        float,
        _millimetres(0, 20),
        Flag(
            "--bleed",
            "How far colour runs over the edge in the printer's file. Default: 3.",
            metavar="MM",
        ),
    ] = 3
    marks: Annotated[bool, Flag("--marks", "Show where to cut.")] = False
    print: Annotated[
        Literal["outlines", "x-4"],
        one_of(PRINTS, "A poster is not printed as “{}”."),
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
            also=(("print", "x-4"),),
        ),
    ] = Field("", validate_default=True)
    engine: Annotated[
        Literal["", "exact", "wordcloud"],
        one_of(("", *ENGINES), "There is no engine “{}”."),
        Flag(
            "--engine",
            "What finds the places: exact, or the wordcloud package for its look.",
        ),
    ] = ""
    standard: StandardOption = "ua-1"

    @field_validator("icc")
    @classmethod
    def _says_what_the_press_prints(cls, icc: str, info: ValidationInfo) -> str:
        if info.data.get("print") == "x-4" and not icc:
            message = (
                "A PDF/X-4 needs the ICC profile of the press: without it, its colours are a guess."
            )
            hint = "Ask the printer for the profile, and give it with --icc FILE."
            raise refused(message, hint, beside="print", follows=True)
        return icc
