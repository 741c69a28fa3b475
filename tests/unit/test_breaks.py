"""Long words are given places to break, and never another letter."""

from __future__ import annotations

import pytest
from lxml import html as lxml_html

from report_builder.writers.pdf.breaks import soften

WORD = "Donaudampfschifffahrtselektrizitätenwerk"


def softened(html: str, *, every: bool = False) -> str:
    """Return a piece of HTML with “|” where a word may break, and [] around what may not."""
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    said = root.text_content()
    soften(root, every=every)
    assert root.text_content() == said
    text = lxml_html.tostring(root, encoding="unicode").replace("</wbr>", "")
    for old, new in {"<wbr>": "|", "<nobr>": "[", "</nobr>": "]"}.items():
        text = text.replace(old, new)
    return text.removeprefix("<div>").removesuffix("</div>")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("https://www.council.example/one/two.pdf", "https://|www|.council|.example/|one/|two|.pdf"),
        ("https://a.example/x?one=1&amp;two=2", "https://|a|.example/|x?|one=|1&amp;|two=|2"),
        ("public.health-team@council.example", "public|.health|[-team]|@council|.example"),
        ("a-b@c-d.example", "a|[-b]|@c|[-d]|.example"),
        ("a_very_long_name_of_a_file", "a|_very|_long|_name|_of|_a|_file"),
        (r"\\server\one\two\three\four", r"\\|server\|one\|two\|three\|four"),
        ("parents/carers/guardians", "parents/|carers/|guardians"),
        ("Articles\u00a0four\u00a0and\u00a0five", "Articles\u00a0|four\u00a0|and\u00a0|five"),
        ("https://a.example/" + 30 * "x", f"https://|a|.example/|{15 * 'x'}|{15 * 'x'}"),
        # What is no address is left alone, but for one that no line could hold.
        ("well-being", "well-being"),
        ("Featherstonehaugh-Cholmondeley", "Featherstonehaugh-Cholmondeley"),
        ("-".join(["seventeen"] * 5), "seventeen" + "|[-seventeen]" * 4),
        ("10.30-12.30", "10.30-12.30"),
        ("and/or", "and/or"),
        (WORD, WORD),
        ("健康平等城镇运动在社区会议上收集了居民的意见",) * 2,
        ("ประเทศไทยมีการจัดงานเพื่อสุขภาพ",) * 2,
    ],
)  # fmt: skip
def test_where_a_word_may_break(word: str, expected: str) -> None:
    assert softened(f"<p>{word}</p>") == f"<p>{expected}</p>"


def test_a_word_in_several_elements_breaks_within_each() -> None:
    """WeasyPrint lets one overflow its line that does not begin it, as after a bracket."""
    assert softened(f"<p>See (<b>{WORD}</b>).</p>") == (
        "<p>See (<b>Donaudampfschi|fffahrtselektr|izitätenwerk</b>).</p>"
    )
    assert softened(f"<p><b>See</b> {WORD}</p>") == f"<p><b>See</b> {WORD}</p>"


def test_a_note_that_begins_with_a_long_word_keeps_its_number() -> None:
    note = f'<span role="doc-footnote">{WORD}</span>'
    assert "|" in softened(f"<p>One{note}, two</p>")
    assert "|" not in softened(f"<p>One{note.replace(WORD, f'See {WORD}')}, two</p>")


def test_in_a_table_every_long_word_may_break() -> None:
    cell = softened(f"<table><tr><td>{WORD}</td></tr></table>", every=True)
    assert "<td>Donaudampfschifffahr|tselektrizitätenwerk</td>" in cell


def test_an_option_in_code_is_never_divided_after_its_hyphens() -> None:
    assert softened("<pre>run --flag-one</pre>") == "<pre>run [--flag]|[-one]</pre>"


def test_an_address_among_words_from_the_right_keeps_its_own_order() -> None:
    arabic = "\u0633\u0644\u0627\u0645"
    address = "https://www.council.example/one"
    assert '<span dir="ltr">https://|www' in softened(f'<p dir="rtl">{arabic} {address}</p>')
    assert "dir=" not in softened(f"<p>{arabic} {address}</p>")


def test_letters_that_join_are_never_parted() -> None:
    word = "\u0642\u0633\u0637\u0646" * 12
    assert softened(f"<p>({word})</p>") == f"<p>({word})</p>"
    assert softened(f"<p>(<b>{word}</b>)</p>") == f"<p>(<b>|{word}</b>|)</p>"
