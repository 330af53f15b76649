"""Every read is run once: its columns are those of its rows, whether or not anything is found."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import true
from sqlalchemy.orm import Session

import quizapp.storage
from quizapp.domain.library.sharing import Act
from quizapp.domain.study.scheduling.fsrs import DEFAULT_WEIGHTS
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Assignment
from quizapp.storage.library.editor import Wanted
from quizapp.storage.library.search import Scope

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ARGUMENTS: dict[str, Any] = {
    "int": 1,
    "str": "x",
    "bool": False,
    "UUID": uuid4(),
    "datetime": NOW,
    "Act": Act.EDIT,
    "Weights": DEFAULT_WEIGHTS,
    "Wanted": Wanted(),
    "Scope": Scope(),
    "Account": Account(id=1, role="admin"),
    "Assignment": Assignment(id=1, classroom_id=1, sort="quiz", deck_id=1, opens_at=NOW),
    "ColumnElement[bool]": true(),
    **{key: [1] for key in ("list[int]", "Collection[int]", "Sequence[int]")},
    "Collection[UUID]": [uuid4()],
    "Collection[tuple[int, int]]": [(1, 1)],
    **{key: ["x"] for key in ("list[str]", "Collection[str]", "Sequence[str]")},
}


def reads() -> dict[str, Callable[..., Any]]:
    """The functions whose result names a type of rows of their own module or of another read's."""
    found = {}
    for info in pkgutil.walk_packages(quizapp.storage.__path__, "quizapp.storage."):
        if ".migrations" in info.name:
            continue
        module = import_module(info.name)
        rows = {name for name, value in vars(module).items() if hasattr(value, "_field_defaults")}
        for name, function in vars(module).items():
            if not inspect.isfunction(function) or function.__module__ != info.name or name.startswith("_"):
                continue
            if any(row in str(inspect.signature(function).return_annotation) for row in rows):
                found[f"{info.name.removeprefix('quizapp.storage.')}.{name}"] = function
    return found


READS = reads()


def test_the_reads_are_found() -> None:
    assert len(READS) > 70


@pytest.mark.parametrize("name", sorted(READS))
def test_a_read_selects_the_columns_of_its_rows(name: str, session: Session) -> None:
    arguments = {
        parameter.name: session
        if parameter.name == "session"
        else ARGUMENTS[str(parameter.annotation).removesuffix(" | None")]
        for parameter in inspect.signature(READS[name]).parameters.values()
    }
    READS[name](**arguments)
