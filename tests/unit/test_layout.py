"""The cloud places every phrase at exactly its size, without overlap, the same every time."""

from __future__ import annotations

import itertools
import math

import pytest

from report_builder.content.responses import Phrase
from report_builder.problems import Position, ReportBuilderError
from report_builder.writers.poster.glyphs import bounds, outline
from report_builder.writers.poster.layout import WEIGHT, Cloud, lay_out

FAMILIES = ["Atkinson Hyperlegible", "Noto Sans"]
SEVERAL = (("Good quality homes", 9), ("Work", 7), ("Jolly typography", 4), ("Green space", 4),
           ("Reaching the most vulnerable", 2), ("Funding", 1), ("A", 1))  # fmt: skip
SETS = {
    "one": (("Homes", 3),),
    "several": SEVERAL,
    "equal": tuple((f"Phrase number {n}", 1) for n in range(20)),
    "cyrillic": (("Здоровье", 3), ("Work", 2), ("Жильё", 1)),
    "a giant": (("Homes", 400), *((f"Other {n}", 1) for n in range(12))),
}


def lay(pairs: tuple[tuple[str, int], ...], width: float = 160, height: float = 100) -> Cloud:
    phrases = [Phrase(text, count) for text, count in pairs]
    return lay_out(phrases, width, height, FAMILIES, ["#000", "#111"], Position("event.yaml", 7, 3))


def ink(cloud: Cloud) -> list[tuple[float, float, float, float]]:
    """Return each phrase's outline as left, top, right and bottom in millimetres."""
    boxes = []
    for placed in cloud.placed:
        left, bottom, right, top = (
            edge * placed.size for edge in bounds(placed.phrase.text, cloud.family, WEIGHT)
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
        beside = min(a[3], b[3]) - max(a[1], b[1]) > first.size / 4
        gap = max(b[0] - a[2], a[0] - b[2])
        # A descender may dip beside another's low letters, but what stands side by side in a
        # line is far enough apart not to read as one phrase.
        assert not beside or gap > 0.1 * min(a[3] - a[1], b[3] - b[1])


def test_a_phrase_that_the_text_font_lacks_is_set_in_one_that_has_it() -> None:
    cloud = lay(SETS["cyrillic"])
    assert cloud.family == "Noto Sans"
    path = outline("Здоровье", cloud.family, WEIGHT, 10, 0, 0)
    assert path != outline("Жилищный", cloud.family, WEIGHT, 10, 0, 0)
    assert lay(SETS["several"]).family == "Atkinson Hyperlegible"


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
