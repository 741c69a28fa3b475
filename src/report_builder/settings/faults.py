"""What a model refuses, as problems at the places that it speaks of, in an officer's words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from report_builder.problems import Position, Problem, did_you_mean, error
from report_builder.settings.findings import Findings
from report_builder.settings.scalar import Scalar
from report_builder.settings.tree import Fields, Items, Leaf, Node, is_empty

Words = tuple[str, str, str]
"""A problem's code, what is wrong, and how to mend it, with {places} for what is known of it."""

_KINDS = {
    "missing": "missing",
    "literal_error": "choice",
    **dict.fromkeys(("tuple_type", "list_type"), "list"),
    **dict.fromkeys(("model_type", "dict_type", "model_attributes_type", "mapping_type"), "group"),
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float"), "number"),
    **dict.fromkeys(("float_parsing", "float_type", "int_parsing_size"), "number"),
    "greater_than": "above",
    **dict.fromkeys(("bool_parsing", "bool_type"), "yes-or-no"),
    "string_type": "text",
    **dict.fromkeys(("date_type", "date_from_datetime_inexact"), "day"),
}


@dataclass(frozen=True)
class Style:
    """How the problems of one kind of file are said: ``whole`` is what the file holds."""

    whole: str
    words: Mapping[str, Words]


YAML = Style(
    "the event",
    {
        "missing": (
            "missing-field",
            "“{missing}” is missing from {named}.",
            "Add a line “{missing}: …” here.",
        ),
        "choice": ("unknown-value", "“{input}” is not something that “{field}” can be.", ""),
        "list": (
            "not-a-list",
            "“{field}” should be a list, and is {given}.",
            "Put each item on a line of its own that begins with “- ”.",
        ),
        "group": (
            "not-fields",
            "“{field}” should be fields with values, and is {given}.",
            "Write “name: value” lines, indented under it.",
        ),
        "number": (
            "not-a-number",
            "“{field}” should be a number.",
            "Write digits alone: 1200 or 3.5.",
        ),
        "above": (
            "not-a-number",
            "“{field}” should be a number above 0.",
            "Write digits alone: 1200.",
        ),
        "yes-or-no": (
            "not-yes-or-no",
            "“{field}” should be true or false.",
            "Write “true” or “false” without quotes.",
        ),
    },
)

_SHAPE = "{Named} has the wrong shape: it should be {wanted}, and is {given}."
TOML = Style(
    "the settings",
    {
        "missing": (
            "",
            "“{missing}” is missing from {named}.",
            "Add a line that begins with {missing} =.",
        ),
        "choice": ("", "“{input}” is not something that “{field}” can be.", ""),
        **{
            kind: ("", _SHAPE.replace("{wanted}", wanted), hint)
            for kind, wanted, hint in (
                ("text", "text", "Put quotes around it."),
                ("list", "a list", 'Write {field} = ["…", "…"].'),
                ("group", "a group of settings", "Write its settings below a line [{field}]."),
                ("number", "a number", "Write digits alone, without quotes."),
                ("yes-or-no", "true or false", "Write true or false, without quotes."),
                ("day", "a day", "Write it without quotes: 2027-03-20."),
            )
        },
    },
)


def problems_of(
    reason: ValidationError, tree: Node, style: Style, findings: Findings
) -> Iterator[Problem]:
    """Yield what a model refused of a tree's values."""
    for fault in reason.errors(include_url=False):
        context = fault.get("ctx", {})
        location = fault["loc"]
        cause = context.get("cause") or (location[-1] if location else "")
        if (fault["type"] == "missing" or context.get("follows")) and cause in findings.lost:
            continue
        if beside := context.get("beside"):
            location = (*location[:-1], beside)
        found = _find(tree, location, style.whole, findings.mistyped)
        problem = _problem(fault, found, style)
        code = findings.code or problem.code
        yield replace(problem, code=code, private=bool(context.get("private")))


@dataclass(frozen=True)
class _Found:
    """The value that a fault speaks of, the field that holds it, and a name for both."""

    node: Node
    field: str
    named: str


def _problem(fault: ErrorDetails, found: _Found, style: Style) -> Problem:
    context = fault.get("ctx", {})
    position = found.node.position
    if fault["type"] in ("union_tag_not_found", "union_tag_invalid"):
        return _unknown_kind(fault, found.node, context)
    known = style.words.get(_KINDS.get(fault["type"], ""))
    if known is None:
        message = fault["msg"]
        if found.field and style is YAML and isinstance(found.node, Leaf):
            message = f"{found.field}: {message}"
        return error(fault["type"], position, message, context.get("hint", ""))
    code, message, hint = known
    told = {
        "missing": fault["loc"][-1] if fault["loc"] else "",
        "named": found.named,
        "Named": found.named[:1].upper() + found.named[1:],
        "field": found.field,
        "input": fault["input"],
        "given": _given(found.node, style),
    }
    if fault["type"] == "literal_error":
        choices = context["expected"].replace(" or ", ", ").split(",")
        choices = [choice.strip(" '") for choice in choices]
        hint = did_you_mean(str(fault["input"]), choices)
        choices = [f'"{choice}"' for choice in choices] if style is TOML else choices
        hint = hint or f"Write one of: {', '.join(choices)}."
    return error(code, position, message.format_map(told), hint.format_map(told))


def _unknown_kind(fault: ErrorDetails, node: Node, context: Mapping[str, Any]) -> Problem:
    """Return that a section does not say which kind it is, or names one that there is not."""
    if fault["type"] == "union_tag_not_found":
        message = "The section does not say which kind it is."
        hint = "Add a line “type: …”, for example “type: prose”."
        return error("missing-field", node.position, message, hint)
    known = [name.strip(" '") for name in context["expected_tags"].split(",")]
    kind = node.nodes[Scalar("type")] if isinstance(node, Fields) else node
    return error(
        "unknown-section-type",
        kind.position,
        f"There is no kind of section called “{context['tag']}”.",
        did_you_mean(context["tag"], known) or f"The kinds are: {', '.join(known)}.",
    )


def _given(node: Node, style: Style) -> str:
    """Return in words what kind of value stands there."""
    match node:
        case Items():
            return "a list"
        case Fields():
            return "fields with values" if style is YAML else "a group of settings"
        case Leaf(value=bool()):
            return "true or false"
        case Leaf(value=int() | float()):
            return "a number"
        case Leaf(value=dt.datetime()):
            return "a day with a time"
        case Leaf(value=dt.date()):
            return "a day"
        case Leaf(value=dt.time()):
            return "a time"
    return "text"


def _find(
    tree: Node, location: tuple[int | str, ...], whole: str, mistyped: Mapping[Position, str]
) -> _Found:
    """Return what a fault speaks of.

    A location may hold names that stand for no value in the file: the kind of a section, the
    field that a short form stands for, a field that is missing. They are passed over. One that
    is mistyped is found by the field that was meant.
    """
    node, field, named = tree, "", whole
    for step in location:
        if isinstance(node, Fields) and isinstance(step, str):
            meant = (name for name in node.nodes if mistyped.get(name.position) == step)
            name = step if step in node.nodes else next(meant, None)
            if name is not None:
                node, field, named = node.nodes[Scalar(name)], step, f"“{step}”"
        elif isinstance(node, Items) and isinstance(step, int):
            node = [child for child in node.nodes if not is_empty(child)][step]
            named = f"item {step + 1} of “{field}”"
    return _Found(node, field, named)
