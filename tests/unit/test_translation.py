"""A translator is asked for words and for nothing else, and what is translated is all there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

import pytest
from tests.conftest import ROOT

from report_builder.content.fields import Line, Model, Name, OneOrMore, Text
from report_builder.content.loader import load, parse_file
from report_builder.content.model import Event
from report_builder.content.shape import Shape
from report_builder.content.source import parse
from report_builder.content.translation import outline, words
from report_builder.problems import Problem, stops
from report_builder.settings.tree import Node

GOLDEN = ROOT / "tests/golden/translation"
CONTENT = ROOT / "tests/integration/content"


@pytest.mark.parametrize("name", ["every", "languages"])
def test_a_translator_is_asked_for_words_and_not_for_names_codes_files_or_answers(
    name: str, expect: Callable[[str, Path], None]
) -> None:
    tree = parse_file(CONTENT / name / "event.yaml", [])
    assert tree
    expect(outline(tree, "pl"), GOLDEN / f"{name}.yaml")


class Leg(Model):
    by: Name
    how: Line


class Walk(Model):
    way: Text | None = None
    guide: Name | None = None
    stops: OneOrMore[Line] = ()
    guides: OneOrMore[Name] = ()
    legs: tuple[Leg, ...] = ()
    pairs: tuple[tuple[Name, Line], ...] = ()
    signs: Mapping[str, Line] = {}
    rest: Line | Leg | None = None
    mood: Literal["calm", "busy"] = "calm"
    miles: float = 0
    plain: str = ""
    after: Later | None = None


class Later(Model):
    way: Line


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("way: By bus", ["way"]),
        ("way: {file: way.md}", ["way"]),
        ("way: '12'", []),
        ("guide: Ana", []),
        ("stops: The mill", ["stops"]),
        ("stops: [The mill, '7', The inn]", ["stops 1", "stops 3"]),
        ("guides: [Ana]", []),
        ("legs: [{by: Ana, how: On foot}]", ["legs 1 how"]),
        ("pairs: [[Ana, On foot]]", ["pairs 1 2"]),
        ("signs: {by: To the mill}", ["signs by"]),
        ("rest: At noon", ["rest"]),
        ("rest: {by: Ana, how: On foot}", ["rest how"]),
        ("mood: busy", []),
        ("miles: three", []),
        ("plain: Words", ["plain"]),
        ("after: {way: Home}", ["after way"]),
        ("unheard: Of", []),
        ("stops: {way: Wrong}", []),
    ],
)
def test_the_type_of_a_field_says_whether_it_is_translated(text: str, asked: list[str]) -> None:
    tree = parse(text, "event.yaml", [])
    assert tree
    ways = [way for way, _ in words(tree, Shape.of(Walk))]
    assert [" ".join(str(int(s) + 1) if s.isdigit() else s for s in way) for way in ways] == asked


@pytest.fixture
def translated(event: Callable[[str], Path]) -> Callable[[str, str], tuple[Any, list[Problem]]]:
    def read(text: str, polish: str) -> tuple[Event | None, list[Problem]]:
        folder = event(text)
        (folder / "event.pl.yaml").write_text(polish, "utf-8")
        loaded = load(folder, "pl")
        return loaded.event, list(loaded.problems)

    return read


def codes(problems: list[Problem]) -> set[str]:
    return {problem.code for problem in problems} - {"translation-old"}


def test_a_short_form_on_either_side_loses_nothing(
    translated: Callable[..., tuple[Any, list[Problem]]],
) -> None:
    read, problems = translated(
        "title: T\n"
        "venue: Town Hall\n"
        "attendance: {text: 84 people, groups: [{text: Residents, count: 61}]}\n"
        "sections: [{type: actions, items: [{text: Plant a tree, owner: Ana}, Rest]}]\n",
        "title: Tytuł\n"
        "venue: {online: Na żywo}\n"
        "attendance: 84 osoby\n"
        "sections: [{items: [Posadzić drzewo, {text: Odpocząć}]}]\n",
    )
    assert not stops(problems)
    assert (read.venue.name, read.venue.online) == ("Town Hall", "Na żywo")
    assert read.attendance.text == "84 osoby"
    assert read.attendance.groups[0].count == 61
    first, second = read.sections[0].items
    assert (first.text.plain, first.owner) == ("Posadzić drzewo", "Ana")
    assert second.text.plain == "Odpocząć"
    left = [p.message for p in problems if p.code == "not-translated"]
    assert left == ["Not yet translated into “pl”: attendance groups 1 text."]


@pytest.mark.parametrize("kept", ["{}", "", "  # Words to translate"])
def test_an_item_left_empty_is_printed_as_the_event_says_it(
    kept: str, translated: Callable[..., tuple[Any, list[Problem]]]
) -> None:
    read, problems = translated(
        "title: T\nsections:\n  - {type: key-messages, items: [One, Two]}\n",
        f"title: Tytuł\nsections:\n  - items:\n      - {kept}\n      - Dwa\n",
    )
    assert [item.plain for item in read.sections[0].items] == ["One", "Dwa"]
    assert codes(problems) == {"not-translated"}


def test_an_item_that_is_empty_on_both_sides_is_a_fault(
    translated: Callable[..., tuple[Any, list[Problem]]],
) -> None:
    text = "title: T\nsections:\n  - {type: feedback, question: Q, responses: a.csv}\n"
    polish = "title: Tytuł\nsections:\n  - question: P\n    responses:\n      - Tak\n      -\n"
    assert "empty-item" in codes(translated(text, polish)[1])


def test_a_list_of_another_length_is_told_and_the_rest_stays_translated(
    translated: Callable[..., tuple[Any, list[Problem]]],
) -> None:
    _, problems = translated(
        "title: T\nsections: [{type: key-messages, items: [One, Two]}]\n",
        "title: Tytuł\nsections: [{items: [Jeden]}]\n",
    )
    assert codes(problems) == {"translation-list", "not-translated"}
    (left,) = (p.message for p in problems if p.code == "not-translated")
    assert left.endswith("sections 1 items 2.")


def test_someone_whose_short_name_is_a_fields_name_has_their_role_translated() -> None:
    tree: Node | None = parse("people: {owner: {name: Ana, role: Chair}}", "event.yaml", [])
    assert tree
    assert [way for way, _ in words(tree)] == [("people", "owner", "role")]
