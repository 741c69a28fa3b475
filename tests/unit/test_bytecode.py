"""Shipped templates are compiled once a machine; nothing else is kept, and nothing stale used."""

from __future__ import annotations

from pathlib import Path

import pytest

from report_builder import compiled
from report_builder.templating import bytecode
from report_builder.templating.sandbox import Sandbox


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that stands for the shipped templates; what is kept of them lies apart."""
    folder = tmp_path / "shipped"
    (folder / "default").mkdir(parents=True)
    (folder / "default" / "a.html.j2").write_text("{{ 6 * 7 }} & {{ '<' }}", "utf-8")
    monkeypatch.setattr(bytecode, "shipped_templates", lambda: folder)
    monkeypatch.setattr(compiled, "_place", lambda name: tmp_path / "kept" / name)
    return folder


@pytest.fixture
def compilings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the templates that are compiled from now on."""
    names: list[str] = []
    compile_it = Sandbox._compile

    def noted(self: Sandbox, source: str, filename: str) -> object:
        names.append(Path(filename).name)
        return compile_it(self, source, filename)

    monkeypatch.setattr(Sandbox, "_compile", noted)
    return names


def load(folder: Path, name: str = "a.html.j2", *, is_html: bool = True) -> None:
    Sandbox((folder,), is_html=is_html).get_template(name)


def test_a_shipped_template_is_compiled_once(
    shipped: Path, compilings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    load(shipped / "default")
    monkeypatch.chdir(shipped)
    load(Path("default"))  # by another name of the same folder
    assert compilings == ["a.html.j2"]


def test_what_is_kept_is_of_this_text_and_this_form(shipped: Path, compilings: list[str]) -> None:
    for text in ("one", "two"):
        (shipped / "default" / "a.html.j2").write_text(text, "utf-8")
        load(shipped / "default")
        load(shipped / "default", is_html=False)
    assert len(compilings) == 4


def test_what_another_version_kept_is_not_used(
    shipped: Path, compilings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    load(shipped / "default")
    monkeypatch.setattr(compiled, "own_code", lambda: "another")
    load(shipped / "default")
    assert len(compilings) == 2


def test_damage_does_no_harm(shipped: Path, compilings: list[str], tmp_path: Path) -> None:
    load(shipped / "default")
    (kept,) = (tmp_path / "kept").iterdir()
    for content in (b"", kept.read_bytes()[:-9], b"\n" + kept.read_bytes()):
        kept.write_bytes(content)
        load(shipped / "default")
    assert len(compilings) == 4


def test_templates_of_a_workspace_are_not_kept(
    shipped: Path, compilings: list[str], tmp_path: Path
) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "a.html.j2").write_text("own", "utf-8")
    for _ in range(2):
        load(tmp_path / "own")
    assert compilings == ["a.html.j2"] * 2
    assert not (tmp_path / "kept").exists()


def test_where_nothing_can_be_kept_all_goes_on(
    shipped: Path, compilings: list[str], tmp_path: Path
) -> None:
    (tmp_path / "kept").write_text("a file", "utf-8")
    for _ in range(2):
        load(shipped / "default")
    assert len(compilings) == 2
