"""The kinds of value that a content file holds, and how each is read from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar

from babel import Locale, UnknownLocaleError
from markupsafe import Markup
from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError, core_schema

from report_builder.content.files import inside, leads_out
from report_builder.content.scalar import Scalar
from report_builder.content.source import read_text, unprintable
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
    people: Mapping[str, str] = field(default_factory=dict)
    language: str = "en-GB"
    problems: list[Problem] = field(default_factory=list)
    texts: list[MarkdownText] = field(default_factory=list)
    pictures: list[Line] = field(default_factory=list)

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
            hint = f"The fields here are: {', '.join(known)}."
            if value[name] is None:  # {text: Fund £5,000 grants} has a field “000 grants”
                hint = "If it is part of a text with a comma, put quotes around that text."
            Reader.of(info).problems.append(
                error(
                    "unknown-field",
                    name.position,
                    f"There is no field “{name}” here.",
                    f"Did you mean “{meant}”?" if meant else hint,
                )
            )
        return {name: given for name, given in fields.items() if given is not None}


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


SCALAR: dict[str, Any] = {"type": ["string", "number", "boolean"]}
"""What a JSON Schema calls a text: editors take 2040 for a number, and the model does not."""


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

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Describe the line to editors."""
        return SCALAR

    @property
    def at(self) -> Markup:
        """The ``data-source`` attribute for an element that a template makes of the line."""
        return source_attribute(self.position) if self.position.path else Markup()


def _read_text(value: object, info: ValidationInfo) -> MarkdownText:
    reader = Reader.of(info)
    if isinstance(value, dict) and list(value) == ["file"]:
        value = _text_of_file(value["file"], info)
    text = MarkdownText(_as_scalar(value))
    reader.texts.append(text)
    return text


def _text_of_file(value: object, info: ValidationInfo) -> Scalar:
    """Return the text of a file beside the event's; each of its lines is known by that file."""
    reader = Reader.of(info)
    path = reader.folder / existing_file(value, info)
    try:
        text = read_text(path)
    except ReportBuilderError as reason:
        (problem,) = reason.problems
        reader.problems.append(problem)
        text = "?"
    reader.problems += unprintable(text, path.as_posix())
    anchors, offset = [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        anchors.append((offset, number, 1))
        offset += len(line) + 1
    return Scalar.make(text, path.as_posix(), anchors)


def _known_person(value: object, info: ValidationInfo) -> Line:
    name = Line.read(value)
    people = Reader.of(info).people
    if name in people:
        return name
    hint = did_you_mean(name, people)
    if called := nearest(name, people.values()):
        hint = hint or f"Did you mean “{next(i for i in people if people[i] == called)}”?"
    if "," in name:
        hint = f"Write several in brackets: [{name}]."
    raise fault(
        "unknown-person",
        f"Nobody is called “{name}” under “people”.",
        hint or f"Add “{name}: {{name: …}}” under “people”.",
    )


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


def _language(value: object) -> Line:
    line = Line.read(value)
    try:
        Locale.parse(line if "@" not in line else "", sep="-")
    except (ValueError, UnknownLocaleError):
        raise fault(
            "language",
            f"“{line}” is not a language code.",
            "Write en-GB for British English, cy for Welsh, ur for Urdu, pl for Polish.",
        ) from None
    return line


def existing_file(value: object, info: ValidationInfo) -> Line:
    """Return a file's name in the event's folder; it must be there."""
    name = Line.read(value)
    folder = Reader.of(info).folder
    if inside(folder, name):
        return name
    if Path(name).is_absolute() or ".." in Path(name).parts or leads_out(folder, name):
        raise fault(
            "file-outside",
            f"“{name}” lies outside the event's folder.",
            f"Copy the file into {folder.as_posix()} and give its name there.",
        )
    known = (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    raise fault(
        "missing-file",
        f"There is no file “{name}” in {folder.as_posix()}.",
        did_you_mean(name, known) or "Copy it there, or mend the name.",
    )


class Before:
    """A change of a value before it is validated, and what the schema says of it."""

    def __init__(
        self, change: Callable[[Any], Any], describe: Callable[[dict[str, Any]], dict[str, Any]]
    ) -> None:
        self.change, self.describe = change, describe

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Let the model change the value first."""
        return core_schema.no_info_before_validator_function(self.change, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Describe what may stand in the file to editors."""
        return self.describe(dict(handler(schema)))


def _without_empty(value: object) -> object:
    if isinstance(value, dict):
        return {name: given for name, given in value.items() if given is not None}
    return value


skips_empty = Before(
    _without_empty,
    lambda schema: {
        **schema,
        "additionalProperties": {"anyOf": [schema["additionalProperties"], {"type": "null"}]},
    },
)
"""Let a group whose names are the officer's own hold names that are left empty."""


def shorthand(name: str, described: dict[str, Any] = SCALAR) -> Before:
    """Let a single text stand for a group of fields in which only one field is given.

    ``described`` is what the schema says of that field.
    """
    return Before(
        lambda value: {name: value} if isinstance(value, Scalar) else value,
        lambda schema: {"anyOf": [described, schema]},
    )


_TEXT = {
    "anyOf": [
        SCALAR,
        {
            "type": "object",
            "properties": {"file": SCALAR},
            "required": ["file"],
            "additionalProperties": False,
        },
    ]
}
Text = Annotated[MarkdownText, PlainValidator(_read_text), WithJsonSchema(_TEXT)]
PersonId = Annotated[Line, PlainValidator(_known_person), WithJsonSchema(SCALAR)]
Email = Annotated[Line, PlainValidator(_email), WithJsonSchema(SCALAR)]
WebAddress = Annotated[Line, PlainValidator(_web_address), WithJsonSchema(SCALAR)]
Language = Annotated[Line, PlainValidator(_language), WithJsonSchema(SCALAR)]

T = TypeVar("T")
OneOrMore = Annotated[
    tuple[T, ...],
    Before(
        lambda value: [value] if isinstance(value, (Scalar, dict)) else value,
        lambda schema: {"anyOf": [schema["items"], schema]},
    ),
]
