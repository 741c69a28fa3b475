"""How many of 34 faults of a finished PDF are found by ``verify``, and how many by validators.

Run it with ``python benchmarks/verify.py``; it needs Java. The faults, and the report that is
spoilt with each of them, are the tests'. It writes the table into ``docs/accessibility.md``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import page

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.table import write_table  # noqa: E402  # needs the path above
from tests.tools.spoiling import FAULTS, spoilt, write_event  # noqa: E402  # the tests' own tools
from tests.tools.verapdf import failed_rules  # noqa: E402

from report_builder.verification import verify_files  # noqa: E402

PAGE = ROOT / "docs/accessibility.md"
BEGIN, END = "<!-- measured: verify -->", "<!-- end: verify -->"
VERAPDF = ("PDFUA-1", str(ROOT / "tests/tools/profiles/WCAG-2-2-Machine.xml"))


def main() -> None:
    """Spoil a report in each way, ask each program, and write the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_event(folder / "content/an-event")
        command = [sys.executable, "-m", "report_builder", "-q", "pdf"]
        subprocess.run(command, cwd=folder, check=True)  # noqa: S603
        report = folder / "output/an-event/report.pdf"
        paths = [folder / f"{number}.pdf" for number in range(len(FAULTS))]
        for path, (spoil, _) in zip(paths, FAULTS.values(), strict=True):
            path.write_bytes(spoilt(report.read_bytes(), spoil))
        ours = [bool(verdict.problems) for verdict in verify_files(paths)]
        theirs = [any(failed_rules(path, profile) for profile in VERAPDF) for path in paths]
        others = [not page.validate_pdf(path, profile="ua1").is_compliant for path in paths]
        assert not next(verify_files([report])).problems  # a report that is not spoilt
    rows = [
        (fault, {"verify": _sign(a), "veraPDF": _sign(b), "page-validation": _sign(c)})
        for fault, a, b, c in zip(FAULTS, ours, theirs, others, strict=True)
    ]
    counts = [f"{sum(found)} of {len(FAULTS)}" for found in (ours, theirs, others)]
    totals = dict(zip(("verify", "veraPDF", "page-validation"), counts, strict=True))
    write_table([("found", totals), *rows], BEGIN, END, PAGE)


def _sign(found: bool) -> str:
    return "found" if found else "–"


if __name__ == "__main__":
    main()
