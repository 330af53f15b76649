"""Floors: imports run down only, the domain is pure, and only the web knows Flask."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "quizapp"
ROOMS = sorted(each.name for each in (PACKAGE / "storage").iterdir() if (each / "tables.py").exists())


def imported(path: Path) -> set[str]:
    """The modules that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, f"{path}: relative import"
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def modules(*floors: str) -> Iterator[Path]:
    for floor in floors:
        yield from (
            [PACKAGE / f"{floor}.py"]
            if (PACKAGE / f"{floor}.py").exists()
            else (PACKAGE / floor).rglob("*.py")
        )


def packages(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imported(path)}


def test_import_linter_finds_no_import_that_runs_up() -> None:
    tool = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert tool, "import-linter is not installed"
    done = subprocess.run(
        [tool, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", list(modules("domain")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_domain_knows_no_web_no_database_no_clock_and_no_chance(path: Path) -> None:
    allowed = {"quizapp", "msgspec", "babel", "bs4", "markdown_it", "nh3", "markupsafe"}
    assert packages(path) - set(sys.stdlib_module_names) - allowed == set()
    assert (
        packages(path) & {"random", "secrets", "time", "os", "socket", "subprocess", "sqlite3", "uuid"}
        == set()
    )
    assert {name for name in imported(path) if name.startswith("quizapp.")} == {
        name for name in imported(path) if name.startswith("quizapp.domain")
    }
    source = path.read_text("utf-8")
    assert ".now(" not in source.replace(".now(UTC) ", "")
    assert ".today()" not in source


def test_only_the_web_and_the_app_know_flask() -> None:
    for path in modules("domain", "storage", "services", "settings", "paths", "cli"):
        flask = {
            name for name in packages(path) if name.startswith(("flask", "wtforms", "werkzeug", "jinja2"))
        }
        assert flask == set(), path


def test_migrations_know_nothing_of_ours_but_the_types() -> None:
    for path in (PACKAGE / "storage" / "migrations").rglob("*.py"):
        ours = {name for name in imported(path) if name.startswith("quizapp.")}
        assert not {name for name in ours if not name.startswith("quizapp.storage")}, path


def test_settings_and_paths_import_nothing_of_ours() -> None:
    for path in modules("settings", "paths"):
        assert "quizapp" not in packages(path), path


def test_services_never_commit() -> None:
    for path in modules("services", *(f"storage/{each}" for each in ROOMS)):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"commit", "rollback"}, f"{path}:{node.lineno}"


def test_the_web_writes_only_through_services() -> None:
    writing = {"add", "add_all", "merge", "bulk_save_objects"}
    for path in modules("web"):
        names = {name for name in imported(path) if name.startswith("sqlalchemy")}
        assert not names & {"sqlalchemy.insert", "sqlalchemy.update", "sqlalchemy.delete"}, path
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in writing
            ):
                assert "session" not in ast.unparse(node.func.value), f"{path}:{node.lineno}"


def test_time_and_chance_are_read_in_one_place() -> None:
    for path in modules("services", "storage", "web"):
        if path == PACKAGE / "web" / "frame" / "clock.py":
            continue
        source = path.read_text("utf-8")
        assert "datetime.now(" not in source, path
        assert "uuid4" not in imported(path), path
        assert "random" not in packages(path), path
