"""Titles, cells and captions may be marked; where plain words are wanted they are their words."""

from __future__ import annotations

import pytest

from report_builder.content.fields import Line, Marked
from report_builder.content.markdown import marks_in
from report_builder.content.text import Text
from report_builder.settings.scalar import Scalar


@pytest.mark.parametrize(
    ("written", "plain", "html"),
    [
        ("The **big** day", "The big day", "The <strong>big</strong> day"),
        ("~~2023~~ 2024", "2024", "<s>2023</s> 2024"),
        ("[plan](https://a.example)", "plan", '<a href="https://a.example">plan</a>'),
        ("[plan](./plan.md)", "plan", "plan"),
        ("`data` & <b>more</b>", "data & more", "<code>data</code> &amp; <strong>more</strong>"),
        ("H<sub>2</sub>O<br>x", "H2O x", "H<sub>2</sub>O<br />\nx"),
        ("<font color=red>Note</font>", "Note", "Note"),
        ("**a <b>b** c</b>", "a <b>b c</b>", "<strong>a &lt;b&gt;b</strong> c&lt;/b&gt;"),
        ("Tea&nbsp;&amp; cake <!-- no -->", "Tea & cake", "Tea\u00a0&amp; cake"),
        ("[dzień]{lang=pl}", "dzień", '<span lang="pl">dzień</span>'),
        ("![hall](hall.png)", "hall", "hall"),
        *[
            (words, words, words)
            for words in (
                *("1. Welcome", "- y", "– 3", "2*3*4", "[Draft] Title", "snake_case_name"),
                *("p 0.05**", "Attended* by many (*online)", "C* algebra", "#1 of 3", "~50 people"),
            )
        ],
    ],
)
def test_a_line_is_its_words_and_its_html(written: str, plain: str, html: str) -> None:
    line = Marked.read(written)
    assert (str(line), str(line.inline)) == (plain, html)


def test_a_plain_line_stays_as_it_is_written_and_its_marks_are_found() -> None:
    for written in ("**Ann** Lee", "[Ann](https://a.example)", "~~Ann~~ Bea", "`Ann`"):
        assert str(Line.read(written)) == written
        assert marks_in(Line.read(written))
    for written in ("Ann (she/her)", "Ann*", "Ann_Lee", "- Ann", "1. Org", "Ann <ann@a.example>"):
        assert not marks_in(Line.read(written))
    assert str(Line.read("R&amp;D <!-- no -->")) == "R&D"


def text(markdown: str) -> Text:
    return Text(Scalar(markdown))


def test_a_note_that_a_note_calls_stands_in_it() -> None:
    html = text("Text[^a].\n\n[^a]: Note calls[^b] another.\n[^b]: The second[^a] note.").under(2)
    assert ">Note calls (The second note.) another.</span>" in html


def test_a_note_in_a_link_follows_it() -> None:
    html = text("See [the plan[^1] of **all**](https://a.example).\n\n[^1]: Draft.").under(2)
    assert '<a href="https://a.example">the plan of <strong>all</strong></a><span' in html
    assert ">Draft.</span>." in html


def test_a_note_keeps_its_code_and_its_lists() -> None:
    html = text("A[^1]\n\n[^1]: One\n\n    - two\n\n    ```\n    three\n    ```").under(2)
    assert ">One two <code>three</code></span>" in html


def test_a_note_that_nothing_calls_is_known() -> None:
    ((name, _),) = text("A\n\n[^x]: Lost.").uncalled_notes
    assert name == "x"
    assert not list(text("A[^x]\n\n[^x]: B").uncalled_notes)


def test_struck_words_are_no_part_of_plain_ones() -> None:
    found = text("Two items were ~~rejected~~ deferred.")
    assert "<s>rejected</s>" in found.under(2)
    assert found.plain == str(found.told()) == "Two items were deferred."


def test_a_question_is_one_line_and_keeps_its_number() -> None:
    assert text("1. What **next**?").line == "1. What <strong>next</strong>?"
    assert text("One.\n\nTwo.").line == "One. Two."


def test_rows_with_more_cells_than_heads_are_known() -> None:
    assert [cells for cells, _, _ in text("| a | b |\n|---|---|\n| 1 | 2 | 3 |").wide_rows] == [3]
    assert not list(text("| a | b |\n|---|---|\n| 1 \\| 2 | 3 |").wide_rows)


def test_headings_have_names_to_lead_to() -> None:
    assert list(text("# Some *head*\n\n## Żółw ~~no~~").anchors) == ["some-head", "zolw"]
