"""Numbers are read as people, spreadsheets and other languages write them, or not at all."""

from __future__ import annotations

import pytest

from report_builder.content.counts import counted
from report_builder.content.measures import Measure


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *(
            ("1,234", 1234),
            ("1 234", 1234),
            ("12\u00a0345\u202f678", 12345678),
            ("-1 000.5", -1000.5),
        ),
        *((".5", 0.5), ("1.2e-05", 0.000012), ("", None), ("n/a", None), ("0", 0)),
    ],
)
def test_a_number_is_what_was_meant(written: str, meant: float | None) -> None:
    assert Measure.read(written) == meant


@pytest.mark.parametrize("written", ["1,23,4", "12 3", "1 2345", "1.234.567", "<5", "12%", "(5)"])
def test_what_might_be_another_number_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is no number"):
        Measure.read(written)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        *(("1204", 1204), ("1,204", 1204), ("1 204", 1204), ("12.0", 12), (" 7 ", 7), ("0", 0)),
        *(("1.000", None), ("12.5", None), ("12%", None), ("<5", None), ("-3", None), ("", None)),
    ],
)
def test_people_are_counted_in_whole_numbers(written: str, number: int | None) -> None:
    assert counted(written) == number
