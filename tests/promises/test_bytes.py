"""Same input, same bytes; and nothing but the event's and the theme's files goes in."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

from tests.conftest import REAL_EVENT, ROOT, Run


def test_the_same_content_gives_the_same_bytes(built: Path, tmp_path: Path, run: Run) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Karachi", "LANG": "C"}
    run("build", REAL_EVENT, "--output", str(tmp_path), env=environment)
    again = tmp_path / REAL_EVENT
    names = {path.name for path in built.iterdir()}
    assert len(names) == 7
    assert names == {path.name for path in again.iterdir()}
    for name in names:
        assert (built / name).read_bytes() == (again / name).read_bytes(), name


def test_the_manifest_names_every_input_and_output_and_no_place_or_person(built: Path) -> None:
    text = (built / "manifest.json").read_text("utf-8")
    manifest = json.loads(text)
    assert set(manifest["outputs"]) == {path.name for path in built.iterdir()} - {"manifest.json"}
    assert "event.yaml" in manifest["content"]
    assert "default/report.html.j2" in manifest["templates"]
    assert "@" not in text
    assert str(ROOT) not in text
    assert not re.search(r"\d\d:\d\d", text)


def test_a_build_opens_no_connection(event: Callable[..., Path], tmp_path: Path, run: Run) -> None:
    """Run a build in which any socket ends the process, on content that names far addresses."""
    event(
        "title: Far away\nsections:\n  - type: prose\n"
        "    body: See [a page](https://www.example.org/a.png).\n"
    )
    (tmp_path / "sitecustomize.py").write_text(
        "import os, sys\n"
        "def watch(event, arguments):\n"
        "    if event.startswith('socket.'):\n"
        "        os._exit(99)\n"
        "sys.addaudithook(watch)\n"
    )
    run("build", cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)})


def test_a_template_cannot_reach_outside(
    event: Callable[..., Path], tmp_path: Path, run: Run
) -> None:
    event("title: Far away\nsections: [{type: prose, body: Words.}]\n")
    partial = tmp_path / "templates/default/sections/prose.html.j2"
    partial.parent.mkdir(parents=True)
    for address in ("https://www.example.org/a.png", "file:///etc/hostname", "../../secret.png"):
        name = address.rpartition("../")[2]
        partial.write_text(f'<img src="{address}" alt="A picture">')
        assert name in run("pdf", cwd=tmp_path, code=1).stderr
    assert not (tmp_path / "output").exists()
