"""Code without a caller is deleted: what is defined in the program is named somewhere else in the program.

A test is no caller, nor is an import that nothing follows. Names are compared, not meanings: a dead function that
shares its name with a living one is not found.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULES = [path for path in sorted((ROOT / "quizapp").rglob("*.py")) if "versions" not in path.parts]
OPENERS = ("downgrade", "upgrade")  # Alembic's

# Named by no one and yet to stay, for now: who changes these modules takes the names off this list.
SCHEDULING = "scheduling is being redesigned"
KEPT: dict[str, str] = {
    "quizapp/domain/language/markup.py: sanitise": "the tests' way to the cleaner behind all that is rendered",
    "quizapp/domain/study/scheduling/day.py: day_starts": SCHEDULING,
    "quizapp/domain/study/scheduling/interval.py: time_to": SCHEDULING,
    "quizapp/services/sources/reading/unpacking.py: checked": "the readers of files are being rewritten",
}


def defined(tree: ast.AST, inside: str = "") -> Iterator[tuple[str, ast.AST]]:
    """(name, node) of functions, classes, methods and constants, what only a decorator calls left out."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            if not node.decorator_list or all(quiet(each) for each in node.decorator_list):
                yield node.name, node
            if isinstance(node, ast.ClassDef) and not foreign(node):
                yield from defined(node, node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and not inside:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from ((target.id, node) for target in targets if isinstance(target, ast.Name))


def quiet(decorator: ast.expr) -> bool:
    """Whether a decorator only changes what it decorates, and hands it to no one."""
    name = ast.unparse(decorator).partition("(")[0].rpartition(".")[2]
    return name in {
        "property",
        "cached_property",
        "cache",
        "lru_cache",
        "dataclass",
        "staticmethod",
        "classmethod",
        "contextmanager",
    }


def foreign(node: ast.ClassDef) -> bool:
    """Whether a library calls its methods by their names."""
    known = {"Kind", "Protocol", "Exception", "Page", "FormPage"}
    return any(ast.unparse(base).partition("[")[0] not in known for base in node.bases)


def named(tree: ast.AST) -> Iterator[str]:
    """Every name that is used: read, called, passed by keyword, or written as a text of its own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.arg
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from re.split("[.:]", node.value) if re.fullmatch(r"[\w.:]+", node.value) else ()
        elif isinstance(node, ast.MatchClass):
            yield from node.kwd_attrs


def test_everything_has_a_caller() -> None:
    trees = {path: ast.parse(path.read_text("utf-8")) for path in MODULES}
    uses = Counter(name for tree in trees.values() for name in named(tree))
    for template in (ROOT / "templates").rglob("*.html"):
        for code in re.findall(r"\{[{%].*?[%}]\}", template.read_text("utf-8"), re.DOTALL):
            uses.update(re.findall(r"\w+", code))
    dead = []
    for path, tree in trees.items():
        for name, node in defined(tree):
            own = sum(used == name for used in named(node))  # it may call itself
            if uses[name] <= own and not name.startswith("__") and name not in OPENERS:
                dead.append(f"{path.relative_to(ROOT)}: {name}")
    assert sorted(set(dead) - set(KEPT)) == [], "nothing in the program names these"
    assert sorted(set(KEPT) - set(dead)) == [], "these have a caller, or are gone: take them off the list"
