"""The message in a real browser, wide and narrow, light and dark: everyone can read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from report_builder.choices import find_theme
from report_builder.content.fields import Line
from report_builder.content.loader import load_all
from report_builder.post.documents import Document
from report_builder.templating.renderer import Renderer
from report_builder.templating.resources import Resources
from report_builder.writers.email.body import Body, check_body, write_body
from tests.conftest import REAL_EVENT, ROOT

EVENTS = (ROOT / "content" / REAL_EVENT, ROOT / "tests/integration/content/languages")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


def values(**more: object) -> dict[str, Any]:
    """Return what the templates say of a recipient with two documents."""
    report = Document(
        "report.pdf", "report", "large-print", "", "pdf", 1_234_567, "", True, "report.pdf"
    )
    briefing = Document(
        "briefing.docx", "briefing", "", "", "docx", 40_000, "", False, "briefing.docx"
    )
    usual = {
        "recipient": {"name": Line("Siân ap Rhys"), "organisation": Line("Baker & Sons")},
        "documents": (report, briefing),
        "web": "https://www.council.example/events/health-equity-town/",
        "is_test": True,
        "stop_address": Line("public.health.and.communities@council.example"),
    }
    return {**usual, **more}


def renderers(edition: str = "standard") -> Iterator[Renderer]:
    theme = find_theme("default", ROOT / "templates")
    for folder in EVENTS:
        for loaded in load_all(folder):
            assert loaded.event is not None
            yield Renderer(loaded.event, Resources(folder, theme), {}, edition)


BODIES = {
    f"{renderer.resources.folder.name} {body.language} {renderer.edition}": body
    for renderer in (*renderers(), next(renderers("large-print")))
    for body in [write_body(renderer, values())]
}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium
        chromium.close()


@pytest.mark.parametrize("which", BODIES)
def test_axe_finds_nothing_and_nothing_is_cut_off_or_fetched(browser: Browser, which: str) -> None:
    for width, scheme in ((320, "light"), (800, "dark")):
        page = browser.new_page(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.set_content(BODIES[which].html)
        assert asked == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        small = page.evaluate(
            "[...document.querySelectorAll('body *')]"
            ".filter(e => parseFloat(getComputedStyle(e).fontSize) < 16).length"
        )
        assert small == 0
        found = Axe().run(page, options={"runOnly": RULES})
        assert found.violations_count == 0, found.generate_report()
        assert len(found.response["passes"]) > 10
        page.close()


@pytest.mark.parametrize("which", BODIES)
def test_the_html_asks_for_nothing_and_carries_its_own_style(which: str) -> None:
    html = BODIES[which].html
    assert not re.search(r"\b(src|background)=|@import|url\(|<link|<script|data-source", html)
    assert 'style="' in html
    assert "prefers-color-scheme: dark" in html


@pytest.mark.parametrize("edition", ["standard", "large-print"])
def test_html_and_text_say_the_same_in_every_language(edition: str) -> None:
    for renderer in renderers(edition):
        for given in (
            values(),
            values(documents=(), web="", is_test=False),
            values(recipient={"name": "", "organisation": ""}),
        ):
            assert check_body(renderer, given) == []


def test_a_text_that_says_something_else_is_a_problem_with_its_template(tmp_path: Path) -> None:
    folder = tmp_path / "default"
    folder.mkdir()
    shipped = (ROOT / "templates/default/email.txt.j2").read_text("utf-8")
    (folder / "email.txt.j2").write_text(
        shipped.replace('{{ kinds.word(event.kind, "next steps") }}', "And then")
    )
    event = next(renderers()).event
    renderer = Renderer(event, Resources(EVENTS[0], find_theme("default", tmp_path)), {})
    (problem,) = check_body(renderer, values())
    assert problem.code == "email-parts"
    assert problem.position.path == (folder / "email.txt.j2").as_posix()
    assert "“and” where its HTML says “next”" in problem.message


def test_the_text_is_as_it_was_looked_at(expect: Any) -> None:
    body: Body = BODIES[f"{REAL_EVENT} en-GB standard"]
    expect(body.text, Path(__file__).parent / "message.txt")


def test_in_a_language_that_lacks_words_nothing_of_html_gets_into_subject_or_text(
    event: Any, tmp_path: Path
) -> None:
    folder = event("title: Cyfarfod\nlanguage: cy\nsections: []\n")
    (loaded,) = load_all(folder)
    assert loaded.event is not None
    theme = find_theme("default", tmp_path)
    renderer = Renderer(loaded.event, Resources(folder, theme), {})
    body = write_body(renderer, values())
    assert check_body(renderer, values()) == []
    assert '<span lang="en" dir="ltr">' in body.html
    assert "<" not in body.subject + body.text
