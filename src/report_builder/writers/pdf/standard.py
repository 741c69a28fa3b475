"""The standards that a PDF may follow."""

from __future__ import annotations

from enum import StrEnum


class Standard(StrEnum):
    """What a PDF is to follow: PDF/UA-1 and PDF/A-2a in one file, or PDF/UA-2 alone."""

    UA1 = "ua-1"
    UA2 = "ua-2"
