"""What councillors get of texts reads well aloud, and says what was said.

To change it, run ``pytest tests/golden/test_briefing_words.py --accept``, and read aloud what was
written.
A star stands where ``check`` asks for a summary.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Set
from pathlib import Path

from tests.tools.rendering import renderer_for

from report_builder.checks.content import check_content
from report_builder.content.loader import load
from report_builder.html.document import parse_html

HERE = Path(__file__).parent / "telling"


def what_is_told(event: Path, doubted: Set[int]) -> Iterator[str]:
    """Yield what councillors get of each text."""
    html = renderer_for(event.parents[1], event).render("briefing.html.j2")
    items = parse_html(html).xpath("//li[@data-source]")
    for number, item in enumerate(items, 1):
        line = int(item.get("data-source").split(":")[-2])
        star = "*" if line in doubted else ""
        yield f"{number}{star}. {' '.join(item.text_content().split())}\n"


def test_what_councillors_get(tmp_path: Path, expect: Callable[[str, Path], None]) -> None:
    event = tmp_path / "content" / "talks"
    event.mkdir(parents=True)
    shutil.copy(HERE / "event.yaml", event)
    (tmp_path / "report-builder.toml").write_text("")
    problems = check_content(load(event))
    doubted = {p.position.line for p in problems if p.code == "told-in-short"}
    told = list(what_is_told(event, doubted))
    assert len(told) >= 60
    expect("".join(told), HERE / "briefing.txt")
