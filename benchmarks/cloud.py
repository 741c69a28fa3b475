"""The same phrases laid out on an A1 poster by us, by wordcloud and by d3-cloud.

Run it with ``python benchmarks/cloud.py`` after ``pip install --group test`` and
``npm install --prefix benchmarks/d3``. It writes the table into ``docs/poster.md``. With
``--native`` wordcloud works at 300 dots an inch too, which takes some minutes and 1.5 GB. With
``--outputs`` it says how long all of a poster's files take but those of pixels.
"""

from __future__ import annotations

import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from wordcloud import WordCloud

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.phrases import phrases  # noqa: E402  # needs the path above
from benchmarks.table import write_table  # noqa: E402
from tests.tools.ink import ink_of  # noqa: E402
from tests.tools.rendering import renderer_for  # noqa: E402

from report_builder.content.phrases import Phrase  # noqa: E402
from report_builder.drawings.cloud import layout  # noqa: E402
from report_builder.drawings.cloud.layout import Cloud, Placed, lay_out  # noqa: E402
from report_builder.drawings.cloud.shapes import WEIGHT, shapes_of  # noqa: E402
from report_builder.problems import Position  # noqa: E402
from report_builder.templating.fonts import font_file  # noqa: E402
from report_builder.writers.poster.files import vectors  # noqa: E402
from report_builder.writers.poster.options import PosterOptions  # noqa: E402

FAMILY = "Atkinson Hyperlegible"
COLOURS = ["#00505C", "#5E153D", "#8D5311", "#488159", "#06087F"]
WIDTH, HEIGHT = 558.0, 623.0  # millimetres: what an A1 poster leaves for its cloud
SIDE = 1000  # pixels along the width, for those who lay out in pixels
DPI = 300
PAGE = ROOT / "docs/poster.md"
PLACE = ("<!-- measured: cloud -->", "<!-- end: cloud -->")

EVENT = """
title: Made-up answers
web: https://www.council.example/answers
sections:
  - {type: feedback, question: What matters most to you?, responses: responses.csv}
"""

Said = list[tuple[str, int]]


def main() -> None:
    """Lay out 25, 100 and 300 phrases in each way, and 1,000 in ours; write the table."""
    ways: dict[str, Callable[[Said], Cloud]] = {
        "report-builder": ours,
        "wordcloud, scaled up": lambda said: by_wordcloud(said, SIDE),
        "d3-cloud": lambda said: by_d3(said, bisect=False),
        "d3-cloud, bisected": lambda said: by_d3(said, bisect=True),
    }
    if "--native" in sys.argv:
        ways["wordcloud at 300 dots an inch"] = lambda said: by_wordcloud(
            said, round(WIDTH / 25.4 * DPI)
        )
    rows = []
    for number in (25, 100, 300, 1000):
        for name, way in ways.items():
            if number == 1000 and way is not ours:
                continue
            rows.append((f"{number}: {name}", measure(way, phrases(number))))
            print(rows[-1], file=sys.stderr)
    write_table(rows, *PLACE, PAGE)


def outputs() -> None:
    """Print how long an A1 poster's layout, PDFs, drawing and table take, and the memory."""
    for number in (25, 300):
        with tempfile.TemporaryDirectory() as name:
            event = Path(name) / "content/event"
            event.mkdir(parents=True)
            rows = "".join(f"{text},{count}\n" for text, count in phrases(number))
            (event / "responses.csv").write_text(f"answer,count\n{rows}", "utf-8")
            (event / "event.yaml").write_text(EVENT, "utf-8")
            for run in ("the first time", "again"):
                layout._fit.cache_clear()
                renderer = renderer_for(Path(name), event)
                (section,) = renderer.event.sections_of("feedback")
                start, used = time.perf_counter(), time.process_time()
                vectors(renderer, section, PosterOptions(paper="A1"))
                took, cpu = time.perf_counter() - start, time.process_time() - used
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
                print(
                    f"{number} phrases {run}: {took:.2f} s ({cpu:.2f} s of one core), {peak:.0f} MB"
                )


def measure(way: Callable[[Said], Cloud], said: Said) -> dict[str, str]:
    """Return what a layout is worth: drawn again from its outlines, pixel by pixel."""
    shapes_of.cache_clear()
    start = time.perf_counter()
    cloud = way(said)
    took = time.perf_counter() - start
    ink = ink_of(cloud, 3)
    sizes = [placed.size / math.sqrt(placed.phrase.count) for placed in cloud.placed]
    usual = sorted(sizes)[len(sizes) // 2]
    lost = len(said) - len(cloud.placed)
    return {
        "time": f"{took:.1f} s",
        "largest em": f"{max(placed.size for placed in cloud.placed):.1f} mm",
        "ink": f"{ink.share:.3f}",
        "overlaps": str(len(ink.overlaps)),
        "off the sheet": str(len(ink.outside)),
        "size error": f"{100 * max(abs(size / usual - 1) for size in sizes):.1f} %",
        "lost": str(lost),
    }


def ours(said: Said) -> Cloud:
    """Return the cloud as this program makes it."""
    given = [Phrase(text, count) for text, count in said]
    return lay_out(given, WIDTH, HEIGHT, [FAMILY], COLOURS, Position("benchmark"))


def by_wordcloud(said: Said, columns: int) -> Cloud:
    """Return the cloud as wordcloud makes it when it is asked to do its best."""
    cloud = WordCloud(
        font_path=str(font_file(FAMILY, WEIGHT)),
        width=columns,
        height=round(columns * HEIGHT / WIDTH),
        max_words=len(said),
        prefer_horizontal=1,
        relative_scaling=1,
        margin=4,
        random_state=7,
    ).generate_from_frequencies({text: math.sqrt(count) for text, count in said})
    counts, mm = dict(said), WIDTH / columns
    placed = []
    for (text, _), size, (row, column), _, _ in cloud.layout_:
        (shape, *_) = shapes_of(text, (FAMILY,))
        left, top, *_ = shape.ink
        x, y = (column - left * size) * mm, (row - top * size) * mm
        placed.append(Placed(Phrase(text, counts[text]), shape, size * mm, x, y, "#000000"))
    return Cloud(WIDTH, HEIGHT, tuple(placed))


def by_d3(said: Said, *, bisect: bool) -> Cloud:
    """Return the cloud as d3-cloud makes it, at a usual scale or at the largest that loses none."""
    command = ["node", ROOT / "benchmarks/d3/layout.mjs"]
    order = order_of_d3(said, bisect=bisect)
    done = subprocess.run(  # noqa: S603  # our own script
        command, input=order, capture_output=True, encoding="utf-8", check=True
    )
    return Cloud(WIDTH, HEIGHT, tuple(_of_d3(json.loads(done.stdout), dict(said))))


def order_of_d3(said: Said, *, bisect: bool) -> str:
    """Return what d3-cloud is asked for, as its script reads it."""
    asked = {
        "width": SIDE,
        "height": round(SIDE * HEIGHT / WIDTH),
        "font": str(font_file(FAMILY, WEIGHT)),
        "phrases": said,
        "bisect": bisect,
    }
    return json.dumps(asked)


def _of_d3(words: Iterable[dict[str, float]], counts: dict[str, int]) -> Iterable[Placed]:
    mm = WIDTH / SIDE
    for word in words:
        text, size = str(word["text"]), word["size"]
        (shape, *_) = shapes_of(text, (FAMILY,))
        wide = sum(run.width for run in shape.lines[0].runs) * size
        x = (word["x"] + SIDE / 2 - wide / 2) * mm
        y = word["y"] * mm + HEIGHT / 2
        yield Placed(Phrase(text, counts[text]), shape, size * mm, x, y, "#000000")


if __name__ == "__main__":
    outputs() if "--outputs" in sys.argv else main()
