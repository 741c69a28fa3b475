"""Draw the README's pictures from the real outputs: ``make pictures``."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

HERE = Path(__file__).parent
OUTPUT = HERE.parents[1] / "output" / "health-equity-town"
HEIGHT = 620
GAP = 24
GROUND = "#e9ecee"
LINE = "#c3ccd0"


def pages(pdf: Path, *numbers: int) -> list[Image.Image]:
    """Return pages of a PDF, numbered from 1, as pictures of one height."""
    document = pypdfium2.PdfDocument(pdf)
    drawn = []
    for number in numbers:
        page = document[number - 1]
        image = page.render(scale=HEIGHT / page.get_height()).to_pil()
        drawn.append(ImageOps.expand(image, 1, LINE))
    return drawn


def side_by_side(pictures: list[Image.Image], name: str) -> None:
    """Save pictures beside each other as a small PNG."""
    width = sum(picture.width + GAP for picture in pictures) + GAP
    sheet = Image.new("RGB", (width, max(p.height for p in pictures) + 2 * GAP), GROUND)
    left = GAP
    for picture in pictures:
        sheet.paste(picture, (left, GAP))
        left += picture.width + GAP
    sheet.quantize(128).save(HERE / name, optimize=True)


with tempfile.TemporaryDirectory() as folder:
    subprocess.run(
        [
            "soffice",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            OUTPUT / "briefing.docx",
        ],
        check=True,
        capture_output=True,
    )
    briefing = pages(Path(folder) / "briefing.pdf", 1, 2)
side_by_side(pages(OUTPUT / "report.pdf", 1, 2, 4, 8), "report.png")
side_by_side([*briefing, *pages(OUTPUT / "poster.pdf", 1)], "briefing-and-poster.png")
