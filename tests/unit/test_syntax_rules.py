"""What only looks like Markdown is named, and is named no more once it is mended as it says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from report_builder.checks.content import check_content
from report_builder.content.loader import load
from report_builder.problems import Severity

Write = Callable[[str], Path]
CODES = {"comment", "html", "link-form", "markdown", "note-missing", "note-uncalled", "table-rule"}
CODES |= {"table-cells", "fake-list", "link-place", "link-words", "link-address", "briefing-empty"}

FAULTS = {
    "link with a space": ("[x plan] (https://a.example/b)", "link-form", ["] (", "]("]),
    "link never closed": ("[x plan](https://a.example/b : so", "link-form", [" : so", ") so"]),
    "link turned round": (
        "(x plan)[https://a.example]",
        "link-form",
        ["(x plan)[https://a.example]", "[x plan](https://a.example)"],
    ),
    "link without brackets": ("[x plan]www.a.example", "link-form", ["www.a.example", "(tel:1)"]),
    "link that refers": ("[x plan][the plan]", "link-form", ["[the plan]", "(tel:1)"]),
    "link to nothing": ("[](https://a.example)", "link-words", ["[]", "[plan of x]"]),
    "link to no part": ("See [x](#nowhere).", "link-place", ["nowhere", "words"]),
    "comment": ("a <!-- b", "comment", ["b", "b -->"]),
    "note not there": ("a[^1]", "note-missing", ["a[^1]", "a[^1]\n\n[^1]: b"]),
    "note not called": ("a\n\n[^1]: b", "note-uncalled", ["a", "a[^1]"]),
    "table": ("| a | b |\n| 1 | 2 |", "table-rule", [" |\n", " |\n|---|---|\n"]),
    "table without sides": ("a | b\n1 | 2", "table-rule", ["b\n", "b\n|---|---|\n"]),
    "table of a wrong rule": ("| a | b |\n|---|\n| 1 | 2 |", "table-rule", ["|---|", "|---|---|"]),
    "wide row": ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", "table-cells", [" | 3", " \\| 3"]),
    "bold not closed": ("We are **open", "markdown", ["open", "open**"]),
    "struck not closed": ("We are ~~shut open", "markdown", ["shut", "shut~~"]),
    "html": ("<div>a</div>", "html", ["<div>a</div>", "a"]),
    "html that is left out": ("<font size=2>a</font>", "html", ["<font size=2>a</font>", "a"]),
    "list in a line": ("We want: • a • b", "fake-list", ["We want: • a •", "We want:\n- a\n-"]),
}


def codes(text: dict[str, object], write: Write) -> set[str]:
    event = {"title": "A day", "sections": [{"type": "prose", "title": "Words", **text}]}
    folder = write(yaml.safe_dump(event, allow_unicode=True))
    return {p.code for p in check_content(load(folder))} & CODES


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_until_it_is_mended(name: str, event: Write) -> None:
    text, code, (old, new) = FAULTS[name]
    assert codes({"body": text}, event) == {code}
    assert codes({"body": text.replace(old, new, 1)}, event) == set()


@pytest.mark.parametrize(
    "words",
    [
        *(
            "[sic] (as they said)",
            "p<0.05** and **p<0.01",
            "a | b or c",
            "x[1] and y[2]",
            "~50 of 60",
        ),
        *("[Draft] (2024)", "f**k it", "5 < 6 > 4", "R&D <2040>", "Luton • Bedford • Dunstable"),
        *(
            "It was -5 - 3.",
            "Ann – as she said – came: so",
            "2*3*4",
            "`<b>` and `[x] (https://a.b)`",
        ),
        *("See #parks.", "a_b_c and __", "<ann@a.example>", "Yes -- no <- back", "x^2 [^ y]"),
    ],
)
def test_ordinary_words_are_not_named(words: str, event: Write) -> None:
    assert codes({"body": words}, event) == set()


@pytest.mark.parametrize(
    "field",
    [
        {"people": {"a": {"name": "**Ann**"}}},
        {"people": {"a": {"name": "Ann", "role": "[chair](https://a.example)"}}},
        {"venue": {"name": "`Hall`"}},
        {"organiser": "~~The~~ council"},
        {"banner": {"file": "event.yaml", "alt": "The *hall*"}},
        {"contacts": [{"name": "__Ann__"}]},
    ],
)
def test_markdown_in_what_is_a_name_is_named_at_its_line(
    field: dict[str, object], event: Write
) -> None:
    folder = event(yaml.safe_dump({"title": "**A** day", **field}, sort_keys=False))
    found = [p for p in check_content(load(folder)) if p.code == "markdown"]
    assert [(p.severity, p.position.line > 1) for p in found] == [(Severity.WARNING, True)]
