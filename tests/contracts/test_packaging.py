"""The wheel holds all that the program needs, and runs from a folder that has never heard of the checkout."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHIPPED = ("templates", "static", "question_bank")
pytestmark = pytest.mark.slow


def uv(*arguments: str | Path) -> str:
    """Run uv as `./run` finds it; its standard output."""
    found = os.environ.get("UV") or shutil.which("uv") or shutil.which(str(ROOT / ".uv" / "bin" / "uv"))
    assert found, "uv is missing: `./run test` brings it"
    done = subprocess.run([found, *arguments], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution and the wheel made from it."""
    folder = tmp_path_factory.mktemp("built")
    uv("build", "--quiet", "--out-dir", folder, ROOT)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts' folder of a fresh virtual environment that holds the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    uv("venv", "--quiet", "--python", sys.executable, folder)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    uv("pip", "install", "--quiet", "--python", python, wheel)
    return python.parent


def files(folder: str) -> set[str]:
    """The files of a folder of the checkout, what Python compiled left out."""
    found = (
        path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )
    return {path.relative_to(ROOT).as_posix() for path in found}


def test_the_wheel_holds_every_file_that_is_needed_and_no_other(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        names = {name for name in opened.namelist() if ".dist-info/" not in name}
    wanted = files("quizapp") | {f"quizapp/{name}" for folder in SHIPPED for name in files(folder)}
    assert wanted - names == set()
    assert {name for name in names if not name.startswith("quizapp/")} == set()
    assert not [name for name in names if "test" in name.split("/") or name.endswith((".pyc", ".sqlite3"))]


def test_the_source_distribution_holds_no_data_of_the_machine(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert {"pyproject.toml", "README.md", "quizapp/app.py", "tests/conftest.py"} <= names
    assert not [
        name for name in names if name.startswith((".venv", ".uv", "data", "dist", "articles", "shared"))
    ]


@pytest.fixture
def elsewhere(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A folder that is not the checkout, and an environment that does not know it."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("QUIZAPP_", "PYTHON", "COV"))
    }
    kept.pop("VIRTUAL_ENV", None)
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder, kept | {"QUIZAPP_DATA_DIR": str(tmp_path / "data")}


def run(
    installed: Path, elsewhere: tuple[Path, dict[str, str]], *arguments: str
) -> subprocess.CompletedProcess[str]:
    folder, environment = elsewhere
    command = [str(installed / "quizapp"), *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def test_the_commands_run_from_another_folder(
    installed: Path, elsewhere: tuple[Path, dict[str, str]]
) -> None:
    version = run(installed, elsewhere, "--version")
    assert re.fullmatch(r"quizapp, version \d+\.\d+\.\d+\n", version.stdout)
    checked = run(installed, elsewhere, "bank", "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "Traceback" not in checked.stderr
    loaded = run(installed, elsewhere, "bank", "load")
    assert (loaded.returncode, " items in " in loaded.stdout) == (0, True), loaded.stderr
    assert not list(elsewhere[0].iterdir()), "nothing is left in the folder one happens to be in"


@pytest.fixture
def address(installed: Path, elsewhere: tuple[Path, dict[str, str]]) -> Iterator[str]:
    """Where a server from the wheel answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder, environment = elsewhere
    command = [str(installed / "quizapp"), "serve", "--port", str(port), "--workers", "1"]
    output = (folder.parent / "output").open("w+")
    server = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(server, url, folder.parent / "output")
        yield url
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
        output.close()


def wait_until_ready(server: subprocess.Popen[bytes], url: str, output: Path) -> None:
    for _ in range(300):
        assert server.poll() is None, output.read_text()
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:
                assert answer.read() == b"ready\n"
                return
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(output.read_text())


def test_it_serves_pages_and_static_files(address: str) -> None:
    with urllib.request.urlopen(f"{address}/", timeout=10) as answer:
        page = answer.read().decode()
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert "Answer the first question" in page
    found = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(found) >= 3
    for path in found:
        with urllib.request.urlopen(f"{address}{path}", timeout=10) as answer:
            assert answer.read()
            assert "max-age=31536000" in answer.headers["Cache-Control"]
