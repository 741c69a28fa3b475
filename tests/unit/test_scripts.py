"""The scripts that measure and draw keep up with the program, though they are seldom run."""

from __future__ import annotations

import ast
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.conftest import ROOT

SCRIPTS = sorted([*(ROOT / "benchmarks").glob("*.py"), *(ROOT / "docs").rglob("*.py")])
OURS = ("report_builder", "tests")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_all_that_a_script_takes_from_the_program_is_there(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(OURS):
            module = import_module(str(node.module))
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                assert hasattr(module, alias.name) or find_spec(name), name
