"""One report as PDF three ways, ours, WeasyPrint's own tags and Typst's, and what readers meet.

Run it with ``python benchmarks/accessibility.py`` after ``pip install --group benchmark``; it needs
Java. It writes the table into ``docs/accessibility.md``.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path

import pypandoc
import typst
from lxml import html as lxml_html
from lxml.html import HtmlElement

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.table import write_table  # noqa: E402  # needs the path above
from tests.tools.rendering import renderer_for  # noqa: E402  # the tests' own tools
from tests.tools.verapdf import failed_rules  # noqa: E402

from report_builder.drawings.weasy import to_pdf  # noqa: E402
from report_builder.html.document import parse_document, parse_html  # noqa: E402
from report_builder.html.grid import Grid  # noqa: E402
from report_builder.problems import Position  # noqa: E402
from report_builder.readback.structure import Element, read_structure  # noqa: E402
from report_builder.templating.fonts import font_file  # noqa: E402
from report_builder.templating.renderer import Renderer  # noqa: E402
from report_builder.writers.pdf.typeset import typeset  # noqa: E402

EVENT = ROOT / "tests/integration/content/every"
TEMPLATE = "report.html.j2"
PAGE = ROOT / "docs/accessibility.md"
BEGIN, END = "<!-- measured -->", "<!-- end -->"
MARKER = re.compile(r"\W*|\d+|\w{1,3}\. ?")  # of a list or a note; other labels are terms
INLINE = ("a", "b", "em", "i", "span", "strong")
STANDARDS = {"PDF/UA-1": "PDFUA-1", "PDF/A-2a": "PDFA-2A", "PDF/UA-2": "PDFUA-2-ISO32005"}


def main() -> None:
    """Make the report three ways, measure each, and write the table."""
    renderer = renderer_for(EVENT.parents[1], EVENT)
    html = renderer.render(TEMPLATE)
    makers: dict[str, Callable[[Renderer, str], bytes]] = {
        "report-builder": ours,
        "WeasyPrint's own tags": stock,
        "Typst (by pandoc)": by_typst,
    }
    rows = []
    for name, make in makers.items():
        pdf = make(renderer, html)
        rows.append((name, measure(pdf, parse_html(html))))
    write_table(rows, BEGIN, END, PAGE)


def ours(renderer: Renderer, html: str) -> bytes:
    """Return the report as this program makes it."""
    return typeset(parse_document(html, TEMPLATE), renderer.resources)


def stock(renderer: Renderer, html: str) -> bytes:
    """Return the report with the tags that WeasyPrint makes."""
    return to_pdf(html, Position("report"), renderer.resources, pdf_variant="pdf/ua-1")


def by_typst(renderer: Renderer, html: str) -> bytes:
    """Return the report as pandoc and Typst make it of the same HTML."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = parse_html(html)
        for image in root.xpath("//img[@alt='']"):
            image.drop_tree()  # Typst has no figure of a decorative picture
        for number, image in enumerate(root.iter("img")):
            content, _ = renderer.resources.read(image.get("src"))
            (folder / f"{number}.svg").write_bytes(content)
            image.set("src", f"{number}.svg")
        for part in root.xpath("//style | //link | //script"):
            part.drop_tree()
        for part in root.iter("main"):
            part.tag = "div"  # pandoc takes what stands in main, and leaves the rest
        for part in root.xpath("//figure[not(.//img)]"):
            part.tag = "div"  # of a decorative picture there is nothing left but its caption
        source = lxml_html.tostring(root, encoding="unicode")
        text = pypandoc.convert_text(source, "typst", format="html")
        # pandoc leaves out what pictures say; without it Typst refuses to write PDF/UA.
        for number, image in enumerate(root.iter("img")):
            alt = image.get("alt", "").replace('"', "'")
            picture = f'image("{number}.svg"'
            text = text.replace(f"#figure({picture}", f'#figure(alt: "{alt}", {picture}')
            text = text.replace(picture, f'{picture}, alt: "{alt}"')
        # A table without a caption is no figure to Typst, or it asks what the figure shows.
        table = r"#figure\(\s*align\(center\)\[(#table\((?:(?!#figure).)*?)\]\s*, kind: table\s*\)"
        text = re.sub(table, r"\1", text, flags=re.DOTALL)
        fonts = [font_file(family) for family in ("Kurinto Sans", "Kurinto Sans SC")]
        head = f'#set document(title: "{renderer.event.title}")\n'
        head += '#set text(lang: "en", font: ("Kurinto Sans", "Kurinto Sans SC"))\n'
        # What pandoc's own template defines, and its text uses.
        head += "#let horizontalrule = line(length: 100%)\n"
        (folder / "report.typ").write_text(head + text, "utf-8")
        made: bytes = typst.compile(
            str(folder / "report.typ"), pdf_standards=["ua-1"], font_paths=[str(fonts[0].parent)]
        )
        return made


def measure(pdf: bytes, root: HtmlElement) -> dict[str, str]:
    """Return what each column of the table says of a PDF."""
    found = {}
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        for name, profile in STANDARDS.items():
            if name != "PDF/UA-2":
                count = sum(failed_rules(Path(file.name), profile).values())
                found[f"{name}: failures"] = str(count)
    tree = read_structure(pdf)
    assert tree is not None
    wanted, said = words_of(root), spoken(tree).split()
    likeness = SequenceMatcher(None, wanted, said, autojunk=False).ratio()
    found["words in order"] = f"{likeness:.4f}"
    found["words glued or split"] = str(len([w for w in said if w not in set(wanted)]))
    tables = [e for e in tree.walk() if e.role == "Table"]
    found["tables (of them in the HTML)"] = f"{len(tables)} ({len(list(root.iter('table')))})"
    right, cells = heads_right(tables, root)
    found["cells with the right heads"] = f"{right} of {cells}"
    links = [e for e in tree.walk() if e.role == "Link"]
    wanted_links = [" ".join(a.text_content().split()) for a in root.xpath("//a[@href]")]
    named = sum(any(w in " ".join(e.text.split()) for e in links) for w in wanted_links)
    found["links: elements, named right"] = f"{len(links)}, {named} of {len(wanted_links)}"
    return found


def words_of(root: HtmlElement) -> list[str]:
    """Return the words of a document as they are to be read, but for pictures and contents."""
    return "".join(_texts(root.find("body"))).split()


def _texts(element: HtmlElement) -> Iterator[str]:
    gap = "" if element.tag in INLINE and not element.get("role") else " "
    contents = element.tag == "ol" and next(element.iterancestors("nav"), None) is not None
    if isinstance(element.tag, str) and element.tag != "svg" and not contents:
        yield f"{gap}{element.text or ''}"
        for child in element:
            yield from _texts(child)
            yield child.tail or ""
        yield gap


def spoken(element: Element) -> str:
    """Return a tree's words; blocks are apart, what they hold is not."""
    if element.role == "TOC" or (element.role == "Lbl" and MARKER.fullmatch(element.text)):
        return ""
    inline = element.role in ("Span", "Strong", "Em", "Link", "Quote", "Code", "Reference")
    words = "".join(kid if isinstance(kid, str) else spoken(kid) for kid in element.kids)
    return words if inline else f" {words} "


def heads_right(tables: list[Element], root: HtmlElement) -> tuple[int, int]:
    """Return how many data cells have the heads of the HTML standard, and of how many."""
    announced = [
        (plain(cell.text), cell.notes.get("Headers", ""))
        for table in tables
        for cell in table.walk()
        if cell.role == "TD"
    ]
    right = cells = 0
    for table in root.iter("table"):
        grid = Grid(table, lambda element: element.getparent())
        for cell in grid.cells:
            if cell.is_head:
                continue
            cells += 1
            heads = {plain(h.element.text_content()) for h in grid.heads(cell)}
            said = plain(cell.element.text_content())
            match = next((a for a in announced if a[0] == said and named(a[1]) == heads), None)
            if match:
                announced.remove(match)
                right += 1
    return right, cells


def named(heads: str) -> set[str]:
    """Return the heads that a cell names."""
    return {plain(head) for head in heads.split(" + ") if head}


def plain(text: str) -> str:
    """Return a text's words with single spaces."""
    return " ".join(text.split())


if __name__ == "__main__":
    main()
