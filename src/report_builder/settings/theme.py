"""What a theme's ``theme.toml`` may say: colours, fonts, the cloud, posters and wording."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, ValidationError, ValidationInfo, field_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from report_builder.problems import did_you_mean
from report_builder.settings.findings import Findings
from report_builder.settings.model import Group, refused
from report_builder.settings.paper import ORIENTATIONS, PRINTS, paper_size
from report_builder.settings.values import Filled, Listed, between, one_of

ENGINES = ("exact", "wordcloud")
_MARGINS = (5, 60)  # of a poster, on A3, in millimetres
_LARGEST_BLEED = 20  # millimetres


class ThemeFindings(Findings):
    """Findings of a validation that knows the names of colours, and what files and fonts exist."""

    def __init__(
        self,
        read: Findings,
        colours: Collection[str],
        has_file: Callable[[str], bool],
        has_font: Callable[[str], bool],
    ) -> None:
        super().__init__(problems=list(read.problems), lost=read.lost, code=read.code)
        self.colours, self.has_file, self.has_font = colours, has_file, has_font


def _lacks(info: ValidationInfo, name: str) -> bool:
    """Tell whether the theme has no such file; where there is no theme yet, nobody knows."""
    return isinstance(info.context, ThemeFindings) and not info.context.has_file(name)


def _family(value: str, info: ValidationInfo) -> str:
    if isinstance(info.context, ThemeFindings) and not info.context.has_font(value):
        slug = "-".join(value.casefold().split())
        hint = f"Install its package (pip install fontpkg-{slug}), or name another font."
        raise refused(f"The font “{value}” is not installed.", hint)
    return value


def _colour(value: str) -> str:
    if re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        return value
    raise refused(f"“{value}” is no colour.", "Write it as #RRGGBB: #00505C.")


def _style_sheet(value: str, info: ValidationInfo) -> str:
    if _lacks(info, value):
        message = f"The edition has no style sheet: the theme has no file “{value}”."
        raise refused(message, "Copy it into the theme's folder, or mend the name.")
    return value


def _paper(value: str) -> str:
    try:
        paper_size(value)
    except ValueError as reason:
        message, hint = str(reason).rsplit(". ", 1)
        raise refused(f"{message}.", hint) from None
    return value


def _logo(value: str, info: ValidationInfo) -> str:
    if value and _lacks(info, value):
        message = f"The theme has no logo “{value}”."
        raise refused(message, "Copy it into the theme's folder.")
    return value


def _not_empty(value: tuple[str, ...]) -> tuple[str, ...]:
    if value:
        return value
    raise refused("The cloud has no colours.", 'Write colours = ["teal", "plum"].')


def _millimetres(least: float, most: float) -> AfterValidator:
    hint = f"Write a number of millimetres from {least} to {most}."
    return between(least, most, "{} mm is too little or too much.", hint)


Family = Annotated[Filled, AfterValidator(_family)]


class Fonts(Group):
    """The family of text, and those that help out where it lacks a character."""

    text: Family
    fallback: Listed[Family]


class Cloud(Group):
    """The colours that a word cloud takes in turn, and what finds its places."""

    colours: Annotated[Listed[str], AfterValidator(_not_empty)]
    engine: Annotated[Literal["exact", "wordcloud"], one_of(ENGINES, "There is no engine “{}”.")]


class Poster(Group):
    """The paper of posters and how they are printed; lengths are in millimetres."""

    paper: Annotated[str, AfterValidator(_paper)]
    orientation: Annotated[
        Literal["as given", "portrait", "landscape"],
        one_of(ORIENTATIONS, "A poster cannot be “{}”."),
    ]
    margin: Annotated[float, _millimetres(*_MARGINS)]
    bleed: Annotated[float, _millimetres(0, _LARGEST_BLEED)]
    marks: bool
    print: Annotated[Literal["outlines", "x-4"], one_of(PRINTS, "A poster is not printed as “{}”.")]
    icc: str
    logo: Annotated[str, AfterValidator(_logo)]
    logo_alt: str

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

    @field_validator("logo_alt")
    @classmethod
    def _says_what_the_logo_shows(cls, alt: str, info: ValidationInfo) -> str:
        if info.data.get("logo") and not alt:
            hint = 'Write logo_alt = "Luton Council".'
            raise refused("The logo has no description.", hint, beside="logo", follows=True)
        return alt


class Wording(Group):
    """What is asked of texts: a reading age in years, and whether people's consent is noted."""

    reading_age: int
    consent: bool


class ThemeSettings(Group):
    """All settings of a theme, those of the themes that it stands on included."""

    name: str = ""
    extends: str = ""
    colours: Mapping[str, Annotated[str, AfterValidator(_colour)]]
    fonts: Fonts
    cloud: Cloud
    editions: Mapping[str, Annotated[Filled, AfterValidator(_style_sheet)]]
    poster: Poster
    wording: Wording

    @field_validator("cloud")
    @classmethod
    def _takes_its_own_colours(cls, cloud: Cloud, info: ValidationInfo) -> Cloud:
        known: Collection[str] = info.data.get("colours", cloud.colours)
        if isinstance(info.context, ThemeFindings):
            known = info.context.colours  # even where one of them is wrong
        faults = [
            InitErrorDetails(type=_no_colour(name, known), loc=("colours", number), input=name)
            for number, name in enumerate(cloud.colours)
            if name not in known
        ]
        if faults:
            raise ValidationError.from_exception_data("Cloud", faults)
        return cloud


def _no_colour(name: str, known: Iterable[str]) -> PydanticCustomError:
    message = f"The theme lacks the cloud's colour “{name}”."
    hint = did_you_mean(name, known) or "Name one of the theme's colours."
    return refused(message, hint, follows=True, cause=name)
