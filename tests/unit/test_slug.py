"""Titles of any script become names that can be read, typed and told apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Run

from report_builder.content.loader import load_all
from report_builder.content.slug import slug
from report_builder.post.documents import LONGEST_NAME


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("What you told us", "what-you-told-us"),
        ("Główne wnioski: Łódź", "glowne-wnioski-lodz"),
        ("Großer Saal, Ærø", "grosser-saal-aero"),
        ("Здоровье", "zdorove"),
        ("健康公平", "jian-kang-gong-ping"),
        ("اہم پیغامات", "hm-pygmt"),
        ("مقررین نے کیا کہا", "mqrryn-ny-khy-khh"),
        ("❤️ …", ""),
    ],
)
def test_words_of_any_script_become_latin_letters(words: str, name: str) -> None:
    assert slug(words) == name


@given(st.text())
def test_names_of_files_are_short_and_plain(words: str) -> None:
    name = slug(words, LONGEST_NAME)
    assert len(name) <= 60
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", name)


def test_no_two_sections_share_an_anchor_in_any_language(event: Callable[[str], Path]) -> None:
    titles = ["Talks", "Talks", "Talks 2", "❤️", "Łódź", "Lodz"]
    polish = ["Rozmowy", "Rozmówy", "Rozmowy 2", "❤️", "健康", "健康"]
    folder = event(
        "title: T\nsections:\n" + "".join(f"  - {{type: prose, title: {t}}}\n" for t in titles)
    )
    (folder / "event.pl.yaml").write_text(
        "sections:\n" + "".join(f"  - title: {t}\n" for t in polish), "utf-8"
    )
    anchors = []
    for loaded in load_all(folder):
        assert loaded.event
        anchors.append([loaded.event.anchor(section) for section in loaded.event.sections])
    assert anchors == [
        ["talks", "talks-2", "talks-2-2", "prose", "lodz", "lodz-2"],
        ["rozmowy", "rozmowy-2", "rozmowy-2-2", "prose", "jian-kang", "jian-kang-2"],
    ]


def test_new_suggests_a_name_in_latin_letters(tmp_path: Path, run: Run) -> None:
    said = run("new", "Ciepły dom 2026", cwd=tmp_path, code=2).stderr
    assert "Did you mean “cieply-dom-2026”?" in said
    assert "Did you mean “my-event”?" in run("new", "…", cwd=tmp_path, code=2).stderr
