"""Every fault that is put into a sound Word file is found, and named for what it is."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from report_builder.checks.word import word_faults
from report_builder.readback.word import NotAWordFileError

DOCUMENT, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"
RUN = "<w:r><w:t>words</w:t></w:r>"
BODY = "<w:body>"  # what is put in stands at the beginning of the text


def paragraph(inner: str) -> str:
    """Return the beginning of the text with a paragraph put in."""
    return f"{BODY}<w:p>{inner}</w:p>"


def looks(mark: str) -> str:
    """Return the beginning of the text with words put in that have a look of their own."""
    return paragraph(f"<w:r><w:rPr><w:{mark}/></w:rPr><w:t>x</w:t></w:r>")


# The fault's name; the part, what stands there in a sound file, and what is put in its place.
FAULTS = [
    ("title", "docProps/core.xml", "<dc:title>*</dc:title>", ""),
    ("language", STYLES, "<w:lang *>", ""),
    ("paper", DOCUMENT, "<w:pgSz *>", '<w:pgSz w:w="12240" w:h="15840"/>'),
    ("protected", SETTINGS, "<w:compat>", '<w:documentProtection w:edit="readOnly"/><w:compat>'),
    ("field-prompt", SETTINGS, "<w:compat>", '<w:updateFields w:val="true"/><w:compat>'),
    ("compatibility", SETTINGS, 'w:val="15"', 'w:val="14"'),
    ("picture-alt", DOCUMENT, 'descr="*"', ""),
    ("picture-alt", DOCUMENT, 'descr="*"', 'descr="IMG_2041.jpg"'),
    ("picture-floats", DOCUMENT, "wp:inline", "wp:anchor"),
    ("text-box", DOCUMENT, BODY, paragraph(f"<w:txbxContent/>{RUN}")),
    ("table-heads", DOCUMENT, "<w:tblHeader/>", ""),
    ("table-merged", DOCUMENT, "<w:tcPr>", '<w:tcPr><w:gridSpan w:val="2"/>'),
    ("table-merged", DOCUMENT, "<w:tcPr>", "<w:tcPr><w:vMerge/>"),
    ("table-nested", DOCUMENT, "</w:tcPr>", "</w:tcPr><w:tbl><w:tr><w:tc/></w:tr></w:tbl>"),
    ("table-empty-row", DOCUMENT, "</w:tbl>", "<w:tr/></w:tbl>"),
    ("heading-order", DOCUMENT, 'w:val="Heading2"', 'w:val="Heading3"'),
    ("heading-order", DOCUMENT, 'w:val="Heading2"', 'w:val="Heading1"'),
    ("heading-empty", DOCUMENT, BODY, paragraph('<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>')),
    ("no-headings", DOCUMENT, 'w:val="Heading', 'w:val="Normal" w:x="'),
    ("empty-paragraph", DOCUMENT, BODY, f"{BODY}<w:p/>"),
    ("fake-list", DOCUMENT, BODY, paragraph("<w:r><w:t>- one thing</w:t></w:r>")),
    ("fake-list", DOCUMENT, BODY, paragraph("<w:r><w:t>1. one thing</w:t></w:r>")),
    ("layout-spaces", DOCUMENT, BODY, paragraph("<w:r><w:t>Monday     Hall</w:t></w:r>")),
    ("justified", DOCUMENT, BODY, paragraph(f'<w:pPr><w:jc w:val="both"/></w:pPr>{RUN}')),
    ("contrast", DOCUMENT, BODY, looks('color w:val="AAAAAA"')),
    ("contrast", STYLES, 'w:color w:val="00505C"', 'w:color w:val="99CCCC"'),
    ("text-size", DOCUMENT, BODY, looks('sz w:val="16"')),
    ("capitals", DOCUMENT, BODY, looks("caps")),
    ("hidden-text", DOCUMENT, BODY, looks("vanish")),
    ("italics", DOCUMENT, BODY, looks("i")),
    ("link-anchor", DOCUMENT, BODY, paragraph(f'<w:hyperlink w:anchor="gone">{RUN}</w:hyperlink>')),
    ("link-address", DOCUMENT, BODY, paragraph(f'<w:hyperlink r:id="rId999">{RUN}</w:hyperlink>')),
    ("link-text", DOCUMENT, BODY, paragraph('<w:hyperlink w:anchor="a"/>')),
    ("link-text", DOCUMENT, BODY, paragraph(
         '<w:hyperlink w:anchor="a"><w:r>'
         '<w:t>click here</w:t></w:r></w:hyperlink>')),
    ("missing-part", DOCUMENT, 'r:embed="*"', 'r:embed="rId998"'),
    ("missing-style", DOCUMENT, 'w:val="Heading2"', 'w:val="Nowhere"'),
    ("missing-list", DOCUMENT, BODY, paragraph(
         f'<w:pPr><w:numPr>'
         f'<w:numId w:val="777"/></w:numPr></w:pPr>{RUN}')),
    ("duplicate-id", DOCUMENT, BODY, paragraph(
         f'<w:bookmarkStart w:id="1" w:name="b"/>'
         f'<w:bookmarkStart w:id="2" w:name="b"/>{RUN}')),
    ("field-open", DOCUMENT, BODY, paragraph(
         f'<w:r><w:fldChar w:fldCharType="begin"/>'
         f'</w:r>{RUN}')),
    ("tracked-changes", DOCUMENT, BODY, paragraph(f'<w:ins w:id="9">{RUN}</w:ins>')),
    ("control-title", DOCUMENT, BODY,
     f"{BODY}<w:sdt><w:sdtPr/><w:sdtContent><w:p>{RUN}</w:p></w:sdtContent></w:sdt>"),
]  # fmt: skip


@pytest.fixture(scope="module")
def sound(built: Path) -> bytes:
    """Return the real event's briefing, in which there is nothing to find."""
    return (built / "briefing.docx").read_bytes()


def spoil(content: bytes, part: str, old: str, new: str) -> bytes:
    """Return a file with something else in a part; ``*`` stands for anything."""
    pattern = re.escape(old).replace(r"\*", "[^>]*?" if "</" not in old else ".*?")
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            if name == part:
                changed, count = re.subn(pattern, lambda _: new, text.decode("utf-8"))
                assert count, f"{old} is not in {part}"
                text = changed.encode()
            after.writestr(name, text)
    return made.getvalue()


def test_there_are_enough_faults() -> None:
    assert len(FAULTS) >= 35


def test_a_sound_file_has_none(sound: bytes) -> None:
    assert word_faults(sound) == []


@pytest.mark.parametrize(("rule", "part", "old", "new"), FAULTS)
def test_each_fault_is_found(sound: bytes, rule: str, part: str, old: str, new: str) -> None:
    found = word_faults(spoil(sound, part, old, new))
    assert rule in {name for name, _, _ in found}, found


@pytest.mark.parametrize("content", [b"", b"words", b"PK\x03\x04 and then nothing"])
def test_what_is_no_word_file_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(NotAWordFileError):
        word_faults(content)


def test_a_file_of_another_program_is_none(tmp_path: Path) -> None:
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.xml", "<a/>")
    with pytest.raises(NotAWordFileError):
        word_faults(path.read_bytes())
