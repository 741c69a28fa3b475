"""What pages repeat is read once, and what stands in their margins never."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from tests.tools.verapdf import failed_rules

from report_builder.choices import find_theme
from report_builder.html.document import parse_document
from report_builder.readback.structure import outline, read_structure
from report_builder.templating.resources import Resources
from report_builder.writers.pdf.options import Standard
from report_builder.writers.pdf.typeset import typeset

STYLE = """
@page {
  size: A5; @top-left { content: string(title) } @bottom-right { content: counter(page) }
  @left-middle { content: "Side" } @bottom-left-corner { content: "Corner" }
}
h1 { string-set: title content() }
h2 { break-before: page }
.top { position: fixed; top: 0 } .foot { position: fixed; bottom: 0 }
.seal { position: fixed; top: 90mm; width: 9mm }
body::after { content: "Draft"; position: fixed; top: 80mm }
"""
DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAW"
    "jR9awAAAABJRU5ErkJggg=="
)
ROWS = "".join(f"<tr><td>{n}</td></tr>" for n in range(40))
HTML = f"""
<html lang="en"><head><title>T</title><style>{STYLE}</style></head><body>
<h1>One</h1><p>First</p>
<h2>Two</h2><p class="top">On top <a href="https://a.example/">of all</a></p><p>Second</p>
<ul><li>An item<div class="foot"><p>At the foot</p></div></li></ul>
<p>Third <img class="seal" alt="A seal" src="{DOT}"></p>
<h2>Three</h2><table><thead><tr><th>Head</th></tr></thead><tbody>{ROWS}</tbody></table>
"""
READ = """\
Document
  H1 “One”
  P “First”
  H2 “Two”
  P
    “On top ”
    Link link “of all”
  P “Second”
  L ListNumbering=Disc
    LI
      Lbl “• ”
      LBody
        “An item”
        Div
          P “At the foot”
  P
    “Third ”
    Figure alt “A seal”
  H2 “Three”
"""


def furniture(pdf: bytes) -> list[Counter[str]]:
    """Return what artifacts each page has that are said to be its furniture, and how many."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return [
            Counter(
                str(operands[1].get("/Subtype", "none"))
                for operands, operator in pikepdf.parse_content_stream(page, "BDC")  # type: ignore[misc]
                if operands[0] == "/Artifact" and operands[1].Type == "/Pagination"
            )
            for page in file.pages
        ]


@pytest.mark.parametrize(
    ("standard", "profile"), [("ua-1", "PDFUA-1"), ("ua-2", "PDFUA-2-ISO32005")]
)
def test_furniture_says_what_it_is_and_what_pages_repeat_is_read_once(
    standard: Standard, profile: str, tmp_path: Path
) -> None:
    resources = Resources(tmp_path, find_theme("default", tmp_path))
    pdf = typeset(parse_document(HTML, "report.html.j2"), resources, standard)
    first, *others = furniture(pdf)
    assert first == {"/Header": 1, "/Footer": 2, "none": 1}
    assert len(others) > 2
    # What is fixed: a paragraph and its link, one at the foot, the seal and the word “Draft”.
    assert all(o == {"/Header": 3, "/Footer": 3, "/Watermark": 2, "none": 1} for o in others)
    tree = read_structure(pdf)
    assert tree is not None
    draft = "  P “Draft”\n"
    assert outline(tree).count(draft) == 1
    assert outline(tree).replace(draft, "").startswith(READ)
    (tmp_path / "made.pdf").write_bytes(pdf)
    assert failed_rules(tmp_path / "made.pdf", profile) == {}
