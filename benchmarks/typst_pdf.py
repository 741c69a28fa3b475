"""A PDF as pandoc and Typst make it: ``typst_pdf.py PANDOC SOURCE TARGET``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import typst


def main(pandoc: str, source: Path, target: Path) -> None:
    """Have pandoc write Typst's own language, and Typst set it."""
    text = target.with_suffix(".typ")
    command = [pandoc, "-f", "html", "-t", "typst", "-s", "-o", text, source]
    subprocess.run(command, check=True)  # noqa: S603  # as it was given
    typst.compile(str(text), output=str(target), root="/")


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:]))
