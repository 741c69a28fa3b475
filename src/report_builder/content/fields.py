"""The kinds of value that a content file holds, and how each is read from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar

from markupsafe import Markup
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    PlainValidator,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError, core_schema

from report_builder.content.source import Scalar, read_text
from report_builder.content.text import Text as MarkdownText
from report_builder.content.text import source_attribute
from report_builder.problems import (
    Position,
    Problem,
    ReportBuilderError,
    did_you_mean,
    error,
    nearest,
)


@dataclass
class Reader:
    """What the fields of one event need to know while they are read, and what they found."""

    folder: Path
    people: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    texts: list[MarkdownText] = field(default_factory=list)
    pictures: list[Any] = field(default_factory=list)

    @classmethod
    def of(cls, info: ValidationInfo) -> Reader:
        """Return the reader that was given to the model's validation."""
        if not isinstance(info.context, cls):
            raise TypeError("an event is read by report_builder.content.loader")
        return info.context


class Model(BaseModel):
    """A group of fields. Unknown ones are refused, with the nearest known name."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _refuse_unknown(cls, value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, dict):
            return value
        known = [field.alias or name for name, field in cls.model_fields.items()]
        fields = {name: value[name] for name in value if name in known}
        for name in (name for name in value if name not in known):
            meant = nearest(name, known)
            if meant and meant not in fields:
                fields[meant] = value[name]  # so that its value is checked, and is not missed
            Reader.of(info).problems.append(
                error(
                    "unknown-field",
                    name.position,
                    f"There is no field “{name}” here.",
                    f"Did you mean “{meant}”?"
                    if meant
                    else f"The fields here are: {', '.join(known)}.",
                )
            )
        return fields


def fault(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """Return what a field raises when its value is wrong; the loader adds the place."""
    # The message goes through a template of pydantic's: as a value it stays as it is.
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint})


def _as_scalar(value: object) -> Scalar:
    if isinstance(value, Scalar):
        if value.strip():
            return value
        raise fault("empty-text", "The text is empty.", "Fill it in, or delete the field.")
    kind = "a list" if isinstance(value, list) else "fields with values"
    raise fault(
        "not-text",
        f"This should be one text, and is {kind}.",
        "Write the text after the colon; use quotes if it begins with “[”, “{” or “-”.",
    )


class Line(str):
    """Plain words on one line, such as a name or a title. It knows its place."""

    position: Position = Position("")

    @classmethod
    def read(cls, value: object) -> Line:
        """Return the value's words with their white space made single spaces."""
        scalar = _as_scalar(value)
        line = cls(" ".join(scalar.split()))
        line.position = scalar.position
        return line

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Let the model take the line as it stands in the file."""
        return core_schema.no_info_plain_validator_function(cls.read)

    @property
    def at(self) -> Markup:
        """The ``data-source`` attribute for an element that a template makes of the line."""
        return source_attribute(self.position) if self.position.path else Markup()


def _read_text(value: object, info: ValidationInfo) -> MarkdownText:
    text = MarkdownText(_as_scalar(value))
    Reader.of(info).texts.append(text)
    return text


def _known_person(value: object, info: ValidationInfo) -> Line:
    name = Line.read(value)
    people = Reader.of(info).people
    if name not in people:
        raise fault(
            "unknown-person",
            f"Nobody is called “{name}” under “people”.",
            did_you_mean(name, people) or f"Add “{name}: {{name: …}}” under “people”.",
        )
    return name


def _email(value: object) -> Line:
    line = Line.read(value)
    if not re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]+", line):
        raise fault(
            "email",
            f"“{line}” is not an e-mail address.",
            "Write it as name@organisation.org.uk, or leave the field empty.",
        )
    return line


def _web_address(value: object) -> Line:
    line = Line.read(value)
    if not re.match(r"https?://[^\s/]+\.[^\s/]", line):
        raise fault(
            "web-address",
            f"“{line}” is not a web address.",
            "Write it whole, beginning with https://.",
        )
    return line


def existing_file(value: object, info: ValidationInfo) -> Line:
    """Return a file's name in the event's folder; it must be there."""
    name = Line.read(value)
    folder = Reader.of(info).folder
    path = folder / name
    if Path(name).is_absolute() or not path.resolve().is_relative_to(folder.resolve()):
        raise fault(
            "file-outside",
            f"“{name}” lies outside the event's folder.",
            f"Copy the file into {folder.as_posix()} and give its name there.",
        )
    if not path.is_file():
        known = (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
        raise fault(
            "missing-file",
            f"There is no file “{name}” in {folder.as_posix()}.",
            did_you_mean(name, known) or "Copy it there, or mend the name.",
        )
    return name


def file_text(name: Line, info: ValidationInfo) -> str:
    """Return the text of a file in the event's folder, or raise its fault here."""
    try:
        return read_text(Reader.of(info).folder / name)
    except ReportBuilderError as reason:
        Reader.of(info).problems.extend(reason.problems)
        return ""


def shorthand(name: str) -> BeforeValidator:
    """Let a single text stand for a group of fields in which only one field is given."""
    return BeforeValidator(lambda value: {name: value} if isinstance(value, Scalar) else value)


Text = Annotated[MarkdownText, PlainValidator(_read_text)]
PersonId = Annotated[Line, PlainValidator(_known_person)]
Email = Annotated[Line, PlainValidator(_email)]
WebAddress = Annotated[Line, PlainValidator(_web_address)]
FileName = Annotated[Line, PlainValidator(existing_file)]


T = TypeVar("T")
OneOrMore = Annotated[
    tuple[T, ...],
    BeforeValidator(lambda value: [value] if isinstance(value, (Scalar, dict)) else value),
]


def names(items: Iterable[str]) -> str:
    """Return names as a reader would say them: “A, B and C”."""
    *first, last = list(items) or [""]
    return f"{', '.join(first)} and {last}" if first else last
