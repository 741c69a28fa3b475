"""What words are set in, what phrases run against their text, and what is an emoji."""

from __future__ import annotations

import pytest
from lxml.html import HtmlElement, document_fromstring, tostring
from tests.conftest import ROOT

from report_builder.choices import find_theme
from report_builder.drawings.glyphs import set_line
from report_builder.html.directions import phrases_in, set_apart
from report_builder.html.emoji import emoji_in, name_of
from report_builder.templating.faces import families_for, has, stretches
from report_builder.writers.pdf.roles import is_block
from report_builder.writers.pdf.said import shares

TEXT, LATIN, EMOJI = "Atkinson Hyperlegible", "Noto Sans", "Noto Emoji"  # the first has few letters
FAMILIES = (TEXT, *find_theme("default", ROOT).font_families[1:])


@pytest.mark.parametrize(
    ("text", "set_whole"),
    [
        ("Hello Siobhán", []),
        ("Hello Ngọc, “Thị”!", ["Ngọc", "Thị"]),
        ("Ẹ̀kọ́ al-Ṭabarī", ["Ẹ̀kọ́", "al-Ṭabarī"]),
        ("हिन्दी 王小明", []),  # all letters come from one family by themselves
        ("Ngọc/王小明", ["Ngọc"]),  # no family has both
        ("(Ngo\u0323c)", ["Ngo\u0323c"]),
        ("— …", []),
    ],
)
def test_a_word_that_would_be_torn_is_set_whole(text: str, set_whole: list[str]) -> None:
    parts = list(stretches(text, FAMILIES))
    assert "".join(part.text for part in parts) == text
    assert [part.text for part in parts if part.family] == set_whole
    assert all(has(part.family, part.text) for part in parts if part.family)


def test_ordinary_texts_load_no_further_font() -> None:
    assert families_for(["Homes & health: “£5”, naïve café…"], FAMILIES) == [TEXT]
    assert families_for(["Ngọc"], FAMILIES) == [TEXT, LATIN]
    assert families_for(["❤️"], FAMILIES) == [TEXT, EMOJI]


@pytest.mark.parametrize(
    "text", ["❤️", "1️⃣", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "👨‍👩‍👧‍👦", "👩🏿‍💻", "🧑🏻‍🤝‍🧑🏿", "🇬🇧", "👍🏽", "🐦‍🔥"]
)
def test_an_emoji_is_drawn_as_one_picture(text: str) -> None:
    line = set_line(f"We {text} it", FAMILIES, 700)
    assert [run.family for run in line] == [TEXT, EMOJI, TEXT]
    (one,) = set_line("👍", FAMILIES, 700)
    assert line[1].width == one.width


def test_letters_are_no_emoji_unless_they_say_so() -> None:
    assert [found.characters for found in emoji_in("✔ ❤ ☎︎ © ©️ ™ 1 # ❤️ ☎️ 🏖 🏖︎")] == [
        "❤️",
        "☎️",
        "🏖",
    ]


@pytest.mark.parametrize(
    ("language", "name", "of_name"),
    [
        ("en-GB", "flag: Wales", "en-GB"),
        ("fr", "drapeau pays de galles", "fr"),
        ("cy", "flag: Wales", "en"),
        ("ur", "flag: Wales", "en"),
    ],
)
def test_a_name_is_in_the_language_or_in_english(language: str, name: str, of_name: str) -> None:
    assert name_of("🏴󠁧󠁢󠁷󠁬󠁳󠁿", language) == (name, of_name)


def test_what_is_joined_anew_is_called_by_its_parts() -> None:
    assert name_of("👨🏽‍👩🏽‍👧🏽", "en")[0].startswith("man medium skin tone, woman")


@pytest.mark.parametrize(
    ("text", "direction", "phrases"),
    [
        ("Say سلام عليكم, all", "ltr", ["سلام عليكم"]),
        ("In 2026 (مركز الشباب 360) it", "ltr", ["مركز الشباب 360"]),
        ("No letters but Latin", "ltr", []),
        ("یہ Luton Council کی", "rtl", ["Luton Council"]),
        ("مرکز (Venue 360) میں 80 لوگ", "rtl", ["Venue 360"]),
        ("یہ Luton (NHS) کی", "rtl", ["Luton (NHS)"]),
        ("یہ \u2066161 Dunstable Road\u2069 ہے", "rtl", ["\u2066161 Dunstable Road\u2069"]),
    ],
)
def test_a_phrase_that_runs_against_its_text_is_one(
    text: str, direction: str, phrases: list[str]
) -> None:
    assert [text[start:end] for start, end in phrases_in(text, direction)] == phrases


@pytest.mark.parametrize(
    ("html", "becomes"),
    [
        (
            "<p>Say سلام عليكم now</p>",
            '<p>Say <bdi dir="rtl" class="arabic">سلام عليكم</bdi> now</p>',
        ),
        # A phrase over several elements stays with the text engine.
        ("<p><b>שלום</b> עולם</p>", "<p><b>שלום</b> עולם</p>"),
        # What has a direction of its own is a text of its own.
        (
            '<p>A <i dir="rtl">سلام Luton</i></p>',
            '<i dir="rtl">سلام <bdi dir="ltr" class="latin">Luton</bdi></i></p>',
        ),
    ],
)
def test_phrases_are_set_apart_as_a_whole(html: str, becomes: str) -> None:
    root: HtmlElement = document_fromstring(f"<html><body>{html}</body></html>")
    set_apart(root, is_block)
    assert becomes in tostring(root, encoding="unicode")


@pytest.mark.parametrize(
    ("glyphs", "text", "said"),
    [
        ([2, 3], "ọ", ["o", "\u0323"]),
        ([4, 5, 6], "ำ้", ["\u0e4d", "้", "า"]),
        ([9, 1], "خ", ["خ", "\u200b"]),  # a form and its stroke, to which no letter leads
    ],
)
def test_each_glyph_says_its_own_letter(glyphs: list[int], text: str, said: list[str]) -> None:
    letters = {2: "o", 3: "\u0323", 4: "\u0e4d", 5: "้", 6: "า"}
    assert shares(glyphs, text, letters) == said
