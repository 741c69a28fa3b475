"""Codes by which telephones find web addresses."""

from __future__ import annotations

import hashlib
import io

from report_builder.templating.resources import Resources


def draw_qr(address: str, resources: Resources, language: str) -> str:  # noqa: ARG001  # as all drawings are called
    """Draw a code by which a telephone finds a web address; return the address to use it by."""
    import segno

    name = f"qr-{hashlib.sha256(address.encode()).hexdigest()[:16]}.svg"
    stream = io.BytesIO()
    segno.make_qr(address, error="m").save(stream, kind="svg", scale=10, border=4, light="#FFFFFF")
    resources.drawn[name] = stream.getvalue()
    return resources.address(name)
