"""What is told of a text is whole, says what was said, and is what tells most."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_builder.content.text import Text
from report_builder.content.told import Told
from report_builder.settings.scalar import Scalar


def told(markdown: str, words: int = 40, language: str = "en") -> Told:
    return Text(Scalar(markdown)).told(words, language)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        # A whole short text stays as it is.
        ("Parks are shut at dusk.", "Parks are shut at dusk."),
        ("## A head\n\nMrs. Reed of Elm Ltd. spoke.", "Mrs. Reed of Elm Ltd. spoke."),
        ("She spoke over\nlines. Then left.", "She spoke over lines. Then left."),
        ("no stop", "no stop."),
        ("", ""),
        # What turns a sentence round stays with it.
        ("We agree. But it is too dear.", "We agree. But it is too dear."),
        ("All homes are warm, they say. That is not so.",
         "All homes are warm, they say. That is not so."),
        ("They say that nobody cares. I have come to every meeting.",
         "They say that nobody cares. I have come to every meeting."),
        # A question stays one, and an answer keeps its question.
        ("Should the pool close? Yes, in May.", "Should the pool close? Yes, in May."),
        ("Should the pool close?", "Should the pool close?"),
        # So does what counts or leads on.
        ("My message is simple. Listen first. Act second.",
         "My message is simple. Listen first. Act second."),
        ("She said:\n\n> Parks are shut.\n\nAll left.", "She said: Parks are shut. All left."),
        # Lists and tables.
        ("We want:\n\n- lights, and\n- a bus.", "We want: lights; a bus."),
        ("What do we want?\n\n- lights\n- a bus", "What do we want? Lights; a bus."),
        ("## What we do not want\n\n- a survey\n- a logo",
         "What we do not want: a survey; a logo."),
        ("**Homes**\n\n- small\n    - warm\n    - dry\n- large",
         "Homes: small (warm, dry); large."),
        ("We stop:\n\n1. at 6 p.m.\n2. at noon.", "We stop: at 6 p.m.; at noon."),
        ("| Ward | Homes |\n|-|-|\n| Elm | 2 |\n| Oak | 3 |", "Homes: Elm, 2; Oak, 3."),
        ("| Ward | Homes | Trees |\n|-|-|-|\n| Elm | 2 | 9 |\n| Oak | | 4 |",
         "Ward: Elm (Homes 2, Trees 9); Oak (Trees 4)."),
        ("Here are our homes.\n\n| Ward | Homes |\n|-|-|\n| Elm | 2 |",
         "Here are our homes: Elm, 2."),
    ],
)  # fmt: skip
def test_what_is_short_is_told_whole(text: str, short: str) -> None:
    found = told(text)
    assert str(found) == short
    assert not found.is_doubtful


def test_a_language_has_its_own_marks() -> None:
    assert str(told("我們開會", language="zh")) == "我們開會。"
    assert str(told("- بس\n- روشنی", language="ur-PK")) == "بس؛ روشنی۔"
    assert str(told("हम तैयार हैं", language="hi")) == "हम तैयार हैं।"


def test_greetings_and_scenes_are_passed_over() -> None:
    for before in (
        "Good morning everyone.",
        "Thank you for having me.",
        "Bore da bawb.",
        "السلام علیکم۔",
        "Dzień dobry państwu.",
        "Ann Bee showed a film about the park.",
        "Questions were taken at the end.",
    ):
        assert str(told(f"{before} We must plant 400 trees.")) == "We must plant 400 trees."


ITEMS = [f"item {number} of some words that say what it is" for number in range(9)]


def test_a_long_list_is_told_in_whole_items_and_says_how_many_more() -> None:
    found = told("We want:\n\n" + "\n".join(f"- {item}" for item in ITEMS))
    assert str(found) == f"We want: {'; '.join(ITEMS[:3])}; and 6 more."
    assert found.is_doubtful


LONG = "The lift in the old hall was mended twice by the firm from the next town"


@pytest.mark.parametrize(
    ("rest", "is_cut"),
    [
        (", and it has stood still since then" + " again" * 30, True),
        ("; it has stood still since then" + " again" * 30, True),
        (", and the firm will come but only for money" + " again" * 30, False),
        (" but it has stood still since then" + " again" * 30, False),
        (" except on the days on which it was wanted" + " again" * 30, False),
        (", and lamps, and stairs" + " again" * 30, False),
        (" (see the list, and the firm's letter" + " again" * 30 + ")", False),
    ],
)
def test_a_sentence_is_cut_between_clauses_alone(rest: str, is_cut: bool) -> None:
    found = told(f"{LONG}{rest}.")
    assert str(found) == (f"{LONG} …" if is_cut else f"{LONG}{rest}.")
    assert found.is_doubtful


def test_a_condition_and_a_question_are_never_cut() -> None:
    for text in (f"If {LONG}, and it stops{' again' * 30}.", f"{LONG}, and it stops{' so' * 30}?"):
        assert str(told(text)) == text


def test_fewer_words_tell_less() -> None:
    text = "Rents rose by 9 per cent. We must build homes. They cost less than hotels do."
    assert str(told(text)) == text
    assert str(told(text, 6)) == "We must build homes."


WORDS = (
    *("we", "must", "not", "but", "unless", "is", "it", "so", "and", "the", "bus", "7", "Dr."),
    *("stops?", "(because)", "“no”", "yes,", "they"),
)


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30), max_size=8))
def test_all_that_is_told_was_said_in_this_order(sentences: list[list[str]]) -> None:
    text = " ".join(" ".join(words).capitalize() + "." for words in sentences)
    short = str(told(text))
    assert re.sub(r" …$", "", short) in text
