"""A picture: its file, and what it says to someone who cannot see it."""

from __future__ import annotations

from pydantic import ValidationInfo, model_validator

from report_builder.content.fields import FileName, Line, Model, Reader, Text, fault


class Banner(Model):
    """A wide picture. It has an ``alt`` text, or is ``decorative``; never both."""

    file: FileName
    alt: Line | None = None
    decorative: bool = False

    @model_validator(mode="after")
    def _says_what_it_shows(self, info: ValidationInfo) -> Banner:
        Reader.of(info).pictures.append(self)
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
    """A photo or drawing in the text, with a caption and a credit where there are any."""

    caption: Text | None = None
    credit: Line | None = None
