"""Titles break where a reader pauses, and say the same words in the same order all the same."""

from __future__ import annotations

import re

import pytest
from markupsafe import escape
from tests.conftest import ROOT

from report_builder.choices import find_theme
from report_builder.content.fields import Marked
from report_builder.templating.speech import Speech

LINES = re.compile(r'<span class="line">((?:<span class="together">.*?</span>|.)*?)</span>')
TITLES = {
    "Health equity town event: one year on": ["Health equity town event:", "one year on"],
    "Health equity – what now: a year on": ["Health equity – what now:", "a year on"],
    "Parks – what we heard": ["Parks –", "what we heard"],
    "Parks — what we heard": ["Parks —", "what we heard"],
    "Parks - what we heard": ["Parks -", "what we heard"],
    "What next? Homes in 2040": ["What next?", "Homes in 2040"],
    "Homes: now: then": ["Homes:", "now: then"],
    "A & B: C < D": ["A &amp; B:", "C &lt; D"],
    "**Homes** for all: our `plan`": ["<strong>Homes</strong> for all:", "our <code>plan</code>"],
    "健康公平：一年之後": ["健康公平：", "一年之後"],
    "صحت سب کے لیے: ایک سال بعد": ["صحت سب کے لیے:", "ایک سال بعد"],
    "آگے کیا؟ ہمارا منصوبہ": ["آگے کیا؟", "ہمارا منصوبہ"],
    # No pause is meant here.
    **{
        title: [str(escape(title))]
        for title in (
            *("Doors open at 10:30", "2019 – 2024 in numbers", "Years 2019 – 2024", "What next?"),
            *("A well-known town", "See https://town.example", "Re:", "- and more", "One"),
            *("Where you live – for yourself – what matters",),
        )
    },
    "**Homes: for all**": ["<strong>Homes: for all</strong>"],
}


def in_lines(title: str, language: str = "en-GB") -> str:
    speech = Speech(find_theme("default", ROOT / "templates"), language, is_html=True)
    return str(speech.lines(Marked.read(title)))


def without(html: str) -> str:
    return re.sub(r"</?span[^>]*>|[\u2066\u2069]", "", html)


@pytest.mark.parametrize(("title", "lines"), TITLES.items())
def test_a_title_breaks_where_a_reader_pauses(title: str, lines: list[str]) -> None:
    html = in_lines(title)
    assert [without(line) for line in LINES.findall(html)] == lines
    assert without(html) == str(Marked.read(title).inline)


def test_a_last_word_has_the_word_before_it_in_its_line() -> None:
    assert 'the <span class="together">Wellbeing Board</span>' in in_lines(
        "Minutes of the Wellbeing Board"
    )
    long = "The Gesundheitsamtskonferenzverwaltung Zusammenarbeitsvereinbarung"
    assert "together" not in in_lines(long)
    assert "together" not in in_lines("Two words")
    assert "together" not in in_lines("A day of **many words**")


def test_a_latin_part_keeps_its_order_among_words_from_right_to_left() -> None:
    assert in_lines("Luton: a town (2040)", "ur").count("\u2066") == 2


def test_plain_text_has_no_lines() -> None:
    speech = Speech(find_theme("default", ROOT / "templates"), "en-GB", is_html=False)
    assert speech.lines("Homes: for all") == "Homes: for all"
