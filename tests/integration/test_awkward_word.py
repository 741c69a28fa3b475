"""Whatever an event holds, its Word files are good ones or there is a problem in plain words."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator
from PIL import Image
from tests.conftest import Run

from report_builder.checks.word import check_word
from report_builder.problems import Position

BEGIN = 'title: "A day"\nlanguage: en-GB\nsections:\n'
PROSE = BEGIN + '  - type: prose\n    title: "Why"\n    body: {}\n'


def write_event(workspace: Path, event: str | bytes) -> Path:
    folder = workspace / "content/day"
    folder.mkdir(parents=True)
    content = event if isinstance(event, bytes) else event.encode("utf-8", "surrogatepass")
    (folder / "event.yaml").write_bytes(content)
    return folder


def words_of(workspace: Path, run: Run) -> str:
    """Make both Word files, hold them to every rule, and return what the report says."""
    run("docx", "--document", "briefing", "--document", "report", cwd=workspace)
    for name in ("briefing", "report"):
        path = workspace / "output/day" / f"{name}.docx"
        assert OpenXmlValidator().validate(str(path)).errors == []
        assert check_word(path.read_bytes(), Position(str(path))) == []
    body = docx.Document(str(workspace / "output/day/report.docx")).element.body
    return " ".join(node.text or "" for node in body.iter(qn("w:t")))


@pytest.mark.parametrize(
    "written",
    ['"a\x07b"', '"a\\ab"', '"a\\ud800b"', '"a\ud800b"', '"a\\0b"', '"a\\uffffb"', '"a\\x7fb"'],
    ids=["raw", "bell", "surrogate", "raw-surrogate", "nul", "no-character", "delete"],
)
def test_characters_that_are_none_are_a_problem_at_their_line(
    tmp_path: Path, run: Run, written: str
) -> None:
    write_event(tmp_path, PROSE.format(written))
    result = run("docx", cwd=tmp_path, code=1)
    assert "event.yaml:6:" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "output").exists()


def test_text_that_looks_like_markup_arrives_whole(tmp_path: Path, run: Run) -> None:
    write_event(tmp_path, PROSE.format("'R&D <2040> & “so on”, {{ braces }} {% x %} &amp; 5 < 6'"))
    assert "R&D <2040> & “so on”, {{ braces }} {% x %} & 5 < 6" in words_of(tmp_path, run)


def test_a_very_long_paragraph_arrives_whole(tmp_path: Path, run: Run) -> None:
    words = [f"w{number}" for number in range(10_000)]
    write_event(tmp_path, PROSE.format(" ".join(words)))
    assert " ".join(words) in words_of(tmp_path, run)


def test_a_deep_list_keeps_its_levels(tmp_path: Path, run: Run) -> None:
    items = "".join(f"      {'  ' * level}- level {level}\n" for level in range(8))
    write_event(tmp_path, PROSE.format(f"|\n{items}"))
    words = words_of(tmp_path, run)
    assert all(f"level {level}" in words for level in range(8))


def test_a_table_of_fifty_columns_says_how_many_fit(tmp_path: Path, run: Run) -> None:
    row = "|".join(f"c{number}" for number in range(50))
    table = f"|\n      |{row}|\n      |{'-|' * 50}\n      |{row}|\n"
    write_event(tmp_path, PROSE.format(table))
    result = run("docx", "--document", "report", cwd=tmp_path, code=1)
    assert "event.yaml:7:" in result.stderr
    assert "50 columns is too wide for the page; 13 fit at most" in result.stderr


DRAWINGS = {
    "svg": ("<svg", "utf-8"),
    "latin svg": ('<?xml version="1.0" encoding="ISO-8859-1"?><svg', "latin-1"),
    "svg of odd sides": ('<svg width="-5" height="0"', "utf-8"),
}


def picture(folder: Path, kind: str) -> tuple[str, tuple[int, int]]:
    """Make a picture of a kind; return its name and the shape that it must have on the page."""
    turned = Image.Exif()
    turned[0x0112] = 6  # the camera was held upright
    turned[0x010F] = "A camera"
    if kind in DRAWINGS:
        begin, encoding = DRAWINGS[kind]
        size = f'{begin} xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30">'
        drawing = f'{size}<title>£5</title><rect width="40" height="30"/></svg>'
        (folder / "a.svg").write_text(drawing, encoding)
        return "a.svg", (4, 3)
    if kind == "huge":
        Image.new("RGB", (12_000, 9_000), "teal").save(folder / "a.jpg")
        return "a.jpg", (4, 3)
    mode = "CMYK" if kind == "cmyk" else "RGB"
    suffix = kind if kind in ("webp", "avif", "png", "gif", "tiff") else "jpg"
    options = {"exif": turned} if kind == "turned" else {}
    Image.new(mode, (400, 300)).save(folder / f"a.{suffix}", **options)
    return f"a.{suffix}", (3, 4) if kind == "turned" else (4, 3)


@pytest.mark.parametrize(
    "kind", ["huge", "cmyk", "turned", "webp", "avif", "png", "gif", *DRAWINGS]
)
def test_every_kind_of_picture_stands_upright_and_fits(tmp_path: Path, run: Run, kind: str) -> None:
    gallery = BEGIN + "  - type: gallery\n    title: Photos\n    items:\n"
    folder = write_event(tmp_path, "")
    name, (wide, high) = picture(folder, kind)
    (folder / "event.yaml").write_text(gallery + f"      - {{file: {name}, alt: A hall}}\n")
    words_of(tmp_path, run)
    path = tmp_path / "output/day/report.docx"
    (shape,) = (s for s in docx.Document(str(path)).inline_shapes)
    assert shape.width / shape.height == pytest.approx(wide / high, abs=0.01)
    assert shape.width.mm <= 166.1
    with zipfile.ZipFile(path) as archive:
        for part in (n for n in archive.namelist() if "media/" in n and not n.endswith(".svg")):
            with Image.open(io.BytesIO(archive.read(part))) as image:
                # Drawings have few colours, which are listed.
                assert image.mode == ("P" if kind in DRAWINGS else "RGB")
                assert not image.getexif()
                assert image.width / (shape.width.mm / 25.4) < 221  # points per inch
