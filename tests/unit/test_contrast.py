"""Contrasts are those that WCAG's own formula and known pairs give."""

from __future__ import annotations

import pytest

from report_builder.templating.contrast import LEAST, contrast


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#FFFFFF", 21),
        ("#FFFFFF", "#000000", 21),
        ("#777777", "#FFFFFF", 4.48),  # the best-known near miss
        ("#767676", "#FFFFFF", 4.54),
        ("#FF0000", "#FFFFFF", 4.0),
        ("#00505C", "#FFFFFF", 9.12),
        ("#99CCCC", "#99cccc", 1),
    ],
)
def test_a_pair_has_its_known_contrast(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


def test_grey_777777_just_fails_and_767676_just_passes() -> None:
    assert contrast("#777777", "#FFFFFF") < LEAST < contrast("#767676", "#FFFFFF")
