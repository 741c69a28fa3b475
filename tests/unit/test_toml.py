"""A TOML file has the values of the standard library, each at its place, and all its faults."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report_builder.problems import Position, Problem
from report_builder.settings.findings import Findings
from report_builder.settings.scalar import Scalar
from report_builder.settings.toml import LARGEST, parse_toml, read_toml
from report_builder.settings.tree import Fields, Items, Leaf, Node, at, data, name_at

EVERYTHING = '''\
# a note
title = "Café \\u00e9"
"quoted key" = 'C:\\press.icc'
a.b."c d" = 1
  indented   =   2.5 # why
days = [ 2027-03-20, 2027-03-20T10:00:00,
  # among them
  10:30:00, true,
]
long = """
first
  "second" \\
  third"""
raw = \'\'\'
one\'\'\'
inline = { x = 1, y.z = "deep", list = [{n = -1}, "b"] }

[group.inner] # a heading
on = false
[[many]]
n = 1
[[many]]
n = 2
[many.below]
n = 3
[group]
also = "last"
'''


def read(text: str) -> tuple[Fields, list[Problem]]:
    findings = Findings(code="settings")
    return parse_toml(text, "f.toml", findings), findings.problems


def named(node: Node) -> list[Scalar]:
    match node:
        case Items(nodes=nodes):
            return [name for child in nodes for name in named(child)]
        case Fields(nodes=fields):
            return [*fields, *(name for child in fields.values() for name in named(child))]
    return []


def test_every_name_and_value_knows_its_line_and_column() -> None:
    tree, problems = read(EVERYTHING)
    assert not problems
    assert data(tree) == tomllib.loads(EVERYTHING)
    lines = EVERYTHING.split("\n")
    for name in named(tree):
        rest = lines[name.position.line - 1][name.position.column - 1 :]
        assert rest.lstrip("\"'").startswith(name), (name, rest)
    for path, place, written in (
        (("title",), (2, 9), '"Café'),
        (("quoted key",), (3, 16), "'C:"),
        (("a", "b", "c d"), (4, 13), "1"),
        (("indented",), (5, 18), "2.5"),
        (("days",), (6, 8), "["),
        (("days", 1), (6, 22), "2027-03-20T"),
        (("days", 3), (8, 13), "true"),
        (("long",), (10, 8), '"""'),
        (("raw",), (14, 7), "'''"),
        (("inline", "y", "z"), (16, 25), '"deep"'),
        (("inline", "list", 0, "n"), (16, 46), "-1"),
        (("group", "inner", "on"), (19, 6), "false"),
        (("many", 1, "n"), (23, 5), "2"),
        (("many", 1, "below", "n"), (25, 5), "3"),
    ):
        position = at(tree, *path)
        assert (position.line, position.column) == place, path
        assert lines[position.line - 1][position.column - 1 :].startswith(written)
    assert name_at(tree, "group", "also") == Position("f.toml", 27, 1)
    assert name_at(tree, "group", "inner") == Position("f.toml", 18, 8)


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("theme = our council", 1, 9, "cannot be read"),
        ("theme = “plain”", 1, 9, "curly"),
        ("a = 1\ntheme =\nb = 2", 2, 1, "no value"),
        ("theme", 1, 6, "no setting"),
        ("theme: plain", 1, 6, "no setting"),
        ("= 3", 1, 1, "no setting"),
        ('a = "x" y', 1, 9, "stands after the value"),
        ('a = "x', 1, 5, "not closed"),
        ('a = """x\nb = 1', 1, 5, "not closed"),
        ("a = [1, 2\nb = 3", 1, 5, "not closed"),
        ("a = [1 2]", 1, 5, "not closed"),
        ("a = {b = 1", 1, 5, "not closed"),
        ("[poster\na = 1", 1, 1, "no heading"),
        ("[poster] a = 1", 1, 10, "after the heading"),
        (r'a = "C:\press"', 1, 8, "backslash"),
        ("a = True", 1, 5, "cannot be read"),
        ("a = 2027-02-30", 1, 5, "no day"),
        ("a = 08", 1, 6, "cannot be read"),
        ("a = 1\nb = 2\na = 3", 3, 1, "stands in line 1 too"),
        ("[a]\n[b]\n[a]", 3, 2, "stands in line 1 too"),
        ("a = 1\n[a]\nb = 1", 2, 2, "stands in line 1 too"),
        ("a.b = 1\n[a]\nc = 1", 2, 2, "stands in line 1 too"),
        ("a = {}\n[a.b]", 2, 2, "stands in line 1 too"),
        ("a = {b = 1, b = 2}", 1, 18, "written twice"),
        ("a = " + "[" * 200, 1, 66, "deep"),
        ("a" + ".a" * 200 + " = 1", 1, 121, "parts"),
        (f"a = {'9' * 5000}", 1, 5, "too long"),
        ("a = 'b\x07c'", 1, 7, "cannot be printed"),
        (r'a = "b\u0007c"', 1, 5, "cannot be printed"),
    ],
)
def test_a_fault_is_named_where_it_stands(text: str, line: int, column: int, words: str) -> None:
    _, problems = read(text)
    assert [(p.position.line, p.position.column) for p in problems] == [(line, column)]
    assert words in problems[0].message
    assert problems[0].hint


def test_the_rest_of_a_broken_list_is_no_fault_of_its_own() -> None:
    tree, problems = read('a = ["x",\n  "y" "z",\n  # note\n]\nb = 1\n')
    assert [p.position.line for p in problems] == [1]
    assert data(tree) == {"b": 1}


def test_faults_of_syntax_come_all_at_once_and_the_rest_is_read() -> None:
    text = "a = yes\nb = 2\nc = [1,\n[d]\ne = “x”\nf = 6\n[d]\ng = 7\n[h\ni = 8\n"
    tree, problems = read(text)
    assert [p.position.line for p in problems] == [1, 3, 5, 7, 9]
    assert data(tree) == {"b": 2, "d": {"f": 6, "g": 7}}


@pytest.mark.parametrize(
    ("raw", "code", "line"),
    [
        (b"\xef\xbb\xbftheme = 'x'\r\n", "", 0),
        ("a = 1\nb = 'Café'".encode("cp1252"), "encoding", 2),
        ("a = 1".encode("utf-16"), "encoding", 1),
        (b"a = 1 # \x00", "unprintable-character", 1),
        (b"#" * (LARGEST + 1), "settings", 1),
        (b"a = [\n" * 100_000, "settings", 1),
        (b"", "", 0),
    ],
)
def test_a_file_is_read_or_is_a_problem(raw: bytes, code: str, line: int, tmp_path: Path) -> None:
    path = tmp_path / "f.toml"
    path.write_bytes(raw)
    findings = Findings(code="settings")
    read_toml(path, findings)
    assert [(p.code, p.position.line) for p in findings.problems] == [(code, line)] * bool(code)


def test_what_is_no_file_is_a_problem_and_what_is_not_there_is_empty(tmp_path: Path) -> None:
    findings = Findings(code="settings")
    assert read_toml(tmp_path / "none.toml", findings).nodes == {}
    assert not findings.problems
    (tmp_path / "link.toml").symlink_to(tmp_path / "nowhere")
    for path in (tmp_path, tmp_path / "link.toml"):
        read_toml(path, findings)
    assert [p.code for p in findings.problems] == ["settings", "settings"]


def test_a_file_of_nothing_but_faults_ends_soon() -> None:
    _, problems = read("x\n" * 100_000)
    assert len(problems) < 300
    assert "not listed" in problems[-1].message


_MARKS = 'a b "a" \'b\' . = 1 true "x" \'\'\' """ [ [[ ] ]] { } , # \\ 2024-01-01 é “ -1.5 inf 08'
_LINES = (
    "a=1 [a] [[a]] [a.b] [[a.b]] [a.b.c] [b] [b.a] [[b]] b.a=2 a.b.c=3 a=[] a={} c=1 b=[{}]"
    ' b={a=1,b.a=2} b=[1,¶2] "\\u0041"="\\n" a.b={c.d=1} a="\\q"'
)
FRAGMENTS = st.sampled_from(
    [*_MARKS.split(), " ", "\n", *(f"{line}\n".replace("¶", "\n") for line in _LINES.split())]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(FRAGMENTS, max_size=14).map("".join))
def test_what_is_read_and_what_is_refused_is_as_the_standard_library_has_it(text: str) -> None:
    tree, problems = read(text)
    lines = text.split("\n")
    for problem in problems:
        assert 1 <= problem.position.line <= len(lines)
        assert 1 <= problem.position.column <= len(lines[problem.position.line - 1]) + 1
    try:
        wanted = tomllib.loads(text)
    except ValueError:
        assert problems
    else:
        assert not problems
        assert data(tree) == wanted


def test_typed_values_stay_what_they_are() -> None:
    tree, _ = read("a = 1\nb = 1.0\nc = true\nd = 2027-03-20\ne = 'x'\n")
    values = [node.value for node in tree.nodes.values() if isinstance(node, Leaf)]
    assert [type(value) for value in values] == [int, float, bool, dt.date, Scalar]
