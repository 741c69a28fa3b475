"""Pictures in rows keep their order and their shapes, and the rows are as wide as they may be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from report_builder.choices import find_theme
from report_builder.drawings.pictures import fit_for_print, ratio_of
from report_builder.drawings.rows import Row, Rows, Shape, picture_ratio, picture_rows
from report_builder.templating.functions import TemplateFault
from report_builder.templating.resources import Resources

STANDARD, LARGE = Rows(170), Rows(170, target=70, letter=3.2, most=3)
LANDSCAPE, PORTRAIT, PANORAMA = Shape(1.5), Shape(2 / 3), Shape(3)
SHAPES = st.builds(Shape, st.floats(1 / 3, 4), st.sampled_from((0, 0, 60, 150, 2000)))


def numbers(rows: list[Row]) -> list[int]:
    return [len(row.widths) for row in rows]


@settings(deadline=None, max_examples=60)
@given(st.lists(SHAPES, max_size=24), st.sampled_from((STANDARD, LARGE)))
def test_rows_hold_all_pictures_in_order_and_fill_the_width(shapes: list[Shape], how: Rows) -> None:
    rows = how.best(shapes)
    placed = [(row.height, wide) for row in rows for wide in row.widths]
    assert len(placed) == len(shapes)
    for (height, wide), shape in zip(placed, shapes, strict=True):
        assert wide / height == pytest.approx(shape.ratio)
    for row in rows:
        whole = sum(row.columns) + how.gap * (len(row.columns) - 1)
        assert 1 <= len(row.widths) <= how.most
        assert 0 < row.height <= how.highest
        assert whole <= how.width + 0.001
        assert whole == pytest.approx(how.width, abs=0.001) or row.height == how.highest
        assert all(c >= w - 1e-9 for c, w in zip(row.columns, row.widths, strict=True))


@settings(deadline=None, max_examples=40)
@given(st.lists(SHAPES, max_size=7))
def test_no_other_partition_costs_less(shapes: list[Shape]) -> None:
    """All partitions are tried, as the search does not."""
    found = STANDARD.best(shapes)

    def cost(sizes: list[int]) -> float:
        begin, whole = 0, 0.0
        for size in sizes:
            parted = begin and max(s.ratio for s in shapes[begin - 1 : begin + 1]) < 1
            whole += STANDARD._row(shapes[begin : begin + size]).cost + (0.2 if parted else 0)
            begin += size
        return whole

    def ways(left: int) -> list[list[int]]:
        if not left:
            return [[]]
        return [[n, *way] for n in range(1, min(left, 4) + 1) for way in ways(left - n)]

    assert cost(numbers(found)) == pytest.approx(min(map(cost, ways(len(shapes)))), abs=1e-5)


@pytest.mark.parametrize(
    ("shapes", "how", "rows"),
    [
        ([LANDSCAPE] * 2, STANDARD, [2]),
        ([LANDSCAPE] * 3, STANDARD, [3]),
        ([LANDSCAPE] * 5, STANDARD, [3, 2]),
        ([LANDSCAPE] * 8, STANDARD, [2, 2, 2, 2]),
        ([PORTRAIT] * 2, STANDARD, [2]),
        ([PORTRAIT] * 7, STANDARD, [4, 3]),
        ([PORTRAIT, PORTRAIT, LANDSCAPE, LANDSCAPE, LANDSCAPE], STANDARD, [3, 2]),
        ([LANDSCAPE, LANDSCAPE, PANORAMA, LANDSCAPE, LANDSCAPE], STANDARD, [2, 1, 2]),
        ([LANDSCAPE] * 4, LARGE, [2, 2]),
        ([LANDSCAPE] * 3, LARGE, [2, 1]),
        ([PORTRAIT] * 3, LARGE, [3]),
        # A caption that would run down the page beside others has a row for itself.
        ([LANDSCAPE, Shape(1.5, 3000), LANDSCAPE, LANDSCAPE], STANDARD, [1, 1, 2]),
    ],
)
def test_rows_are_such_as_a_designer_would_choose(
    shapes: list[Shape], how: Rows, rows: list[int]
) -> None:
    assert numbers(how.best(shapes)) == rows


def test_a_picture_alone_is_as_wide_as_there_is_room() -> None:
    (row,) = Rows(20).best([Shape(1.5, 200)])
    assert (row.columns, row.height) == ((pytest.approx(20),), pytest.approx(20 / 1.5))


def test_a_narrow_picture_has_a_column_for_its_caption() -> None:
    (row,) = STANDARD.best([Shape(1 / 3, 200), LANDSCAPE, LANDSCAPE])
    assert row.widths[0] < 20
    assert row.columns[0] == pytest.approx(28.6)
    assert sum(row.columns) + 8 == pytest.approx(170)


Ask = Callable[..., object]


@pytest.fixture
def asked(tmp_path: Path) -> Mapping[str, Ask]:
    """Return the two functions as templates call them, in a folder with a few files."""
    for turn in (1, 6):
        exif = Image.Exif()
        exif[0x0112] = turn
        Image.new("RGB", (60, 40)).save(tmp_path / f"turned-{turn}.jpg", exif=exif)
    (tmp_path / "wide.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="50" height="10" viewBox="0 0 5 1"/>'
    )
    (tmp_path / "broken.jpg").write_bytes(b"words")
    how = {"resources": Resources(tmp_path, find_theme("default", tmp_path)), "language": "en-GB"}
    return {
        "ratio": partial(picture_ratio, **how),  # type: ignore[arg-type]
        "rows": partial(picture_rows, **how),  # type: ignore[arg-type]
    }


@pytest.mark.parametrize(
    ("file", "ratio"),
    [("turned-1.jpg", 1.5), ("turned-6.jpg", 2 / 3), ("wide.svg", 5), ("broken.jpg", 1.5)],
)
def test_a_ratio_is_that_of_the_picture_as_it_stands(
    asked: Mapping[str, Ask], file: str, ratio: float
) -> None:
    assert asked["ratio"](file) == pytest.approx(ratio)


@pytest.mark.parametrize(
    ("name", "arguments", "more"),
    [
        ("ratio", ("gone.jpg",), {}),
        ("ratio", ("../other.jpg",), {}),
        ("ratio", (3,), {}),
        ("rows", ("turned-1.jpg", 170), {}),
        ("rows", ([{"alt": "no file"}], 170), {}),
        ("rows", (["turned-1.jpg"], 170), {}),
        ("rows", ([], "wide"), {}),
        ("rows", ([], 0), {}),
        ("rows", ([], float("nan")), {}),
        ("rows", ([], 170), {"most": 0}),
        ("rows", ([], 170), {"target": -1}),
        ("rows", ([{"file": "turned-1.jpg"}] * 501, 170), {}),
    ],
)
def test_what_a_template_asks_wrongly_is_its_fault(
    asked: Mapping[str, Ask], name: str, arguments: tuple[object, ...], more: Mapping[str, object]
) -> None:
    with pytest.raises(TemplateFault):
        asked[name](*arguments, **more)


@pytest.mark.parametrize("turn", range(10))
def test_a_ratio_is_that_of_what_is_printed(tmp_path: Path, turn: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    Image.new("RGB", (90, 30)).save(tmp_path / "a.jpg", exif=exif)
    content, _ = fit_for_print((tmp_path / "a.jpg").read_bytes())
    (tmp_path / "printed.jpg").write_bytes(content)
    with Image.open(tmp_path / "printed.jpg") as printed:
        assert ratio_of(tmp_path / "a.jpg") == printed.width / printed.height
