"""Every part of a drawing is in the PDF and in Word as it should look, or is named."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from report_builder.choices import find_theme
from report_builder.drawings.pictures import UnusablePictureError
from report_builder.drawings.pixels import pixels_of
from report_builder.drawings.svg import draw_svg
from report_builder.drawings.weasy import to_pdf
from report_builder.problems import Position, ReportBuilderError
from report_builder.templating.resources import Resources

WHITE, RED, GREEN, BLUE = "white", "red", "green", "blue"
RGB = {WHITE: (255, 255, 255), RED: (255, 0, 0), GREEN: (0, 128, 0), BLUE: (0, 0, 255)}
WIDE, HIGH, SCALE = 40, 20, 4  # of a drawing in millimetres, and pixels for each
STOPS = '<stop stop-color="red"/><stop offset="1" stop-color="blue"/>'
_png = io.BytesIO()
Image.new("RGB", (1, 1), GREEN).save(_png, "PNG")
DOT = f"data:image/png;base64,{base64.b64encode(_png.getvalue()).decode()}"
# What is drawn on a ground of 20 by 10, and its colours at some points.
DRAWINGS: Mapping[str, tuple[str, Mapping[tuple[float, float], str]]] = {
    "shapes": ('<path d="M0 0h10v10H0z" fill="red"/>', {(5, 5): RED, (15, 5): WHITE}),
    "mask": (
        (
            '<mask id="m"><path d="M0 0h10v10H0z" fill="white"/></mask>'
            '<path d="M0 0h20v10H0z" fill="red" mask="url(#m)"/>'
        ),
        {(5, 5): RED, (15, 5): WHITE},
    ),
    "filter": (
        (
            '<filter id="f" x="0" y="0" width="3" height="1"><feOffset dx="10"/></filter>'
            '<path d="M0 0h8v10H0z" fill="red" style="filter:url(#f)"/>'
        ),
        {(3, 5): WHITE, (14, 5): RED},
    ),
    "gradient by reference": (
        (
            f'<linearGradient id="a">{STOPS}</linearGradient>'
            '<linearGradient id="b" href="#a" y2="1" x2="0"/>'
            '<path d="M0 0h20v10H0z" fill="url(#b)"/>'
        ),
        {(5, 0.1): RED, (5, 9.9): BLUE},
    ),
    "gradient that is turned": (
        (
            f'<linearGradient id="a" gradientTransform="rotate(90)">{STOPS}</linearGradient>'
            '<path d="M0 0h20v10H0z" fill="url(#a)"/>'
        ),
        {(5, 0.1): RED, (5, 9.9): BLUE},
    ),
    "gradient along a line": (
        (
            f'<linearGradient id="a">{STOPS}</linearGradient>'
            '<path d="M0 4L20 6" stroke="url(#a)" stroke-width="4"/>'
        ),
        {(0.2, 5.2): RED, (19.8, 4.8): BLUE},
    ),
    "gradient in a circle": (
        f'<radialGradient id="a">{STOPS}</radialGradient><path d="M0 0h20v10H0z" fill="url(#a)"/>',
        {(10, 5): RED, (0.2, 5): BLUE, (1, 1): BLUE},
    ),
    "gradient from nothing": (
        (
            '<linearGradient id="a"><stop stop-color="red" stop-opacity="0"/>'
            '<stop offset="1" stop-color="blue"/></linearGradient>'
            '<path d="M0 0h20v10H0z" fill="url(#a)"/>'
        ),
        {(0.1, 5): WHITE, (19.9, 5): BLUE},
    ),
    "switch": (
        (
            '<switch><path requiredFeatures="x" d="M0 0h20v10H0z" fill="red"/>'
            '<path d="M0 0h20v10H0z" fill="green"/></switch>'
        ),
        {(5, 5): GREEN},
    ),
    "picture": (f'<image href="{DOT}" width="10" height="10"/>', {(5, 5): GREEN, (15, 5): WHITE}),
    "use in use": (
        (
            '<defs><g id="a"><path d="M0 0h4v10H0z" fill="red"/></g>'
            '<g id="b"><use href="#a"/><use href="#a" x="8"/></g></defs><use href="#b" x="2"/>'
        ),
        {(3, 5): RED, (11, 5): RED, (8, 5): WHITE},
    ),
    "colours that mix": (
        (
            '<path d="M0 0h20v10H0z" fill="red"/>'
            '<path d="M0 0h10v10H0z" fill="white" style="mix-blend-mode:multiply"/>'
        ),
        {(5, 5): RED, (15, 5): RED},
    ),
    "clip with a hole": (
        (
            '<clipPath id="c"><path clip-rule="evenodd" d="M0 0h20v10H0zM5 2h10v6H5z"/></clipPath>'
            '<path d="M0 0h20v10H0z" fill="red" clip-path="url(#c)"/>'
        ),
        {(2, 5): RED, (10, 5): WHITE},
    ),
    "clip by words": (
        (
            '<clipPath id="c"><text y="10" font-size="14" font-weight="700">I</text></clipPath>'
            '<path d="M0 0h20v10H0z" fill="red" clip-path="url(#c)"/>'
        ),
        {(15, 5): WHITE},
    ),
    "turned by its style": (
        (
            '<path d="M0 0h10v10H0z" style="transform:translate(10px,0)"'
            ' fill="red" paint-order="stroke"/>'
        ),
        {(5, 5): WHITE, (15, 5): RED},
    ),
    "words in a style sheet's font": (
        '<style>text { font: bold 20px serif; fill: red }</style><text y="14" x="-1">|||</text>',
        {(18, 5): WHITE},
    ),
    "from words for a viewer of pages": (
        (
            '<switch><foreignObject width="20" height="10"/>'
            '<path d="M0 0h20v10H0z" fill="green"/></switch>'
        ),
        {(5, 5): GREEN},
    ),
}


def drawn(name: str) -> bytes:
    body = DRAWINGS[name][0]
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">{body}</svg>'.encode()


@pytest.fixture(scope="module")
def resources(tmp_path_factory: pytest.TempPathFactory) -> Resources:
    folder = tmp_path_factory.mktemp("drawings")
    content = {f"{number}.svg": drawn(name) for number, name in enumerate(DRAWINGS)}
    return Resources(folder, find_theme("default", folder), content)


@pytest.fixture(scope="module")
def page(resources: Resources) -> Image.Image:
    """Return a page on which every drawing stands below the other."""
    style = f"@page {{ size: {WIDE}mm {HIGH * len(DRAWINGS)}mm; margin: 0 }} body {{ margin: 0 }}"
    images = "".join(
        f'<img alt="" style="display: block; width: {WIDE}mm" src="drawn:{number}.svg">'
        for number in range(len(DRAWINGS))
    )
    pdf = to_pdf(f"<style>{style}</style>{images}", Position("page"), resources)
    with pypdfium2.PdfDocument(pdf) as document:
        return document[0].render(scale=SCALE * 25.4 / 72).to_pil().convert("RGB")


def colours(image: Image.Image, name: str, top: float = 0) -> dict[tuple[float, float], str]:
    """Return which colours a drawing has at its points, where they are as good as one of those."""
    found = {}
    for x, y in DRAWINGS[name][1]:
        point = image.getpixel((int(x * WIDE * SCALE / 20), int(y * HIGH * SCALE / 10 + top)))
        assert isinstance(point, tuple)
        close = [
            c
            for c, rgb in RGB.items()
            if all(abs(a - b) < 40 for a, b in zip(point, rgb, strict=True))
        ]
        found[x, y] = close[0] if close else str(point)
    return found


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_pdf_shows_it_all(page: Image.Image, name: str) -> None:
    top = list(DRAWINGS).index(name) * HIGH * SCALE
    assert colours(page, name, top) == DRAWINGS[name][1]


@pytest.mark.parametrize("name", DRAWINGS)
def test_word_shows_it_all(resources: Resources, name: str) -> None:
    png, width = draw_svg(drawn(name), WIDE, HIGH, resources)
    assert width == WIDE
    image = Image.open(io.BytesIO(png)).convert("RGB").resize((WIDE * SCALE, HIGH * SCALE))
    assert colours(image, name) == DRAWINGS[name][1]


def test_pixels_have_300_to_the_inch_where_they_are_placed(resources: Resources) -> None:
    number = list(DRAWINGS).index("mask")
    html = f'<img alt="" style="width: 25.4mm" src="drawn:{number}.svg">'
    with pypdfium2.PdfDocument(to_pdf(html, Position("page"), resources)) as document:
        (image,) = document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
        assert isinstance(image, pypdfium2.PdfImage)
        assert image.get_px_size() == (300, 150)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<foreignObject/>", "element “foreignObject” (line 1)"),
        ("\n\n<flowRoot/>", "element “flowRoot” (line 3)"),
        ('<image href="secret.png"/>', "shows “secret.png” (line 1)"),
        ('<use href="file:///etc/passwd#a"/>', "shows “file:///etc/passwd#a” (line 1)"),
        ('<filter id="f"><feImage href="https://a.example/b.png"/></filter>', "a.example/b.png"),
    ],
)
def test_what_would_be_left_out_is_named_and_no_file_is_opened(
    body: str, said: str, resources: Resources
) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">{body}<mask/></svg>'
    with pytest.raises(UnusablePictureError, match="line"):
        draw_svg(svg.encode(), WIDE, HIGH, resources)
    resources.drawn["wrong.svg"] = svg.encode()
    with pytest.raises(ReportBuilderError) as raised:
        to_pdf('<img alt="" src="drawn:wrong.svg">', Position("page"), resources)
    assert said in str(raised.value)
    assert "wrong.svg" in str(raised.value)


def test_words_that_no_font_has_all_letters_of_are_no_boxes() -> None:
    families = find_theme("default", Path()).font_families
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>{}</text></svg>'
    assert pixels_of(drawing.format("ọmọ").encode(), 9, families)
    with pytest.raises(UnusablePictureError, match="shows “東京 ọmọ”"):
        pixels_of(drawing.format("東京 ọmọ").encode(), 9, families)
