"""What word clouds usually get wrong, ours do not: each test is a known fault of others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree
from PIL import Image
from tests.unit.test_layout import lay, many

from report_builder.content.loader import load
from report_builder.content.phrases import Phrase, count_phrases
from report_builder.content.responses import Response
from report_builder.drawings.cloud.overlaps import overlapping
from report_builder.problems import Position


def counted(*texts: str) -> tuple[Phrase, ...]:
    return count_phrases(Response(text, 1, Position("answers.csv", 2)) for text in texts)


def test_no_phrase_is_dropped_after_the_two_hundredth() -> None:
    assert len(lay(many(250), 420, 420).placed) == 250


def test_a_phrase_that_hardly_fits_does_not_stop_those_after_it() -> None:
    pairs = (("An answer so wide that it takes the whole of the sheet from edge to edge", 9),
             *((f"Short {n}", 1) for n in range(40)))  # fmt: skip
    assert len(lay(pairs, 120, 60).placed) == 41


def test_phrases_given_equally_often_have_one_size() -> None:
    sizes = {placed.size for placed in lay(tuple((f"Phrase {n}", 1) for n in range(60))).placed}
    assert len(sizes) == 1


@pytest.mark.parametrize("scale", [0.5, 1, 4])
def test_phrases_stay_apart_on_paper_of_any_size(scale: float) -> None:
    cloud = lay(many(60), 160 * scale, 200 * scale)
    assert overlapping([(p.shape, p.size, p.x, p.y) for p in cloud.placed]) == []


def test_a_phrase_that_fits_in_one_way_alone_is_placed() -> None:
    """Others try a phrase upright and then never again level, or say that a last place is none."""
    (placed,) = lay((("Homes for everyone who needs one", 1),), 200, 9).placed
    assert len(placed.shape.lines) == 1
    left, top, right, bottom = (edge * placed.size for edge in placed.shape.box)
    assert max((right - left) / 200, (bottom - top) / 9) > 0.97


def test_a1_is_a1_to_the_pixel_and_says_its_resolution(  # type: ignore[no-untyped-def]
    event, tmp_path, run, monkeypatch
) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", None)  # a poster is no bomb
    event("title: T\nsections:\n  - {type: feedback, question: Q?, responses: [Homes, Work]}\n")
    run("wordcloud", "--paper", "A1", cwd=tmp_path)
    with Image.open(tmp_path / "output/an-event/poster.png") as image:
        assert image.size == (7016, 9933)
        assert image.info["dpi"] == (pytest.approx(300, abs=0.1), pytest.approx(300, abs=0.1))


def test_a_second_run_and_another_order_of_equals_change_nothing() -> None:
    pairs = tuple((f"Phrase {n}", 2) for n in range(12))
    first = {p.phrase.text: (p.x, p.y, p.size) for p in lay(pairs).placed}
    assert {p.phrase.text: (p.x, p.y, p.size) for p in lay(pairs[::-1]).placed} == first


def test_line_ends_and_nothing_at_all_in_answers_do_no_harm(
    event: Callable[[str], Path],
) -> None:
    folder = event("title: T\nsections:\n  - {type: feedback, question: Q?, responses: a.csv}\n")
    (folder / "a.csv").write_text('response\n"Homes\nfor all"\n\n""\n"  "\nWork\n', "utf-8")
    loaded = load(folder)
    assert loaded.event is not None
    phrases = loaded.event.sections[0].phrases  # type: ignore[attr-defined]
    assert [" ".join(phrase.text.split()) for phrase in phrases] == ["Homes for all", "Work"]
    cloud = lay(tuple((phrase.text, 1) for phrase in phrases))
    assert len(cloud.placed) == 2


def test_a_sign_that_no_font_has_is_named_before_anything_is_drawn(event, tmp_path, run) -> None:  # type: ignore[no-untyped-def]
    event("title: T\nsections:\n  - {type: feedback, question: Q?, responses: [A, B 𓂀]}\n")
    done = run("wordcloud", cwd=tmp_path, code=1)
    assert "content/an-event/event.yaml:3:51: error: No font of the theme has “𓂀”" in done.stderr
    assert not (tmp_path / "output").exists()


def test_phrases_stay_whole_and_news_is_not_new() -> None:
    phrases = counted("Good quality homes", "New", "News", "Work", "Works", "work")
    assert [(p.text, p.count) for p in phrases] == [
        ("Work", 2), ("Good quality homes", 1), ("New", 1), ("News", 1), ("Works", 1),
    ]  # fmt: skip


def test_the_drawing_scales_and_says_in_words_what_it_shows(built: Path) -> None:
    svg = etree.parse(built / "wordcloud.svg").getroot()
    named = {element.get("id") for element in svg if element.get("id")}
    assert svg.get("viewBox")
    assert svg.get("role") == "img"
    assert set(str(svg.get("aria-labelledby")).split()) <= named


def test_the_poster_holds_text_and_no_picture_of_it(built: Path) -> None:
    with pikepdf.open(built / "poster.pdf") as pdf:
        resources: Any = pdf.pages[0].obj.Resources
        assert "/Font" in resources
        assert not pdf.pages[0].get_images()
