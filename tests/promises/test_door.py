"""What a program can do with the package is what its documentation shows."""

from __future__ import annotations

import doctest
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import REAL_EVENT, ROOT

import report_builder
from report_builder.store.cache import FOLDER_VARIABLE

PAGE = ROOT / "docs/python.md"
_EXAMPLE = re.compile(r"^```pycon\n(.*?)^```$", re.M | re.S)


def test_every_example_of_the_documentation_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "content" / REAL_EVENT, tmp_path / "council/content" / REAL_EVENT)
    (tmp_path / "typo/content/day").mkdir(parents=True)
    (tmp_path / "typo/content/day/event.yaml").write_text("title: A day\nvenu: Town Hall\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "cache"))
    page = PAGE.read_text("utf-8")
    shown = [(page[: m.start(1)].count("\n"), m[1]) for m in _EXAMPLE.finditer(page)]
    examples = [
        doctest.Example(e.source, e.want, e.exc_msg, line + e.lineno, e.indent, e.options)
        for line, text in shown
        for e in doctest.DocTestParser().get_examples(text)
    ]
    assert len(examples) > 20
    test = doctest.DocTest(examples, {}, PAGE.name, str(PAGE), 0, page)
    said: list[str] = []
    assert doctest.DocTestRunner().run(test, out=said.append).failed == 0, "".join(said)


@pytest.mark.parametrize("name", report_builder.__all__)
def test_every_name_is_there(name: str) -> None:
    assert getattr(report_builder, name) is not None


def test_no_other_name_is_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'biuld'"):
        _ = report_builder.biuld


def test_to_open_a_workspace_imports_nothing_heavy() -> None:
    asked = """
import sys
from report_builder import build, check, open_workspace
open_workspace(".").event_names()
print(sorted({"weasyprint", "docx", "wordcloud", "lxml", "pydantic", "jinja2"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
