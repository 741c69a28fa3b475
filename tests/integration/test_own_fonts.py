"""A theme may have fonts of its own, in a folder: they set everything, or are named as unusable."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import fontpkg
import pikepdf
import pytest
from fontTools.ttLib import TTFont

from report_builder import build, open_workspace
from report_builder.choices import find_theme
from report_builder.problems import Problem, ReportBuilderError
from report_builder.templating.fonts import font_file

pytestmark = pytest.mark.slow

REGULAR = Path(fontpkg.path("Atkinson Hyperlegible", 400))
BOLD = Path(fontpkg.path("Atkinson Hyperlegible", 700))
VARIABLE = Path(fontpkg.path("Arimo", 400))  # holds all weights
EVENT = """
title: Our day
sections:
  - {type: prose, title: Why, body: "We met, and **talked**."}
  - {type: feedback, question: What matters?, responses: [Homes, Homes, Work]}
"""


def renamed(source: Path, name: str, **looks: int) -> bytes:
    """Return a font under another name, with some of its looks (OS/2) changed."""
    with TTFont(source, recalcTimestamp=False) as font:
        for record in font["name"].names:
            if record.nameID in (1, 4, 16):
                record.string = name
        for look, value in looks.items():
            setattr(font["OS/2"], look, value)
        stream = io.BytesIO()
        font.save(stream)
    return stream.getvalue()


@pytest.fixture
def fonts(event: Callable[..., Path], tmp_path: Path) -> Path:
    """Return the folder of fonts of the theme that a workspace uses, with one event."""
    event(EVENT)
    folder = tmp_path / "templates/ours/fonts"
    folder.mkdir(parents=True)
    (tmp_path / "report-builder.toml").write_text('theme = "ours"\n[poster]\npaper = "A4"\n')
    (folder / "LICENCE.txt").write_text("Yours to use.")
    return folder


def wanted(fonts: Path, text: str, *fallback: str) -> None:
    families = ", ".join(f'"{one}"' for one in (*fallback, "Noto Sans"))
    settings = f'[fonts]\ntext = "{text}"\nfallback = [{families}]\n'
    (fonts.parent / "theme.toml").write_text(settings)


def wrong(fonts: Path) -> list[Problem]:
    with pytest.raises(ReportBuilderError) as raised:
        find_theme("ours", fonts.parents[1])
    return list(raised.value.problems)


def fonts_of(pdf: Path) -> set[str]:
    """Return the names of the fonts that a PDF embeds, without the marks of subsets."""
    with pikepdf.open(pdf) as opened:
        found = (o for o in opened.objects if isinstance(o, pikepdf.Dictionary))
        names = (str(o.FontName) for o in found if o.get("/Type") == "/FontDescriptor")
        return {name.partition("+")[2] for name in names}


def test_everything_is_set_in_fonts_of_the_theme_s_own(fonts: Path, tmp_path: Path) -> None:
    (fonts / "a.ttf").write_bytes(renamed(REGULAR, "Council Sans"))
    (fonts / "b.ttf").write_bytes(renamed(BOLD, "Council Sans"))
    wanted(fonts, "council sans")
    outcome = build(open_workspace(tmp_path))
    assert outcome.exit_code == 0, outcome.problems
    for name in ("report.pdf", "poster.pdf"):
        found = fonts_of(tmp_path / "output/an-event" / name)
        assert found
        assert all(font.startswith("Council-Sans") for font in found), found
    (first, *_) = find_theme("ours", tmp_path / "templates").font_families
    drawn = (tmp_path / "output/an-event/wordcloud.svg").read_text()
    (fonts / "b.ttf").write_bytes(renamed(BOLD, "Council Sans", usWeightClass=900))
    (second, *_) = find_theme("ours", tmp_path / "templates").font_families
    assert first != second  # other files are another font
    wanted(fonts, "Source Sans 3")
    build(open_workspace(tmp_path))
    assert (tmp_path / "output/an-event/wordcloud.svg").read_text() != drawn


def test_variable_and_packed_fonts_serve(fonts: Path) -> None:
    (fonts / "Arimo.ttf").write_bytes(renamed(VARIABLE, "Ours One"))
    for source, name in ((REGULAR, "r.woff2"), (BOLD, "b.woff2")):
        with TTFont(io.BytesIO(renamed(source, "Ours Two"))) as font:
            font.flavor = "woff2"
            font.save(fonts / name)
    wanted(fonts, "Ours One", "Ours Two")
    one, two, *_ = find_theme("ours", fonts.parents[1]).font_families
    for family in (one, two):
        for weight in (400, 700):
            with TTFont(font_file(family, weight)) as font:
                assert font.flavor is None
                assert "fvar" not in font
                assert font["OS/2"].usWeightClass == weight


def test_the_nearest_weights_are_taken_and_italics_passed_over(fonts: Path) -> None:
    for name, source, looks in (
        ("light", REGULAR, {"usWeightClass": 300}),
        ("book", REGULAR, {"usWeightClass": 450}),
        ("semi", BOLD, {"usWeightClass": 600}),
        ("black", BOLD, {"usWeightClass": 900}),
        ("italic", REGULAR, {"usWeightClass": 400, "fsSelection": 1}),
    ):
        (fonts / f"{name}.ttf").write_bytes(renamed(source, "Ours", **looks))
    wanted(fonts, "Ours")
    family = find_theme("ours", fonts.parents[1]).font_families[0]
    weights = []
    for weight in (400, 700):
        with TTFont(font_file(family, weight)) as font:
            weights.append(font["OS/2"].usWeightClass)
    assert weights == [450, 600]


def test_a_font_without_a_bold_is_told_where_it_is_named(fonts: Path) -> None:
    (fonts / "a.ttf").write_bytes(renamed(REGULAR, "Ours"))
    wanted(fonts, "Ours")
    (problem,) = wrong(fonts)
    assert problem.message == "The font “Ours” has no bold."
    assert (Path(problem.position.path).name, problem.position.line) == ("theme.toml", 2)


def test_a_font_that_is_misspelt_is_told_with_what_was_meant(fonts: Path) -> None:
    (fonts / "a.ttf").write_bytes(renamed(VARIABLE, "Council Sans"))
    wanted(fonts, "Counsil Sans")
    (problem,) = wrong(fonts)
    assert problem.hint == "Did you mean “Council Sans”?"


CONTENT = VARIABLE.read_bytes()
UNUSABLE = {
    "empty.ttf": (b"", "is no font that can be read"),
    "words.otf": (b"words", "is no font that can be read"),
    "cut.ttf": (CONTENT[:40_000], "is no font that can be read"),
    "half.ttf": (CONTENT[: len(CONTENT) // 2], "is no font that can be read"),
    "packed.woff2": (b"wOF2" + CONTENT[4:400], "is no font that can be read"),
    "many.ttc": (b"ttcf", "This kind of font file cannot be used."),
    "closed.ttf": (renamed(REGULAR, "Closed", fsType=2), "“Closed” says that it may not be put"),
    "whole.ttf": (renamed(REGULAR, "Whole", fsType=0x100), "may not be put into documents in part"),
}


def test_each_file_that_cannot_be_used_is_named(fonts: Path) -> None:
    for name, (content, _) in UNUSABLE.items():
        (fonts / name).write_bytes(content)
    (fonts / "good.ttf").write_bytes(renamed(REGULAR, "Good", fsType=8))
    wanted(fonts, "Source Sans 3")
    problems = {Path(problem.position.path).name: problem for problem in wrong(fonts)}
    assert problems.keys() == UNUSABLE.keys()
    for name, problem in problems.items():
        assert UNUSABLE[name][1] in problem.message, name
        assert (problem.code, bool(problem.hint)) == ("font", True)
