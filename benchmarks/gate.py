"""What looking at the pages costs beside the rest of a PDF's time: usual reports, and a long one.

Run it with ``python benchmarks/gate.py``. Each report is made with the gate and without it in turn,
in one process. The least of several times counts: other programs only ever add to one.
"""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import pypdfium2  # noqa: E402  # needs the path above
from tests.conftest import REAL_EVENT  # noqa: E402
from tests.tools.rendering import renderer_for  # noqa: E402

from report_builder.html.document import parse_document  # noqa: E402
from report_builder.settings.names import STANDARD_EDITION, least_size  # noqa: E402
from report_builder.templating.renderer import Renderer  # noqa: E402
from report_builder.writers.pdf.gate import PageGate  # noqa: E402
from report_builder.writers.pdf.report import TEMPLATE  # noqa: E402
from report_builder.writers.pdf.typeset import typeset  # noqa: E402

TIMES = 5
REPORTS = {
    "the real event": (ROOT, REAL_EVENT, ""),
    "every kind of section": (ROOT / "tests/integration", "every", ""),
    "from right to left": (ROOT / "tests/integration", "languages", "ur"),
}


def main() -> None:
    """Print a line for each report."""
    print("report                   pages   without    with the gate")
    for name, (workspace, event, language) in REPORTS.items():
        renderer = renderer_for(workspace, workspace / "content" / event, language)
        html = renderer.render(TEMPLATE)
        measure(name, renderer, html)
        if event == "every":
            measure("four times as long", renderer, fourfold(html))


def measure(name: str, renderer: Renderer, html: str) -> None:
    """Make a report with the gate and without it, and print how long each took at least."""
    least = [float("inf"), float("inf")]
    for _ in range(TIMES if len(html) < 200_000 else 2):
        for with_gate in (0, 1):
            document = parse_document(html, TEMPLATE)
            size = least_size(STANDARD_EDITION)
            gate = PageGate(document, renderer.resources, size) if with_gate else None
            gc.collect()
            start = time.process_time()
            pdf = typeset(document, renderer.resources, "ua-1", gate)
            least[with_gate] = min(least[with_gate], time.process_time() - start)
    pages = len(pypdfium2.PdfDocument(pdf))
    more = f"{100 * (least[1] / least[0] - 1):+.1f} %"
    print(f"{name:24} {pages:5}  {least[0]:6.2f} s  {least[1]:6.2f} s  {more}", flush=True)


def fourfold(html: str) -> str:
    """Return a report whose sections stand in it four times, under names of their own."""
    before, start, rest = html.partition("<main>")
    main_part, end, after = rest.partition("</main>")
    parts = (main_part.replace(' id="', f' id="n{n}-') for n in range(1, 4))
    return before + start + main_part + "".join(parts) + end + after


if __name__ == "__main__":
    main()
