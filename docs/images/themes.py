"""Draw what docs/themes.md shows, before and after: ``make pictures``."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from draw import EVENT, OUTPUT, ROOT, pages, side_by_side
from PIL import Image

BARE = ROOT / "tests/gallery/content/ward-forum"  # its cover has no picture
FONTS = Path("/usr/share/fonts/truetype/liberation")  # of the package fonts-liberation
HILLS = """
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 212 84" preserveAspectRatio="none">
<path fill="#fff" fill-opacity=".14" d="M0 52q40-40 84-12t128-24v68H0z"/>
<path fill="#fff" fill-opacity=".2" d="M0 70q56-34 110-10t102-16v40H0z"/>
<circle cx="170" cy="16" r="11" fill="#fff" fill-opacity=".3"/></svg>
"""
WORDS = """
{% extends "shipped/default/report.html.j2" %}
{% import "kinds.html.j2" as kinds %}
{% block cover %}
<header class="cover bare">
<div class="words"><p class="organiser">{{ kinds.word(event.kind, "report") }}</p>
<h1{{ event.title.at }}>{{ event.title.inline }}</h1></div>
<div class="drawing"></div>
</header>
{% endblock %}
"""


def main() -> None:
    """Draw all of them."""
    side_by_side([*pages(OUTPUT / "report.pdf", 3), *made(own_font, 3)], "theme-font.png")
    covers = [made(change, 1, root=BARE)[0] for change in (nothing, own_drawing, own_words)]
    side_by_side(covers, "theme-cover.png")


def nothing(_theme: Path) -> None:
    """Leave a theme as it is."""


def own_font(theme: Path) -> None:
    """Give a theme a font of its own."""
    (theme / "fonts").mkdir()
    for style in ("Regular", "Bold"):
        shutil.copy(FONTS / f"LiberationSerif-{style}.ttf", theme / "fonts")
    (theme / "theme.toml").write_text('[fonts]\ntext = "Liberation Serif"\n', "utf-8")


def own_drawing(theme: Path) -> None:
    """Give a theme a drawing of its own for covers."""
    (theme / "cover.svg").write_text(HILLS.strip(), "utf-8")


def own_words(theme: Path) -> None:
    """Let a theme say other words on covers."""
    (theme / "report.html.j2").write_text(WORDS.strip(), "utf-8")


def made(
    change: Callable[[Path], None], *numbers: int, root: Path = ROOT / "content" / EVENT
) -> list[Image.Image]:
    """Return pages of an event's report in a theme that was changed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(root, folder / "content" / root.name)
        program = [sys.executable, "-m", "report_builder", "--workspace", folder]
        subprocess.run([*program, "theme", "new", "ours"], check=True, capture_output=True)
        change(folder / "templates/ours")
        command = [*program, "pdf", "--theme", "ours"]
        subprocess.run(command, check=True, capture_output=True)
        return pages(folder / "output" / root.name / "report.pdf", *numbers)


if __name__ == "__main__":
    main()
