"""How long 100,000 answers take to be read and counted, beside the csv module reading them alone.

Run it with ``python benchmarks/responses.py``; it prints the best of five of each.
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.timing import best  # noqa: E402  # needs the path above

from report_builder.content.loader import load  # noqa: E402

ANSWERS = 100_000
EVENT = """\
title: Many answers
sections:
  - {type: feedback, question: What matters most to you?, responses: export.csv}
"""


def main() -> None:
    """Print both times and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "event.yaml").write_text(EVENT, "utf-8")
        write_export(folder / "export.csv")
        ours = best(lambda: read_and_count(folder))
        alone = best(lambda: read_alone(folder / "export.csv"))
    print(f"read, check and count {ANSWERS:,} answers: {ours:.2f} s")
    print(f"the csv module alone: {alone:.2f} s; ratio {ours / alone:.1f}")


def write_export(path: Path) -> None:
    """Write what a form exports: a number, a time, and one of 3,000 phrases a row."""
    chance = random.Random(1)  # noqa: S311  # not a secret
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Id", "Start time", "What matters most to you?"])
        for number in range(ANSWERS):
            writer.writerow([number, "2026-01-01 10:00", f"phrase {chance.randrange(3000)}"])


def read_and_count(folder: Path) -> None:
    """Do all that ``check`` does with the answers."""
    event = load(folder).event
    assert event is not None
    (section,) = event.sections_of("feedback")
    assert sum(phrase.count for phrase in section.phrases) == ANSWERS


def read_alone(path: Path) -> None:
    """Do the least that anyone could."""
    with path.open(encoding="utf-8", newline="") as file:
        assert sum(1 for _ in csv.reader(file)) == ANSWERS + 1


if __name__ == "__main__":
    main()
