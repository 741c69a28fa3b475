"""The house stands as designed: imports run one way, and each kind of section has its partial."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from tests.conftest import ROOT

from report_builder.content.sections import kinds

SOURCE = ROOT / "src" / "report_builder"
# Each room may use itself and the rooms below it.
FLOORS = (
    "cli",
    "post",
    "build",
    "store",
    "writers",
    "verify",
    "checks",
    "drawings",
    "readback",
    "templating",
    "html",
    "content",
    "settings",
    "problems",
)


def rooms_used(path: Path) -> set[str]:
    used = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("report_builder"):
            names = [node.module or ""]
            if node.module == "report_builder":
                names = [f"report_builder.{alias.name}" for alias in node.names]
            used |= {name.split(".")[1] for name in names if "." in name}
    return used


@pytest.mark.parametrize(
    "path", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.relative_to(SOURCE).as_posix()
)
def test_imports_run_downwards(path: Path) -> None:
    room = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    if room in ("__init__", "__main__"):
        return
    below = FLOORS[FLOORS.index(room) :]
    assert rooms_used(path) <= set(below)


def test_every_kind_of_section_has_its_partial() -> None:
    partials = {
        p.name.removesuffix(".html.j2") for p in (ROOT / "templates/default/sections").iterdir()
    }
    assert partials == set(kinds())


def test_no_kind_of_section_is_named_like_a_field_of_its_own() -> None:
    """A fault's place is found by passing over the kind's name, so it may not be a field's."""
    for kind, model in kinds().items():
        assert kind not in model.model_fields


def test_only_the_post_opens_connections() -> None:
    opening = re.compile(r"^\s*(?:import|from) (?:smtplib|socket|ssl|http|urllib\.request)\b", re.M)
    found = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if opening.search(path.read_text("utf-8"))
    }
    assert found == {"post/transport.py"}


def test_only_the_store_and_new_write_files() -> None:
    writing = ("write_bytes", "write_text", "mkdir", "copytree", "copy2", "mkdtemp", "rmtree")
    for path in SOURCE.rglob("*.py"):
        found = [word for word in writing if f"{word}(" in path.read_text("utf-8")]
        room = path.relative_to(SOURCE).as_posix()
        allowed = (
            "store/__init__.py",
            "cli/new.py",
            "cli/translate.py",
            "templating/fonts.py",
            "writers/docx/specimen.py",
            "store/eject.py",
            "post/outbox.py",
        )
        assert not found or room in allowed, f"{room}: {found}"
