"""Phrases are merged, left out and proposed as people say, and what was done can be seen."""

from __future__ import annotations

import pytest

from report_builder.content.mentions import mentions, stop_words
from report_builder.content.phrases import Merging, Phrase, count_phrases, without
from report_builder.content.responses import Response
from report_builder.content.suggestions import Likeness, grouped, suggest
from report_builder.problems import Position


def answers(*texts: str) -> list[Response]:
    return [Response(text, 1, Position("answers.csv", row)) for row, text in enumerate(texts, 2)]


def test_a_merge_is_counted_and_logged_with_who_approved_it() -> None:
    found = count_phrases(
        answers("SafeHomes", "Safe homes", "safe homes", "Work"),
        [Merging("Safe homes", ("SAFEHOMES",), "Ada")],
    )
    assert found == (Phrase("Safe homes", 3), Phrase("Work", 1))
    assert [(s.text, s.count, s.rows, s.approved_by) for s in found[0].spellings] == [
        ("SafeHomes", 1, (2,), "Ada"),
        ("Safe homes", 1, (3,), ""),
        ("safe homes", 1, (4,), ""),
    ]


def test_a_blocked_word_takes_out_the_phrases_that_hold_it_and_no_others() -> None:
    phrases = count_phrases(answers("A rude word", "Rudeness", "RUDE", "Work"))
    kept, refused = without(phrases, ["rude"])
    assert [phrase.text for phrase in kept] == ["Rudeness", "Work"]
    assert [phrase.text for phrase in refused["rude"]] == ["A rude word", "RUDE"]


SUGGESTED = [
    (Likeness.JOINED, ("SafeHomes", "Safe homes")),
    (Likeness.JOINED, ("Joined-up work", "Joined up work")),
    (Likeness.PLURAL, ("Partnership", "Partnerships")),
    (Likeness.PLURAL, ("Bus policies", "Bus policy")),
    (Likeness.SLIP, ("Communication", "Comunication")),
]


@pytest.mark.parametrize(("likeness", "texts"), SUGGESTED)
def test_what_may_be_one_is_proposed(likeness: Likeness, texts: tuple[str, ...]) -> None:
    phrases = count_phrases(answers(*texts, "Something else entirely"))
    (suggestion,) = suggest(phrases, "en-GB")
    assert suggestion.likeness is likeness
    assert {phrase.text for phrase in suggestion.phrases} == set(texts)


@pytest.mark.parametrize(
    "texts", [("Careers", "Carers"), ("Bus", "Business"), ("Police", "Policy")]
)
def test_what_is_not_one_is_not_proposed(texts: tuple[str, ...]) -> None:
    assert suggest(count_phrases(answers(*texts)), "en-GB") == []


def test_plurals_are_proposed_in_english_alone() -> None:
    assert suggest(count_phrases(answers("Haus", "Hau")), "de") == []


def test_what_suggestions_connect_is_one_group() -> None:
    phrases = count_phrases(
        answers("SafeHomes", "Safe homes", "Safe homes", "Safe home", "Park", "Parks", "Work")
    )
    groups = [[p.text for p in group] for group in grouped(suggest(phrases, "en"))]
    assert groups == [["Safe homes", "Safe home", "SafeHomes"], ["Park", "Parks"]]


def test_nothing_is_merged_by_a_proposal() -> None:
    phrases = count_phrases(answers("New", "News", "Good", "Goods", "Work", "Works"))
    assert len(phrases) == 6
    assert {s.likeness for s in suggest(phrases, "en")} == {Likeness.PLURAL}


def test_words_of_sentences_are_counted_by_the_people_who_say_them() -> None:
    said = mentions(
        answers("The bus is late, the bus is full, the bus!", "A bus to the hospital"), "en-GB"
    )
    counted = {phrase.text.casefold(): phrase.count for phrase in count_phrases(said)}
    assert counted == {"bus": 2, "late": 1, "full": 1, "hospital": 1}


def test_words_that_belong_together_stay_together() -> None:
    texts = [f"place{n} green space street{n}" for n in range(40)]
    counted = {p.text: p.count for p in count_phrases(mentions(answers(*texts), "en"))}
    assert counted["green space"] == 40
    assert "green" not in counted


def test_no_pair_of_words_reaches_over_two_answers() -> None:
    texts = ["quiet parks", "cheap buses"] * 40
    found = {p.text for p in count_phrases(mentions(answers(*texts), "en"))}
    assert found == {"quiet parks", "cheap buses"}


def test_plurals_and_names_of_sentences_are_left_as_they_are() -> None:
    found = {p.text for p in count_phrases(mentions(answers("New news works", "Work"), "en"))}
    assert {"New", "news", "works", "Work"} == found


def test_an_event_s_own_language_and_words_say_nothing_by_themselves() -> None:
    assert "oraz" in stop_words("pl")
    assert "mae" in stop_words("cy")
    assert stop_words("gd") == frozenset()
    found = {p.text for p in count_phrases(mentions(answers("oraz domy w Luton"), "pl", ["Luton"]))}
    assert found == {"domy"}
