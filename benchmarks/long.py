"""How time and memory grow with the length of a report.

Run it with ``python benchmarks/long.py``; with ``--verapdf`` each report is held to every standard,
too. Each is made in a process of its own, of which CPU time and the most memory count. Time is to
grow with an exponent of at most 1.1 of the pages, memory by at most 2 MB a page.
"""

from __future__ import annotations

import math
import sys
import tempfile
from pathlib import Path

import pikepdf

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.timing import Spent, run  # noqa: E402  # needs the path above

from report_builder.store.cache import FOLDER_VARIABLE  # noqa: E402

PARTS = {"short": 8, "long": 152, "longer": 308}
_PARAGRAPH = "Words about homes and health stand here, so that the paragraph runs over lines. " * 8
_MB = 1 << 20


def main() -> None:
    """Print a line for each length, and how both grow from the shortest to the others."""
    with tempfile.TemporaryDirectory() as name:
        workspace = Path(name)
        for event, parts in PARTS.items():
            folder = workspace / "content" / event
            folder.mkdir(parents=True)
            (folder / "event.yaml").write_text(event_of(parts), "utf-8")
        done = []
        for event in PARTS:
            done.append(make(workspace, event))
            pages, spent = done[-1]
            print(f"{pages} pages: {spent.cpu:.1f} s, {spent.memory / _MB:.0f} MB")
            least, first = done[0]
            if pages != least:
                exponent = math.log(spent.cpu / first.cpu, pages / least)
                grown = (spent.memory - first.memory) / _MB / (pages - least)
                print(f"  time grows with exponent {exponent:.2f}, memory by {grown:.2f} MB a page")
            if "--verapdf" in sys.argv:
                print(f"  veraPDF: {failed(workspace, event)}")


def event_of(parts: int) -> str:
    """Return an event of parts that are some two pages each: texts, lists and tables."""
    lines = ["title: A long report", "date: 2026-01-31", "sections:"]
    for number in range(1, parts + 1):
        rows = ", ".join(f"[Ward {row}, {row * number}, {row}]" for row in range(1, 13))
        lines += [
            f"  - {{type: prose, title: Part {number}, body: '{_PARAGRAPH}\n\n    {_PARAGRAPH}'}}",
            f"  - {{type: exhibits, title: List {number}, items: [one thing, another thing]}}",
            f"  - {{type: table, title: Table {number}, columns: [A, B, C], rows: [{rows}]}}",
        ]
    return "\n".join(lines) + "\n"


def make(workspace: Path, event: str, standard: str = "ua-1") -> tuple[int, Spent]:
    """Make the report of an event by a standard; return its pages, and what it took."""
    command = [sys.executable, "-m", "report_builder", "--workspace", str(workspace), "-q"]
    command += ["pdf", event, "--pdf-standard", standard]
    spent = run(command, {FOLDER_VARIABLE: str(workspace / "cache")})
    with pikepdf.open(workspace / "output" / event / "report.pdf") as pdf:
        pages = len(pdf.pages)
    return pages, spent


def failed(workspace: Path, event: str) -> dict[str, dict[str, int]]:
    """Return the rules that veraPDF finds broken, by standard; make the report anew for UA-2."""
    from tests.tools.verapdf import failed_rules

    pdf = workspace / "output" / event / "report.pdf"
    machine = str(ROOT / "tests/tools/profiles/WCAG-2-2-Machine.xml")
    found = {Path(p).stem: failed_rules(pdf, p) for p in ("PDFUA-1", "PDFA-2A", machine)}
    make(workspace, event, "ua-2")
    return found | {"PDFUA-2": failed_rules(pdf, "PDFUA-2-ISO32005")}


if __name__ == "__main__":
    main()
