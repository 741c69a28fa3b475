"""An event can be made of plain Python values; what is wrong with them pydantic says."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from report_builder.content.model import Event, event_model
from report_builder.content.sections import kinds

DAY: dict[str, Any] = {
    "title": "A day",
    "date": dt.date(2024, 1, 2),
    "venue": "Town Hall",
    "people": {"merron": "Merron", "karen": {"name": "Karen Hibbert"}},
    "sections": [
        {"type": "sessions", "items": [{"speakers": "karen", "body": "Hello **all**."}]},
        {"type": "survey", "question": "How?", "base": 12, "answers": [{"text": "a", "count": 3}]},
        {
            "type": "feedback",
            "question": "What?",
            "responses": ["Homes", "Homes"],
            "language": "cy",
        },
        {
            "type": "table",
            "columns": ["a", "b"],
            "rows": [["x", 3], [None, 0], ["", "y"]],
            "row_heads": False,
        },
    ],
}


def test_an_event_is_made_of_plain_values() -> None:
    assert Event(title="A day").title == "A day"  # type: ignore[arg-type]  # a text will do
    event = Event.of(DAY)
    assert event.date is not None
    assert event.date.start == dt.date(2024, 1, 2)
    sessions, survey, feedback, table = event.sections
    assert sessions.items[0].body.__html__() == "<p>Hello <strong>all</strong>.</p>"
    assert event.named(sessions.items[0].speakers)[0].name == "Karen Hibbert"
    assert (survey.base, survey.answers[0].count) == (12, 3)
    assert feedback.phrases[0].count == 2
    cells = [[cell.text for cell in row] for row in table.rows]
    assert cells == [["x", "3"], [None, "0"], [None, "y"]]
    assert event_model()(**DAY) == event


@pytest.mark.parametrize(
    ("given", "places"),
    [
        ({"titel": "x"}, {("titel",)}),
        ({}, {("title",)}),
        ({"title": True}, {("title",)}),
        ({"title": ["x"]}, {("title",)}),
        ({"title": "", "sections": 3}, {("title",), ("sections",)}),
        ({1: 2, "title": "x"}, {("1",)}),
        ({"title": "x", "date": "never"}, {("date", "start")}),
        ({"title": "x", "sections": [{"type": "nothing"}]}, {("sections", 0)}),
        ({"title": "x", "banner": "no.jpg"}, {("banner", "file")}),
        (
            {"title": "x", "sections": [{"type": "prose", "bdy": "x"}]},
            {("sections", 0, "prose", "bdy")},
        ),
        (
            {"title": "x", "sections": [{"type": "sessions", "items": [{"speakers": "nobody"}]}]},
            {("sections", 0, "sessions", "items", 0, "speakers", 0)},
        ),
        (None, {()}),
        ("x", {()}),
    ],
)
def test_what_is_wrong_is_said_at_its_place(given: Any, places: set[tuple[Any, ...]]) -> None:
    with pytest.raises(ValidationError) as caught:
        event_model().model_validate(given)
    assert {fault["loc"] for fault in caught.value.errors()} == places


def test_a_section_alone_may_name_anybody() -> None:
    section = kinds()["sessions"].model_validate(
        {"type": "sessions", "items": [{"speakers": ["whoever"]}]}
    )
    assert section.model_dump()["items"][0]["speakers"] == ("whoever",)


NAMES = st.sampled_from([*event_model().model_fields, "type", "items", "text", "file", "name", "x"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.datetimes()
    | st.text(max_size=9) | st.sampled_from(["prose", "feedback", "table", "chart"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=9,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(NAMES, VALUES, max_size=5))
def test_any_values_are_an_event_or_a_validation_error(given: dict[str, Any]) -> None:
    try:
        event = event_model().model_validate(given)
    except ValidationError:
        return
    assert isinstance(event, Event)
