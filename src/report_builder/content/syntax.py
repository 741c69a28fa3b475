"""Faults of YAML syntax in plain words."""

from __future__ import annotations

import re

import yaml

from report_builder.problems import Position, Problem, error

# What the YAML parser says, and what an officer can do about it.
_SYNTAX = (
    (
        r"found character that cannot start any token|found a tab character",
        "{character} cannot start a value here.",
        "Put quotes around the text; indent with spaces, never with the Tab key.",
    ),
    (
        r"mapping values are not allowed",
        "A text without quotes holds a colon, or the line is indented wrongly.",
        'Put double quotes around the text: title: "One year on: what we learned".',
    ),
    (
        r"could not find expected ':'",
        "Here a field's name lacks its colon and space, or a long text its “|” or indent.",
        "Write “name: value”; put “|” after the colon of a long text, and indent its lines.",
    ),
    (
        r"did not find expected (key|'-' indicator|<block end>)|block (mapping|collection)",
        "This line does not line up with the ones above it.",
        "Begin fields of one group, and the “-” of one list, in the same column; use spaces.",
    ),
    (
        r"unexpected end of stream",
        "A quotation mark is opened and never closed.",
        "Close it with the same mark at the end of the text.",
    ),
    (
        r"expected ',' or '[\]}]'|flow (sequence|mapping)|expected node content",
        "A “[” or “{” is opened and not closed.",
        "Close it, or put quotes around the text if the bracket belongs to it.",
    ),
    (
        r"unknown escape character",
        "A backslash in double quotes begins an escape that YAML does not know.",
        "Use single quotes, or write the backslash twice.",
    ),
)


def explain(fault: yaml.MarkedYAMLError, text: str, path: str) -> Problem:
    """Return what the parser says of a fault as a problem in an officer's words."""
    mark = fault.problem_mark or fault.context_mark
    words = f"{fault.context or ''} {fault.problem or ''}"
    lines = text.split("\n")
    line, column = (mark.line, mark.column) if mark else (0, 0)
    while line > 0 and (line >= len(lines) or not lines[line].strip()):
        line -= 1  # a fault seen at the file's end is shown on its last written line
        column = len(lines[line])
    if "unexpected end of stream" in words and fault.context_mark:
        line, column = fault.context_mark.line, fault.context_mark.column
    if "could not find expected ':'" in words and fault.context_mark:
        line, column = fault.context_mark.line, fault.context_mark.column
    position = Position(path, line + 1, column + 1)
    before = lines[line][:column].rstrip()
    if "did not find expected" in words and before.endswith(("'", '"')):
        return error(
            "yaml-syntax",
            position,
            "There is text after a closing quotation mark.",
            'Put the whole text in double quotes; write a double quote inside it as \\".',
        )
    if "did not find expected" in words and re.search(r"(:|-) +\*\S+$", before):
        return error(
            "yaml-syntax",
            position,
            "A text begins with a star, which has a meaning of its own here.",
            "Put quotes around the text.",
        )
    for pattern, message, hint in _SYNTAX:
        if re.search(pattern, words):
            character = lines[line][column : column + 1]
            shown = "A Tab" if character == "\t" else f"“{character}”"
            return error("yaml-syntax", position, message.replace("{character}", shown), hint)
    return error(
        "yaml-syntax",
        position,
        f"The file cannot be read from here on ({fault.problem}).",
        "Compare the indentation and quotation marks with the lines above.",
    )
