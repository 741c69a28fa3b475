"""A translation is begun, checked as it is, filled in, and checked again: no step is in the way."""

from __future__ import annotations

import itertools
import json
import re
import shutil
from pathlib import Path

import pytest
from tests.conftest import ROOT, Run

from report_builder.checks.content import check_content
from report_builder.cli.new import KINDS
from report_builder.content.languages import translation_file
from report_builder.content.loader import load
from report_builder.content.translation import outline, words
from report_builder.problems import Severity, stops

WORDS = {"pl": "Słowa po polsku", "ur": "اردو کے الفاظ", "cy": "Geiriau Cymraeg"}


def fill_in(translation: Path, said: str) -> None:
    """Write the same words after each colon and dash that a translator finds words beside."""
    text = translation.read_text("utf-8")
    translation.write_text(re.sub(r"  # .*$", f" {said}", text, flags=re.MULTILINE), "utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "language"), tuple(zip(KINDS, itertools.cycle(WORDS))))
def test_every_beginning_can_be_translated(
    kind: str, language: str, tmp_path: Path, run: Run
) -> None:
    run("new", "an-event", "--kind", kind, cwd=tmp_path)
    run("translate", "an-event", language, cwd=tmp_path)
    folder = tmp_path / "content/an-event"
    begun = check_content(load(folder, language))
    assert {p.code for p in begun if p.severity is not Severity.ADVICE} == set()
    assert "not-translated" in {p.code for p in begun}
    fill_in(translation_file(folder, language), WORDS[language])
    filled = json.loads(run("check", "--format", "json", cwd=tmp_path).stdout)
    told = {p["code"] for p in filled}
    lacking = {"language-labels"} if language == "cy" else set()
    assert told == {"briefing-incomplete", "empty-field"} | lacking


@pytest.mark.parametrize("language", WORDS)
def test_every_word_of_every_kind_of_section_can_be_translated(
    language: str, tmp_path: Path
) -> None:
    folder = tmp_path / "every"
    shutil.copytree(ROOT / "tests/integration/content/every", folder)
    event = load(folder)
    assert event.tree
    path = translation_file(folder, language)
    path.write_text(outline(event.tree, language), "utf-8")
    assert not stops(load(folder, language).problems)
    fill_in(path, WORDS[language])
    loaded = load(folder, language)
    assert loaded.tree
    assert {p.code for p in loaded.problems if p.severity is not Severity.ADVICE} == set()
    said = list(words(loaded.tree))
    assert len(said) == len(list(words(event.tree)))
    assert {str(node.text) for _, node in said} == {WORDS[language]}  # type: ignore[attr-defined]  # each is a leaf
