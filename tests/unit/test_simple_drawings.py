"""A drawing looks the same whether we paint it ourselves or leave it to others."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import etree
from PIL import Image, ImageChops
from tests.unit.test_layout import lay, many

from report_builder.choices import find_theme
from report_builder.drawings.charts.measuring import Type
from report_builder.drawings.charts.sheet import Sheet
from report_builder.drawings.cloud.svg import write_svg
from report_builder.drawings.importing import import_weasyprint
from report_builder.drawings.pictures import SVG
from report_builder.drawings.pixels import pixels_of
from report_builder.drawings.simple import walk
from report_builder.drawings.simple.pixels import flat_pixels
from report_builder.drawings.simple.walk import Shapes, shapes_of
from report_builder.drawings.svg import draw_svg
from report_builder.drawings.weasy import to_pdf
from report_builder.problems import Position
from report_builder.templating.resources import Resources

ROOT = Path(__file__).parents[2]
SHIPPED = (
    "content/health-equity-town/media/banner.svg",
    "tests/gallery/content/garden-workshop/plan.svg",
)
WIDE, HIGH = 1200, 600  # pixels of a drawing of 20 by 10
SMALLER = 12  # how much smaller it is looked at: edges are smoothed in many ways
SAME = 24  # of 255: a tenth of a looked-at pixel

# What others may easily get wrong, on a ground of 20 by 10.
DRAWINGS: Mapping[str, str] = {
    "all commands": (
        '<path fill="#135" d="M1 1H4V4h-3zm6 0q3 0 3 3t3 3l-6-1C5 8 5 4 5 3s1-2 2-2zM15 2'
        'c3 0 3 3 0 3S12 8 15 8T18 5"/>'
    ),
    "numbers without spaces": '<path d="M.5.5L9.5.5 9.5 9.5.5 9.5ZM12-.5l5 0 0 5.5-5 0z"/>',
    "numbers with exponents": '<path d="M1e0,1 L1.9e1 1 19 9E0 100e-2,9z" fill="teal"/>',
    "on after a close": '<path d="M2 2h4v4z l3 6h6" fill="none" stroke="#000"/>',
    "more points after a move": '<path d="m2 2 6 0 0 6zM12 2 18 2 18 8" fill="#a00"/>',
    "arcs": ('<path d="M2 5a3 2 30 1 1 6 0a3 2 30 1 1-6 0M12 5A3 3 0 0 1 18 5A1 1 0 00 12 5"/>'),
    "arcs whose flags touch": '<path d="M3 5a3 3 0 013-3 3 3 0 110 6" fill="green"/>',
    "an arc that is too short": '<path d="M2 5A1 1 0 0 0 18 5" fill="none" stroke="red"/>',
    "an arc without a radius": '<path d="M2 5A0 4 0 0 0 9 9A4 4 0 0 0 9 9L9 2" stroke="red"/>',
    "holes": (
        '<path fill-rule="evenodd" d="M1 1h8v8h-8zM3 3h4v4h-4z"/>'
        '<path d="M11 1h8v8h-8zM13 3h4v4h-4z"/>'
    ),
    "rounded corners": (
        '<rect x="1" y="1" width="8" height="8" rx="2" fill="#058"/>'
        '<rect x="11" y="1" width="8" height="8" rx="9" ry="1" fill="#850"/>'
    ),
    "circles": (
        '<circle cx="5" cy="5" r="4" fill="#fc0" stroke="#000" stroke-width=".3"/>'
        '<ellipse cx="14" cy="5" rx="5" ry="2" fill="#0cf"/>'
    ),
    "lines": (
        '<line x1="1" y1="1" x2="9" y2="9" stroke="#060" fill="red" stroke-linecap="round"/>'
        '<polyline points="11,9 14,1 17 9" fill="none" stroke="#006" stroke-linejoin="round"/>'
        '<polygon points="10,0 12,2 10,4" fill="purple" stroke="none"/>'
    ),
    "sharp corners": (
        '<path d="M1 8L3 2 5 8M8 8L8.5 1 9 8" fill="none" stroke="#000"/>'
        '<path d="M12 8L12.5 2 13 8" fill="none" stroke="#000" stroke-miterlimit="30"/>'
    ),
    "dashes": (
        '<path d="M1 3h18" stroke="#000" stroke-dasharray="3 1"/>'
        '<path d="M1 7h18" stroke="#000" stroke-dasharray="2" stroke-dashoffset="1"/>'
    ),
    "what is inherited": (
        '<g fill="none" stroke="#c00" stroke-width=".4"><g stroke-width="2">'
        '<path d="M3 3h5"/></g><path d="M3 8h5"/><rect x="12" y="2" width="5" height="5"/></g>'
    ),
    "moves": (
        '<g transform="translate(2,1) scale(.5)"><rect width="6" height="6"/>'
        '<rect width="6" height="6" fill="red" transform="rotate(30 14 4) translate(10)"/></g>'
        '<rect width="3" height="3" fill="blue" transform="matrix(1 .2 -.4 1 15 2) skewX(10)"/>'
    ),
    "tiny units": '<g transform="scale(.00001)"><path d="M100000 100000h800000v800000z"/></g>',
    "huge units": '<g transform="scale(1000)"><path d="M.001.001h.008v.008z" fill="olive"/></g>',
    "used again": (
        '<defs><g id="a"><rect width="3" height="3"/><path id="b" fill="red" d="M0 4h3v3z"/>'
        "</g></defs>"
        '<use href="#a" x="1" y="1"/><use href="#a" fill="green" transform="translate(7)" x="1"/>'
        '<use href="#b" x="14"/>'
    ),
    "uses within uses": (
        '<defs><rect id="a" width="2" height="9"/><g id="b"><use href="#a"/>'
        '<use href="#a" x="4"/></g></defs><g stroke="none" fill="#333"><use href="#b" x="1"/>'
        '<use href="#b" x="10"/></g>'
    ),
    "beyond the edges": '<circle cx="10" cy="9" r="8" fill="#0a6"/><path d="M-5-5H3V30H-5z"/>',
    "no thickness": '<path d="M2 2h16v6z" fill="#ccc" stroke="#f00" stroke-width="0"/>',
    "words about it": (
        '<title>A b</title><desc>C</desc><!-- d --><g class="e" id="f" data-g="h" role="i">'
        '<path d="M2 2h9v6z"><title>I</title></path></g>'
    ),
    "white on colour": (
        '<rect width="20" height="10" fill="#00505c"/><path d="M2 2h16l-9 6z" fill="WHITE"/>'
    ),
}

# What WeasyPrint itself paints otherwise than browsers do.
WRONG = ("an arc that is too short", "an arc without a radius", "rounded corners", "circles")
WRONG += ("beyond the edges",)

# What is left to others, each for one thing that it has.
REFUSED: Mapping[str, str] = {
    "words": "<text>A</text>",
    "a gradient": '<linearGradient id="a"/><path d="M0 0h9v9z" fill="url(#a)"/>',
    "a style": '<path d="M0 0h9v9z" style="fill:red"/>',
    "a style sheet": '<defs><style>path { fill: red }</style></defs><path d="M0 0h9v9z"/>',
    "a mask": '<path d="M0 0h9v9z" mask="url(#m)"/>',
    "a clip": '<g clip-path="url(#c)"><path d="M0 0h9v9z"/></g>',
    "half seen": '<path d="M0 0h9v9z" opacity=".5"/>',
    "half filled": '<g fill-opacity=".5"><path d="M0 0h9v9z"/></g>',
    "hidden": '<path d="M0 0h9v9z" display="none"/>',
    "a symbol": '<symbol id="a"/><use href="#a"/>',
    "an address": '<use href="other.svg#a"/>',
    "nothing that it uses": '<use href="#gone"/>',
    "itself": '<g id="a"><use href="#a"/></g>',
    "an animation": '<path d="M0 0h9v9z"><animate attributeName="d"/></path>',
    "a unit": '<circle cx="1cm" cy="1" r="1"/>',
    "a share": '<rect width="50%" height="5"/>',
    "a path that breaks off": '<path d="M0 0L5"/>',
    "a path that is none": '<path d="M0 0L5 5 nonsense"/>',
    "a path from nowhere": '<path d="L5 5"/>',
    "a colour unknown": '<path d="M0 0h9v9z" fill="reddish"/>',
    "a colour of elsewhere": '<path d="M0 0h9v9z" fill="currentColor"/>',
    "a move unknown": '<path d="M0 0h9v9z" transform="rotate3d(1)"/>',
    "a move to nothing": '<path d="M0 0h9v9z" transform="scale(0)"/>',
    "markers": '<path d="M0 0h9v9z" marker-end="url(#m)"/>',
    "a drawing within": '<svg width="5" height="5"><path d="M0 0h9v9z"/></svg>',
    "an ellipse left open": '<ellipse cx="5" cy="5" rx="4"/>',
    "a box below nothing": '<rect width="-5" height="5"/>',
}


def svg(body: str, attributes: str = 'viewBox="0 0 20 10"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{body}</svg>'.encode()


def known(content: bytes) -> Shapes:
    shapes = shapes_of(etree.fromstring(content))
    assert shapes is not None
    return shapes


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def page_of(pdf: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        return document[0].render(scale=1).to_pil().convert("RGB")


def apart(one: Image.Image, other: Image.Image) -> int:
    """Return how much two pictures differ where they do most."""
    assert one.size == other.size
    seen = ImageChops.difference(one.reduce(SMALLER), other.reduce(SMALLER))
    return max(int(high) for _, high in seen.getextrema())  # type: ignore[arg-type, misc]


def of_a_page(content: bytes, high: int = HIGH) -> str:
    data = base64.b64encode(content).decode()
    style = f"@page {{ size: {WIDE}pt {high}pt; margin: 0 }} body {{ margin: 0 }}"
    shown = f'style="display: block; width: {WIDE}pt; height: {high}pt; overflow: hidden"'
    return f'<style>{style}</style><img alt="" {shown} src="data:{SVG};base64,{data}">'


@pytest.fixture(scope="module")
def resources(tmp_path_factory: pytest.TempPathFactory) -> Resources:
    folder = tmp_path_factory.mktemp("drawings")
    return Resources(folder, find_theme("default", folder), {})


def in_a_pdf(content: bytes, resources: Resources, high: int = HIGH) -> Image.Image:
    return page_of(to_pdf(of_a_page(content, high), Position("page"), resources))


def of_weasyprint(content: bytes, high: int = HIGH) -> Image.Image:
    import_weasyprint()
    from weasyprint import HTML

    return page_of(HTML(string=of_a_page(content, high)).write_pdf())


def of_another(content: bytes, resources: Resources) -> Image.Image:
    families = resources.theme.font_families
    return opened(pixels_of(content, WIDE, families, ppi=25.4, ground="#fff"))


@pytest.mark.parametrize("name", DRAWINGS)
def test_it_looks_as_others_paint_it(name: str, resources: Resources) -> None:
    content = svg(DRAWINGS[name])
    ours = opened(flat_pixels(known(content), WIDE, HIGH, 220))
    assert apart(ours, of_another(content, resources)) <= SAME


@pytest.mark.slow
@pytest.mark.parametrize("name", DRAWINGS)
def test_it_looks_so_in_a_pdf(name: str, resources: Resources) -> None:
    content = svg(DRAWINGS[name])
    theirs = of_another(content, resources)
    assert apart(in_a_pdf(content, resources), theirs) <= SAME
    if name not in WRONG:
        assert apart(of_weasyprint(content), theirs) <= SAME


def of_a_cloud(resources: Resources) -> bytes:
    del resources
    return write_svg(lay(many(30), 160, 120), "What?", "en-GB")


def of_a_chart(resources: Resources) -> bytes:
    sheet = Sheet(160, Type(tuple(resources.theme.font_families), 12), "#212B32", is_mirrored=False)
    sheet.box(40, 2, 60, 8, "#005EB8")
    sheet.box(40, 12, 20, 8, "#FFFFFF")
    sheet.rule(40, 0, 40, 22)
    sheet.text("Walking groups", 0, 8, is_bold=True)
    sheet.y = 24
    return sheet.svg("Chart", "en-GB")


@pytest.mark.parametrize("made", [*SHIPPED, of_a_cloud, of_a_chart])
def test_what_we_ship_and_draw_looks_as_others_paint_it(
    made: str | Callable[[Resources], bytes], resources: Resources
) -> None:
    content = (ROOT / made).read_bytes() if isinstance(made, str) else made(resources)
    shapes = known(content)
    high = round(WIDE * shapes.view[3] / shapes.view[2])
    theirs = of_weasyprint(content, high)
    assert apart(in_a_pdf(content, resources, high), theirs) <= SAME
    assert apart(opened(flat_pixels(shapes, WIDE, high, 220)), theirs) <= SAME


@pytest.mark.parametrize("opacity", ["1", ".5"])
def test_what_lies_beyond_its_edges_is_cut_whoever_paints_it(
    opacity: str, resources: Resources
) -> None:
    content = svg(f'<path fill="red" fill-opacity="{opacity}" d="M-9-9H40V40H-9z"/>')
    assert bool(shapes_of(etree.fromstring(content))) == (opacity == "1")
    data = base64.b64encode(content).decode()
    style = "@page { size: 60pt 40pt; margin: 15pt 20pt } body { margin: 0; line-height: 0 }"
    html = f'<style>{style}</style><img style="width: 20pt" alt="" src="data:{SVG};base64,{data}">'
    page = page_of(to_pdf(html, Position("page"), resources))
    assert page.getpixel((30, 20)) != (255, 255, 255)
    beyond = [page.getpixel(point) for point in ((18, 20), (42, 20), (30, 13), (30, 27))]
    assert beyond == [(255, 255, 255)] * 4


def test_a_drawing_is_a_ground_that_repeats(resources: Resources) -> None:
    data = base64.b64encode(svg('<path fill="#00f" d="M0 0h10v10H0z"/>')).decode()
    ground = f"background: url(data:{SVG};base64,{data}) 0 0 / 40pt 20pt"
    style = f"@page {{ size: 120pt 40pt; margin: 0 }} body {{ margin: 0; height: 40pt; {ground} }}"
    page = page_of(to_pdf(f"<style>{style}</style><body>", Position("page"), resources))
    colours = [page.getpixel((x, 30)) for x in (10, 30, 50, 70, 90, 110)]
    assert colours == [(0, 0, 255), (255, 255, 255)] * 3


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_known_is_left_to_others(name: str) -> None:
    assert shapes_of(etree.fromstring(svg(REFUSED[name]))) is None


def test_a_drawing_that_grows_without_end_is_left_to_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(walk, "_MOST", 900)
    body = '<path id="a0" d="M0 0h9v9z"/>'
    body += "".join(f'<g id="a{n + 1}">{f"""<use href="#a{n}"/>""" * 10}</g>' for n in range(2))
    assert shapes_of(etree.fromstring(svg(body))) is not None
    assert shapes_of(etree.fromstring(svg(f'{body}<g>{"""<use href="#a2"/>""" * 5}</g>'))) is None


@pytest.mark.parametrize(
    "attributes",
    [
        'viewBox="0 0 20 10" preserveAspectRatio="none"',
        'viewBox="0 0 20"',
        'viewBox="0 0 0 10"',
        'width="20mm" height="10mm"',
        'viewBox="0 0 20 10" style="opacity: .5"',
    ],
)
def test_a_drawing_of_a_size_that_is_not_known_is_left_to_others(attributes: str) -> None:
    assert shapes_of(etree.fromstring(svg("<path/>", attributes))) is None


def test_a_drawing_that_is_shown_twice_is_in_the_file_once(resources: Resources) -> None:
    name = "drawn:a.svg"
    resources.drawn["a.svg"] = svg(DRAWINGS["arcs"])
    html = f'<img alt="" style="width: 9cm" src="{name}">'
    pages = f'{html}<p style="break-before: page">{html}</p>'
    with pikepdf.open(io.BytesIO(to_pdf(pages, Position("page"), resources))) as pdf:
        forms = [thing for thing in pdf.objects if _is_form(thing)]
        uses = [b" Do" in page.Contents.read_bytes() for page in pdf.pages]
    assert (len(forms), uses) == (1, [True, True])


def test_word_gets_few_colours_and_those_of_the_drawing(resources: Resources) -> None:
    png, _ = draw_svg(svg(DRAWINGS["white on colour"]), 40, 20, resources)
    with Image.open(io.BytesIO(png)) as image:
        assert image.mode == "P"
        colours = image.convert("RGB").getcolors() or []
    assert len(colours) <= 16
    assert {(0, 0x50, 0x5C), (255, 255, 255)} <= {colour for _, colour in colours}


def _is_form(thing: object) -> bool:
    return isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form"
