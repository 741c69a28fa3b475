"""Photos stand on the page in their own shapes, and what of them matters is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image, ImageDraw
from tests.conftest import Once

from report_builder import build, check, open_workspace
from report_builder.problems import Problem

pytestmark = pytest.mark.slow

MM = 72 / 25.4
RATIOS = (1.5, 2 / 3, 1.78, 1, 1.5, 3, 2 / 3, 1.5, 4, 0.75, 1 / 3, 1.33)
GALLERIES = (1, 2, 3, 5, 7, 12, 40)
COLOURS = {"red": (255, 0, 0), "lime": (0, 255, 0), "blue": (0, 0, 255), "yellow": (255, 255, 0)}
Box = tuple[float, float, float, float]  # left, top, right and bottom, in millimetres


def write(root: Path, text: str, name: str = "event") -> Path:
    folder = root / "content" / name
    folder.mkdir(parents=True)
    (folder / "event.yaml").write_text(f"title: Photos\n{text}", "utf-8")
    return folder


def paint(path: Path, wide: int, high: int, turn: int = 1) -> None:
    """Paint a picture that stands upright once it is turned as its camera was held."""
    exif = Image.Exif()
    exif[0x0112] = turn
    size = (wide, high) if turn == 1 else (high, wide)
    Image.new("RGB", size, "teal").save(path, exif=exif, quality=40)


def boxes(pdf: Path) -> list[tuple[int, Box]]:
    """Return where each picture stands, with the number of its page."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            high = page.get_height()
            for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
                left, bottom, right, top = one.get_bounds()
                found.append(
                    (number, tuple(v / MM for v in (left, high - top, right, high - bottom)))
                )
    return found


def ratio(box: Box) -> float:
    return (box[2] - box[0]) / (box[3] - box[1])


def rows_of(placed: Sequence[tuple[int, Box]]) -> list[list[Box]]:
    """Return pictures by the rows that they stand in, each of one page and one top."""
    rows: list[list[Box]] = []
    for before, (page, box) in zip([(-1, (0, 0, 0, 0)), *placed], placed, strict=False):
        if before[0] != page or abs(before[1][1] - box[1]) > 0.2:
            rows.append([])
        rows[-1].append(box)
    return rows


def galleries(root: Path) -> None:
    """Write an event of galleries of many sizes, one of its pictures turned by the camera."""
    items = iter(range(sum(GALLERIES)))
    sections = []
    for count in GALLERIES:
        files = [f"  - {{file: p{next(items)}.jpg, alt: A hall of people}}\n" for _ in range(count)]
        sections.append(f"- type: gallery\n  title: Of {count}\n  items:\n{''.join(files)}")
    pairs = "\n".join(f"  - {{file: {n}.jpg, alt: People at a table}}" for n in ("p1", "p6", "p9"))
    sections.append(f"- type: prose\n  title: In a text\n  pictures:\n{pairs}\n")
    folder = write(root, "sections:\n" + "".join(sections))
    for number in range(sum(GALLERIES)):
        shape = RATIOS[number % len(RATIOS)]
        high = 600
        paint(folder / f"p{number}.jpg", round(high * shape), high, 6 if number % 5 == 2 else 1)
    build(open_workspace(root, editions=["standard", "large-print"]), only=["pdf"])


HIGHEST = {"report.pdf": 66.5, "report.large-print.pdf": 77}


@pytest.fixture(scope="module", params=HIGHEST)
def file(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def placed(once: Once, file: str) -> Sequence[tuple[int, Box]]:
    return boxes(once("galleries", galleries) / "output/event" / file)


def test_pictures_of_a_gallery_keep_their_shapes_and_fill_their_rows(
    placed: Sequence[tuple[int, Box]], file: str
) -> None:
    assert len(placed) == sum(GALLERIES) + 3
    for number, (_, box) in enumerate(placed[: sum(GALLERIES)]):
        assert ratio(box) == pytest.approx(RATIOS[number % len(RATIOS)], rel=0.01)
    begin = 0
    for count in GALLERIES:
        rows = rows_of(placed[begin : begin + count])
        begin += count
        unfilled = 0
        for row in rows:
            assert 1 <= len(row) <= 4
            heights = [bottom - top for _, top, _, bottom in row]
            assert max(heights) - min(heights) < 0.2
            assert max(heights) < HIGHEST[file] + 0.2
            assert row[0][0] == pytest.approx(20, abs=0.2)
            assert all(
                after[0] - before[2] == pytest.approx(4, abs=0.2) for before, after in pairwise(row)
            )
            full = row[-1][2] == pytest.approx(190, abs=0.2)
            assert full or heights[0] == pytest.approx(HIGHEST[file], abs=0.2)
            unfilled += not full
        assert unfilled <= (1 if count < 12 else count // 6)


def test_portraits_in_a_text_stand_two_by_two(placed: Sequence[tuple[int, Box]]) -> None:
    (one, left), (other, right), (_, third) = placed[-3:]
    assert one == other
    assert left[1] == pytest.approx(right[1], abs=0.1)
    assert left[3] == pytest.approx(right[3], abs=0.1)
    assert right[2] < 20 + 126.5 + 0.1
    assert third[0] == pytest.approx(20, abs=0.2)


def quarters(path: Path, wide: int, high: int) -> None:
    """Paint a picture of four quarters, each of a colour."""
    image = Image.new("RGB", (wide, high))
    draw = ImageDraw.Draw(image)
    for number, colour in enumerate(COLOURS.values()):
        left, top = (number % 2) * wide // 2, (number // 2) * high // 2
        draw.rectangle((left, top, left + wide // 2, top + high // 2), fill=colour)
    image.save(path)


def shares(pdf: Path) -> Mapping[str, float]:
    """Return how much of a first page each colour of the quarters takes, among them."""
    with pypdfium2.PdfDocument(pdf) as document:
        image = document[0].render(scale=0.5).to_pil().convert("RGB")
    counts = dict.fromkeys(COLOURS, 0)
    for count, seen in image.getcolors(1 << 24):
        for name, colour in COLOURS.items():
            if max(abs(a - b) for a, b in zip(seen, colour, strict=True)) < 60:
                counts[name] += count
    return {name: count / sum(counts.values()) for name, count in counts.items()}


FOCUSES = {"top": 1, "bottom right": 0, "50% 0%": 1, "centre": 0.5, "": 0.5, "0% 100%": 0}


def test_the_focus_of_a_cover_is_what_is_seen(tmp_path: Path) -> None:
    for number, focus in enumerate(FOCUSES):
        said = f", focus: {focus}" if focus else ""
        folder = write(tmp_path, f"banner: {{file: a.png, alt: A hall{said}}}\n", f"e{number}")
        quarters(folder / "a.png", 800, 1600)
    build(open_workspace(tmp_path), only=["pdf"])
    for number, upper in enumerate(FOCUSES.values()):
        seen = shares(tmp_path / f"output/e{number}/report.pdf")
        assert seen["red"] + seen["lime"] == pytest.approx(upper, abs=0.03)
        assert seen["red"] + seen["blue"] == pytest.approx(0.5, abs=0.03)


COARSE = """\
banner: {file: w500.jpg, alt: A hall}
sections:
- type: prose
  body: |
    A text with a picture.

    ![A hall](w300.jpg)
  pictures:
  - {file: w420.jpg, alt: People at a table}
  - {file: w1000.jpg, alt: People at a table}
  - {file: w200.jpg, decorative: true}
- type: gallery
  items:
  - {file: p200.jpg, alt: Somebody}
  - {file: w1000.jpg, alt: People at a table}
- type: partners
  items:
  - {name: Council, logo: logo.png}
  - {name: College, logo: sharp.png}
"""


def coarse(root: Path) -> list[Problem]:
    problems = check(open_workspace(root)).problems
    return [problem for problem in problems if problem.code == "coarse-picture"]


def test_a_coarse_picture_is_named_at_its_line_with_the_pixels_it_wants(tmp_path: Path) -> None:
    folder = write(tmp_path, COARSE)
    for wide in (200, 300, 420, 500, 1000):
        paint(folder / f"w{wide}.jpg", wide, wide * 2 // 3)
    paint(folder / "p200.jpg", 200, 300)
    paint(folder / "logo.png", 40, 30)
    paint(folder / "sharp.png", 160, 120)
    lines = (folder / "event.yaml").read_text("utf-8").splitlines()
    found = coarse(tmp_path)
    at = {lines[p.position.line - 1].strip(): p for p in found}
    named = [
        part
        for p in at
        for part in ("w500", "w300", "w420", "w1000", "w200", "p200", "logo.png", "sharp")
        if part in p
    ]
    assert sorted(named) == sorted(["w500", "w420", "w200", "p200", "logo.png"])
    # Whoever follows the mend is told nothing more.
    for line, problem in at.items():
        wanted = int(problem.hint.split("that is ")[1].split(" pixels")[0].replace(",", ""))
        name = line.split("file: " if "file:" in line else "logo: ")[1].split(",")[0].rstrip("}")
        with Image.open(folder / name) as image:
            shape = image.width / image.height
        paint(folder / name, wanted, round(wanted / shape))
    assert coarse(tmp_path) == []
