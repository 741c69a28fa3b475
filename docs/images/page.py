"""Draw what a page gate sees, before and after: ``python docs/images/page.py``."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

from report_builder.choices import find_theme
from report_builder.drawings.weasy import to_pdf
from report_builder.problems import Position
from report_builder.templating.resources import Resources

HERE = Path(__file__).parent
GAP, GROUND, LINE = 16, "#e9ecee", "#c3ccd0"
STYLE = """
@page { size: 74mm 46mm; margin: 8mm }
html { font: 12.5pt/17pt 'Source Sans 3'; color: #1B2A33 }
h2 { font-size: 15pt; line-height: 18pt; color: #00505C; margin: 0 0 2mm }
p { margin: 0 0 3mm }
table { border-collapse: collapse } td, th { padding: 1mm 2mm; border-bottom: .5pt solid #B9C7CC }
th { background: #E6F0F1; color: #00505C }
"""
ROW = "<tr><td>North<td>1,204<td>318<td>64 %<td>22 %"
WIDE = f"<table><tr><th>Ward<th>People<th>Answers<th>Agree<th>Against{ROW}{ROW}</table>"
NARROW = (
    "<table><tr><th>Ward<th>Agree<th>Against"
    "<tr><td>North<td>64 %<td>22 %<tr><td>South<td>51 %<td>30 %</table>"
)
CLOSE = """<p>More shade, and a place to sit.</p>
<p style="margin-top: -8mm; margin-left: 3mm">Open until ten in summer.</p>"""
PAIRS = {
    "contrast": (
        "<h2>Homes</h2><p style='color: #c4c4c4'>Three in ten homes in the town are damp.",
        "<h2>Homes</h2><p>Three in ten homes in the town are damp.",
    ),
    "beyond-page": (WIDE, NARROW),
    "text-overlap": (CLOSE, CLOSE.replace("margin-top: -8mm; margin-left: 3mm", "")),
    "left-alone": (
        "<p>Buses come every ten minutes now, and more people take them.</p><h2>Next steps</h2>",
        "<p>Buses come every ten minutes now, and more people take them.</p>",
    ),
}


def main() -> None:
    """Draw a pair beside each other for each code, and save them all as one picture."""
    columns = [[drawn(html) for html in pair] for pair in PAIRS.values()]
    width, height = columns[0][0].size
    size = len(columns) * (width + GAP) + GAP, 2 * (height + GAP) + GAP
    sheet = Image.new("RGB", size, GROUND)
    for x, column in enumerate(columns):
        for y, picture in enumerate(column):
            sheet.paste(picture, (GAP + x * (width + GAP), GAP + y * (height + GAP)))
    sheet.quantize(64).save(HERE / "page.png", optimize=True)


def drawn(html: str) -> Image.Image:
    """Return a small page as a picture."""
    resources = Resources(HERE, find_theme("default", HERE))
    whole = f"<html lang='en'><title>A page</title><style>{STYLE}</style><body>{html}"
    pdf = to_pdf(whole, Position("page"), resources)
    return ImageOps.expand(pypdfium2.PdfDocument(pdf)[0].render(scale=1.2).to_pil(), 1, LINE)


if __name__ == "__main__":
    main()
