"""Pages are frozen values with a template of their own; every view answers with one or sends on."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

import pytest

import quizapp
from quizapp import paths
from quizapp.web.frame.page import FormPage, Page

BASES = {FormPage}  # what pages are made of


def all_pages() -> list[type[Page]]:
    for module in pkgutil.walk_packages(quizapp.__path__, "quizapp."):
        if module.name.startswith("quizapp.web"):
            importlib.import_module(module.name)
    found, new = set(), {Page}
    while new:
        new = {sub for cls in new for sub in cls.__subclasses__()} - found
        found |= new
    return sorted(
        (page for page in found if page.__module__.startswith("quizapp.") and page not in BASES),
        key=lambda page: page.__name__,
    )


PAGES = all_pages()
every_page = pytest.mark.parametrize("cls", PAGES, ids=lambda cls: cls.__name__)


@every_page
def test_a_page_is_a_frozen_value(cls: Any) -> None:
    assert dataclasses.is_dataclass(cls)
    assert cls.__dataclass_params__.frozen
    assert all(field.kw_only for field in dataclasses.fields(cls))


@every_page
def test_a_page_has_its_template_and_a_title(cls: Any) -> None:
    assert (paths.TEMPLATES / cls.template).is_file()
    assert isinstance(cls.title, property)
    assert cls.title.fget is not Page.title.fget, "says what stands in the browser's tab"
    assert (cls.__doc__ or "").strip().endswith(".")
    assert not cls.__doc__.startswith(f"{cls.__name__}("), "a docstring of its own"


@every_page
def test_a_page_stands_beside_its_feature(cls: Any) -> None:
    feature = cls.__module__.removeprefix("quizapp.web.").rpartition(".")[0].replace(".", "/")
    assert cls.template.startswith(f"{feature}/")


@every_page
def test_a_page_carries_no_row_and_no_session(cls: Any) -> None:
    for name, hint in get_type_hints(cls).items():
        for inner in flattened(hint):
            floor = getattr(inner, "__module__", "")
            assert not floor.startswith(("quizapp.storage", "quizapp.services", "sqlalchemy")), (
                f"{name}: {inner}"
            )


def flattened(hint: Any) -> Iterator[Any]:
    """A type and all types in its brackets."""
    yield hint
    for inner in get_args(hint):
        yield from flattened(inner)


def test_templates_are_not_shared_by_two_pages() -> None:
    templates = [page.template for page in PAGES]
    assert len(set(templates)) == len(templates)
