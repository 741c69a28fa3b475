"""Same input, same bytes; and nothing but the event's and the theme's files goes in."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
from PIL import Image
from tests.conftest import REAL_EVENT, ROOT, Run

from report_builder.store.cache import FOLDER_VARIABLE


def made_anew(folder: Path, **variables: str) -> dict[str, str]:
    """Return an environment in which nothing that was made before is at hand."""
    return {**os.environ, FOLDER_VARIABLE: str(folder / "cache"), **variables}


def test_the_same_content_gives_the_same_bytes(built: Path, tmp_path: Path, run: Run) -> None:
    environment = made_anew(tmp_path, PYTHONHASHSEED="7", TZ="Asia/Karachi", LANG="C")
    # Another folder, clock, language and order of sets: nothing of these may show.
    shutil.copytree(ROOT / "content", tmp_path / "content")
    run("--workspace", str(tmp_path), "build", "--output", str(tmp_path), env=environment)
    again = tmp_path / REAL_EVENT
    names = {path.name for path in built.iterdir()}
    assert len(names) == 9
    assert names == {path.name for path in again.iterdir()}
    for name in names:
        assert (built / name).read_bytes() == (again / name).read_bytes(), name


def test_the_report_in_word_has_the_same_bytes_too(tmp_path: Path, run: Run) -> None:
    made = []
    for seed, zone in (("1", "UTC"), ("7", "Asia/Karachi")):
        workspace = tmp_path / seed
        shutil.copytree(ROOT / "tests/integration/content/awkward", workspace / "content/day")
        environment = made_anew(workspace, PYTHONHASHSEED=seed, TZ=zone)
        run("docx", "--document", "report", cwd=workspace, env=environment)
        made.append((workspace / "output/day/report.docx").read_bytes())
    assert made[0] == made[1]


def test_the_manifest_names_every_input_and_output_and_no_place_or_person(built: Path) -> None:
    text = (built / "manifest.json").read_text("utf-8")
    manifest = json.loads(text)
    assert set(manifest["outputs"]) == {path.name for path in built.iterdir()} - {"manifest.json"}
    made_from = {job: set(trace["files"]) for job, trace in manifest["jobs"].items()}
    assert {output["job"] for output in manifest["outputs"].values()} == set(made_from)
    assert all({"event/event.yaml", "event/responses.csv"} <= names for names in made_from.values())
    assert {"shipped:default/report.html.j2", "shipped:default/report.css"} <= made_from["pdf"]
    assert {"shipped:default/poster.html.j2", "shipped:default/poster.css"} <= made_from["poster"]
    assert "shipped:default/briefing.docx" in made_from["docx"]
    assert "@" not in text
    assert str(ROOT) not in text
    assert not re.search(r"\d\d:\d\d", text)


def test_a_build_opens_no_connection(event: Callable[..., Path], tmp_path: Path, run: Run) -> None:
    """Offer every writer a drawing that names a server of ours; it must never be asked."""
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            connection, _ = server.accept()
            connection.close()
            asked.append(True)

        threading.Thread(target=listen, daemon=True).start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a.png"
        for text in ("sections: [{type: prose, body: '![A map](map.svg)'}]",
                     "briefing: {purpose: '![A map](map.svg)'}",
                     f"sections: [{{type: prose, body: '![A map]({address})'}}]"):  # fmt: skip
            folder = event(f"title: Far away\n{text}\n")
            (folder / "map.svg").write_text(
                '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2">'
                f'<image href="{address}" width="3" height="2"/></svg>'
            )
            assert address in run("build", cwd=tmp_path, code=1).stderr
        assert not asked
        socket.create_connection(server.getsockname()).close()  # the server would have noticed
        for _ in range(100):
            if asked:
                break
            threading.Event().wait(0.05)
        assert asked


def test_a_photo_gives_away_nothing_of_its_camera(
    event: Callable[..., Path], tmp_path: Path, run: Run
) -> None:
    folder = event(
        "title: A photo\nsections: [{type: prose, pictures: [{file: a.jpg, alt: A hall}]}]\n"
        "briefing: {purpose: '![A hall](a.jpg)'}\n"
    )
    exif = Image.Exif()
    exif[0x010E] = "SECRET-PLACE"  # the description
    exif[0x0112] = 6  # held upright
    picture = Image.effect_noise((5000, 3000), 60).convert("RGB")
    picture.save(folder / "a.jpg", exif=exif, comment=b"SECRET-COMMENT", quality=95)
    run("build", cwd=tmp_path)
    output = tmp_path / "output/an-event"
    for name in ("report.pdf", "briefing.docx"):
        content = (output / name).read_bytes()
        if name.endswith("docx"):
            with zipfile.ZipFile(output / name) as package:
                content = b"".join(package.read(part) for part in package.namelist())
        assert b"SECRET" not in content
        assert len(content) < (folder / "a.jpg").stat().st_size
    with pikepdf.open(output / "report.pdf") as pdf:
        (image,) = (
            o
            for o in pdf.objects
            if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"
        )
        assert image.Height > image.Width


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


def test_a_template_is_no_program(event: Callable[..., Path], tmp_path: Path, run: Run) -> None:
    event("title: A theme\nsections: [{type: prose, body: Words.}]\n")
    partial = tmp_path / "templates/default/sections/prose.html.j2"
    partial.parent.mkdir(parents=True)
    partial.write_text("{{ cycler.__init__.__globals__.os.popen('touch ' ~ 'harmed').read() }}")
    assert "prose.html.j2:1:1: error: " in run("pdf", cwd=tmp_path, code=1).stderr
    assert not (tmp_path / "harmed").exists()
