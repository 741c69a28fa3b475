"""Neighbours in a cloud have different colours, and every colour is told apart by everyone."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest
from tests.unit.test_layout import COLOURS, SEVERAL, lay, many

from report_builder.checks.theme import check_theme
from report_builder.choices import find_theme
from report_builder.drawings.cloud.colours import colour, neighbours


@pytest.mark.parametrize("pairs", [SEVERAL, many(100)], ids=["several", "a hundred"])
def test_no_neighbours_share_a_colour(pairs: tuple[tuple[str, int], ...]) -> None:
    placed = lay(pairs, 300, 300).placed
    boxes = [
        (p.x + left * p.size, p.y + top * p.size, p.x + right * p.size, p.y + bottom * p.size)
        for p in placed
        for left, top, right, bottom in [p.shape.ink]
    ]
    near = neighbours(boxes, [p.size for p in placed])
    same = [
        (placed[a].phrase.text, placed[b].phrase.text)
        for a, b in itertools.combinations(range(len(placed)), 2)
        if near[a, b] and placed[a].colour == placed[b].colour
    ]
    assert same == []
    used = {p.colour for p in placed}
    assert used == set(COLOURS[: min(len(placed), len(COLOURS))])


def test_colours_are_used_about_as_often() -> None:
    placer = random.Random(3)  # noqa: S311  # no secret
    boxes = [
        (x, y, x + 5, y + 2)
        for x, y in ((placer.random() * 99, placer.random() * 99) for _ in range(100))
    ]
    chosen = colour(boxes, [2.0] * 100, COLOURS)
    assert all(15 <= chosen.count(name) <= 25 for name in COLOURS)


def test_one_colour_is_enough() -> None:
    assert colour([(0, 0, 1, 1), (1, 0, 2, 1)], [1, 1], ["#111111"]) == ["#111111"] * 2


def test_colours_that_look_the_same_to_some_are_named(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/theme.toml").write_text(
        '[colours]\naccent = "#6D1F5B"\n[cloud]\ncolours = ["brand", "accent"]\n'
    )
    (problem,) = check_theme(find_theme("mine", tmp_path))
    assert problem.code == "cloud-colours"
    assert "deuteranopia" in problem.message
