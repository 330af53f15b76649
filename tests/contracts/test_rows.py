"""What a read finds keeps its names and types up to the page, so that mypy finds a misspelt column."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

import pytest
from sqlalchemy import Column, ColumnElement, Row, RowMapping, ScalarSelect, Select

import quizapp.storage
from quizapp.storage import rows

ROOT = Path(__file__).parents[2]
MODULES = [
    path
    for path in sorted((ROOT / "quizapp").rglob("*.py"))
    if "migrations" not in path.relative_to(ROOT).parts
]

# Parts of a statement that has not been run yet: SQLAlchemy's own types hold Any.
OF_STATEMENTS = (Select, ScalarSelect, ColumnElement, Column)
# Of storage, what returns Any because a library's own type is Any.
OPEN_RETURNS = {
    "engine.engine_options": "the keyword arguments of SQLAlchemy's create_engine",
    "site.portable.rows": "any row of any table, to be written as it is",
    "engine.snapshot": "the options of a connection, which SQLAlchemy types so",
}
# Parameters named row or rows that aren't what a read has found.
OPEN_PARAMETERS = {
    "storage/upserts.py": "values to be written, as SQLAlchemy's insert takes them",
}
# Rows that aren't of the database, and whose library leaves them open.
OTHER_ROWS = {
    "quizapp/domain/sources/articles/segmenting.py": "a table's row in Beautiful Soup",
    "quizapp/web/library/authoring/forms.py": "a row of a form in WTForms",
    "quizapp/web/library/authoring/submission.py": "a row of a form in WTForms",
}


# --- annotations -----------------------------------------------------------------------------------


def storage_modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(quizapp.storage.__path__, "quizapp.storage."):
        if ".migrations" not in found.name:
            yield import_module(found.name)


def own(module: ModuleType, kind: type) -> Iterator[tuple[str, Any]]:
    for name, value in vars(module).items():
        wrapped = inspect.unwrap(value) if callable(value) else value
        if isinstance(wrapped, kind) and wrapped.__module__ == module.__name__:
            yield name, wrapped


def has_any(annotation: object) -> bool:
    """Whether a type leaves open what it holds; types of statements aside."""
    if annotation is Any or annotation in (Row, RowMapping) or get_origin(annotation) in (Row, RowMapping):
        return True
    if get_origin(annotation) in OF_STATEMENTS:
        return False
    parts = [part for each in get_args(annotation) for part in (each if isinstance(each, list) else [each])]
    return any(map(has_any, parts))


def open_returns(module: ModuleType) -> Iterator[str]:
    for name, function in own(module, FunctionType):
        if not name.startswith("_") and has_any(get_type_hints(function).get("return")):
            yield f"{module.__name__.removeprefix('quizapp.storage.')}.{name}"


def test_no_read_returns_rows_of_any() -> None:
    found = {name for module in storage_modules() if module is not rows for name in open_returns(module)}
    assert found == set(OPEN_RETURNS)


def test_no_column_of_a_row_is_any() -> None:
    types = [
        each
        for module in storage_modules()
        for _, each in own(module, type)
        if hasattr(each, "_field_defaults")
    ]
    assert len(types) > 70
    open_ = {each.__qualname__ for each in types if any(map(has_any, get_type_hints(each).values()))}
    assert open_ == set()


def test_what_is_open_is_seen_as_open() -> None:
    from collections.abc import Sequence

    class Open(NamedTuple):
        content: Any

    for annotation in (
        Any,
        Row[Any],
        list[Any],
        Sequence[Row[int]],
        dict[int, Any],
        Any | None,
        tuple[int, Any],
    ):
        assert has_any(annotation), annotation
    for annotation in (list[Open], int | None, Select[Any], tuple[Select[Any], int], None):
        assert not has_any(annotation), annotation
    assert any(map(has_any, get_type_hints(Open, localns={"Any": Any}).values()))


def open_parameters(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.arg) and re.fullmatch(r"(\w+_)?rows?", node.arg) and node.annotation:
            names = {each.id for each in ast.walk(node.annotation) if isinstance(each, ast.Name)}
            if "Any" in names:
                yield f"line {node.lineno}: {ast.unparse(node)}"


def test_no_row_is_passed_on_as_any() -> None:
    found = {str(path.relative_to(ROOT / "quizapp")): list(open_parameters(path)) for path in MODULES}
    assert {path for path, lines in found.items() if lines} == set(OPEN_PARAMETERS), found


# --- misspelt columns ------------------------------------------------------------------------------


def misspelt(path: Path) -> tuple[str, set[int]]:
    """A module with every column of what it calls `row` misspelt, and the lines on which that is."""
    source = path.read_text("utf-8")
    lines = source.splitlines(keepends=True)
    ends = [
        (node.end_lineno, node.end_col_offset)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "row"
        and isinstance(node.ctx, ast.Load)
        and not node.attr.startswith("_")
    ]
    for line, column in sorted(ends, reverse=True):
        held = lines[line - 1].encode()
        lines[line - 1] = (held[:column] + b"_misspelt" + held[column:]).decode()
    return "".join(lines), {line for line, _ in ends}


@pytest.mark.slow
def test_a_misspelt_column_is_found_wherever_a_row_is_read(tmp_path: Path) -> None:
    planted: dict[str, set[int]] = {}
    shadows: list[str] = []
    rest = [path for path in MODULES if str(path.relative_to(ROOT)) not in OTHER_ROWS]
    for number, path in enumerate(rest):
        source, lines = misspelt(path)
        if lines:
            copy = tmp_path / f"{number}.py"
            copy.write_text(source, "utf-8")
            name = str(path.relative_to(ROOT))
            planted[name] = lines
            shadows += ["--shadow-file", name, str(copy)]
    assert len(planted) > 50
    command = [sys.executable, "-m", "mypy", "--no-error-summary", "--cache-dir", str(tmp_path / "cache")]
    done = subprocess.run([*command, *shadows], cwd=ROOT, capture_output=True, text=True, check=False)
    said = re.findall(r'^(\S+?):(\d+): error: .*has no attribute "\w+_misspelt"', done.stdout, re.MULTILINE)
    found: dict[str, set[int]] = {}
    for name, line in said:
        found.setdefault(name, set()).add(int(line))
    missed = {name: sorted(lines - found.get(name, set())) for name, lines in planted.items()}
    assert {name: lines for name, lines in missed.items() if lines} == {}, done.stderr
