"""The kinds of value that a content file holds, and how each is read from it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar

from babel import Locale, UnknownLocaleError
from markdown_it.token import Token
from markupsafe import Markup, escape
from pydantic import (
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    PlainValidator,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import InitErrorDetails, core_schema

from report_builder.content.anchors import Anchors, with_references
from report_builder.content.files import inside, leads_out
from report_builder.content.markdown import (
    Inline,
    Loose,
    copied,
    html_of,
    links_of,
    said,
    tokens_of_line,
    words,
)
from report_builder.content.text import Link, source_attribute
from report_builder.content.text import Text as MarkdownText
from report_builder.problems import Position, ReportBuilderError, did_you_mean, stops
from report_builder.settings.findings import Findings
from report_builder.settings.model import Model as StrictModel
from report_builder.settings.model import fault as fault
from report_builder.settings.scalar import Scalar
from report_builder.settings.textfile import read_text, unprintable


@dataclass
class Reader(Findings):
    """What the fields of one event need to know while they are read, and what they found."""

    folder: Path
    people: Mapping[str, str] | None = None  # where nobody is known, anybody may be named
    language: str = "en-GB"
    anchors: Anchors = field(default_factory=dict)
    ids: list[Line] = field(default_factory=list)
    texts: list[MarkdownText] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    pictures: list[Line] = field(default_factory=list)

    @classmethod
    def of(cls, info: ValidationInfo) -> Reader:
        """Return the reader that was given to the model's validation, or that it has of itself."""
        return cls.current(info.context)

    @classmethod
    def current(cls, context: object) -> Reader:
        """Return the reader of a validation's context."""
        return context if isinstance(context, cls) else _own_reader.get() or cls(Path())


_own_reader: ContextVar[Reader | None] = ContextVar("_own_reader", default=None)


class Model(StrictModel):
    """A group of fields of an event. From plain Python values it has a reader of its own."""

    @model_validator(mode="wrap")
    @classmethod
    def _with_reader(
        cls, value: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo
    ) -> Self:
        if isinstance(info.context, Reader) or _own_reader.get():
            return handler(value)
        reader = Reader(Path())
        if "people" in cls.model_fields and isinstance(value, Mapping):
            reader.people = _named(value.get("people"))
            reader.language = str(value.get("language", reader.language))
        token = _own_reader.set(reader)
        try:
            made = handler(value)
        finally:
            _own_reader.reset(token)
        wrong = [fault(p.code, p.message, p.hint) for p in reader.problems if stops([p])]
        if wrong:
            faults = [InitErrorDetails(type=one, loc=(), input=value) for one in wrong]
            raise ValidationError.from_exception_data(cls.__name__, faults)
        return made


def _named(people: object) -> dict[str, str]:
    """Return plain values' people by their short names."""
    known = people if isinstance(people, Mapping) else {}
    return {
        str(short): str(one.get("name", short) if isinstance(one, Mapping) else one)
        for short, one in known.items()
    }


def is_single(value: object) -> bool:
    """Tell whether a value can be text: a file holds words alone, Python numbers and days too."""
    plain = (str, int, float, dt.date)
    return isinstance(value, plain) and not isinstance(value, bool)


def _as_scalar(value: object) -> Scalar:
    if is_single(value):
        scalar = value if isinstance(value, Scalar) else Scalar(str(value))
        if scalar.strip():
            return scalar
        raise fault("empty-text", "The text is empty.", "Fill it in, or delete the field.")
    kind = "a list" if isinstance(value, (list, tuple)) else "fields with values"
    kind = "true or false" if isinstance(value, bool) else kind
    raise fault(
        "not-text",
        f"This should be one text, and is {kind}.",
        "Write the text after the colon; use quotes if it begins with “[”, “{” or “-”.",
    )


SCALAR: dict[str, Any] = {"type": ["string", "number", "boolean"]}
"""What a JSON Schema calls a text: editors take 2040 for a number, and the model does not."""


_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
"""A character as pages of the web write it, such as ``&amp;``."""


class Line(str):
    """Plain words on one line, such as a name or a title. It knows its place."""

    position: Position = Position("")

    @classmethod
    def read(cls, value: object) -> Self:
        """Return the value's words with their white space made single spaces."""
        if isinstance(value, cls):
            return value
        scalar = _as_scalar(value)
        line = cls(_ENTITY.sub(lambda found: unescape(found[0]), _on_one_line(scalar)))
        line.position = scalar.position
        return line

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Let the model take the line as it stands in the file."""
        return core_schema.with_info_plain_validator_function(cls._read_and_note)

    @classmethod
    def _read_and_note(cls, value: object, info: ValidationInfo) -> Self:
        line = cls.read(value)
        Reader.of(info).lines.append(line)
        return line

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Describe the line to editors."""
        return SCALAR

    @property
    def at(self) -> Markup:
        """The ``data-source`` attribute for an element that a template makes of the line."""
        return source_attribute(self.position)

    @property
    def loose(self) -> Loose:
        """What is printed of the line as words."""
        return Loose(str(self), (), lambda _words: self.position)

    @property
    def inline(self) -> Inline:
        """The line as HTML."""
        return Inline.of(escape(str(self)), str(self))


class Marked(Line):
    """A line in which words may be bold, struck out, a link or code; ``inline`` shows them so.

    As a text it is its words alone, for subjects, bookmarks and all else that knows no marks.
    """

    written: str = ""
    tokens: Sequence[Token] = ()

    @classmethod
    def read(cls, value: object, anchors: Anchors | None = None) -> Self:
        """Return the value's words, and how they are marked."""
        if isinstance(value, cls):
            return value
        scalar = _as_scalar(value)
        written = _on_one_line(scalar)
        tokens = with_references(tokens_of_line(written), anchors or {})
        line = cls(words(tokens) or "".join(token.content for token in tokens))
        line.position, line.written, line.tokens = scalar.position, written, tokens
        return line

    @classmethod
    def _read_and_note(cls, value: object, info: ValidationInfo) -> Self:
        reader = Reader.of(info)
        line = cls.read(value, reader.anchors)
        reader.lines.append(line)
        return line

    @property
    def loose(self) -> Loose:
        """What is printed of the line as words, without those that are marked."""
        return Loose.of(self.tokens, lambda _words: self.position)

    @property
    def links(self) -> Iterator[Link]:
        """Every link in the line."""
        for text, target, is_picture in links_of(self.tokens):
            yield Link(text, target, self.position, is_picture)

    @property
    def inline(self) -> Inline:
        """The line as HTML, its marked words in elements of their own."""
        if not self.tokens:
            return super().inline
        line = Token("inline", "", 0, children=copied(self.tokens))
        return Inline.of(html_of([line]), str(self))


def _on_one_line(scalar: Scalar) -> str:
    """Return what a value says on one line; where that is nothing, raise the fault."""
    line = " ".join(said(scalar).split())
    if not line:
        raise fault("empty-text", "The text is empty.", "Fill it in, or delete the field.")
    return line


def _read_text(value: object, info: ValidationInfo) -> MarkdownText:
    reader = Reader.of(info)
    if isinstance(value, dict) and list(value) == ["file"]:
        value = _text_of_file(value["file"], info)
    if not isinstance(value, MarkdownText):
        value = MarkdownText(_as_scalar(value), reader.anchors)
    text = value
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
    """A change of a value before it is validated, and what the schema says of it.

    ``alone`` names the field of a group that a text alone stands for.
    """

    def __init__(
        self,
        change: Callable[[Any], Any],
        describe: Callable[[dict[str, Any]], dict[str, Any]],
        alone: str = "",
    ) -> None:
        self.change, self.describe, self.alone = change, describe, alone

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
        lambda value: {name: value} if is_single(value) else value,
        lambda schema: {"anyOf": [described, schema]},
        alone=name,
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


class Kept:
    """Marks a line that is the same in every language; translators are asked for all others."""


Text = Annotated[MarkdownText, PlainValidator(_read_text), WithJsonSchema(_TEXT)]
Email = Annotated[Line, PlainValidator(_email), WithJsonSchema(SCALAR), Kept]
WebAddress = Annotated[Line, PlainValidator(_web_address), WithJsonSchema(SCALAR), Kept]
Language = Annotated[Line, PlainValidator(_language), WithJsonSchema(SCALAR), Kept]
Name = Annotated[Line, Kept]
"""What somebody, an organisation or a place is called."""
Address = Annotated[Line, Kept]
"""Where somebody or something is to be found, as one would write it on a letter."""
Code = Annotated[Line, Kept]
"""A short form or number that everybody reads alike, such as PDF or 01234 567890."""
Answer = Annotated[Line, Kept]
"""Words of answers, as people wrote them."""

T = TypeVar("T")
OneOrMore = Annotated[
    tuple[T, ...],
    Before(
        lambda value: value if isinstance(value, (list, tuple)) or value is None else [value],
        lambda schema: {"anyOf": [schema["items"], schema]},
    ),
]
