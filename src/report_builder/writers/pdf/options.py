"""What can be chosen of the report as a PDF."""

from __future__ import annotations

from typing import Annotated

from report_builder.writers.options import Flag, Options
from report_builder.writers.pdf.standard import Standard

StandardOption = Annotated[
    Standard,
    Flag(
        "--pdf-standard",
        "ua-1 is PDF/UA-1 and PDF/A-2a in one file, ua-2 is PDF/UA-2. Default: ua-1.",
    ),
]
"""What PDFs follow, as every format that makes some lets people choose it."""


class PdfOptions(Options):
    """The choices of the report as a PDF."""

    standard: StandardOption = Standard.UA1
