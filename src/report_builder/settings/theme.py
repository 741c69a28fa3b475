"""What a theme's ``theme.toml`` may say, beside the choices of formats."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import PureWindowsPath
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError, ValidationInfo, field_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from report_builder.problems import did_you_mean
from report_builder.settings.findings import Findings
from report_builder.settings.layers import CLOUD, COMPUTED
from report_builder.settings.model import Group, refused
from report_builder.settings.values import Filled, Listed, one_of

ENGINES = ("exact", "wordcloud")
LOGO_FORMS = (".svg", ".png", ".jpg", ".jpeg")
"""The kinds of file that a logo may be, by how their names end."""


class ThemeFindings(Findings):
    """Findings of a validation that knows the names of colours, and what files and fonts exist."""

    def __init__(
        self,
        read: Findings,
        colours: Collection[str],
        has_file: Callable[[str], bool],
        has_logo: Callable[[str], bool],
        font_fault: Callable[[str], tuple[str, str] | None],
    ) -> None:
        super().__init__(problems=list(read.problems), lost=read.lost, code=read.code)
        self.colours, self.has_file, self.has_logo = colours, has_file, has_logo
        self.font_fault = font_fault


def lacks_file(info: ValidationInfo, name: str) -> bool:
    """Tell whether the theme has no such file; where there is no theme yet, nobody knows."""
    return isinstance(info.context, ThemeFindings) and not info.context.has_file(name)


def _family(value: str, info: ValidationInfo) -> str:
    if isinstance(info.context, ThemeFindings) and (wrong := info.context.font_fault(value)):
        raise refused(*wrong)
    return value


def hexadecimal(value: str) -> str:
    """Return a colour's value if it is written as #RRGGBB, or raise how to write it."""
    if re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        return value
    # Imported here: it takes its time, and only who writes it otherwise is told.
    from coloraide import Color

    bare = re.fullmatch(r"#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})", value.strip())
    try:
        meant = Color(f"#{bare[1]}" if bare else value.strip().lower()).convert("srgb")
        hint = f"Write {meant.fit().to_string(hex=True, alpha=False, upper=True)}."
    except ValueError:
        hint = "Write it as #RRGGBB: #00505C."
    raise refused(f"“{value}” is no colour.", hint)


Colour = Annotated[str, AfterValidator(hexadecimal)]


def _logo(name: str, info: ValidationInfo) -> str:
    if name and not name.casefold().endswith(LOGO_FORMS):
        message = f"A logo cannot be a file such as “{name}”."
        raise refused(message, "Save it as SVG, or as PNG or JPEG.")
    if ".." in re.split(r"[/\\]", name) or PureWindowsPath(name).anchor:
        message = f"“{name}” leads out of the folder in which logos lie."
        raise refused(message, "Copy it into the folder of the file that names it.")
    if name and isinstance(info.context, ThemeFindings) and not info.context.has_logo(name):
        message = f"There is no logo “{name}”."
        hint = "Copy it into the folder of the file that names it, or mend the name."
        raise refused(message, hint)
    return name


LogoFile = Annotated[str, AfterValidator(_logo)]


def _brand(value: str) -> str:
    return hexadecimal(value) if value else value


Brand = Annotated[str, AfterValidator(_brand)]


def _style_sheet(value: str, info: ValidationInfo) -> str:
    if lacks_file(info, value):
        message = f"The edition has no style sheet: the theme has no file “{value}”."
        raise refused(message, "Copy it into the theme's folder, or mend the name.")
    return value


def _not_empty(value: tuple[str, ...]) -> tuple[str, ...]:
    if value:
        return value
    raise refused("The cloud has no colours.", 'Write colours = ["brand", "accent"].')


Family = Annotated[Filled, AfterValidator(_family)]


class Fonts(Group):
    """The family of text, and those that help out where it lacks a character."""

    text: Family
    fallback: Listed[Family]


class Cloud(Group):
    """The colours that a word cloud takes in turn, and what finds its places."""

    colours: Annotated[Listed[str], AfterValidator(_not_empty)] = CLOUD
    engine: Annotated[Literal["exact", "wordcloud"], one_of(ENGINES, "There is no engine “{}”.")]


class Wording(Group):
    """What is asked of texts: a reading age in years, and whether people's consent is noted."""

    reading_age: int
    consent: bool


class ThemeSettings(Group):
    """All settings of a theme, those of the themes that it stands on included."""

    name: str = ""
    extends: str = ""
    brand: Brand = ""
    logo: LogoFile = ""
    logo_alt: str = Field("", validate_default=True)
    colours: Mapping[str, Colour]
    fonts: Fonts
    cloud: Cloud
    editions: Mapping[str, Annotated[Filled, AfterValidator(_style_sheet)]]
    wording: Wording

    @field_validator("logo_alt")
    @classmethod
    def _says_what_the_logo_shows(cls, alt: str, info: ValidationInfo) -> str:
        if info.data.get("logo") and not alt.strip():
            hint = 'Write logo_alt = "Luton Council" below it.'
            raise refused("The logo has no description.", hint, beside="logo", follows=True)
        return alt

    @field_validator("cloud")
    @classmethod
    def _takes_its_own_colours(cls, cloud: Cloud, info: ValidationInfo) -> Cloud:
        known: Collection[str] = info.data.get("colours", cloud.colours)
        if isinstance(info.context, ThemeFindings):
            known = (*info.context.colours, *COMPUTED)  # even where one of them is wrong
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
