"""Markdown knows its line, and says in short what it says at length."""

from __future__ import annotations

import pytest

from report_builder.content.source import parse
from report_builder.content.text import Text
from report_builder.settings.tree import Fields, Leaf


def text(markdown: str) -> Text:
    """Return a text as it is read from line 2 of a file."""
    block = "".join(f"  {line}\n" if line else "\n" for line in markdown.split("\n"))
    tree = parse(f"body: |\n{block}", "event.yaml", [])
    assert isinstance(tree, Fields)
    (leaf,) = tree.nodes.values()
    assert isinstance(leaf, Leaf)
    assert leaf.text is not None
    return Text(leaf.text)


def test_every_block_carries_its_line() -> None:
    html = text("First.\n\n- one\n- two\n\n## Head").under(2)
    assert '<p data-source="event.yaml:2:3">First.</p>' in html
    assert '<li data-source="event.yaml:4:3">one</li>' in html
    assert '<li data-source="event.yaml:5:3">two</li>' in html
    assert '<h3 data-source="event.yaml:7:3">Head</h3>' in html


def test_headings_begin_below_the_one_above_them() -> None:
    html = text("# A\n\n## B").under(3)
    assert "<h4" in html
    assert "<h5" in html


def test_items_of_a_loose_list_are_set_as_close_as_those_of_a_tight_one() -> None:
    html = text("- one\n\n- two\n\n  second paragraph").under(2)
    assert ">one</li>" in html
    assert html.count("<p") == 2


def test_code_and_lists_in_a_short_text_do_not_vanish() -> None:
    for markdown in ("```\ncode here\n```", "    code here", "one\n\n- code here"):
        found = text(markdown)
        assert "code here" in found.inline
        assert "code here" in found.plain
    assert text("one *word*").inline == "one <em>word</em>"


def test_html_in_a_text_is_printed_not_obeyed() -> None:
    html = text("R&D <2040> <script>alert(1)</script>").under(2)
    assert "R&amp;D &lt;2040&gt; &lt;script&gt;" in html


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "not an address", "//x.example"])
def test_a_link_that_leads_nowhere_is_printed_as_its_words(address: str) -> None:
    html = text(f"See [the page](<{address}>).").under(2)
    assert "<a" not in html
    assert "See the page." in html


def test_links_know_their_column() -> None:
    (first, second) = text("See [one](https://one.example) and\nalso [two]().").links
    assert (first.target, first.position.line, first.position.column) == (
        "https://one.example",
        2,
        7,
    )
    assert (second.target, second.position.line, second.position.column) == ("", 3, 8)


def test_a_footnote_stands_where_it_is_called() -> None:
    html = text("One[^a] and two.^[Three *more*.]\n\n[^a]: The\n    note.").under(2)
    assert 'One<span class="note" role="doc-footnote">The note.</span> and' in html
    assert '<span class="note" role="doc-footnote">Three <em>more</em>.</span>' in html
    assert "[^a]" not in html


def test_words_in_another_language_say_which() -> None:
    html = text("We say [dzień *dobry*]{lang=pl}. A {brace} stays.").under(2)
    assert '<span lang="pl">dzień <em>dobry</em></span>' in html
    assert "A {brace}" in html
