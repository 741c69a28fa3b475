"""The poster is ready for walls, printers and screens, and says in text what it shows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from lxml import etree
from PIL import Image, ImageDraw
from tests.conftest import Once, Run
from tests.tools.office import page_count, text_of
from tests.tools.rendering import renderer_for

from report_builder.drawings.cloud import cloud_of
from report_builder.writers.poster.fill import measured, render_sheet
from report_builder.writers.poster.options import PosterOptions
from report_builder.writers.poster.sheet import sheet_of

QUESTION = (
    "Name two things you consider important in order to deliver a health equity town movement."
)
A3 = (297, 420)
MM = 72 / 25.4
PRESS = Path("/usr/share/color/icc/ghostscript/default_cmyk.icc")
EVENT = """
title: Voices
date: 2026-05-04
organiser: The council
web: https://www.council.example/voices
sections:
  - type: feedback
    question: What matters most to you?
    base: 12
    responses:
      [Homes, Homes, Homes, Homes, Work, Work, "صحت کے لیے", 住房, "हिन्दी में", "x\u0301q\u0304",
       Buses and trains, Clean air]
"""


def box_of(page: pikepdf.Page, name: str) -> list[float]:
    """Return a box of a page in millimetres."""
    return [float(number) / MM for number in page.obj[name]]


def test_the_pdf_is_one_sheet_of_a3_with_real_text(built: Path) -> None:
    poster = built / "poster.pdf"
    assert page_count(poster) == 1
    with pikepdf.open(poster) as pdf:
        for name in ("/MediaBox", "/TrimBox", "/BleedBox"):
            assert box_of(pdf.pages[0], name) == pytest.approx([0, 0, *A3], abs=0.1)
        assert not pdf.pages[0].get_images()
    text = text_of(poster)
    assert QUESTION in text
    assert "Leadership at all levels" in " ".join(text.split())
    assert "25 answers" in text


PAPERS = {
    "A4": (210, 297), "A3": A3, "A2": (420, 594), "A1": (594, 841), "A0": (841, 1189),
    "500x700": (500, 700),
}  # fmt: skip


@pytest.mark.parametrize(
    ("paper", "flags", "bleed", "slug"),
    [
        ("A4", (), 3, 0),
        ("A3", ("--orientation", "landscape", "--bleed", "5", "--marks"), 5, 8),
        pytest.param("A2", ("--bleed", "0"), 0, 0, marks=pytest.mark.slow),
        pytest.param("A1", ("--marks",), 3, 8, marks=pytest.mark.slow),
        pytest.param("A0", ("--orientation", "landscape"), 3, 0, marks=pytest.mark.slow),
        ("500x700", ("--bleed", "5"), 5, 0),
    ],
)
def test_every_paper_is_exact(  # type: ignore[no-untyped-def]
    paper, flags, bleed, slug, event, tmp_path, run, monkeypatch
) -> None:
    event(EVENT)
    run("wordcloud", "--paper", paper, *flags, cwd=tmp_path)
    output = tmp_path / "output/an-event"
    width, height = sorted(PAPERS[paper], reverse="landscape" in flags)
    corner = bleed + slug
    with pikepdf.open(output / "poster.print.pdf") as pdf:
        page = pdf.pages[0]
        around = [0, 0, width + 2 * corner, height + 2 * corner]
        assert box_of(page, "/MediaBox") == pytest.approx(around, abs=0.1)
        for name, grown in (("/TrimBox", 0), ("/BleedBox", bleed)):
            low = corner - grown
            expected = [low, low, corner + width + grown, corner + height + grown]
            assert box_of(page, name) == pytest.approx(expected, abs=0.1)
    with pikepdf.open(output / "poster.pdf") as pdf:
        assert box_of(pdf.pages[0], "/MediaBox") == pytest.approx([0, 0, width, height], abs=0.1)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", None)  # a poster is no bomb
    with Image.open(output / "poster.png") as image:
        assert image.size == (round(width / 25.4 * 300), round(height / 25.4 * 300))
        assert image.info["dpi"] == (pytest.approx(300, abs=0.1), pytest.approx(300, abs=0.1))


def test_the_png_shows_the_whole_sheet_to_its_edges(built: Path) -> None:
    with Image.open(built / "poster.png") as image:
        pixels = np.asarray(image.convert("RGB"))
    brand = (0, 0x50, 0x5C)
    assert all(tuple(pixels[0, column]) == brand for column in (0, -1))
    assert all(tuple(pixels[-1, column]) == (255, 255, 255) for column in (0, -1))


def test_the_picture_for_social_media_says_what_it_shows(built: Path) -> None:
    with Image.open(built / "poster.social.png") as image:
        assert image.size == (1200, 630)
        assert image.info["Title"] == QUESTION
        assert "Partnerships (2); Good quality homes (1)" in image.info["Description"]


@pytest.fixture(scope="module")
def voices(once: Once, run: Run) -> Path:
    """Return the outputs of an event with several scripts, with marks, for a press."""

    def build(workspace: Path) -> None:
        folder = workspace / "content/an-event"
        folder.mkdir(parents=True)
        (folder / "event.yaml").write_text(EVENT, "utf-8")
        run("wordcloud", "--print", "x-4", "--icc", str(PRESS), "--marks", cwd=workspace)

    return once("voices", build) / "output/an-event"


def test_the_file_for_the_printer_looks_like_the_poster(built: Path) -> None:
    pictures = []
    for name in ("poster.pdf", "poster.print.pdf"):
        with pypdfium2.PdfDocument(built / name) as pdf:
            # Four pixels a millimetre, so that the bleed of three is a whole number of them.
            image = pdf[0].render(scale=4 / MM).to_pil().convert("L")
        pictures.append(image)
    accessible, printed = pictures
    apart = []
    for top in (12, 13):  # where the edge of the page falls between two pixels
        box = (12, top, 12 + accessible.width, top + accessible.height)
        difference = np.asarray(accessible, int) - np.asarray(printed.crop(box), int)
        apart.append(np.abs(difference).mean())
    assert min(apart) < 2.2
    with pikepdf.open(built / "poster.print.pdf") as pdf:
        assert "/StructTreeRoot" not in pdf.Root
        said = pdf.Root.Metadata.read_bytes()
        assert not any(claim in said for claim in (b"pdfuaid", b"pdfaid", b"pdfxid"))
        assert not any(isinstance(o, pikepdf.Dictionary) and "/FontFile2" in o for o in pdf.objects)


def operators(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield every operator of a file's pages and groups."""
    holders = [pdf.pages[0].obj]
    for holder in holders:  # grows while it is walked
        yield from (str(i.operator) for i in pikepdf.parse_content_stream(holder))
        things = holder.get("/Resources", {}).get("/XObject", {}).values()
        holders += [thing for thing in things if thing.Subtype == "/Form"]


def test_a_pdf_x_has_the_inks_of_its_press_alone(voices: Path) -> None:
    with pikepdf.open(voices / "poster.print.pdf") as pdf:
        used = set(operators(pdf))
        assert {"k", "K"} <= used
        assert used.isdisjoint({"rg", "RG", "g", "G", "cs", "CS", "sc", "SC", "scn", "SCN", "sh"})
        assert used.isdisjoint({"Tf", "TJ", "Tj"})
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFX"
        assert intent.DestOutputProfile.N == 4
        assert bytes(intent.DestOutputProfile.read_bytes()) == PRESS.read_bytes()
        assert b'pdfxid:GTS_PDFXVersion="PDF/X-4"' in pdf.Root.Metadata.read_bytes()
        assert pdf.docinfo["/Trapped"] == "/False"
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image":
                assert thing.ColorSpace in ("/DeviceCMYK", "/DeviceGray")


def test_a_pdf_x_without_a_profile_is_refused_and_not_faked(event, tmp_path, run) -> None:  # type: ignore[no-untyped-def]
    event(EVENT)
    done = run("wordcloud", "--print", "x-4", cwd=tmp_path, code=1)
    assert "needs the ICC profile of the press" in done.stderr
    screen = PRESS.with_name("srgb.icc")
    done = run("wordcloud", "--print", "x-4", "--icc", str(screen), cwd=tmp_path, code=1)
    assert "is a profile of RGB colours" in done.stderr
    (tmp_path / "no.icc").write_text("no profile")
    done = run("wordcloud", "--icc", "no.icc", cwd=tmp_path, code=1)
    assert "no.icc:1:1: error: There is no ICC profile" in done.stderr
    assert not (tmp_path / "output").exists()


def test_the_letters_of_the_pdf_stand_where_the_layout_has_them(tmp_path: Path, event, run) -> None:  # type: ignore[no-untyped-def]
    folder = event(EVENT)
    run("wordcloud", cwd=tmp_path)
    renderer, options = renderer_for(tmp_path, folder), PosterOptions()
    section = renderer.event.sections[0]
    document = render_sheet(renderer, section, options, sheet_of(options))
    sheet = measured(document, sheet_of(options), section, renderer.resources)
    cloud = cloud_of(section, *sheet.cloud_size, renderer.resources)
    expected = {
        (sheet.margin + line.x + (run.left + glyph.left) * placed.size,
         sheet.cloud_top + line.y - glyph.up * placed.size)
        for placed in cloud.placed for line in placed.lines for run in line.runs
        for glyph in run.glyphs
    }  # fmt: skip
    found = set()
    with pikepdf.open(tmp_path / "output/an-event/poster.pdf") as pdf:
        from report_builder.writers.poster.lettering import Font, Text

        page = pdf.pages[0].obj
        text = Text({name: Font(font) for name, font in page.Resources.Font.items()})
        matrix = pikepdf.Matrix()
        stack = []
        for instruction in pikepdf.parse_content_stream(page):
            code, operands = str(instruction.operator), list(instruction.operands)
            if code == "q":
                stack.append(matrix)
            elif code == "Q":
                matrix = stack.pop()
            elif code == "cm":
                matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
            for _, _, place in text.letters(code, operands) or ():
                x, y = matrix.transform((place.dx, place.dy))
                found.add((x / MM, sheet.height - y / MM))
    assert len(expected) > 40
    for x, y in expected:
        assert min(max(abs(x - a), abs(y - b)) for a, b in found) < 0.05, (x, y)


def test_the_svg_needs_no_font_and_describes_itself(built: Path) -> None:
    svg = etree.parse(built / "wordcloud.svg").getroot()
    names = {"s": "http://www.w3.org/2000/svg"}
    assert svg.get("viewBox")
    assert svg.get("role") == "img"
    assert svg.findtext("s:title", namespaces=names) == QUESTION
    assert "Partnerships (2); Good quality homes (1)" in svg.findtext("s:desc", namespaces=names)
    assert not svg.findall(".//s:text", names)
    phrases = svg.findall("s:g", names)
    assert len(phrases) == 24
    assert phrases[0].findtext("s:title", namespaces=names) == "Partnerships: 2"
    letters = {letter.get("id") for letter in svg.findall("s:defs/s:path", names)}
    used = {
        use.get("{http://www.w3.org/1999/xlink}href") for use in svg.iterfind(".//s:use", names)
    }
    assert used == {f"#{letter}" for letter in letters}


def test_the_table_lists_every_phrase_with_its_count_and_rows(built: Path) -> None:
    rows = list(csv.reader(io.StringIO((built / "wordcloud.csv").read_text("utf-8-sig"))))
    assert rows[0] == ["phrase", "count", "written as", "rows", "merged by"]
    assert rows[1] == ["Partnerships", "2", "Partnerships (2)", "5, 26", ""]
    assert len(rows) == 25
    assert sum(int(row[1]) for row in rows[1:]) == 25


def test_merges_are_applied_and_logged(event, tmp_path, run) -> None:  # type: ignore[no-untyped-def]
    event(
        "title: T\nsections:\n  - type: feedback\n    question: Q?\n"
        "    responses: [SafeHomes, safe homes, Safe homes, Work]\n"
        "    merge: {into: Safe homes, from: SafeHomes, approved_by: Ada Officer}\n"
    )
    run("wordcloud", cwd=tmp_path)
    table = (tmp_path / "output/an-event/wordcloud.csv").read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table)))
    assert rows[1][:2] == ["Safe homes", "3"]
    assert "SafeHomes (1)" in rows[1][2]
    assert rows[1][4] == "Ada Officer"


def test_a_merge_that_nobody_approved_is_refused(event, tmp_path, run) -> None:  # type: ignore[no-untyped-def]
    event(
        "title: T\nsections:\n  - type: feedback\n    question: Q?\n"
        "    responses: [SafeHomes, Safe homes]\n"
        "    merge: {into: Safe homes, from: SafeHomes}\n"
    )
    assert "“approved_by” is missing" in run("wordcloud", cwd=tmp_path, code=1).stderr


def test_suggestions_can_be_copied_into_the_event(event, tmp_path, run) -> None:  # type: ignore[no-untyped-def]
    text = (
        "title: T\nsections:\n  - type: feedback\n    question: Q?\n"
        "    responses: [SafeHomes, Safe homes, Safe homes, Work]\n"
    )
    event(text)
    said = run("wordcloud", "--suggest", cwd=tmp_path).stdout
    merge = re.search(r"^    merge:\n(?: {6,}.*\n)+", said, re.MULTILINE)[0]
    assert not (tmp_path / "output").exists()
    event(text + merge.replace('""', "Ada Officer"))
    assert "No two phrases" in run("wordcloud", "--suggest", cwd=tmp_path).stdout
    assert '"suggestions": []' in run("wordcloud", "--suggest=json", cwd=tmp_path).stdout


def test_a_poster_leads_to_its_report(voices: Path) -> None:
    accessible = voices / "poster.pdf"
    assert "www.council.example/voices" in "".join(text_of(accessible).split())
    with pikepdf.open(accessible) as pdf:
        addresses = {str(link.A.URI) for link in pdf.pages[0].obj.Annots}
        assert addresses == {"https://www.council.example/voices"}


WORDY = """
title: {title}
date: 2026-01-31
venue: {venue}
organiser: The Borough Council
web: https://www.council.example/{path}
sections:
  - type: feedback
    title: {head}
    question: {question}
    base: 214
    responses: [Homes, Homes, Homes, Work, Work, Clean air]
"""


@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
@pytest.mark.parametrize("length", [1, 3, 6, 9])
def test_words_of_any_length_have_their_room(length, orientation, event, tmp_path, run) -> None:  # type: ignore[no-untyped-def]
    words = {
        "title": "Voices of Anytown " * length,
        "venue": "The Town Hall of Anytown " * length,
        "path": "public-health/" * length,
        "head": "What residents told us " * length,
        "question": "What would you change in your street? " * length,
    }
    event(WORDY.format(**words))
    run("wordcloud", "--orientation", orientation, cwd=tmp_path)
    poster = tmp_path / "output/an-event/poster.pdf"
    text = "".join(text_of(poster).split())
    for key in ("title", "head", "question", "path"):
        assert "".join(words[key].split()) in text
    with pypdfium2.PdfDocument(poster) as pdf:
        page = pdf[0]
        drawn = page.render(scale=1).to_pil().convert("RGB")
        found = page.get_textpage().search("What would")
        while at := found.get_next():
            left, bottom, _, top = page.get_textpage().get_charbox(at[0])
            ground = drawn.getpixel((int(left) - 3, drawn.height - int((bottom + top) / 2)))
            assert ground == (0, 0x50, 0x5C)  # white words stand on the main colour


def test_a_poster_bears_the_theme_s_logo(event, tmp_path, run) -> None:  # type: ignore[no-untyped-def]
    event(EVENT)
    theme = tmp_path / "templates/ours"
    theme.mkdir(parents=True)
    (theme / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="90" height="90">'
        '<rect width="9" height="9" fill="#FFFFFF"/></svg>'
    )
    settings = 'logo = "logo.svg"\n'
    (theme / "theme.toml").write_text(settings)
    refused = run("wordcloud", "--theme", "ours", cwd=tmp_path, code=1).stderr
    assert "The logo has no description." in refused
    (theme / "theme.toml").write_text(f'{settings}logo_alt = "The council"\n')
    run("wordcloud", "--theme", "ours", "--print", "x-4", "--icc", str(PRESS), cwd=tmp_path)
    read = run("verify", "--read-aloud", "output/an-event/poster.pdf", cwd=tmp_path).stdout
    assert "The council" in read


def test_a_colour_that_has_no_inks_is_refused(event, tmp_path, run) -> None:  # type: ignore[no-untyped-def]
    event(EVENT)
    theme = tmp_path / "templates/ours"
    theme.mkdir(parents=True)
    (theme / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="90" height="90"><defs>'
        '<linearGradient id="g"><stop offset="0" stop-color="#FFFFFF"/>'
        '<stop offset="1" stop-color="#00505C"/></linearGradient></defs>'
        '<rect width="9" height="9" fill="url(#g)"/></svg>'
    )
    (theme / "theme.toml").write_text('logo = "logo.svg"\nlogo_alt = "The council"\n')
    flags = ("--theme", "ours", "--print", "x-4", "--icc", str(PRESS))
    done = run("wordcloud", *flags, cwd=tmp_path, code=1)
    assert "cannot be put in the inks of the press" in done.stderr
    assert not (tmp_path / "output").exists()
    run("wordcloud", "--theme", "ours", cwd=tmp_path)


def test_two_questions_give_two_posters(event, tmp_path, run) -> None:  # type: ignore[no-untyped-def]
    sections = "".join(
        f"  - {{type: feedback, title: Same, question: Question {n}?, responses: [a, b{n}]}}\n"
        for n in (1, 2)
    )
    event(f"title: Two questions\nsections:\n{sections}")
    run("wordcloud", cwd=tmp_path)
    output = tmp_path / "output/an-event"
    assert "Question 1?" in text_of(output / "poster.pdf")
    assert "Question 2?" in text_of(output / "poster-2.pdf")
    assert "b2" in (output / "wordcloud-2.csv").read_text("utf-8-sig")


def test_a_mask_may_be_a_picture_or_a_drawing(event, tmp_path, run) -> None:  # type: ignore[no-untyped-def]
    folder = event(EVENT.replace("base: 12", "base: 12\n    mask: town.png"))
    image = Image.new("RGBA", (300, 300))
    ImageDraw.Draw(image).ellipse((20, 40, 280, 260), fill="black")
    image.save(folder / "town.png")
    run("wordcloud", cwd=tmp_path)
    first = (tmp_path / "output/an-event/wordcloud.svg").read_bytes()
    (folder / "town.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 300" width="300" height="300">'
        '<ellipse cx="150" cy="150" rx="130" ry="110"/></svg>'
    )
    event(EVENT.replace("base: 12", "base: 12\n    mask: town.svg"))
    run("wordcloud", cwd=tmp_path)
    assert abs(len((tmp_path / "output/an-event/wordcloud.svg").read_bytes()) - len(first)) < 300
    Image.new("RGB", (10, 10), "white").save(folder / "town.png")
    event(EVENT.replace("base: 12", "base: 12\n    mask: town.png"))
    assert "nothing in it is dark" in run("wordcloud", cwd=tmp_path, code=1).stderr


def test_the_library_s_look_can_be_had(event, tmp_path, run) -> None:  # type: ignore[no-untyped-def]
    event("title: T\nsections:\n  - {type: feedback, question: Q?, responses: [a, a, b, c d e]}\n")
    run("wordcloud", "--engine", "wordcloud", cwd=tmp_path)
    assert "c d e" in text_of(tmp_path / "output/an-event/poster.pdf")


@pytest.mark.parametrize(
    ("flag", "value", "said"),
    [
        ("--paper", "A9", "“A9” is no paper"),
        ("--paper", "20x30", "“20x30” is no paper"),
        ("--bleed", "90", "90 mm is too little or too much. Write a number of millimetres from 0"),
        ("--margin", "-4", "-4 mm is too little or too much. Write a number of millimetres from 5"),
    ],
)
def test_a_paper_that_is_none_is_refused(flag, value, said, event, tmp_path, run) -> None:  # type: ignore[no-untyped-def]
    event(EVENT)
    assert said in run("wordcloud", flag, value, cwd=tmp_path, code=2).stderr
    assert not (tmp_path / "output").exists()


def test_an_emoji_that_no_font_has_is_named(event, tmp_path, run) -> None:  # type: ignore[no-untyped-def]
    event("title: T\nsections:\n  - {type: feedback, question: Q?, responses: [Homes, More 🫩]}\n")
    assert (
        "No font of the theme has “🫩” (face with bags under eyes)"
        in run("wordcloud", cwd=tmp_path, code=1).stderr
    )
