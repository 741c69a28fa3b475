"""Draw the pages that docs/gallery.md shows: ``make pictures``."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from draw import EVENT, ROOT, pages, side_by_side

WORKSPACE = ROOT / "tests/gallery"
SHOWN: Mapping[str, tuple[int, ...]] = {
    "ward-forum": (1, 2, 3, 6),
    "streets-conference": (1, 4, 6, 7),
    "library-consultation": (1, 4, 5, 6),
    "garden-workshop": (1, 3, 5, 6),
    "healthy-neighbourhood": (1, 2, 4, 5),
    EVENT: (1, 2, 4, 5),
}
"""The pages of each event; those of the real one in large print."""


def main() -> None:
    """Draw a strip of each event's pages."""
    for event, numbers in SHOWN.items():
        edition, file = ("standard", "report.pdf")
        workspace = WORKSPACE
        if event == EVENT:
            edition, file, workspace = "large-print", "report.large-print.pdf", ROOT
        with tempfile.TemporaryDirectory() as name:
            program = [sys.executable, "-m", "report_builder", "--workspace", workspace]
            command = [*program, "pdf", event, "--edition", edition, "--output", name]
            subprocess.run(command, check=True, capture_output=True)
            side_by_side(pages(Path(name) / event / file, *numbers), f"gallery-{event}.png")


if __name__ == "__main__":
    main()
