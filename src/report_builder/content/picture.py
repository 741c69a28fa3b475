"""A picture: its file, and what it says to someone who cannot see it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema, model_validator

from report_builder.content.fields import (
    SCALAR,
    Kept,
    Line,
    Model,
    Reader,
    Text,
    existing_file,
    fault,
)
from report_builder.content.focus import MIDDLE, Focus
from report_builder.content.ids import Id
from report_builder.content.people import Named


def _read_picture_file(value: object, info: ValidationInfo) -> Line:
    name = existing_file(value, info)
    Reader.of(info).pictures.append(name)
    return name


PictureFile = Annotated[Line, PlainValidator(_read_picture_file), WithJsonSchema(SCALAR), Kept]


Consent = Literal["given", "not-needed"]
"""Whether somebody agreed to be shown or named; a drawing or a crowd need not be asked."""


class Banner(Model):
    """A wide picture. It has an ``alt`` text, or is ``decorative``; never both.

    Where it is cropped, ``focus`` says what of it is kept.
    """

    file: PictureFile
    alt: Line | None = None
    decorative: bool = False
    focus: Focus = MIDDLE

    @model_validator(mode="after")
    def _says_what_it_shows(self) -> Banner:
        if self.decorative and self.alt:
            raise fault(
                "picture-alt",
                "The picture is called decorative and has an alt text too.",
                "Keep “alt” if the picture says something; else keep “decorative: true”.",
            )
        if not self.decorative and not self.alt:
            raise fault(
                "picture-alt",
                "The picture has no alt text.",
                "Say in “alt” what it shows, or write “decorative: true” if it adds nothing.",
            )
        return self


class Picture(Banner):
    """A photo or drawing in the text, with a caption and a credit where there are any.

    ``consent`` says whether the people in it agreed to be shown; links lead to it by its ``id``.
    """

    id: Id | None = None
    consent: Consent | None = None
    caption: Text | None = None
    credit: Named | None = None
