"""The gallery's events are sound, and docs/gallery.md shows every one of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from tests.conftest import REAL_EVENT, ROOT
from tests.gallery.scenes import MEDIA, SCENES, draw_scenes
from tests.tools.verapdf import failed_rules

from report_builder import build, open_workspace
from report_builder.checks.page import RULES
from report_builder.problems import Severity
from report_builder.settings.names import LARGE_PRINT, STANDARD_EDITION

GALLERY = ROOT / "tests/gallery"
EVENTS = sorted(folder.name for folder in (GALLERY / "content").iterdir())
PAGE = (ROOT / "docs/gallery.md").read_text("utf-8")
CODES = {rule.code for rule in RULES}


def test_every_event_is_read_and_told_to_councillors_without_error(tmp_path: Path) -> None:
    assert len(EVENTS) == 5
    outcome = build(open_workspace(GALLERY, output=tmp_path), EVENTS, only=["docx"])
    assert [problem for problem in outcome.problems if problem.severity is Severity.ERROR] == []


def test_the_page_shows_each_event_and_leads_to_its_source() -> None:
    for event in EVENTS:
        assert f"images/gallery-{event}.png" in PAGE
        assert f"../tests/gallery/content/{event}/event.yaml" in PAGE
    assert f"images/gallery-{REAL_EVENT}.png" in PAGE
    shown = re.findall(r"\]\(((?:images|\.\.)/[^)]*)\)", PAGE)
    assert [name for name in shown if not (ROOT / "docs" / name).is_file()] == []
    pictures = [ROOT / "docs" / name for name in shown if name.endswith(".png")]
    assert [path for path in pictures if path.stat().st_size > 250_000] == []


def test_the_photos_are_those_that_the_script_draws(tmp_path: Path) -> None:
    draw_scenes(tmp_path)
    assert sorted(path.stem for path in MEDIA.iterdir()) == sorted(SCENES)
    assert sum(path.stat().st_size for path in MEDIA.iterdir()) < 500_000
    for name in SCENES:
        kept, drawn = (Image.open(folder / f"{name}.jpg") for folder in (MEDIA, tmp_path))
        assert kept.size == drawn.size
        apart = ImageStat.Stat(ImageChops.difference(kept, drawn)).mean
        assert max(apart) < 2, name  # of 255: another version of the JPEG library differs in little


@pytest.mark.slow
def test_every_page_in_both_editions_is_sound(tmp_path: Path) -> None:
    editions = [STANDARD_EDITION, LARGE_PRINT]
    for root, names in ((GALLERY, EVENTS), (ROOT, [REAL_EVENT])):
        workspace = open_workspace(root, output=tmp_path, editions=editions)
        outcome = build(workspace, names, only=["pdf", "poster"])
        found = [problem for problem in outcome.problems if problem.code in CODES]
        assert [problem for problem in found if problem.severity is not Severity.ADVICE] == []
    reports = sorted(tmp_path.glob("*/report*.pdf"))
    assert len(reports) == 2 * (len(EVENTS) + 1)
    assert {path: failed_rules(path) for path in reports if failed_rules(path)} == {}
