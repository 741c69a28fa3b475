"""What is pasted becomes what it looks like, and words that only begin like an item stay words."""

from __future__ import annotations

import re

import pytest

from report_builder.content.text import Text
from report_builder.settings.scalar import Scalar


def html(markdown: str) -> str:
    """Return a text's HTML on one line."""
    return re.sub(r"\s*\n\s*", "", Text(Scalar(markdown)).under(2))


@pytest.mark.parametrize(
    "sign",
    [
        *("• ", "·\u00a0", "‣\t", "▪ ", "● ", "○ ", "⁃ ", "•", "\uf0b7\t", "\uf0a7 "),
        *("- ", "* ", "+ ", "-\u00a0", "§\t", "Ø\t", "ü  ", "o\t", "– ", "— ", "-", "‐ "),
    ],
)
def test_pasted_bullets_are_a_list(sign: str) -> None:
    found = html(f"We agreed:\n{sign}more parks\n{sign}safer streets\n\nAfter.")
    assert found == (
        "<p>We agreed:</p><ul><li>more parks</li><li>safer streets</li></ul><p>After.</p>"
    )


@pytest.mark.parametrize(
    ("first", "second", "attributes"),
    [
        *[("1. ", "2. ", ""), ("1) ", "2) ", ""), ("(1) ", "(2) ", ""), ("① ", "②", "")],
        *[("1.", "2.", ""), ("1.\u00a0", "2.\u00a0", ""), ("1)\t", "2)\t", "")],
        *[("a) ", "b) ", ' type="a"'), ("(a) ", "(b) ", ' type="a"'), ("a. ", "b. ", ' type="a"')],
        *[("i) ", "ii) ", ' type="i"'), ("(i)\t", "(ii)\t", ' type="i"')],
        *[("I. ", "II. ", ' type="I"'), ("A) ", "B) ", ' type="A"')],
        *[("3) ", "4) ", ' start="3"'), ("h) ", "i) ", ' start="8" type="a"')],
    ],
)
def test_pasted_numbers_are_a_list(first: str, second: str, attributes: str) -> None:
    found = html(f"We agreed:\n{first}more parks\n{second}safer and cleaner streets")
    items = "<li>more parks</li><li>safer and cleaner streets</li>"
    assert found == f"<p>We agreed:</p><ol{attributes}>{items}</ol>"


def test_lists_within_pasted_lists_keep_their_levels() -> None:
    bullets = html("•\tone\no\tsub one\no\tsub two\n§\tdeep\n•\ttwo\nwhich goes on\n\n• three")
    assert bullets == (
        "<ul><li>one<ul><li>sub one</li><li>sub two<ul><li>deep</li></ul></li></ul></li>"
        "<li>twowhich goes on</li><li>three</li></ul>"
    )
    numbers = html("1. Buses\na) more\nb) earlier\n   i) on Sundays\n   ii) at night\n2. Trams")
    assert numbers == (
        '<ol><li>Buses<ol type="a"><li>more</li><li>earlier<ol type="i"><li>on Sundays</li>'
        "<li>at night</li></ol></li></ol></li><li>Trams</li></ol>"
    )
    assert html("1. Welcome\n\n   • one\n   • two\n\n2. Close").count("<ul>") == 1
    assert html("- a\n- b\n\n1. x\n2. y").count("</ul><ol>") == 1


@pytest.mark.parametrize(
    "words",
    [
        *["1. Welcome", "7. What next?", "2023. Then we moved on.", "-5 degrees"],
        *["– We were never asked.", "a. m. is before noon", "(1) alone", "① alone", "i. e. this"],
        *["Luton • Bedford", "o mieście", "> 80% agreed", ">5 came", "#together", "2*3*4 = 24"],
        *["e.g. parks", "§ 5 of the Act", "1.5 million", "£5. That is all.", "+44 1582 000000"],
    ],
)
def test_a_sign_that_means_something_stays(words: str) -> None:
    expected = words.replace(">", "&gt;")
    assert html(words) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    "lines",
    [
        ("– Are you well?", "– Yes, thank you."),
        ("— I came.", "— I stayed."),
        ("2023. We met.", "2024. We acted."),
        ("A. Ahmed", "B. Brown"),
        ("1.1 Aims", "1.2 Scope"),
        ("✓ parks", "✗ roads"),
        ("👉 one", "👉 two"),
    ],
)
def test_lines_that_are_no_items_stay_lines(lines: tuple[str, str]) -> None:
    assert (
        html("They said:\n" + "\n".join(lines)) == f"<p>They said:<br />{'<br />'.join(lines)}</p>"
    )


def test_lines_that_a_wrapped_sentence_begins_by_chance_stay_in_it() -> None:
    for words in ("See paragraph\n(2) and\n(3) of it.", "Luton • Bedford\n• Dunstable"):
        assert html(words) == f"<p>{words.replace(chr(10), '')}</p>"


def test_quoted_mail_is_a_quotation_that_ends_where_its_signs_do() -> None:
    found = html("Ann wrote:\n> We want\n> • parks\n> > older\n> newer\nMine.")
    assert found == (
        "<p>Ann wrote:</p><blockquote><p>We want</p><ul><li>parks</li></ul>"
        "<blockquote><p>older</p></blockquote><p>newer</p></blockquote><p>Mine.</p>"
    )


def test_numbers_are_those_that_were_written() -> None:
    assert html("1. a\n2. b\n5. c\n6. d").count('<li value="5">c</li><li>d</li>') == 1
    assert "value" not in html("1. a\n1. b\n1. c")
    assert html("1. Welcome\n\nThe chair spoke.\n\n2. Apologies\n\nNone.") == (
        "<p>1. Welcome</p><p>The chair spoke.</p><p>2. Apologies</p><p>None.</p>"
    )


def test_a_list_of_one_within_a_list_is_one() -> None:
    assert html("- a\n  1. deeper\n- b").count("<ol><li>deeper</li></ol>") == 1


def test_code_is_left_as_it_is() -> None:
    code = "```\n• one\n• two\na) x\nb) y\n<!-- kept -->\n```"
    assert html(f"- item\n\n  {code.replace(chr(10), chr(10) + '  ')}").count("• one") == 1
    assert "&lt;!-- kept --&gt;" in html(code)
    assert html("`<!-- kept -->` <!-- not -->") == "<p><code>&lt;!-- kept --&gt;</code></p>"


def test_cells_and_notes_keep_what_begins_like_an_item() -> None:
    table = html("What | Votes\n---|---\na) Bus | – 3\nb) Tram | – 2")
    assert table.count("<td>") == 4
    assert "<td>a) Bus</td>" in table
    note = html("A[^1]\n\n[^1]: Note:\n    • one\n    • two\n\nAfter.")
    assert ">Note: one two</span></p><p>After.</p>" in note
    assert html("- item\n\n  2023. Then.\n\n  2024. Now.").count("<p>2024. Now.</p></li>") == 1


def test_prose_that_is_indented_is_no_code() -> None:
    assert html("One.\n\n    The chair opened the meeting at ten.").endswith("at ten.</p>")
    assert "<pre>" in html("One.\n\n    command --flag")


def test_what_word_hides_in_its_words_is_gone() -> None:
    pasted = "so\u00adft\ufeff <!--[if gte mso 9]><xml>x</xml><![endif]-->a<o:p></o:p> <![if x]>b"
    assert html(pasted) == "<p>soft a b</p>"


@pytest.mark.parametrize(
    "comment", ["<!-- secret -->", "<!-- secret\n\n- secret\n-->", "<!--secret--><!-- secret -->"]
)
def test_comments_are_never_printed(comment: str) -> None:
    found = Text(
        Scalar(f"Before {comment} after.\n\n{comment}\n\n- {comment} x\n\n| {'a'} |\n|---|")
    )
    for said in (found.under(2), found.inline, found.line, found.plain, str(found.told())):
        assert "secret" not in said
        assert "--" not in said


def test_a_line_of_signs_below_a_line_is_a_heading_only_where_it_can_be_meant_so() -> None:
    assert html("Best wishes\n--\nAnn") == "<p>Best wishes--Ann</p>"
    assert html("Notes\n=====\n\nx").startswith("<h3>Notes</h3>")
