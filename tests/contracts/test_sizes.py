"""Sizes to feel at home in (docs/architecture.md): the largest file is what makes a code base painful."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted(
    path for path in (ROOT / "quizapp").rglob("*.py") if "versions" not in path.parts
)  # a migration is a list of columns
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SHEETS = sorted((ROOT / "static" / "css").rglob("*.css"))
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))


def length(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


@pytest.mark.parametrize(
    ("files", "most"),
    [(MODULES, 400), (TEMPLATES, 150), (SHEETS, 300), (SCRIPTS, 300)],
    ids=["modules", "templates", "style sheets", "scripts"],
)
def test_no_file_is_too_long(files: list[Path], most: int) -> None:
    assert files
    assert {str(path.relative_to(ROOT)): length(path) for path in files if length(path) > most} == {}


def functions() -> Iterator[tuple[str, int]]:
    """(module:name, lines without decorators and docstring) of every function."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                yield f"{path.relative_to(ROOT)}:{node.name}", node.end_lineno - node.lineno + 1


def test_no_function_is_too_long() -> None:
    assert {name: lines for name, lines in functions() if lines > 60} == {}


def test_most_modules_and_functions_are_short() -> None:
    assert median(map(length, MODULES)) <= 100
    assert median(lines for _, lines in functions()) <= 10


def test_views_are_short() -> None:
    """A route reads, asks, answers."""
    long = {}
    for path in (ROOT / "quizapp" / "web").rglob("routes.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and any(
                "blueprint" in ast.unparse(d) for d in node.decorator_list
            ):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                statements = sum(isinstance(each, ast.stmt) for part in body for each in ast.walk(part))
                if statements > 15:
                    long[f"{path.parent.name}.{node.name}"] = statements
    assert long == {}
