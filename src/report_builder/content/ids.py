"""Names that an event gives its parts, for links to lead to them."""

from __future__ import annotations

from typing import Annotated

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema

from report_builder.content.fields import Kept, Line, Reader, fault
from report_builder.content.slug import slug


def _id(value: object, info: ValidationInfo) -> Line:
    reader, line = Reader.of(info), Line.read(value)
    if slug(line) != line:
        raise fault(
            "id",
            f"“{line}” is no name for a part: links lead to it by small letters and hyphens.",
            f"Write “{slug(line) or 'fig-one'}”.",
        )
    if first := next((one for one in reader.ids if one == line), None):
        raise fault(
            "id-twice",
            f"“{line}” is the name of another part already, in line {first.position.line}.",
            f"Give one of them another name, such as “{line}-2”.",
        )
    reader.ids.append(line)
    return line


Id = Annotated[
    Line,
    PlainValidator(_id),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}),
    Kept,
]
"""The name by which links lead to a part of the report."""
