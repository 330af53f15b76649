"""One name, one meaning: what modules, pages, kinds and tests may be called."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from pathlib import Path

import quizapp
from quizapp.web.frame.page import Page

ROOT = Path(__file__).parents[2]
VAGUE = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "manager",
    "misc",
    "core",
    "base_utils",
    "tools",
    "lib",
}
ABBREVIATIONS = re.compile(
    r"(^|_)(cfg|mgr|ctx|idx|cnt|num|tmp|impl|btn|usr|qty|addr|msg|req|resp|evt|calc|ans)(_|$)"
)
MODULES = [path for path in sorted((ROOT / "quizapp").rglob("*.py")) if "versions" not in path.parts]


def test_no_module_or_folder_is_called_vaguely() -> None:
    names = {part for path in MODULES for part in (*path.relative_to(ROOT).parts[:-1], path.stem)}
    assert names & VAGUE == set()


def test_no_name_is_abbreviated() -> None:
    found = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(node, "name", None) or (node.id if isinstance(node, ast.Name) else None)
            if isinstance(node, ast.arg):
                name = node.arg
            if isinstance(name, str) and ABBREVIATIONS.search(name) and not isinstance(node, ast.alias):
                found.add(f"{path.relative_to(ROOT)}: {name}")
    found -= {each for each in found if each.endswith((": ctx", ": impl"))}  # click's and SQLAlchemy's names
    assert found == set()


def test_every_module_opens_with_one_sentence_on_what_it_is_for() -> None:
    without = []
    for path in MODULES:
        source = path.read_text("utf-8")
        if not source.strip():
            continue  # a package that holds its modules and nothing else
        first = (ast.get_docstring(ast.parse(source)) or "").split("\n\n")[0].strip()
        if not first or first[-1] not in ".:" or first == "Placeholder.":
            without.append(str(path.relative_to(ROOT)))
    assert without == []


def pages() -> set[type[Page]]:
    """Every page there is; all modules of the web are imported for it."""
    for module in pkgutil.walk_packages(quizapp.__path__, "quizapp."):
        if module.name.startswith("quizapp.web"):
            importlib.import_module(module.name)
    found, new = set(), {Page}
    while new:
        new = {sub for cls in new for sub in cls.__subclasses__()} - found
        found |= new
    return {page for page in found if page.__module__.startswith("quizapp.")}


def test_pages_are_called_pages() -> None:
    assert {page.__name__ for page in pages() if not page.__name__.endswith("Page")} == set()


def test_nothing_names_the_machine_it_was_written_on() -> None:
    wrong = re.compile(r"/(work|root|home)/[a-z]")
    for folder in ("quizapp", "templates", "static", "docs", "question_bank"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".html", ".css", ".js", ".md", ".toml"}:
                assert not wrong.search(path.read_text("utf-8")), path
