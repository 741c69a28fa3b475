"""No words without their speaker: what is told in short stands with who said it, and their post."""

from __future__ import annotations

import re
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.tools.rendering import renderer_for

from report_builder.html.document import parse_html

PEOPLE = {
    "ann": {"name": "Ann Bee", "role": "director of housing", "organisation": "Northmoor Council"},
    "dean": {"name": "Councillor Jo Dean", "role": "chair"},
    "will": {"name": "Will"},
    "may": {"name": "May Lin", "organisation": "Food & Fun"},
    "obrien": {"name": "Ed O'Brien"},
    "low": {"name": "Dr. Sam Low, M.B.E.", "role": "GP"},
    "worker": {"name": "A social worker"},
    "wang": {"name": "王小明", "role": "社区工作者"},
    "aisha": {"name": "عائشہ خان", "role": "کارکن"},
}
ANN = "Ann Bee, director of housing, Northmoor Council"
WORDS = (
    *("Will", "May", "Ann", "Bee", "Councillors", "Jo", "Dean", "Ed", "Education", "Dr.", "Sam"),
    *("A", "social", "worker", "must", "ask", "for", "two", "buses.", "Good", "morning.", "But"),
    *("why?", "Lowland", "王小明", "O'Brien", "&", "the,", "and", "it", "9", "rose.", "عائشہ"),
)
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join)
ITEMS = st.lists(TEXTS, min_size=1, max_size=6).map(lambda items: "- " + "\n- ".join(items))
WHO = st.lists(st.sampled_from(sorted(PEOPLE)), min_size=1, max_size=3, unique=True)
BEGUN = st.tuples(st.sampled_from([person["name"] for person in PEOPLE.values()]), TEXTS)
BODIES = TEXTS | ITEMS | BEGUN.map(" ".join)
TALKS = st.fixed_dictionaries({"speakers": WHO, "body": BODIES}, optional={"summary": BODIES})


def lines_of(items: list[dict[str, Any]], workspace: Path) -> list[str]:
    """Return what councillors get of each talk."""
    folder = workspace / "content" / "event"
    folder.mkdir(parents=True, exist_ok=True)
    (workspace / "report-builder.toml").touch()
    event = {
        "title": "T",
        "people": PEOPLE,
        "sections": [{"type": "sessions", "items": items}],
    }
    (folder / "event.yaml").write_text(yaml.safe_dump(event, allow_unicode=True), "utf-8")
    html = renderer_for(workspace, folder).render("briefing.html.j2")
    found = parse_html(html).xpath("//ul/li[@data-source][not(ancestor::li)]")
    return [" ".join(item.text_content().split()) for item in found]


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(items=st.lists(TALKS, min_size=1, max_size=30))
def test_words_stand_with_the_full_names_of_who_said_them(
    items: list[dict[str, Any]], tmp_path: Path
) -> None:
    lines = lines_of(items, tmp_path)
    assert len(lines) == len(items)
    for item, line in zip(items, lines, strict=True):
        people = [PEOPLE[name] for name in item["speakers"]]
        with_posts = "; ".join(", ".join(person.values()) for person in people)
        assert line.startswith(f"{with_posts}: ") or begins_with(people, line)


def begins_with(people: list[dict[str, str]], line: str) -> bool:
    """Tell whether a line begins with all names; posts may be missing where the text has them."""
    orders = permutations(re.escape(person["name"]) for person in people)
    return any(re.match(rf"{'(?:, | and )'.join(names)}(?!\w)", line) for names in orders)


@pytest.mark.parametrize(
    ("speakers", "body", "line"),
    [
        (["dean"], "Councillors must visit the estates.",
         "Councillor Jo Dean, chair: Councillors must visit the estates."),
        (["will"], "Will the council mend the road?", "Will: Will the council mend the road?"),
        (["may"], "In May the centre closes for good.",
         "May Lin, Food & Fun: In May the centre closes for good."),
        (["ann"], "Ann Bee said that rents rose.", "Ann Bee said that rents rose."),
        (["ann", "dean"], "Ann Bee said that rents rose.",
         f"{ANN}; Councillor Jo Dean, chair: Ann Bee said that rents rose."),
        (["obrien", "worker"], "At night nobody answers.",
         "Ed O'Brien and A social worker: At night nobody answers."),
    ],
)  # fmt: skip
def test_words_that_are_like_a_name_do_not_stand_for_it(
    speakers: list[str], body: str, line: str, tmp_path: Path
) -> None:
    assert lines_of([{"speakers": speakers, "body": body}], tmp_path) == [line]


def test_a_summary_stands_in_place_of_a_text_and_with_its_speaker(tmp_path: Path) -> None:
    talk = {"speakers": ["ann"], "body": "We must build homes.", "summary": "Build **homes**."}
    assert lines_of([talk], tmp_path) == [f"{ANN}: Build homes."]
