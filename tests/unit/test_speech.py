"""What the program says in a document, it says as the document's language writes it."""

from __future__ import annotations

import pytest
from tests.conftest import ROOT

from report_builder.choices import find_theme
from report_builder.templating.speech import Speech


@pytest.mark.parametrize(
    ("language", "said"),
    [("en-GB", "1,204 people answered."), ("pl", "Odpowiedziały 1\xa0204 osoby.")],
)
def test_numbers_in_sentences_have_the_language_s_marks(language: str, said: str) -> None:
    speech = Speech(find_theme("default", ROOT / "templates"), language, is_html=False)
    words = "%(num)s person answered.", "%(num)s people answered."
    assert speech.ngettext(*words, 1204) == said
