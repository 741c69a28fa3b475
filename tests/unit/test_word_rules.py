"""Every fault that is put into a sound Word file is found, and named for what it is."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from report_builder.checks.word import RULES, check_own_word, check_word
from report_builder.problems import Position, Problem, Severity
from report_builder.readback.word import NotAWordFileError, WordFile

DOCUMENT, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"
RUN = "<w:r><w:t>words</w:t></w:r>"
HERE = Position("a.docx")
BODY = "<w:body>"  # what is put in stands at the beginning of the text


def paragraph(inner: str) -> str:
    """Return the beginning of the text with a paragraph put in."""
    return f"{BODY}<w:p>{inner}</w:p>"


def paragraphs(*texts: str) -> str:
    """Return the beginning of the text with plain paragraphs put in."""
    return BODY + "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)


def looks(mark: str) -> str:
    """Return the beginning of the text with words put in that have a look of their own."""
    return paragraph(f"<w:r><w:rPr><w:{mark}/></w:rPr><w:t>x</w:t></w:r>")


# The fault's name; the part, what stands there in a sound file, and what is put in its place.
FAULTS = [
    ("document-title", "docProps/core.xml", "<dc:title>*</dc:title>", ""),
    ("document-language", STYLES, "<w:lang *>", ""),
    ("paper", DOCUMENT, "<w:pgSz *>", '<w:pgSz w:w="12240" w:h="15840"/>'),
    ("protected", SETTINGS, "<w:compat>", '<w:documentProtection w:enforcement="1"/><w:compat>'),
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
    ("fake-list", DOCUMENT, BODY, paragraphs("- one thing", "- another")),
    ("fake-list", DOCUMENT, BODY, paragraphs("1. one thing", "2. another")),
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
    ("link-words", DOCUMENT, BODY, paragraph('<w:hyperlink w:anchor="a"/>')),
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


TABLE = "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
# What looks like a fault and is none: the part, what stands there, and what is put in its place.
SOUND = {
    "protection that is not enforced": (
        SETTINGS, "<w:compat>", '<w:documentProtection w:enforcement="0"/><w:compat>'),
    "fields that are not to be brought up to date": (
        SETTINGS, "<w:compat>", '<w:updateFields w:val="false"/><w:compat>'),
    "an outside link with a fragment": (
        DOCUMENT, BODY, paragraph(f'<w:hyperlink r:id="rId1" w:anchor="part">{RUN}</w:hyperlink>')),
    "a link to the top": (
        DOCUMENT, BODY, paragraph(f'<w:hyperlink w:anchor="_top">{RUN}</w:hyperlink>')),
    "a page break": (DOCUMENT, BODY, paragraph('<w:r><w:br w:type="page"/></w:r>')),
    "an equation": (
        DOCUMENT, BODY, paragraph(f'<m:oMath xmlns:m="{MATHS}"><m:r><m:t>x</m:t></m:r></m:oMath>')),
    "a paragraph between two tables": (
        DOCUMENT, BODY, f"{BODY}{TABLE}<w:p/>{TABLE}<w:p/>{TABLE}<w:p>{RUN}</w:p>"),
    "white on a black mark": (
        DOCUMENT, BODY, looks('highlight w:val="black"/><w:color w:val="FFFFFF"')),
    "tab stops that are only named": (
        DOCUMENT, BODY, paragraph(f"<w:pPr><w:tabs>{5 * '<w:tab/>'}</w:tabs></w:pPr>{RUN}")),
    "paper in points": (DOCUMENT, "<w:pgSz *>", '<w:pgSz w:w="595.3pt" w:h="841.9pt"/>'),
    "the language in the default style": (
        STYLES, "<w:lang *>", "",
        'w:default="1" w:styleId="Normal">',
        'w:default="1" w:styleId="Normal"><w:rPr><w:lang w:val="cy-GB"/></w:rPr>'),
    "headings in a style of one's own": (
        STYLES, 'w:styleId="Heading2">',
        'w:styleId="Heading2"><w:outlineLvl w:val="1"/>',
        '<w:name w:val="heading 2"/>', '<w:name w:val="Our heading"/>'),
}  # fmt: skip


def test_there_are_enough_faults() -> None:
    assert len(FAULTS) >= 35


def test_every_rule_is_broken_by_one_of_them() -> None:
    assert {rule.code for rule in RULES} - {fault for fault, *_ in FAULTS} == {"comments"}


def test_a_sound_file_has_none(sound: bytes) -> None:
    assert check_word(sound, HERE) == []


@pytest.mark.parametrize(("rule", "part", "old", "new"), FAULTS)
def test_each_fault_is_found(sound: bytes, rule: str, part: str, old: str, new: str) -> None:
    found = [p for p in check_word(spoil(sound, part, old, new), HERE) if p.code == rule]
    assert found
    assert all(problem.message and problem.hint for problem in found)


def test_comments_that_were_left_in_are_found(sound: bytes) -> None:
    made = io.BytesIO(sound)
    with zipfile.ZipFile(made, "a") as archive:
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        comment = f'<w:comments xmlns:w="{space}"><w:comment w:id="0"/></w:comments>'
        archive.writestr("word/comments.xml", comment)
    assert [problem.code for problem in check_word(made.getvalue(), HERE)] == ["comments"]


@pytest.mark.parametrize("content", [b"", b"words", b"PK\x03\x04 and then nothing"])
def test_what_is_no_word_file_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(NotAWordFileError):
        check_word(content, HERE)


def test_a_file_of_another_program_is_none(tmp_path: Path) -> None:
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.xml", "<a/>")
    with pytest.raises(NotAWordFileError):
        check_word(path.read_bytes(), HERE)


@pytest.mark.parametrize("name", SOUND)
def test_what_looks_like_a_fault_and_is_none_is_left_alone(sound: bytes, name: str) -> None:
    part, *changes = SOUND[name]
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        sound = spoil(sound, part, old, new)
    assert check_word(sound, HERE) == []


def test_several_main_headings_may_stand_below_a_title(sound: bytes) -> None:
    title = '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    sound = spoil(sound, STYLES, "</w:styles>", f"{title}</w:styles>")
    sound = spoil(sound, DOCUMENT, 'w:val="Heading2"', 'w:val="Heading1"')
    (problem,) = {p.code for p in check_word(sound, HERE)}
    assert problem == "heading-order"
    titled = paragraph(f'<w:pPr><w:pStyle w:val="Title"/></w:pPr>{RUN}')
    assert check_word(spoil(sound, DOCUMENT, BODY, titled), HERE) == []


def test_a_document_part_of_another_name_is_found(sound: bytes) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            if name.endswith((".rels", "[Content_Types].xml")):
                text = text.replace(b"word/document.xml", b"word/document2.xml")
            after.writestr(re.sub(r"document(?=\.xml)", "document2", name), text)
    assert check_word(made.getvalue(), HERE) == []


def series(sound: bytes, *texts: str) -> list[Problem]:
    found = check_word(spoil(sound, DOCUMENT, BODY, paragraphs(*texts)), HERE)
    return [problem for problem in found if problem.code == "fake-list"]


@pytest.mark.parametrize(
    "texts",
    [
        ("• buses", "• parks"),
        ("- buses", "- parks", "- roads"),
        ("→ buses", "→ parks"),
        ("1. buses", "2. parks"),
        ("9) buses", "10) parks"),
        ("(1) buses", "(2) parks"),
        ("a) buses", "b) parks"),
        ("(i) buses", "(ii) parks", "(iii) roads", "(iv) homes"),
        ("IV. buses", "V. parks"),
        ("١. حافلات", "٢. حدائق"),
        ("а) автобусы", "б) парки"),
    ],
)
def test_a_series_that_looks_like_a_list_is_one_warning(
    sound: bytes, texts: tuple[str, ...]
) -> None:
    (problem,) = series(sound, "Before.", *texts, "After.")
    assert problem.severity is Severity.WARNING
    assert f"{len(texts)} lines from “{texts[0]}” on" in problem.message


@pytest.mark.parametrize(
    "texts",
    [
        ("1. What matters?", "Buses do."),
        ("– We were never asked.", "So they said."),
        ("12. May was the day.", "14. June was another."),
        ("1. Mai", "5. Mai"),
        ("№ 1 is a school", "№ 2 is a school"),
        ("1 Welcome", "2 Talk"),
        ("-5 degrees", "-3 degrees"),
        ("2024 began well.", "2025 did not."),
        ("- buses", "Between.", "- parks"),
        ("• buses", "- parks"),
        ("2. parks", "1. buses"),
    ],
)
def test_what_only_begins_like_an_item_is_none(sound: bytes, texts: tuple[str, ...]) -> None:
    assert series(sound, *texts) == []


def test_cells_quotations_and_real_lists_are_no_false_list(sound: bytes) -> None:
    said = "<w:r><w:t>- one</w:t></w:r>"
    for style in ("Heading2", "ListBullet", "Quotation"):
        styled = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{said}</w:p>'
        spoilt = check_word(spoil(sound, DOCUMENT, BODY, BODY + 2 * styled), HERE)
        assert "fake-list" not in {problem.code for problem in spoilt}, style
        assert "missing-style" not in {problem.code for problem in spoilt}, style
    cell = f"<w:tc><w:p>{said}</w:p><w:p>{said}</w:p></w:tc>"
    spoilt = check_word(
        spoil(sound, DOCUMENT, BODY, f"{BODY}<w:tbl><w:tr>{cell}</w:tr></w:tbl>"), HERE
    )
    assert "fake-list" not in {problem.code for problem in spoilt}


def test_a_fault_of_ours_stands_at_the_line_of_its_paragraph_or_else_at_the_template(
    sound: bytes,
) -> None:
    template = Position("briefing.html.j2")
    spoilt = spoil(sound, DOCUMENT, BODY, f"{BODY}<w:p/>")
    count = len(WordFile.read(spoilt, template).paragraphs)
    sources = [Position("event.yaml", line, 7) for line in range(1, count + 1)]
    reference = Position("briefing.docx")
    (problem,) = check_own_word(spoilt, template, sources, reference)
    assert problem.code == "empty-paragraph"
    assert problem.position == Position("event.yaml", 1, 7)
    untitled = spoil(sound, "docProps/core.xml", "<dc:title>*</dc:title>", "")
    (problem,) = check_own_word(untitled, template, sources[1:], reference)
    assert problem.position == template
    assert "template" in problem.hint
    small = spoil(sound, DOCUMENT, BODY, looks('sz w:val="16"'))
    (problem,) = check_own_word(small, template, sources, reference)
    assert problem.position == Position("event.yaml", 1, 7)
    assert problem.message.endswith("12 are the least: “x”.")
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    pale = f'{normal}<w:rPr><w:color w:val="DDDDDD"/></w:rPr>'
    used = paragraph(f'<w:pPr><w:pStyle w:val="Normal"/></w:pPr>{RUN}')
    dressed = spoil(spoil(sound, STYLES, normal, pale), DOCUMENT, BODY, used)
    found = check_own_word(dressed, template, sources, reference)
    assert reference in {p.position for p in found if p.code == "contrast"}
