"""One briefing as a Word file three ways, ours, pandoc's and docxtpl's, and the rules each breaks.

Run it with ``python benchmarks/word.py`` after ``pip install --group benchmark --group test``. It
writes the table into ``docs/accessibility.md``.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import docx
import pypandoc
from docx.shared import Mm
from lxml import html as lxml_html
from lxml.html import HtmlElement
from ooxml_integrity import check as integrity_findings
from openxml_audit import OpenXmlValidator

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.accessibility import EVENT, PAGE  # noqa: E402  # needs the path above
from benchmarks.table import write_table  # noqa: E402
from tests.tools.rendering import renderer_for  # noqa: E402  # the tests' own tools

from report_builder.checks.word import check_word  # noqa: E402
from report_builder.drawings.svg import draw_svg  # noqa: E402
from report_builder.html.document import parse_document, parse_html  # noqa: E402
from report_builder.problems import Position  # noqa: E402
from report_builder.readback.word import WordFile  # noqa: E402
from report_builder.templating.renderer import Renderer  # noqa: E402
from report_builder.writers.docx.document import write_docx  # noqa: E402

HERE = Position("a.docx")
TEMPLATE = "briefing.html.j2"
REFERENCE = ROOT / "templates/default/briefing.docx"
HARD = " R&amp;D &lt;2040&gt; and care."  # what a council may write, and some tools lose
PLACE = ("<!-- measured: word -->", "<!-- end: word -->")


def main() -> None:
    """Make the briefing in each way, measure each, and write the table."""
    renderer = renderer_for(EVENT.parents[1], EVENT)
    html = renderer.render(TEMPLATE).replace("</strong> said.", f"</strong> said.{HARD}")
    assert HARD in html
    makers: dict[str, Callable[[Renderer, str], bytes]] = {
        "report-builder": ours,
        "pandoc": lambda renderer, html: by_pandoc(renderer, html, None),
        "pandoc, our styles": lambda renderer, html: by_pandoc(renderer, html, REFERENCE),
        "docxtpl, our styles": by_docxtpl,
    }
    rows = [(name, measure(make(renderer, html), html)) for name, make in makers.items()]
    write_table(rows, *PLACE, PAGE)


def ours(renderer: Renderer, html: str) -> bytes:
    """Return the briefing as this program makes it."""
    return write_docx(parse_document(html, TEMPLATE), REFERENCE, renderer.resources).content


def by_pandoc(renderer: Renderer, html: str, reference: Path | None) -> bytes:
    """Return the briefing as pandoc makes it of the same HTML."""
    with tempfile.TemporaryDirectory() as name:
        root = parse_html(html)
        for image, png in pictures(renderer, root, Path(name)):
            image.set("src", str(png))
        source = lxml_html.tostring(root, encoding="unicode")
        options = [f"--reference-doc={reference}"] if reference else []
        target = Path(name) / "briefing.docx"
        pypandoc.convert_text(source, "docx", "html", outputfile=str(target), extra_args=options)
        return target.read_bytes()


def by_docxtpl(renderer: Renderer, html: str) -> bytes:
    """Return the briefing as docxtpl fills a template with it, a tag for each part of the HTML."""
    # Imported here: it changes a namespace of python-docx, and with it what ours writes.
    from docxtpl import DocxTemplate, InlineImage

    with tempfile.TemporaryDirectory() as name:
        root = parse_html(html)
        drawn = dict(pictures(renderer, root, Path(name)))
        word = docx.Document(str(REFERENCE))
        for child in list(word.element.body)[:-1]:
            word.element.body.remove(child)
        values: dict[str, object] = {}
        styles = {"h1": "Heading 1", "h2": "Heading 2", "h3": "Heading 3", "p": "Normal"}
        styles |= {"li": "List Bullet", "dt": "Meta", "dd": "Meta", "caption": "Caption"}
        for block in root.iter(*styles, "img", "table"):
            tag = f"part{len(values)}"
            if block.tag == "table":
                cells = [[cell.text_content().strip() for cell in row] for row in block.iter("tr")]
                table = word.add_table(rows=0, cols=len(cells[0]), style="Council Table")
                for texts in cells:
                    for cell, text in zip(table.add_row().cells, texts, strict=True):
                        values[f"part{len(values)}"] = text
                        cell.text = f"{{{{ part{len(values) - 1} }}}}"
                continue
            word.add_paragraph(f"{{{{ {tag} }}}}", style=styles.get(block.tag, "Picture"))
            values[tag] = drawn.get(block, " ".join(block.text_content().split()))
        template_file = io.BytesIO()
        word.save(template_file)
        template = DocxTemplate(template_file)
        for tag, value in values.items():
            if isinstance(value, Path):
                values[tag] = InlineImage(template, str(value), width=Mm(120))
        template.render(values)
        stream = io.BytesIO()
        template.save(stream)
        return stream.getvalue()


def pictures(renderer: Renderer, root: HtmlElement, folder: Path) -> list[tuple[HtmlElement, Path]]:
    """Save a document's pictures as PNG, and return where each lies."""
    found = []
    for number, image in enumerate(root.iter("img")):
        content, _ = renderer.resources.read(image.get("src"))
        png, _ = draw_svg(content, 120, 120, Position("briefing"), renderer.resources)
        path = folder / f"{number}.png"
        path.write_bytes(png)
        found.append((image, path))
    return found


def measure(word: bytes, html: str) -> dict[str, str]:
    """Return what each column of the table says of a Word file."""
    found = {}
    with tempfile.NamedTemporaryFile(suffix=".docx") as file:
        file.write(word)
        file.flush()
        found["schema faults"] = str(
            len(OpenXmlValidator().validate(file.name).errors)
            + len(list(integrity_findings(file.name)))
        )
    there = "".join("".join(WordFile.read(word, HERE).find("//w:t/text()")).split())
    wanted = [block for block in parse_html(html).iter("p", "li", "td", "th", "h1", "h2", "dd")
              if block.find("p") is None and block.find("span") is None]  # fmt: skip
    texts = ["".join(block.text_content().split()) for block in wanted]
    found["texts lost or changed"] = f"{sum(t not in there for t in texts)} of {len(texts)}"
    rules: dict[str, int] = {}
    for problem in check_word(word, HERE):
        rules[problem.code] = rules.get(problem.code, 0) + 1
    named = ", ".join(f"{re.sub('-', ' ', rule)} {count}" for rule, count in rules.items())
    found["rules broken, and how often"] = named or "none"
    return found


if __name__ == "__main__":
    main()
