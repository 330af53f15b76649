"""What is logged of an error: where it arose, and nothing that anyone wrote."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from quizapp.web.frame.database import db
from quizapp.web.frame.log_filter import places
from tests.world import Visitor

ANSWER = "My secret answer"


def fail_in_words() -> Any:
    raise ValueError(ANSWER)


def fail_in_sql() -> Any:
    db.session().execute(text("INSERT INTO no_such_table VALUES (:answer)"), {"answer": ANSWER})


def fail_on_a_key() -> Any:
    for _ in range(2):  # PostgreSQL quotes the key in its message
        values = {"slug": ANSWER}
        db.session().execute(
            text(
                "INSERT INTO source (slug, title, author, publisher, published, language, about, paragraphs) "
                "VALUES (:slug, '', '', '', '', '', '', 0)"
            ),
            values,
        )


def fail_for_a_cause() -> Any:
    try:
        fail_in_words()
    except ValueError as error:
        raise RuntimeError(f"It was {ANSWER}") from error


@pytest.mark.parametrize("failing", [fail_in_words, fail_in_sql, fail_on_a_key, fail_for_a_cause])
def test_an_error_is_logged_by_its_place_without_what_was_written(
    app: Flask, failing: Any, caplog: pytest.LogCaptureFixture
) -> None:
    app.view_functions["home.index"] = failing
    caplog.handler.setFormatter(logging.Formatter("%(message)s"))
    page = Visitor(app.test_client()).open("/")
    assert page.status >= 500
    assert ANSWER not in caplog.text
    assert ANSWER not in page.html
    if page.status == 500:
        assert failing.__name__ in caplog.text
        assert "test_log_filter.py" in caplog.text


def test_a_circle_of_causes_ends() -> None:
    first, second = ValueError("a"), KeyError("b")
    first.__cause__, second.__cause__ = second, first
    assert places(first).splitlines() == ["builtins.KeyError", "builtins.ValueError"]
