"""A page as PNG is the page to the pixel, however many bands it is drawn in."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from PIL import Image, ImageChops

from report_builder.drawings import png
from report_builder.drawings.png import rasterise
from report_builder.drawings.simple.pixels import page_of
from report_builder.drawings.simple.walk import Shapes

WIDE, HIGH = 300, 420  # points
SLANTED = "0 .3 .4 rg\n10 0 m\n290 380 l\n20 410 l\nh\nf\n.9 .2 .1 RG 9 w\n0 420 m\n300 7 l\nS"


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return page_of(Shapes(SLANTED, (0, 0, WIDE, HIGH), frozenset()), WIDE, HIGH)


def opened(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content)) as image:
        image.load()
    return image


@pytest.mark.parametrize("band", [1, 50_000, 10_000_000])
def test_it_is_the_page(pdf: bytes, band: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png, "_BAND", band)
    image = opened(rasterise(pdf, 100))
    with pypdfium2.PdfDocument(pdf) as document:
        whole = document[0].render(scale=100 / 72).to_pil().convert("RGB")
    assert image.size == whole.size
    seen = ImageChops.difference(image, whole).getextrema()
    assert max(int(high) for _, high in seen) <= 2  # type: ignore[arg-type, misc]


def test_it_has_the_size_that_is_wanted_and_says_what_it_is(pdf: bytes) -> None:
    image = opened(rasterise(pdf, 300, (1249, 1750), title="What?", description="Ọ̀nà; Łódź (2)"))
    assert image.size == (1249, 1750)
    assert (image.info["Title"], image.info["Description"]) == ("What?", "Ọ̀nà; Łódź (2)")
    assert image.info["dpi"] == (pytest.approx(300, abs=0.1), pytest.approx(300, abs=0.1))


def test_the_same_page_gives_the_same_bytes(pdf: bytes) -> None:
    assert rasterise(pdf, 150, title="T") == rasterise(pdf, 150, title="T")
