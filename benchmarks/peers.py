"""Other programs that make documents of the same text, and what they are given to make them of."""

from __future__ import annotations

import re
import shlex
import sys
from importlib.metadata import version
from pathlib import Path

import pypandoc
from benchmarks.timing import Command
from lxml import html as lxml_html

from report_builder.html.document import parse_html
from report_builder.templating.renderer import Renderer

HERE = Path(__file__).parent
_ADDRESS = re.compile(r'(?:src|href)="((?:theme:|drawn:|media/)[^"]+)"')


def pandoc(source: Path, target: Path) -> Command:
    """Return the command by which pandoc makes a document, in the format that its name ends in."""
    return [pypandoc.get_pandoc_path(), "-f", "html", "-s", "-o", target, source]


def typst(source: Path, target: Path) -> Command:
    """Return the command by which pandoc and Typst make a PDF."""
    return [sys.executable, HERE / "typst_pdf.py", pypandoc.get_pandoc_path(), source, target]


def weasyprint(source: Path, target: Path) -> Command:
    """Return the command by which WeasyPrint alone makes a PDF."""
    return [sys.executable, "-m", "weasyprint", source, target]


def libreoffice(source: Path, folder: Path) -> Command:
    """Return the command by which LibreOffice makes a PDF of a Word file, in a folder."""
    own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    return ["soffice", own, "--headless", "--convert-to", "pdf", "--outdir", folder, source]


def wordcloud(answers: Path, paper: str, target: Path) -> Command:
    """Return the command by which the wordcloud library draws a poster's pixels."""
    return [sys.executable, HERE / "wordcloud_poster.py", answers, paper, target]


def d3(order: Path) -> Command:
    """Return the command by which d3-cloud lays out what a file asks for."""
    script = shlex.quote(str(HERE / "d3/layout.mjs"))
    return ["sh", "-c", f"node {script} < {shlex.quote(str(order))}"]


def versions() -> dict[str, str]:
    """Return the versions of those that are measured beside."""
    names = ("weasyprint", "typst", "wordcloud")
    return {"pandoc": str(pypandoc.get_pandoc_version()), **{name: version(name) for name in names}}


def write_html(renderer: Renderer, folder: Path) -> tuple[Path, Path]:
    """Write the report's HTML with what it names beside it: as it is, and as pandoc wants it."""
    text = renderer.render("report.html.j2")
    folder.mkdir(parents=True)
    for number, address in enumerate(dict.fromkeys(_ADDRESS.findall(text))):
        content, _ = renderer.resources.read(address)
        name = f"{number}{Path(address).suffix}"
        (folder / name).write_bytes(content)
        text = text.replace(f'"{address}"', f'"{name}"')
    whole, plain = folder / "report.html", folder / "plain.html"
    whole.write_text(text, "utf-8")
    root = parse_html(text)
    for part in root.xpath("//style | //link | //script"):
        part.drop_tree()
    for part in root.iter("main"):
        part.tag = "div"  # pandoc takes what stands in main, and leaves the rest
    for image in root.iter("img"):
        image.set("src", str((folder / image.get("src")).resolve()))
    plain.write_text(lxml_html.tostring(root, encoding="unicode"), "utf-8")
    return whole, plain
