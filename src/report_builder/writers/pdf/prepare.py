"""A document as WeasyPrint gets it, and the style sheet that goes with it."""

from __future__ import annotations

from lxml.html import HtmlElement

from report_builder.html.document import html_of
from report_builder.writers.pdf.breaks import LAST_RESORT, soften
from report_builder.writers.pdf.kept import MAY_BREAK, let_long_break
from report_builder.writers.pdf.spaces import KEEP_SPACES, write_out_spaces

_SHARP = "img{image-rendering:crisp-edges}"  # PDF/A lets no viewer smooth a picture
STYLES = KEEP_SPACES + LAST_RESORT + MAY_BREAK + _SHARP
"""The style sheet that comes before a document's own."""


def prepare(root: HtmlElement) -> str:
    """Return a document's HTML: its spaces written out, its long words and long boxes softened.

    Its tree is used up.
    """
    let_long_break(root)
    write_out_spaces(root)
    soften(root.find("body"))
    return html_of(root)
