"""Codes by which telephones find web addresses."""

from __future__ import annotations

import io

from report_builder.templating.functions import TemplateFault
from report_builder.templating.resources import Drawing, Resources, drawing_of

_LONGEST = 1000  # bytes of an address: a code of more is too fine for a telephone


def draw_qr(address: object, *, resources: Resources, language: str) -> Drawing:  # noqa: ARG001  # as all drawings are called
    """Return the drawing of a code by which a telephone finds a web address."""
    if not isinstance(address, str) or not 0 < len(address.encode()) <= _LONGEST:
        raise TemplateFault(f"“draw_qr” takes a web address of up to {_LONGEST} characters")

    def draw() -> bytes:
        import segno

        stream = io.BytesIO()
        code = segno.make_qr(address, error="m")
        code.save(stream, kind="svg", scale=10, border=4, light="#FFFFFF")
        return stream.getvalue()

    return drawing_of("qr", address, draw)
