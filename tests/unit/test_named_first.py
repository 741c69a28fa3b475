"""Who said something is never lost, and is not said twice where the text begins with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_builder.content.named_first import begins_with_names


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Councillor Jo Dean", "Councillors must visit the estates."),
        ("Councillor Jo Dean", "Jo asked for visits."),
        ("Jo Dean", "Jo Deane asked for visits."),
        ("Jo Dean", "Jo Dean-Holt asked for visits."),
        ("Jo Dean", "Jo Dean's plan will not work."),
        ("Jo Dean", "The plan of Jo Dean will not work."),
        ("Will", "Will the council mend the road?"),
        ("May", "May we have a bus?"),
        ("Residents", "Residents must pay more."),
        ("A social worker", "At night nobody answers."),
        ("王小明", "王小明说大家同意。"),
        ("Merron", "Merrons are a kind of bird."),
    ],
)
def test_words_that_are_like_a_name_are_not_taken_for_it(name: str, text: str) -> None:
    assert not begins_with_names([name], text)


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (["Jo Dean"], "Jo Dean asked for visits."),
        (["Jo Dean"], "Jo Dean, portfolio holder, asked for visits."),
        (["Merron"], "Merron spoke about relationships."),
        (["Harriet", "Fiona"], "Harriet and Fiona spoke about the report."),
        (["Fiona", "Harriet"], "Harriet and Fiona spoke about the report."),
        (["Ann Bee", "Sam Roy", "Jo Dean"], "Ann Bee, Sam Roy & Jo Dean agree."),
        (["Ann Bee", "Rhys Lee"], "Ann Bee a Rhys Lee: cytunwyd."),
        (["A social worker"], "A social worker said that nobody answers."),
        (["محمد علی"], "محمد علی نے کہا"),
    ],
)
def test_whole_names_at_the_beginning_are_seen(names: list[str], text: str) -> None:
    assert begins_with_names(names, text)


def test_one_of_two_names_is_not_enough() -> None:
    assert not begins_with_names(["Harriet", "Fiona"], "Harriet spoke about the report.")
    assert not begins_with_names(["Ann Bee", "Ann Bee Low"], "Ann Bee Low spoke.")
    assert not begins_with_names([], "Nobody spoke.")


@given(st.lists(st.text(min_size=1, max_size=9), min_size=1, max_size=3), st.text(max_size=40))
def test_what_is_seen_stands_there(names: list[str], text: str) -> None:
    if begins_with_names(names, text):
        assert all(name in text for name in names)
