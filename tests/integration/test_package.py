"""The built wheel works by itself: a new environment, an empty folder."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.conftest import ROOT


@pytest.mark.slow
def test_a_wheel_in_a_new_environment_makes_a_first_event(tmp_path: Path) -> None:
    def call(*command: str | Path, cwd: Path = tmp_path) -> str:
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    call(sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path / "dist", ROOT)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as files:
        (name,) = (name for name in files.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = files.read(name).decode()
    assert "Project-URL: Homepage, https://" in metadata
    links = re.findall(r"\]\(([^)]+)\)", metadata)
    assert len(links) > 10
    assert [link for link in links if not link.startswith("https://")] == []
    # Without pip, and without compiling what is not run: that is most of the time it takes.
    call(sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv")
    pip = (sys.executable, "-m", "pip", "--python", tmp_path / "venv" / "bin" / "python")
    call(*pip, "install", "-q", "--no-compile", "-c", ROOT / "constraints.txt", wheel)
    command = tmp_path / "venv" / "bin" / "report-builder"
    folder = tmp_path / "empty"
    folder.mkdir()
    call(command, "new", "my-event", cwd=folder)
    event = folder / "content/my-event/event.yaml"
    event.write_text(event.read_text("utf-8").replace("My event", "Our first event"), "utf-8")
    shown = call(command, "build", cwd=folder)
    for name in ("report.pdf", "briefing.docx", "poster.pdf", "poster.png", "wordcloud.svg"):
        assert f"output/my-event/{name}" in shown
        assert (folder / "output/my-event" / name).stat().st_size > 1000
