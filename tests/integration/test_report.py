"""The report says everything that was published, and everyone can read it."""

from __future__ import annotations

import re
from pathlib import Path

import page
import pikepdf
import pytest
from tests.tools.office import fonts_of, text_of
from tests.tools.verapdf import failed_rules

PUBLISHED = Path(__file__).parent / "published.txt"
FURNITURE = {"Skip to main content", "Open all"}
MESSAGES = "Main messages to take away from the event"
AFTER_MESSAGES = "What you told us"
LIST = "Words listed in the wordcloud image above"
AFTER_LIST = "Next steps following the conference"


def published() -> list[str]:
    """Return the published page's lines without its furniture, marks of lists and white space."""
    lines = []
    for line in PUBLISHED.read_text("utf-8").splitlines():
        words = " ".join(re.sub(r"^\s*(•|\d+\.)\s+", "", line).split())
        if words and words not in FURNITURE:
            lines.append(words)
    return lines


def test_every_published_sentence_is_in_the_report_in_order(built: Path) -> None:
    text = text_of(built / "report.pdf", heads=False)
    text = re.sub(r"(?<!\S)(\d\.|•) ", "", text)  # what marks items is painted last
    lines = published()
    answers = lines[lines.index(LIST) + 1 : lines.index(AFTER_LIST)]
    messages = lines[lines.index(MESSAGES) : lines.index(AFTER_MESSAGES)]
    sentences = [line for line in lines if line not in (*answers, *messages)]
    assert len(answers) == 25
    assert len(messages) == 5
    assert len(sentences) == 53
    organiser, title, *others = sentences
    here = 0
    for sentence in (organiser, title, *messages, *others):  # the messages stand at a glance
        found = text.find(sentence, here)
        assert found >= 0, f"“{sentence}” is not in the report, or not in its place"
        here = found + len(sentence)
    assert all(text.count(message) == 1 for message in messages)


def test_every_published_answer_is_listed_below_the_cloud_and_counted(built: Path) -> None:
    text = text_of(built / "report.pdf")
    below = text[text.index(LIST) : text.rindex(AFTER_LIST)]
    lines = published()
    answers = lines[lines.index(LIST) + 1 : lines.index(AFTER_LIST)]
    for answer in set(answers):
        said = re.findall(rf"(?<![\w/]){re.escape(answer)}(?: \((\d+) times\))?(?!\w)", below)
        counted = [int(count or 1) for count in said]
        # “Housing” is an answer of its own, and stands in no other.
        assert answers.count(answer) in counted, (
            f"“{answer}” is not listed as often as it was given"
        )


@pytest.mark.parametrize("name", ["report.pdf", "poster.pdf"])
def test_the_pdf_passes_both_validators(built: Path, name: str) -> None:
    pdf = built / name
    profile = page.ValidationProfile.PDF_UA_1
    assert page.validate_pdf(pdf, profile=profile).failures == []
    assert failed_rules(pdf) == {}


def test_the_validators_notice_a_file_that_is_not_accessible(built: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.pdf"
    with pikepdf.open(built / "report.pdf") as pdf:
        del pdf.Root["/Lang"]
        del pdf.Root["/StructTreeRoot"]
        pdf.save(spoilt)
    assert failed_rules(spoilt)
    assert page.validate_pdf(spoilt, profile=page.ValidationProfile.PDF_UA_1).failures


def test_the_report_says_what_it_is(built: Path) -> None:
    with pikepdf.open(built / "report.pdf") as pdf:
        assert pdf.Root.Lang == "en-GB"
        assert pdf.docinfo["/Title"] == "Health equity town event: one year on"
        assert pdf.docinfo["/Author"] == "Luton Borough Council"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.Outlines.First.Title == "Health equity town event: one year on"


def test_contents_give_the_pages_on_which_sections_begin(built: Path) -> None:
    pages = [
        " ".join(page.split()) for page in text_of(built / "report.pdf", pages=True).split("\f")
    ]
    contents = next(page for page in pages if "Contents" in page)
    titles = ("Speakers and topics", "Questions and answers panel", "What you told us")
    for title in titles:
        number = re.search(rf"{title} (\d+)", contents)
        assert number is not None, contents
        assert title in pages[int(number[1]) - 1]


def test_type_comes_from_the_fonts_of_the_theme_alone(built: Path) -> None:
    for name in ("report.pdf", "poster.pdf"):
        fonts = fonts_of(built / name)
        assert fonts
        assert all(font.startswith(("Source-Sans-3", "Noto-Sans")) for font in fonts)
