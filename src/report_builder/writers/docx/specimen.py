"""The shipped reference document: the styles, header and footer that a briefing is set in.

The theme's ``briefing.docx`` is made by ``python -m report_builder.writers.docx.specimen FILE``.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any, cast

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from report_builder.settings.tree import data, walk
from report_builder.templating.theme import theme_files
from report_builder.writers.docx.ooxml import element, field, same_bytes

FONT = "Arial"  # the office has it, and so has everyone the briefing is sent to
LANGUAGE = "en-GB"
_TYPEWRITER = "Courier New"
_HANG = Cm(0.6)
_RIGHT = WD_ALIGN_PARAGRAPH.RIGHT
_LEVELS = 9  # of lists; Word has no more


def make_reference(colours: dict[str, str]) -> bytes:
    """Return the reference document in a theme's colours."""
    colour = {name: value.removeprefix("#") for name, value in colours.items()}
    word = docx.Document()
    _forget_parts(word)
    _set_page(word)
    _set_defaults(word)
    _set_styles(word, colour)
    _set_table_style(word, colour)
    _set_complex_scripts(word)
    _set_numbering(word)
    _set_settings(word)
    _set_furniture(word)
    _fill(word)
    stream = io.BytesIO()
    word.save(stream)
    return same_bytes(stream.getvalue())


def _set_complex_scripts(word: Any) -> None:
    """Give Arabic and other scripts, which Word sets apart, the weight and size of Latin ones."""
    for looks in word.styles.element.iter(qn("w:rPr")):
        for name in ("w:b", "w:sz"):
            mark, other = looks.find(qn(name)), qn(f"{name}Cs")
            if mark is not None and looks.find(other) is None:
                twin = element(f"{name}Cs")
                twin.attrib.update(mark.attrib)
                mark.addnext(twin)


def _forget_parts(word: Any) -> None:
    """Drop what python-docx's template carries along and nobody needs; some of it is faulty."""
    for package, kinds in (
        (word.part, ("stylesWithEffects", "customXml")),
        (word.part.package, ("thumbnail",)),
    ):
        for name, relation in list(package.rels.items()):
            if any(kind in relation.reltype for kind in kinds):
                del package.rels[name]


def _set_page(word: Any) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.1), Cm(1.8)
    section.header_distance = section.footer_distance = Cm(0.9)


def _set_defaults(word: Any) -> None:
    looks = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for child in list(looks):
        looks.remove(child)
    fonts = {f"w_{script}": FONT for script in ("ascii", "hAnsi", "eastAsia", "cs")}
    looks.append(element("w:rFonts", **fonts))
    looks.append(element("w:sz", w_val=24))
    looks.append(element("w:szCs", w_val=24))
    looks.append(element("w:lang", w_val=LANGUAGE, w_eastAsia=LANGUAGE, w_bidi="ar-SA"))


def _set_styles(word: Any, colour: dict[str, str]) -> None:
    styles = word.styles
    kept = {"Normal", "Header", "Footer", "Caption", "List Bullet", "List Number", "No List"}
    kept |= {
        *(f"Heading {level}" for level in range(1, 7)),
        "List Continue",
        "Default Paragraph Font",
        "Normal Table",
    }
    for style in list(styles):
        if style.name not in kept:
            styles.element.remove(style.element)
    for style in styles:
        for link in style.element.findall(qn("w:link")):  # to character styles that are gone
            style.element.remove(link)

    def paragraph(name: str, size: float, **looks: Any) -> Any:
        known = [style.name for style in styles]
        style = styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if name != "Normal":
            style.base_style = styles["Normal"]
        style.hidden, style.quick_style = False, True
        properties = style.element.get_or_add_rPr()
        for child in list(properties):  # theme fonts would win over ours, and italics are not used
            properties.remove(child)
        style.font.name = FONT
        fonts = properties.find(qn("w:rFonts"))
        fonts.set(qn("w:eastAsia"), FONT)
        fonts.set(qn("w:cs"), FONT)
        style.font.size = Pt(size)
        style.font.bold = looks.get("bold")
        style.font.color.rgb = RGBColor.from_string(colour[looks.get("colour", "ink")])
        shape = style.paragraph_format
        shape.space_before, shape.space_after = (
            Pt(looks.get("before", 0)),
            Pt(looks.get("after", 6)),
        )
        shape.line_spacing = looks.get("leading", 1.1)
        shape.keep_with_next = looks.get("keep")
        shape.keep_together = shape.widow_control = True
        return style

    paragraph("Normal", 12)
    paragraph("Heading 1", 22, bold=True, colour="brand", after=8, keep=True, leading=1.0)
    paragraph("Heading 2", 14, bold=True, colour="brand", before=9, after=3, keep=True, leading=1.0)
    paragraph("Heading 3", 12, bold=True, before=6, after=2, keep=True)
    for level in (4, 5, 6):
        paragraph(f"Heading {level}", 12, bold=True, before=4, after=1, keep=True)
    paragraph("Header", 12, after=0)
    paragraph("Footer", 12, after=0)
    paragraph("Caption", 12, bold=True, before=2, after=2, keep=True)
    paragraph("Lead In", 12, bold=True, after=4, keep=True)
    paragraph("Picture", 12, after=4)
    paragraph("Quotation", 12, bold=True).paragraph_format.left_indent = _HANG
    paragraph("Table Text", 12, before=1, after=1, leading=1.0)
    paragraph("Table Heading", 12, bold=True, colour="brand", before=1, after=1, leading=1.0)
    for name in ("List Bullet", "List Number", "List Continue"):
        paragraph(name, 12, after=2, leading=1.05)
    for level in (1, 2, 3):
        contents = paragraph(f"toc {level}", 12, after=2, leading=1.05).paragraph_format
        contents.left_indent = _HANG * (level - 1)
    paragraph("Box Title", 14, bold=True, colour="brand", before=6, after=3, keep=True)
    paragraph("By", 12, before=3, after=6)
    paragraph("Who", 12, bold=True, after=0, keep=True)
    paragraph("Post", 12, after=6)
    paragraph("Number", 12, before=1, after=1, leading=1.0).paragraph_format.alignment = _RIGHT
    heads = paragraph("Number Heading", 12, bold=True, colour="brand", before=1, after=1, leading=1)
    heads.paragraph_format.alignment = _RIGHT
    paragraph("Code Block", 12, leading=1.0)
    _box(paragraph("Notice", 12, after=0, leading=1.15), colour)
    meta = paragraph("Meta", 12, after=1, leading=1.05).paragraph_format
    meta.left_indent, meta.first_line_indent = Cm(4.2), Cm(-4.2)
    meta.tab_stops.add_tab_stop(Cm(4.2))
    _box(paragraph("Key Message", 12, after=0, leading=1.15), colour)
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.font.underline = True
    link.font.color.rgb = RGBColor.from_string(colour["link"])
    link.unhide_when_used = True
    code = styles.add_style("Code", WD_STYLE_TYPE.CHARACTER)
    for style in (styles["Code Block"], code):
        style.font.name = _TYPEWRITER


def _box(style: Any, colour: dict[str, str]) -> None:
    """Give a style a quiet ground and a thick rule on its left."""
    properties = style.element.get_or_add_pPr()
    after = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")
    border = element("w:pBdr")
    border.append(element("w:left", w_val="single", w_sz=36, w_space=6, w_color=colour["accent"]))
    properties.insert_element_before(border, *after)
    ground = element("w:shd", w_val="clear", w_color="auto", w_fill=colour["sand"])
    properties.insert_element_before(ground, *after[1:])


def _set_table_style(word: Any, colour: dict[str, str]) -> None:
    word.styles.element.append(
        parse_xml(
            f"""<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="CouncilTable">
<w:name w:val="Council Table"/>
<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="40"/><w:qFormat/>
<w:tblPr><w:tblBorders>
<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{colour["line"]}"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{colour["line"]}"/></w:tblBorders>
<w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>
<w:bottom w:w="30" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{colour["brand"]}"/></w:tcBorders>
<w:shd w:val="clear" w:color="auto" w:fill="{colour["mist"]}"/></w:tcPr></w:tblStylePr></w:style>"""
        )
    )


def _set_numbering(word: Any) -> None:
    """Define one bulleted and one numbered list, each as deep as Word goes."""
    numbering = word.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    lists = (("List Bullet", "bullet", "•", "•"), ("List Number", "decimal", "%{}.", "%{}."))
    for number, (style, kind, mark, _) in enumerate(lists):
        identifier = word.styles[style].style_id
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            + (f'<w:pStyle w:val="{identifier}"/>' if level == 0 else "")
            + f'<w:lvlText w:val="{mark.format(level + 1)}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{397 * (level + 1)}" w:hanging="397"/></w:pPr></w:lvl>'
            for level in range(_LEVELS)
        )
        numbering.append(
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
                f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
            )
        )
    for number, (style, *_) in enumerate(lists):
        instance = element("w:num", w_numId=number + 1)
        instance.append(element("w:abstractNumId", w_val=number))
        numbering.append(instance)
        _number_style(word.styles[style], number + 1)
    _number_style(word.styles["Key Message"], 1)


def _number_style(style: Any, number: int) -> None:
    properties = style.element.get_or_add_pPr()
    for tag in ("w:numPr", "w:ind", "w:tabs", "w:contextualSpacing"):
        for child in properties.findall(qn(tag)):
            properties.remove(child)
    properties.get_or_add_numPr().get_or_add_numId().val = number


def _set_settings(word: Any) -> None:
    settings = word.settings.element
    for tag in (
        "w:attachedTemplate",
        "w:updateFields",
        "w:documentProtection",
        "w:hdrShapeDefaults",
    ):
        for child in settings.findall(qn(tag)):
            settings.remove(child)
    compatibility = settings.find(qn("w:compat"))
    for child in list(compatibility):
        compatibility.remove(child)
    for name, value in {
        "compatibilityMode": 15,
        "overrideTableStyleFontSizeAndJustification": 1,
        "enableOpenTypeFeatures": 1,
        "doNotFlipMirrorIndents": 1,
        "differentiateMultirowTableHeaders": 1,
    }.items():
        compatibility.append(
            element(
                "w:compatSetting",
                w_name=name,
                w_uri="http://schemas.microsoft.com/office/word",
                w_val=value,
            )
        )
    languages = settings.find(qn("w:themeFontLang"))
    if languages is not None:
        languages.set(qn("w:val"), LANGUAGE)


def _set_furniture(word: Any) -> None:
    section = word.sections[0]
    section.header.is_linked_to_previous = False
    section.header.paragraphs[0].text = "Briefing for councillors"
    foot = section.footer.paragraphs[0]
    foot.add_run("Page ")
    for run in field("PAGE", "1"):
        foot._p.append(run)
    foot.add_run(" of ")
    for run in field("NUMPAGES", "2"):
        foot._p.append(run)


def _fill(word: Any) -> None:
    """Write a specimen, so that who opens the file sees every style at work."""
    for child in list(word.element.body):
        if child.tag != qn("w:sectPr"):
            word.element.body.remove(child)
    for style, text in (
        ("Heading 1", "The title of the briefing"),
        ("Meta", "Lead officer:\tThe name of the officer"),
        ("Heading 2", "Key messages"),
        ("Key Message", "What councillors should take away."),
        ("Heading 2", "How to change how briefings look"),
        ("Normal", "Change this document's styles in Word: they are kept, its text is replaced."),
        ("List Bullet", "Right-click a style in the Styles gallery and choose Modify."),
        ("List Number", "Change Heading 2, for example, and save the file."),
        ("Heading 3", "A smaller heading"),
        ("Quotation", "What somebody said"),
        ("By", "Who said it, or where a number comes from"),
        ("Who", "The name of a speaker"),
        ("Post", "What the speaker does"),
        ("Box Title", "The title of a box"),
        ("Notice", "Something that nobody should miss."),
        ("Code Block", "Text set as by a typewriter"),
        ("Lead In", "A question that was asked"),
        ("Caption", "What a table shows"),
    ):  # fmt: skip
        word.add_paragraph(text, style=style)
    table = word.add_table(rows=2, cols=2)
    table.style = word.styles["Council Table"]
    for row, style, texts in zip(
        table.rows,
        ("Table Heading", "Table Text"),
        (("Action", "Who"), ("What will be done", "Who does it")),
        strict=True,
    ):
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
        for cell, text in zip(row.cells, texts, strict=True):
            cell.paragraphs[0].text = text
            cell.paragraphs[0].style = word.styles[style]
    table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))
    word.add_paragraph("A picture stands in a line of this style.", style="Picture")
    core = word.core_properties
    core.title, core.language = "Reference document for briefings", LANGUAGE
    core.author = core.last_modified_by = core.comments = core.keywords = ""


def main(arguments: list[str]) -> None:
    """Write the reference document in the default theme's colours to a file that is not there."""
    if len(arguments) != 1:
        raise SystemExit(f"usage: python -m {__spec__.name} FILE")
    colours, _ = walk(theme_files("default", Path("templates")).tree, ("colours",))
    try:
        with Path(arguments[0]).open("xb") as file:
            file.write(make_reference(cast("dict[str, str]", data(colours))))
    except FileExistsError:
        raise SystemExit(f"{arguments[0]} is there already: delete it first.") from None


if __name__ == "__main__":
    main(sys.argv[1:])
