"""One transaction a request: committed below 400, rolled back from 400 up, and before the page is rendered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from flask import Flask, make_response, redirect
from jinja2 import ChoiceLoader, DictLoader
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Conflict, Missing
from quizapp.services.accounts.accounts import create_guest
from quizapp.storage.accounts.tables import Account
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import db, session
from quizapp.web.frame.page import Page
from tests.world import rows_of


@dataclass(frozen=True, kw_only=True)
class Told(Page):
    """A page of this status that looks at the database from outside while it is rendered."""

    template: ClassVar[str] = "told.html"
    code: int
    look: Callable[[], int] = int

    @property
    def status(self) -> int:
        return self.code

    @property
    def title(self) -> str:
        return "Told"


def begin(app: Flask, answer: Callable[[], Any]) -> Any:
    """POST to a view that writes a guest and then answers like this."""

    def view() -> Any:
        create_guest(session(), zone="UTC", now=now())
        return answer()

    app.view_functions["study.begin"] = view
    app.jinja_env.loader = ChoiceLoader(
        [DictLoader({"told.html": "{{ page.look() }}"}), app.jinja_env.loader]
    )  # type: ignore[list-item]
    return app.test_client().post("/study/begin")


@pytest.mark.parametrize(
    ("status", "stored"), [(200, 1), (201, 1), (399, 1), (400, 0), (404, 0), (422, 0), (500, 0), (507, 0)]
)
def test_the_status_decides_for_pages_and_for_other_answers(
    app: Flask, session: Session, status: int, stored: int
) -> None:
    assert begin(app, lambda: Told(code=status)).status_code == status
    assert len(rows_of(session, Account)) == stored
    assert begin(app, lambda: make_response("text", status)).status_code == status
    assert len(rows_of(session, Account)) == 2 * stored


def test_redirects_keep_and_errors_drop(app: Flask, session: Session) -> None:
    assert begin(app, lambda: redirect("/", 303)).status_code == 303
    assert len(rows_of(session, Account)) == 1

    def refuse(error: Exception) -> None:
        raise error

    for error in (Missing("No."), Conflict("No."), RuntimeError("No.")):
        assert begin(app, lambda: refuse(error)).status_code >= 400  # noqa: B023 called at once
    assert len(rows_of(session, Account)) == 1


def test_what_a_page_tells_is_stored_before_it_is_rendered(app: Flask, engine: Engine) -> None:
    def look() -> int:
        with engine.connect() as other:
            return len(other.execute(select(Account.id)).all())

    assert begin(app, lambda: Told(code=200, look=look)).text == "1"
    assert begin(app, lambda: Told(code=422, look=look)).text == "1", "the second was dropped by then"


def test_no_lock_is_held_while_a_page_is_rendered(app: Flask, engine: Engine) -> None:
    def look() -> int:
        with engine.begin() as other:  # on SQLite: BEGIN IMMEDIATE
            other.execute(Account.__table__.update().values(zone="Europe/Prague"))
        return 1

    assert begin(app, lambda: Told(code=200, look=look)).text == "1"


def test_readers_read_and_writers_write(app: Flask) -> None:
    """On SQLite a reader takes no write lock; a writer takes it at once."""
    for method, begun in (("GET", "BEGIN"), ("HEAD", "BEGIN"), ("POST", "BEGIN IMMEDIATE")):
        with app.test_request_context(method=method):
            bind = db.session().get_bind()
            assert bind.get_execution_options().get("sqlite_begin", "BEGIN IMMEDIATE") == begun
            assert db.session().get_bind() is bind, "one connection a request"


def test_nothing_is_left_over_for_the_next_request(app: Flask, session: Session) -> None:
    for _ in range(3):
        begin(app, lambda: Told(code=422))
        begin(app, lambda: Told(code=200))
    assert len(rows_of(session, Account)) == 3
    with app.app_context():
        assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
