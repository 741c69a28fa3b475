"""What all tests share: the repository's own content, and real outputs made of it once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from filelock import FileLock

from report_builder.store.cache import FOLDER_VARIABLE
from tests.tools.program import Program

ROOT = Path(__file__).parents[1]
REAL_EVENT = "health-equity-town"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept",
        action="store_true",
        help="write what is made now as the expected text; read it before you commit",
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return how many processes tests run in: one above the cores, as some wait for servers."""
    return len(os.sched_getaffinity(0)) + 1


@pytest.fixture(scope="session")
def common(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that all processes of a run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session", autouse=True)
def _own_cache(common: Path) -> Iterator[None]:
    """Let what tests make be kept in a cache of theirs, not in the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER_VARIABLE, str(common / "cache"))
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
def run() -> Iterator[Run]:
    """Run the command line in a folder; in an environment of its own, where one is given."""
    program = Program()

    def call(
        *arguments: str,
        cwd: Path = ROOT,
        code: int | None = 0,
        env: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        if env is None:
            done = program(arguments, cwd)
        else:  # what Python reads when it starts must be there when it starts
            done = subprocess.run(
                [sys.executable, "-m", "report_builder", *arguments],
                cwd=cwd,
                env=env,
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
        assert code is None or done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done

    yield call
    program.close()


Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def once(common: Path) -> Once:
    """Fill a folder once, in however many processes tests run; they read it, and leave it so."""

    def make(name: str, fill: Callable[[Path], object]) -> Path:
        folder = common / f"once-{name}"
        with FileLock(f"{folder}.lock"):
            if not folder.exists():
                begun = Path(tempfile.mkdtemp(dir=common))
                fill(begun)
                begun.rename(folder)
        return folder

    return make


@pytest.fixture(scope="session")
def built(once: Once, run: Run) -> Path:
    """Return the folder of the real event's outputs, made by the real command."""
    return once("built", lambda it: run("build", REAL_EVENT, "--output", str(it))) / REAL_EVENT


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
