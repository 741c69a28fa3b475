"""One colour gives a palette in which everything can be read, and told apart, by everyone."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest
from coloraide import Color

from report_builder.checks.rules import hold
from report_builder.checks.theme import RULES, check_theme
from report_builder.choices import find_theme
from report_builder.settings.layers import CLOUD, RAMP
from report_builder.templating.contrast import contrast
from report_builder.templating.palette import completed

TEN = {
    "yellow": "#FFDD00",
    "black": "#000000",
    "pale pink": "#FFD1DC",
    "health service blue": "#005EB8",
    "red": "#D4351C",
    "lime": "#BFFF00",
    "mid-grey": "#808080",
    "orange": "#FF8000",
    "deep purple": "#2E004F",
    "nearly white": "#FAFAFA",
}
_SOME = random.Random(15)  # noqa: S311  # no secret
OTHERS = [f"#{_SOME.randrange(1 << 24):06X}" for _ in range(10)]
FIXED = {"ink": "#1B2A33", "amber": "#8D5311", "leaf": "#488159", "blue": "#2062CE"}


def apart(one: str, other: str) -> float:
    """Return how different two colours look to those who see the least of it."""
    pair = Color(one), Color(other)
    seen = [pair, *([c.filter(kind, 1) for c in pair] for kind in ("protan", "deutan", "tritan"))]
    return min(a.delta_e(b, method="2000") for a, b in seen)


@pytest.mark.parametrize("brand", [*TEN.values(), *OTHERS])
def test_a_palette_can_be_read_and_told_apart(brand: str) -> None:
    palette = completed(brand, FIXED)
    for name in ("brand", "accent", "link", "ink"):
        for ground in ("#FFFFFF", palette["sand"], palette["mist"]):
            assert contrast(palette[name], ground) >= 4.5, name
    for ramp in RAMP:
        assert max(contrast(on, palette[ramp]) for on in ("#FFFFFF", FIXED["ink"])) >= 4.5, ramp
    for name in CLOUD:
        assert contrast(palette[name], "#FFFFFF") >= 4.5, name
    for name in ("brand-on-dark", "link-on-dark"):
        assert contrast(palette[name], "#14191C") >= 7
    assert contrast(palette["tint"], "#FFFFFF") >= 3
    assert contrast(palette["tint"], FIXED["ink"]) >= 4.5
    of_parts = ("brand", "tint", "ramp-2", "ramp-3")
    for group in (CLOUD, RAMP, of_parts):
        for one, other in itertools.combinations(group, 2):
            assert apart(palette[one], palette[other]) >= 10, (one, other)
    for group in (RAMP, of_parts):  # in print without colour, too
        light = sorted(Color(palette[name]).convert("lab-d65")["l"] for name in group)
        assert min(b - a for a, b in itertools.pairwise(light)) >= 3, group


@pytest.mark.parametrize("brand", ["#005EB8", "#00505C", "#000000", "#2E004F", "#7A1F5C"])
def test_a_colour_that_can_be_read_is_used_as_it_is(brand: str) -> None:
    assert completed(brand, FIXED)["brand"] == brand


@pytest.mark.parametrize("brand", TEN.values())
def test_what_is_darkened_stays_as_it_is_from_then_on(brand: str) -> None:
    used = completed(brand, FIXED)["brand"]
    assert completed(used, FIXED)["brand"] == used


def theme(folder: Path, text: str, name: str = "mine") -> Path:
    (folder / name).mkdir(exist_ok=True)
    (folder / name / "theme.toml").write_text(text, "utf-8")
    return folder


def test_a_theme_that_says_nothing_has_the_hand_made_colours(tmp_path: Path) -> None:
    shipped = find_theme("default", tmp_path)
    assert find_theme("mine", theme(tmp_path, "")).colours == shipped.colours
    assert shipped.colours["brand"] == "#00505C"
    assert shipped.cloud_colours[0] == "#00505C"
    assert set(completed("#00505C", FIXED)) == set(shipped.colours)


def test_a_darkened_colour_is_told_at_its_line_with_a_mend_that_works(tmp_path: Path) -> None:
    (problem,) = check_theme(find_theme("mine", theme(tmp_path, '\n\nbrand = "#FFDD00"\n')))
    assert (problem.code, problem.position.line, problem.position.column) == ("brand-colour", 3, 9)
    mended = problem.hint.partition(",")[0].removeprefix("Write ")
    assert check_theme(find_theme("mine", theme(tmp_path, mended))) == []


@pytest.mark.parametrize("brand", TEN.values())
def test_no_rule_of_colours_is_broken_by_one_colour(brand: str, tmp_path: Path) -> None:
    rules = [rule for rule in RULES if rule.code in ("contrast", "cloud-colours")]
    text = f'extends = "plain"\nbrand = "{brand}"\n'
    assert hold(rules, find_theme("mine", theme(tmp_path, text))) == []


def test_what_is_written_beside_or_nearer_than_the_colour_wins(tmp_path: Path) -> None:
    text = 'brand = "#D4351C"\n[colours]\nsand = "#FFFFFF"\n[cloud]\ncolours = ["ink"]\n'
    theme(tmp_path, text, "parent")
    own = find_theme("parent", tmp_path)
    assert (own.colours["sand"], own.cloud_colours) == ("#FFFFFF", ["#1B2A33"])
    assert own.colours["mist"] != "#E6F0F1"
    near = 'extends = "parent"\n[colours]\naccent = "#5E153D"\n'
    child = find_theme("mine", theme(tmp_path, near))
    assert child.colours["accent"] == "#5E153D"
    assert child.colours["brand"] == own.colours["brand"]
    other = find_theme("mine", theme(tmp_path, 'extends = "parent"\nbrand = "#005EB8"\n'))
    assert (other.colours["brand"], len(other.cloud_colours)) == ("#005EB8", 4)
    assert other.colours["sand"] != "#FFFFFF"


def test_a_main_colour_that_is_written_itself_brings_its_tints(tmp_path: Path) -> None:
    shipped = find_theme("default", tmp_path).colours
    mine = find_theme("mine", theme(tmp_path, '[colours]\nbrand = "#7A1F5C"\n')).colours
    assert mine["ramp-1"] == mine["brand"] == "#7A1F5C"
    assert mine["tint"] != shipped["tint"]
    assert mine["accent"] == shipped["accent"]


def test_a_colour_of_the_ramp_on_which_no_words_can_be_read_is_named(tmp_path: Path) -> None:
    grey = find_theme("mine", theme(tmp_path, '[colours]\nramp-2 = "#7A7F82"\n'))
    (problem,) = check_theme(grey)
    assert "Neither white nor “ink” can be read on “ramp-2”" in problem.message
