"""What can be chosen of the report as a PDF."""

from __future__ import annotations

from typing import Annotated, Literal

from report_builder.settings.options import Flag, Options
from report_builder.settings.values import one_of

Standard = Literal["ua-1", "ua-2"]
"""What a PDF is to follow: PDF/UA-1 and PDF/A-2a in one file, or PDF/UA-2 alone."""

StandardOption = Annotated[
    Standard,
    one_of(("ua-1", "ua-2"), "There is no PDF standard called “{}”."),
    Flag(
        "--pdf-standard",
        "ua-1 is PDF/UA-1 and PDF/A-2a in one file, ua-2 is PDF/UA-2. Default: ua-1.",
    ),
]
"""What PDFs follow, as every format that makes some lets people choose it."""


class PdfOptions(Options):
    """The choices of the report as a PDF."""

    standard: StandardOption = "ua-1"
