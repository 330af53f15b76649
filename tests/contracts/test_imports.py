"""Floors and rooms: imports run down and to the left; the domain is pure; only the web knows Flask."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp.domain.library.kinds import KINDS
from quizapp.services.exchange.formats import FORMATS

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "quizapp"
ROOMS = sorted(each.name for each in (PACKAGE / "storage").iterdir() if (each / "tables.py").exists())
HOUSE = (
    *("accounts", "audit", "sources", "library", "study", "quizzes"),
    *("drafting", "corrections", "classes", "exchange", "privacy", "site"),
)  # the rooms in their order
MOST_MODULES = 14


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


PLANTED = {  # a module, an import that its contract forbids
    "Floors: imports run down only": ("domain/language/units.py", "quizapp.storage.rows"),
    "Rooms of the domain, above language": ("domain/accounts/names.py", "quizapp.domain.classes.codes"),
    "Rooms of the services": ("services/audit/log.py", "quizapp.services.study.learner"),
    "Rooms of the web, above its frame": ("web/frame/clock.py", "quizapp.web.quizzes.pages"),
    "Rooms of storage: reads": ("storage/library/responsibility.py", "quizapp.storage.study.due"),
    "Rooms of storage: tables": ("storage/sources/tables.py", "quizapp.storage.quizzes.tables"),
    "A question kind knows no other": (
        "domain/library/kinds/cloze.py",
        "quizapp.domain.library.kinds.numeric",
    ),
    "A lint rule knows no other": ("domain/library/lint/cues.py", "quizapp.domain.library.lint.typed"),
    "A file format knows no other": (
        "domain/exchange/formats/separated/__init__.py",
        "quizapp.domain.exchange.formats.gift.reader",
    ),
}


def test_import_linter_finds_an_import_planted_against_each_contract(tmp_path: Path) -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    assert {contract["name"] for contract in contracts} == set(PLANTED)
    shutil.copytree(PACKAGE, tmp_path / "quizapp", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for path, forbidden in PLANTED.values():
        with (tmp_path / "quizapp" / path).open("a", encoding="utf-8") as file:
            file.write(f"\nimport {forbidden}\n")
    tool = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    done = subprocess.run(
        [str(tool), "--no-logo", "--no-cache"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert [name for name in PLANTED if f"{name} BROKEN" not in done.stdout] == [], done.stdout


def listed(contract: str) -> set[str]:
    """The modules that a contract of independence names."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    return set(next(each["modules"] for each in contracts if each["name"] == contract))


def test_every_file_format_is_listed_as_independent() -> None:
    folder = PACKAGE / "domain" / "exchange" / "formats"
    leaves = {path.name for path in folder.iterdir() if (path / "__init__.py").exists()}
    assert listed("A file format knows no other") == {
        f"quizapp.domain.exchange.formats.{leaf}" for leaf in leaves
    }
    homes = ("quizapp.domain.exchange.formats.", "quizapp.services.exchange.formats.")
    assert all(type(each).__module__.startswith(homes) for each in FORMATS)


def test_every_kind_and_every_lint_rule_is_listed_as_independent() -> None:
    assert listed("A question kind knows no other") == {type(kind).__module__ for kind in KINDS}
    folder = PACKAGE / "domain" / "library" / "lint"
    rules = {path.stem for path in folder.glob("*.py")} - {"__init__", "base", "runner"}
    assert listed("A lint rule knows no other") == {f"quizapp.domain.library.lint.{rule}" for rule in rules}


BESIDE = {  # what is beside the rooms
    "quizapp/domain": {"language"},
    "quizapp/storage": {"migrations"},
    "quizapp/services": set(),
    "quizapp/web": {"frame"},
    "templates": {"frame"},
    "static/css": {"frame"},
    "tests/domain": {"language"},
    "tests/storage": set(),
    "tests/services": set(),
    "tests/web": {"frame"},
}


@pytest.mark.parametrize("floor", BESIDE)
def test_every_folder_of_a_floor_is_a_room(floor: str) -> None:
    folders = {path.name for path in (ROOT / floor).iterdir() if any(path.rglob("*.*[!c]"))} & {
        path.name for path in (ROOT / floor).iterdir() if path.is_dir() and path.name != "__pycache__"
    }
    assert folders - set(HOUSE) - BESIDE[floor] == set()


def test_every_room_has_at_most_a_dozen_or_so_modules_side_by_side() -> None:
    crowded = {
        str(folder.relative_to(PACKAGE)): count
        for folder in PACKAGE.rglob("*")
        if folder.is_dir() and folder.name != "versions"
        if (count := len([path for path in folder.glob("*.py") if path.stem != "__init__"])) > MOST_MODULES
    }
    assert crowded == {}


@pytest.mark.parametrize("path", list(modules("domain")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_domain_knows_no_web_no_database_no_clock_and_no_chance(path: Path) -> None:
    allowed = {"quizapp", "msgspec", "babel", "bs4", "markdown_it", "nh3", "markupsafe", "pint"}
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


# It fills another database, which it opens itself, step by step, so that a broken copy can go on.
COMMITTING = PACKAGE / "services" / "site" / "database_copy.py"


def test_services_never_commit() -> None:
    for path in modules("services", *(f"storage/{each}" for each in ROOMS)):
        if path == COMMITTING:
            continue
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
