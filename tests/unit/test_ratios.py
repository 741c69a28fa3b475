"""What was measured is held to what was measured before, and written as it was."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from benchmarks.performance import Table, page_of
from benchmarks.ratios import KEPT, fallen, keep, kept
from benchmarks.timing import Spent, in_turn, median, run, together


@pytest.mark.parametrize(
    ("now", "is_fallen"), [(2.0, False), (1.51, False), (1.5, True), (0.1, True), (9.0, False)]
)
def test_a_ratio_that_fell_by_a_quarter_is_told(now: float, is_fallen: bool) -> None:
    told = fallen({"pdf | other": now}, {"pdf | other": 2.0})
    assert bool(told) is is_fallen
    assert all("pdf | other" in words and "was 2.00" in words for words in told)


def test_what_was_measured_only_once_is_compared_with_nothing() -> None:
    assert fallen({"new": 0.1}, {"old": 2.0}) == []


def test_what_is_kept_stays_until_it_is_measured_again(tmp_path: Path) -> None:
    path = tmp_path / "ratios.json"
    assert kept(path) == {}
    keep({"a": 1.23456, "b": 2}, path)
    keep({"b": 3}, path)
    assert kept(path) == {"a": 1.23, "b": 3}


def test_there_are_figures_to_compare_with() -> None:
    assert kept(KEPT)


def test_the_page_says_what_was_measured_and_nothing_else() -> None:
    spent = {
        "pdf": [Spent(4, 3, 200_000_000), Spent(2, 1, 100_000_000), Spent(9, 2, 50_000_000)],
        "other": [Spent(2, 1, 80_000_000)] * 3,
    }
    table = Table("The report", "In a few words.", spent, "pdf")
    assert table.ratios == {"pdf | other": 0.5}
    page = page_of([table, Table("Long", "Alone.", spent)], "2 cores", {"pandoc": "3.9"}, 3)
    lines = page.splitlines()
    assert lines[0] == "# How fast it is"
    assert "| pdf | 4.00 | 2.00 | 200 MB | – |" in lines
    assert "| other | 2.00 | 1.00 | 80 MB | 0.50 |" in lines
    assert "| other | 2.00 | 1.00 | 80 MB |" in lines, "where nothing is ours there is no ratio"
    assert "On 2 cores. Beside pandoc 3.9." in lines


def test_ways_are_done_in_turn_and_the_median_counts() -> None:
    done: list[str] = []

    def way(name: str) -> Spent:
        done.append(name)
        return Spent(len(done), 2 * len(done), len(done))

    spent = in_turn({"a": lambda: way("a"), "b": lambda: way("b")}, 3)
    assert done == ["a", "b"] * 3
    assert median(spent["a"]) == Spent(3, 6, 5)


def test_what_fails_is_no_measurement() -> None:
    assert run([sys.executable, "-c", ""]).memory > 0
    with pytest.raises(SystemExit, match="no luck"):
        together([[sys.executable, "-c", "raise SystemExit('no luck')"]], at_once=2)


def test_memory_is_that_of_the_process_alone() -> None:
    own = bytearray(200_000_000)  # which the measured process is forked beside
    assert run([sys.executable, "-IS", "-c", ""]).memory < len(own) / 2
