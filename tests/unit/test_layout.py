"""The cloud places every phrase at exactly its size, apart from all others, the same every time."""

from __future__ import annotations

import math
import random
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from tests.tools.ink import ink_of

from report_builder.content.phrases import Phrase
from report_builder.drawings.cloud.layout import ENGINES, EXACT, Cloud, lay_out
from report_builder.drawings.cloud.mask import Mask
from report_builder.drawings.cloud.overlaps import overlapping
from report_builder.problems import Position, ReportBuilderError

FAMILIES = ["Atkinson Hyperlegible", "Noto Sans", "Kurinto Sans", "Kurinto Sans SC"]
COLOURS = ["#00505C", "#5E153D", "#8D5311", "#488159", "#06087F"]
SEVERAL = (("Good quality homes", 9), ("Work", 7), ("Jolly typography", 4), ("Green space", 4),
           ("Reaching the most vulnerable", 2), ("Funding", 1), ("A", 1))  # fmt: skip
LONG = "Homes that people with a disability can afford and reach by bus day and night all year long"
SETS = {
    "one": (("Homes", 3),),
    "one of 90 characters": ((LONG, 3),),
    "several": SEVERAL,
    "equal": tuple((f"Phrase number {n}", 1) for n in range(20)),
    "a giant": (("Homes", 400), *((f"Other {n}", 1) for n in range(12))),
    "cyrillic": (("Здоровье", 3), ("Work", 2), ("Жильё", 1)),
    "chinese and japanese": (("社区健康", 4), ("住房", 3), ("仕事", 2), ("Work 工作", 1)),
    "arabic": (("صحت کے لیے گھر", 4), ("تعلیم", 2), ("NHS صحت", 2), ("مکان 24", 1)),
    "marks and joiners": (("Cafe\u0301 a\u0308\u0304", 2), ("می\u200cخواهم", 2), ("हिन्दी में", 1)),
}  # fmt: skip


def lay(
    pairs: tuple[tuple[str, int], ...],
    width: float = 160,
    height: float = 100,
    engine: str = EXACT,
    mask: Mask | None = None,
) -> Cloud:
    phrases = [Phrase(text, count) for text, count in pairs]
    position = Position("event.yaml", 7, 3)
    return lay_out(phrases, width, height, FAMILIES, COLOURS, position, engine, mask)


def assert_sound(cloud: Cloud, pairs: tuple[tuple[str, int], ...]) -> None:
    """Hold a cloud to its promises, on its letters drawn anew."""
    assert [(p.phrase.text, p.phrase.count) for p in cloud.placed] == list(pairs)
    first = max(cloud.placed, key=lambda placed: placed.phrase.count)
    for placed in cloud.placed:
        share = math.sqrt(placed.phrase.count / first.phrase.count)
        assert placed.size == pytest.approx(first.size * share, rel=1e-12)
    assert overlapping([(p.shape, p.size, p.x, p.y) for p in cloud.placed]) == []
    smallest = min(placed.size for placed in cloud.placed)
    ink = ink_of(cloud, max(800 / max(cloud.width, cloud.height), min(24 / smallest, 40)))
    assert ink.overlaps == []
    assert ink.outside == []


@pytest.mark.parametrize("name", SETS)
def test_all_phrases_stand_on_the_sheet_at_their_size_and_apart(name: str) -> None:
    assert_sound(lay(SETS[name]), SETS[name])


_TEXTS = st.one_of(
    st.text(string.ascii_letters + " -'", min_size=1, max_size=90),
    st.text("صحتعلیم گھر", min_size=1, max_size=30),
    st.text("社区健康住房工作", min_size=1, max_size=12),
    st.text("éàüçńłŚŻ e\u0301a\u0308", min_size=1, max_size=20),
).filter(lambda text: text.strip(" -'\u0301\u0308") != "")


@settings(max_examples=40, deadline=None)
@given(
    pairs=st.dictionaries(_TEXTS, st.integers(1, 500), min_size=1, max_size=40),
    sheet=st.sampled_from([(160, 100), (60, 200), (297, 210)]),
)
def test_any_phrases_are_all_placed_or_named(
    pairs: dict[str, int], sheet: tuple[float, float]
) -> None:
    given_pairs = tuple(sorted(pairs.items(), key=lambda pair: -pair[1]))
    try:
        cloud = lay(given_pairs, *sheet)
    except ReportBuilderError as reason:
        (problem,) = reason.problems
        assert problem.code == "cloud-too-full"
        assert any(text in problem.message for text in pairs)
        return
    assert_sound(cloud, given_pairs)


def many(number: int) -> tuple[tuple[str, int], ...]:
    words = ("homes", "food", "work", "care", "trust", "walking", "funding", "data", "play",
             "buses", "advice", "air", "wages")  # fmt: skip
    texts = [f"{a} {b} {n}" for n in range(9) for a in words for b in words][:number]
    return tuple((text, max(1, round(48 / (n + 1)))) for n, text in enumerate(texts))


@pytest.mark.parametrize("number", [300, 1000])
def test_hundreds_of_phrases_are_all_placed(number: int) -> None:
    assert_sound(lay(many(number), 558, 671), many(number))


@pytest.mark.parametrize("name", ["several", "equal", "arabic"])
def test_the_order_in_which_phrases_are_given_makes_no_difference(name: str) -> None:
    pairs = list(SETS[name])
    first = {placed.phrase: placed for placed in lay(tuple(pairs)).placed}
    for seed in range(3):
        random.Random(seed).shuffle(pairs)  # noqa: S311  # no secret
        again = lay(tuple(pairs))
        assert [(p.phrase.text, p.phrase.count) for p in again.placed] == pairs
        assert {placed.phrase: placed for placed in again.placed} == first


def test_a_phrase_that_the_text_font_lacks_is_set_in_one_that_has_it() -> None:
    cyrillic, latin, _ = lay(SETS["cyrillic"]).placed
    (line,) = cyrillic.lines
    assert [run.family for run in line.runs] == ["Noto Sans"]
    (line,) = latin.lines
    assert [run.family for run in line.runs] == ["Atkinson Hyperlegible"]


def test_words_of_two_directions_stand_in_the_order_of_unicode() -> None:
    (mixed,) = lay((("صحت NHS", 1),), 400, 20).placed
    line = next(mixed.lines)
    assert [run.text for run in line.runs] == ["NHS", "صحت "]  # from left to right
    assert [run["text"] for run in line.as_printed()["runs"]] == ["صحت ", "NHS"]


def test_a_phrase_takes_two_lines_where_that_lets_all_be_larger() -> None:
    tall = lay((("Reaching the most vulnerable", 1),), 60, 60)
    assert len(list(tall.placed[0].lines)) == 2
    wide = lay((("Reaching the most vulnerable", 1),), 300, 20)
    assert len(list(wide.placed[0].lines)) == 1


def test_a_long_word_is_broken_at_its_hyphens_and_no_short_one_is() -> None:
    (broken,) = lay((("Neighbourhood-and-community-based", 1),), 60, 60).placed
    lines = ["".join(run.text for run in line.runs) for line in broken.lines]
    assert len(lines) > 1
    assert all(line.endswith("-") for line in lines[:-1])
    assert "".join(lines) == broken.phrase.text
    (whole,) = lay((("Joined-up work", 1),), 60, 60).placed
    assert ["".join(r.text for r in line.runs) for line in whole.lines] == ["Joined-up", "work"]


def test_the_cloud_fills_its_sheet() -> None:
    assert ink_of(lay(SETS["equal"])).share > 0.2
    assert ink_of(lay(many(300), 558, 671)).share > 0.24


def test_phrases_that_cannot_fit_are_named_with_what_would_help() -> None:
    with pytest.raises(ReportBuilderError) as caught:
        lay((("short", 2), ("word " * 400, 1)))
    (problem,) = caught.value.problems
    assert (problem.code, problem.position.line) == ("cloud-too-full", 7)
    assert "word word" in problem.message
    assert "larger paper" in problem.hint


def _blob(size: tuple[int, int]) -> Mask:
    image = Image.new("L", size)
    ImageDraw.Draw(image).ellipse((0, 0, size[0] - 1, size[1] - 1), fill=255)
    return Mask(image)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_cloud_keeps_to_its_mask(engine: str) -> None:
    mask = _blob((400, 400))
    cloud = lay(SEVERAL, 100, 100, engine, mask)
    for placed in cloud.placed:
        left, top, right, bottom = (edge * placed.size for edge in placed.shape.ink)
        for x in (placed.x + left, placed.x + right):
            for y in (placed.y + top, placed.y + bottom):
                assert math.hypot(x - 50, y - 50) < 50 + 0.02 * placed.size + 6
    covered = ink_of(cloud, 4)
    assert covered.overlaps == []


def test_no_letter_leaves_a_mask() -> None:
    cloud = lay(SEVERAL, 100, 100, EXACT, _blob((400, 400)))
    from tests.tools.ink import contours

    for placed in cloud.placed:
        for contour in contours(placed):
            assert all(math.hypot(x - 50, y - 50) <= 50.3 for x, y in contour)


def test_the_library_s_cloud_is_verified_and_made_exact() -> None:
    pairs = (*SEVERAL, ("Partnerships", 1))
    assert_sound(lay(pairs, engine="wordcloud"), pairs)
    with pytest.raises(ReportBuilderError) as caught:
        lay((("word " * 400, 1),), engine="wordcloud")
    assert "--engine exact" in caught.value.problems[0].hint
