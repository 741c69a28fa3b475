"""The real LibreOffice and poppler: what a Word file looks like, and what a PDF says."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path


def pdf_of(document: Path, folder: Path, *, tagged: bool = False) -> Path:
    """Return the PDF that LibreOffice makes of a Word file, as PDF/UA where it is to be tagged."""
    pdfs_of([document], folder, tagged=tagged)
    return folder / f"{document.stem}.pdf"


def pdfs_of(documents: Sequence[Path], folder: Path, *, tagged: bool = False) -> None:
    """Let LibreOffice make a PDF of each Word file in a folder."""
    options = ':writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}'
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            f"pdf{options if tagged else ''}",
            "--outdir",
            str(folder),
            *map(str, documents),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )


def page_count(pdf: Path) -> int:
    """Return how many pages a PDF has."""
    found = re.search(r"^Pages:\s+(\d+)$", _poppler("pdfinfo", str(pdf)), re.MULTILINE)
    assert found is not None
    return int(found[1])


def text_of(
    pdf: Path, *, pages: bool = False, right_to_left: bool = False, heads: bool = True
) -> str:
    """Return a PDF's text in the order in which it is read, white space made single spaces.

    With ``pages`` a form feed ends each page, and white space stays. With ``right_to_left``
    lines are put together as they are read; else they stand as the file holds them. Without
    ``heads`` the running heads are left out: the upper 28 mm of an A4 page.
    """
    order = () if right_to_left else ("-raw",)
    area = () if heads else ("-x", "0", "-y", "80", "-W", "596", "-H", "762")
    text = _poppler("pdftotext", *order, *area, str(pdf), "-")
    return text if pages else " ".join(text.split())


def fonts_of(pdf: Path) -> list[str]:
    """Return the fonts in a PDF, without the letters that mark a subset."""
    lines = _poppler("pdffonts", str(pdf)).splitlines()[2:]
    return [line.split()[0].split("+")[-1] for line in lines]


def structure_of(pdf: Path) -> str:
    """Return a tagged PDF's structure tree as poppler prints it."""
    return _poppler("pdfinfo", "-struct-text", str(pdf))


def _poppler(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
