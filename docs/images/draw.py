"""Draw the README's pictures from the real outputs: ``make pictures``."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import docx
import pypdfium2
from docx.shared import RGBColor
from PIL import Image, ImageOps

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.phrases import phrases  # noqa: E402  # needs the path above

EVENT = "health-equity-town"
OUTPUT = ROOT / "output" / EVENT
HEIGHT = 620
GAP = 24
LARGE = """
title: What would make our town healthier?
organiser: Made-up answers
web: https://www.council.example/healthier
sections:
  - type: feedback
    question: What would make our town a healthier and fairer place for everybody?
    base: 412
    responses: responses.csv
"""
LOGO = """
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 150 50"><title>A logo</title>
<path fill="#7A1F5C" d="M5 5h40v40H5z"/><circle cx="25" cy="25" r="12" fill="#fff"/>
<path fill="#1B2A33" d="M57 14h88v8H57zM57 29h60v8H57z"/></svg>
"""
GROUND = "#e9ecee"
LINE = "#c3ccd0"


def main() -> None:
    """Draw all of them, and save them beside this file."""
    with tempfile.TemporaryDirectory() as name:
        briefing = word_pages(OUTPUT / "briefing.docx", Path(name), 1, 2)
        specimen = word_pages(ROOT / "templates/default/briefing.docx", Path(name), 1)
        own = own_briefing(Path(name))
    with tempfile.TemporaryDirectory() as name:
        coloured = own_colour(Path(name))
    with tempfile.TemporaryDirectory() as name:
        large = large_poster(Path(name))
    side_by_side(pages(OUTPUT / "report.pdf", 1, 2, 3, 6), "report.png")
    side_by_side([*briefing, *pages(OUTPUT / "poster.pdf", 1)], "briefing-and-poster.png")
    side_by_side([*pages(OUTPUT / "poster.pdf", 1), large], "posters.png")
    side_by_side([*specimen, briefing[0], own], "briefing-styles.png")
    shipped = [*pages(OUTPUT / "report.pdf", 1, 2), *pages(OUTPUT / "poster.pdf", 1), briefing[0]]
    in_rows([shipped, coloured], "theme-colour.png")


def pages(pdf: Path, *numbers: int) -> list[Image.Image]:
    """Return pages of a PDF, numbered from 1, as pictures of one height."""
    document = pypdfium2.PdfDocument(pdf)
    drawn = []
    for number in numbers:
        page = document[number - 1]
        image = page.render(scale=HEIGHT / page.get_height()).to_pil()
        drawn.append(ImageOps.expand(image, 1, LINE))
    return drawn


def side_by_side(pictures: Sequence[Image.Image], name: str) -> None:
    """Save pictures beside each other as a small PNG."""
    in_rows([pictures], name)


def in_rows(rows: Sequence[Sequence[Image.Image]], name: str) -> None:
    """Save rows of pictures below each other as a small PNG."""
    width = max(sum(picture.width + GAP for picture in row) for row in rows) + GAP
    heights = [max(picture.height for picture in row) + GAP for row in rows]
    sheet = Image.new("RGB", (width, sum(heights) + GAP), GROUND)
    top = GAP
    for row, height in zip(rows, heights, strict=True):
        left = GAP
        for picture in row:
            sheet.paste(picture, (left, top))
            left += picture.width + GAP
        top += height
    sheet.quantize(256).save(HERE / name, optimize=True)


def word_pages(document: Path, folder: Path, *numbers: int) -> list[Image.Image]:
    """Return pages of a Word file as LibreOffice sets them."""
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, document]
    subprocess.run(command, check=True, capture_output=True)
    return pages(folder / f"{document.stem}.pdf", *numbers)


def own_briefing(folder: Path) -> Image.Image:
    """Return the briefing's first page in a theme with another colour and another part."""
    program = [sys.executable, "-m", "report_builder", "--workspace", folder]
    shutil.copytree(ROOT / "content" / EVENT, folder / "content" / EVENT)
    names = ("briefing.docx", "briefing.html.j2")
    subprocess.run([*program, "theme", "eject", *names, "--to", "ours"], check=True)
    reference = folder / "templates/ours/briefing.docx"
    word = docx.Document(str(reference))
    for style in ("Heading 1", "Heading 2"):
        word.styles[style].font.color.rgb = RGBColor.from_string("6D1F5B")
    word.sections[0].header.paragraphs[0].runs[0].text = "Luton Council: members’ briefing"
    word.save(str(reference))
    template = folder / "templates/ours/briefing.html.j2"
    part = "<h2>Your ward</h2>\n<p>Ask the public health team for figures of your ward.</p>\n\n<h2>"
    text = template.read_text("utf-8")
    template.write_text(text.replace("<h2>", part, 1), "utf-8")
    subprocess.run([*program, "docx", "--theme", "ours"], check=True, capture_output=True)
    (page,) = word_pages(folder / "output" / EVENT / "briefing.docx", folder, 1)
    return page


def own_colour(folder: Path) -> list[Image.Image]:
    """Return pages of the report, the poster and the briefing in one other colour, with a logo."""
    program = [sys.executable, "-m", "report_builder", "--workspace", folder]
    shutil.copytree(ROOT / "content" / EVENT, folder / "content" / EVENT)
    logo = folder / "logo.svg"
    logo.write_text(LOGO, "utf-8")
    given = ("--brand", "#7A1F5C", "--logo", logo, "--logo-alt", "Our Council")
    subprocess.run([*program, "theme", "new", "our-council", *given], check=True)
    subprocess.run([*program, "build", "--theme", "our-council"], check=True, capture_output=True)
    made = folder / "output" / EVENT
    report, poster = pages(made / "report.pdf", 1, 2), pages(made / "poster.pdf", 1)
    return [*report, *poster, *word_pages(made / "briefing.docx", folder, 1)]


def large_poster(folder: Path) -> Image.Image:
    """Return an A1 poster of three hundred made-up answers."""
    event = folder / "content/many"
    event.mkdir(parents=True)
    answers = "".join(f"{text},{count}\n" for text, count in phrases(300))
    (event / "responses.csv").write_text(f"answer,count\n{answers}", "utf-8")
    (event / "event.yaml").write_text(LARGE, "utf-8")
    program = [sys.executable, "-m", "report_builder", "--workspace", folder]
    subprocess.run([*program, "wordcloud", "--paper", "A1"], check=True, capture_output=True)
    (page,) = pages(folder / "output/many/poster.pdf", 1)
    return page


if __name__ == "__main__":
    main()
