"""What all tests share: the repository's own content, and real outputs made of it once."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from report_builder.store.cache import FOLDER_VARIABLE

ROOT = Path(__file__).parents[1]
REAL_EVENT = "health-equity-town"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept",
        action="store_true",
        help="write what is made now as the expected text; read it before you commit",
    )


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let what tests make be kept in a cache of theirs, not in the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER_VARIABLE, str(tmp_path_factory.getbasetemp() / "cache"))
        yield


@pytest.fixture
def expect(request: pytest.FixtureRequest) -> Callable[[str, Path], None]:
    """Compare a text with the one kept in a file, or keep it with ``--accept``."""

    def compare(text: str, kept: Path) -> None:
        if request.config.getoption("--accept"):
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(text, "utf-8", newline="\n")
        assert text == kept.read_text("utf-8")

    return compare


Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def run() -> Run:
    """Run the installed command line in a folder."""

    def call(
        *arguments: str, cwd: Path = ROOT, code: int | None = 0, **options: object
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "report_builder", *arguments],
            cwd=cwd,
            capture_output=True,
            encoding="utf-8",
            check=False,
            **options,  # type: ignore[call-overload]
        )
        assert code is None or done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done

    return call


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """Return the folder of the real event's outputs, made by the real command."""
    output = tmp_path_factory.mktemp("output")
    run("build", REAL_EVENT, "--output", str(output))
    return output / REAL_EVENT


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Return a workspace that holds a copy of the real event."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    return tmp_path


@pytest.fixture
def event(tmp_path: Path) -> Callable[[str], Path]:
    """Write an event in a workspace of its own, and return its folder."""

    def write(text: str, name: str = "an-event") -> Path:
        folder = tmp_path / "content" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "event.yaml").write_text(text, "utf-8", newline="\n")
        return folder

    return write
