"""The list of common changes in CONTRIBUTING.md names files that are there, and tells the truth about the last ones made."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from quizapp.domain.library.kinds import KINDS
from quizapp.domain.library.lint import RULES
from quizapp.domain.library.lint.base import ArticleRule, BankRule, ItemRule
from quizapp.services.exchange.formats import FORMATS
from quizapp.settings import Settings

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
CHANGES = ("A question kind", "A page", "A setting", "A column", "A lint rule", "A format")
ROOT_FOLDERS = ("quizapp/", "templates/", "static/", "docs/", "tests/", "web/", "services/")
FEATURE = {"<room>": "corrections", "<feature>": "claims", "<page>": "group"}


def section(title: str) -> str:
    return TEXT.partition(f"### {title}\n")[2].partition("\n##")[0]


def paths(title: str) -> list[str]:
    """The paths that the steps of a change name."""
    named = re.findall(r"`([\w/<>.\-]+(?:/|\.\w+))", section(title))
    return [path for path in named if path.startswith(ROOT_FOLDERS)]


def filled(path: str, **holes: str) -> Path:
    for hole, value in {**FEATURE, **{f"<{name}>": value for name, value in holes.items()}}.items():
        path = path.replace(hole, value)
    return ROOT / ("quizapp/" + path if path.startswith(("web/", "services/")) else path)


@pytest.mark.parametrize("title", CHANGES)
def test_each_common_change_names_its_files(title: str) -> None:
    assert len(paths(title)) >= 2, title


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_touches_the_files_that_the_list_names(kind: object) -> None:
    name = str(getattr(kind, "name", ""))
    assert [path for path in paths("A question kind") if not filled(path, name=name).exists()] == []


def test_a_page_touches_the_files_that_the_list_names() -> None:
    assert [path for path in paths("A page") if not filled(path).exists()] == []


def test_every_setting_touches_the_files_that_the_list_names() -> None:
    assert [path for path in paths("A setting") if not filled(path).exists()] == []
    named = {field.name for field in fields(Settings)}
    documented = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert {name for name in named if f"QUIZAPP_{name.upper()}" not in documented} == set()


def test_every_lint_rule_touches_the_files_that_the_list_names() -> None:
    subjects = {
        rule.check.__module__.rpartition(".")[2]
        for rule in RULES
        if isinstance(rule, ItemRule | ArticleRule | BankRule)
    }
    missing = {
        (subject, path)
        for subject in subjects
        for path in paths("A lint rule")
        if not filled(path, subject=subject).exists()
    }
    assert subjects
    assert missing == set()


def test_columns_and_formats_touch_the_files_that_the_list_names() -> None:
    newest = max((ROOT / "quizapp/storage/migrations/versions").glob("*.py")).stem
    number, _, what = newest.partition("_")
    assert [p for p in paths("A column") if not filled(p, number=number, what=what).exists()] == []
    for format in FORMATS:
        if type(format).__module__.startswith("quizapp.domain"):
            name = type(format).__module__.split(".")[4]
            assert [path for path in paths("A format") if not filled(path, name=name).exists()] == []
