"""A YAML file's values know where they stand, and its faults never become tracebacks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_builder.content.source import parse
from report_builder.problems import Position, Problem, ReportBuilderError
from report_builder.settings.scalar import Scalar
from report_builder.settings.textfile import read_text
from report_builder.settings.tree import Fields, Items, Leaf, Node, data

EVERY_STYLE = """\
plain: one two
over lines: one two
  three
single: 'it''s here
  and there'
double: "Café \\"quoted\\" \\u00e9 and
  more"
folded: >-
  one two
  three

  four
literal: |
  Líne one

    indented
  last
marked: &mark text
list: [a, {b: c}]
copy: *mark
"""


def read(text: str) -> tuple[Node | None, list[Problem]]:
    problems: list[Problem] = []
    return parse(text, "event.yaml", problems), problems


def leaves(node: Node | None) -> list[Scalar]:
    match node:
        case Leaf(text=text):
            return [text] if text is not None else []
        case Items(nodes=nodes):
            return [leaf for child in nodes for leaf in leaves(child)]
        case Fields(nodes=fields):
            return [*fields, *(leaf for child in fields.values() for leaf in leaves(child))]
    return []


def test_every_character_of_every_style_knows_its_line_and_column() -> None:
    lines = EVERY_STYLE.split("\n")
    tree, problems = read(EVERY_STYLE)
    assert not problems
    for text in leaves(tree):
        for offset, character in enumerate(text):
            if character.isspace():
                continue
            place = text.at(offset)
            found = lines[place.line - 1][place.column - 1]
            escaped = found == "\\" and character in '"é'
            assert found == character or escaped, f"{character!r} of {text!r} at {place}"


def test_words_of_other_yaml_types_stay_words() -> None:
    tree, _ = read("a: no\nb: 2040\nc: 1.10\nd: 2023-12-14\ne: Null\n")
    assert data(tree) == {"a": "no", "b": "2040", "c": "1.10", "d": "2023-12-14", "e": "Null"}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: b: c", "yaml-syntax", 1, 5),
        ("a:\n\t- b", "yaml-syntax", 2, 1),
        ('a: "b\nc: d\n', "yaml-syntax", 1, 4),
        ("a: [b, c\nd: e", "yaml-syntax", 2, 2),
        ("a: @b", "yaml-syntax", 1, 4),
        ("- a\nb: c", "yaml-syntax", 2, 1),
        ("a: 1\na: 2", "duplicate-field", 2, 1),
        ("a: *b", "unknown-alias", 1, 4),
        ("a: &a [*a]", "unknown-alias", 1, 8),
        ("a: 1\n---\nb: 2", "second-document", 2, 1),
        ("a: !!python/object:os.system {}", "tag", 1, 4),
        ("a: b\x07c", "unprintable-character", 1, 5),
        ("a: b\u2028c", "unprintable-character", 1, 5),
        ("? [a]\n: b", "field-name", 1, 3),
        ("a:\n  -\n  - b", "empty-item", 2, 4),
        ("[" * 5000, "too-deep", 1, 62),
    ],
)
def test_a_fault_is_named_where_it_stands(text: str, code: str, line: int, column: int) -> None:
    _, problems = read(text)
    assert [(p.code, p.position) for p in problems] == [
        (code, Position("event.yaml", line, column))
    ]
    assert problems[0].hint


def test_an_alias_bomb_is_refused_before_it_grows() -> None:
    bomb = "a0: &a0 [x]\n" + "\n".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)
    )
    _, problems = read(bomb)
    assert [p.code for p in problems] == ["too-many-values"]


@pytest.mark.parametrize(
    ("raw", "line", "column"),
    [
        ("title: Café".encode("cp1252"), 1, 11),
        ("a: b\ntitle: It’s".encode("cp1252"), 2, 10),
        ("title: a".encode("utf-16"), 1, 1),
    ],
)
def test_another_encoding_is_named(tmp_path: Path, raw: bytes, line: int, column: int) -> None:
    path = tmp_path / "event.yaml"
    path.write_bytes(raw)
    with pytest.raises(ReportBuilderError) as caught:
        read_text(path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.position.line, problem.position.column) == (
        "encoding",
        line,
        column,
    )


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "event.yaml"
    path.write_bytes("\ufefftitle: a\r\nvenue: b\r\n".encode())
    tree, problems = read(read_text(path))
    assert not problems
    assert data(tree) == {"title": "a", "venue": "b"}  # type: ignore[arg-type]


@given(st.text(alphabet=st.sampled_from("ab:-[]{}\"'|>&*!?#%@\n\t \\,é\x07"), max_size=60))
def test_no_text_at_all_raises(text: str) -> None:
    tree, _ = read(text)
    for leaf in leaves(tree):
        assert leaf.at(len(leaf)).line >= 1
