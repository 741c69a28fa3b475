"""Answers become phrases; nothing is merged that a person has not said is the same."""

from __future__ import annotations

from report_builder.content.phrases import Phrase, count_phrases
from report_builder.content.responses import Response
from report_builder.problems import Position


def answers(*texts: str) -> list[Response]:
    return [Response(text, 1, Position("responses.csv")) for text in texts]


def test_case_space_unicode_form_and_edge_punctuation_do_not_tell_answers_apart() -> None:
    found = count_phrases(answers("Good homes", "good homes", "Good homes!", "“Good homes”"))
    assert found == (Phrase("Good homes", 4),)
    assert count_phrases(answers("Cafe\u0301", "Café")) == (Phrase("Café", 2),)


def test_other_wordings_stay_apart() -> None:
    found = count_phrases(answers("Partnership", "Partnerships", "New", "News", "SafeHomes"))
    assert [phrase.count for phrase in found] == [1] * 5


def test_the_commonest_spelling_is_shown() -> None:
    assert count_phrases(answers("NHS", "nhs", "nhs"))[0].text == "nhs"


def test_what_people_wrote_is_shown_as_they_wrote_it() -> None:
    written = ["Homes (affordable)", "(NHS) care", "CO₂", "½ price buses", "Who cares?"]
    assert [phrase.text for phrase in count_phrases(answers(*written))] == written


def test_phrases_come_by_count_then_in_the_order_given() -> None:
    found = count_phrases(answers("b", "a", "c", "c"))
    assert [phrase.text for phrase in found] == ["c", "b", "a"]


def test_answers_without_a_word_are_left_out() -> None:
    assert count_phrases(answers("...", "–", " ")) == ()
