"""Pictures made fit for paper and Word: upright, RGB, no larger than print needs, no EXIF."""

from __future__ import annotations

import base64
import io
import re

from lxml import etree

from report_builder.templating.fonts import use_only

PPI = 220
_MM_PER_INCH = 25.4
_POINTS_PER_INCH = 72
_SVG = "image/svg+xml"


def as_png(content: bytes, media_type: str, most: float, fonts: list[str]) -> tuple[bytes, float]:
    """Return a picture as PNG and its width in millimetres, at most ``most``.

    ``fonts`` are the families that text in an SVG picture may use.
    """
    from PIL import Image, ImageOps

    if media_type == _SVG:
        return _draw_svg(content, most, fonts)
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(content))).convert("RGB")
    width = min(image.width / PPI * _MM_PER_INCH, most)
    pixels = round(width / _MM_PER_INCH * PPI)
    if image.width > pixels:
        image = image.resize((pixels, round(image.height * pixels / image.width)))
    stream = io.BytesIO()
    image.save(stream, "PNG", dpi=(PPI, PPI))
    return stream.getvalue(), width


def rasterise(pdf: bytes, dpi: int) -> bytes:
    """Return a PDF's first page as PNG that records its resolution."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        image = document[0].render(scale=dpi / _POINTS_PER_INCH).to_pil()
    stream = io.BytesIO()
    image.save(stream, "PNG", dpi=(dpi, dpi))
    return stream.getvalue()


def _draw_svg(content: bytes, most: float, fonts: list[str]) -> tuple[bytes, float]:
    """Draw an SVG picture through PDF, as the report does."""
    use_only(tuple(fonts))
    from weasyprint import HTML

    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    view = str(root.get("viewBox", "0 0 3 2"))
    _, _, wide, high = (float(number) for number in view.replace(",", " ").split())
    stated = re.fullmatch(r"([\d.]+)mm", str(root.get("width", "")))
    width = min(float(stated[1]) if stated else most, most)
    address = f"data:{_SVG};base64,{base64.b64encode(content).decode()}"
    page = f"@page{{size:{width}mm {width * high / wide}mm;margin:0}}body{{margin:0}}"
    pdf = HTML(
        string=f"<style>{page}img{{width:100%;display:block}}</style><img alt='' src='{address}'>"
    ).write_pdf()
    return rasterise(pdf, PPI), width
