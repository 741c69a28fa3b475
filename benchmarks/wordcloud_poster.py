"""A poster's cloud as wordcloud draws it: ``wordcloud_poster.py ANSWERS PAPER TARGET``."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from wordcloud import WordCloud

SIDES = {"A3": (297, 420), "A1": (594, 841)}  # millimetres
DPI = 300


def main(answers: Path, paper: str, target: Path) -> None:
    """Draw answers with their counts at 300 dots an inch."""
    width, height = (round(side / 25.4 * DPI) for side in SIDES[paper])
    with answers.open(encoding="utf-8", newline="") as file:
        counts = {row["answer"]: int(row["count"]) for row in csv.DictReader(file)}
    cloud = WordCloud(
        width=width, height=height, max_words=len(counts), prefer_horizontal=1, random_state=7
    )
    cloud.generate_from_frequencies(counts).to_file(str(target))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
