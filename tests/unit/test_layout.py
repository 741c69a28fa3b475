"""The cloud places every phrase at exactly its size, without overlap, the same every time."""

from __future__ import annotations

import itertools
import math

import pytest

from report_builder.content.responses import Phrase
from report_builder.problems import Position, ReportBuilderError
from report_builder.writers.poster.glyphs import bounds
from report_builder.writers.poster.layout import WEIGHT, Cloud, lay_out

FAMILY = "Atkinson Hyperlegible"
SEVERAL = (("Good quality homes", 9), ("Work", 7), ("Jolly typography", 4), ("Green space", 4),
           ("Reaching the most vulnerable", 2), ("Funding", 1), ("A", 1))  # fmt: skip
SETS = {
    "one": (("Homes", 3),),
    "several": SEVERAL,
    "equal": tuple((f"Phrase number {n}", 1) for n in range(20)),
    "a giant": (("Homes", 400), *((f"Other {n}", 1) for n in range(12))),
}


def lay(pairs: tuple[tuple[str, int], ...], width: float = 160, height: float = 100) -> Cloud:
    phrases = [Phrase(text, count) for text, count in pairs]
    return lay_out(phrases, width, height, FAMILY, ["#000", "#111"], Position("event.yaml", 7, 3))


def ink(cloud: Cloud) -> list[tuple[float, float, float, float]]:
    """Return each phrase's outline as left, top, right and bottom in millimetres."""
    boxes = []
    for placed in cloud.placed:
        left, bottom, right, top = (
            edge * placed.size for edge in bounds(placed.phrase.text, FAMILY, WEIGHT)
        )
        boxes.append((placed.x + left, placed.y - top, placed.x + right, placed.y - bottom))
    return boxes


@pytest.mark.parametrize("name", SETS)
def test_all_phrases_stand_on_the_sheet_at_their_size_and_apart(name: str) -> None:
    cloud = lay(SETS[name])
    assert [(p.phrase.text, p.phrase.count) for p in cloud.placed] == list(SETS[name])
    first = cloud.placed[0]
    for placed in cloud.placed:
        share = placed.phrase.count / first.phrase.count
        assert placed.size == pytest.approx(first.size * math.sqrt(share), rel=1e-9)
    boxes = ink(cloud)
    for left, top, right, bottom in boxes:
        assert left >= -0.5
        assert top >= -0.5
        assert right <= cloud.width + 0.5
        assert bottom <= cloud.height + 0.5
    for a, b in itertools.combinations(boxes, 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        assert apart or _rows_apart(a, b, first.size)


def _rows_apart(
    a: tuple[float, float, float, float], b: tuple[float, float, float, float], em: float
) -> bool:
    """Boxes may touch where one phrase's descender dips beside another's low letters."""
    return min(a[3], b[3]) - max(a[1], b[1]) < 0.25 * em


def test_the_same_phrases_give_the_same_cloud() -> None:
    assert lay(SEVERAL) == lay(SEVERAL)


def test_the_cloud_fills_its_sheet() -> None:
    cloud = lay(SETS["equal"])
    area = sum((right - left) * (bottom - top) for left, top, right, bottom in ink(cloud))
    assert area > 0.25 * cloud.width * cloud.height


def test_a_phrase_that_cannot_fit_is_a_problem_at_the_question() -> None:
    with pytest.raises(ReportBuilderError) as caught:
        lay((("word " * 400, 1),))
    (problem,) = caught.value.problems
    assert (problem.code, problem.position.line) == ("cloud-too-full", 7)
