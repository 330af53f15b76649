"""Every endpoint is declared; who may do what with whose object is in tests/web/frame/test_rights.py."""

from __future__ import annotations

import ast
from pathlib import Path

from flask import Flask

from quizapp.web import FEATURES
from quizapp.web.frame.rights import RIGHTS, Right
from tests.world import endpoints

WEB = Path(__file__).parents[2] / "quizapp" / "web"


def test_rights_name_every_endpoint_and_no_other(app: Flask) -> None:
    assert {endpoint for endpoint, _, _ in endpoints(app)} == set(RIGHTS)
    assert all(isinstance(right, Right) for right in RIGHTS.values())


def test_every_feature_is_a_package_and_every_package_a_feature() -> None:
    found = {".".join(path.parent.relative_to(WEB).parts) for path in WEB.rglob("routes.py")}
    assert found == set(FEATURES)


def test_what_only_looks_takes_get_and_what_writes_takes_post(app: Flask) -> None:
    assert {method for _, method, _ in endpoints(app)} == {"GET", "POST"}


def test_no_view_opens_an_object_by_an_id_from_the_address() -> None:
    """`access.py` is the only door: views hand such ids to it, never to the session."""
    for path in WEB.rglob("routes.py"):
        for view in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                not isinstance(view, ast.FunctionDef)
                or "blueprint" not in ast.unparse(view).partition("def ")[0]
            ):
                continue
            named = {argument.arg for argument in view.args.args}
            for node in ast.walk(view):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in {
                    "session().get",
                    "session().get_one",
                }:
                    given = {
                        name.id for part in node.args for name in ast.walk(part) if isinstance(name, ast.Name)
                    }
                    assert not given & named, f"{path}:{node.lineno}"
