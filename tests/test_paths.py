"""Where things lie: in a checkout beside the package, in a wheel inside it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from quizapp import paths

CODE = "from quizapp import paths; print(paths.TEMPLATES, paths.STATIC, paths.BANK, sep=chr(10))"


def test_everything_that_ships_is_there() -> None:
    assert (paths.TEMPLATES / "frame/base.html").is_file()
    assert (paths.STATIC / "css").is_dir()
    assert (paths.BANK / "sources.toml").is_file()


NAMES = ("templates", "static", "question_bank")


def found_from(root: Path) -> list[Path]:
    """The folders that the program standing in `root` finds."""
    (root / "quizapp").mkdir(exist_ok=True)
    for name in ("__init__.py", "paths.py"):
        shutil.copy(paths.PACKAGE / name, root / "quizapp" / name)
    code = f"import sys; sys.path.insert(0, {str(root)!r}); {CODE}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/")
    return [Path(line) for line in done.stdout.splitlines()]


def test_a_wheel_finds_its_folders_inside_the_package(tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / "quizapp" / name).mkdir(parents=True)
        (tmp_path / name).mkdir()  # of someone else's in the same folder
    assert found_from(tmp_path) == [tmp_path / "quizapp" / name for name in NAMES]


def test_a_checkout_finds_them_beside_the_package(tmp_path: Path) -> None:
    assert found_from(tmp_path) == [tmp_path / name for name in NAMES]
