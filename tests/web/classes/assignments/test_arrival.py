"""Due moments are judged by when a request began to arrive, however long its body or its turn took."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.storage.quizzes.tables import Attempt, AttemptQuestion
from quizapp.web.frame.http import turns
from quizapp.web.frame.http.gateway import Gateway
from quizapp.web.frame.http.receiving import LATEST
from tests.processes import in_a_loop
from tests.web.classes.assignments.test_own import RIGHT, begin
from tests.web.classes.conftest import HOUR, NOW, Class
from tests.world import Visitor, filled, rows_of

DUE = NOW + HOUR
IN_TIME, LATE = DUE - timedelta(seconds=1), DUE + timedelta(seconds=4)
Clock = Callable[[datetime], None]


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller.move_to


def sent(
    app: Flask, phone: Visitor, path: str, form: dict[str, Any], *, between: Callable[[], None]
) -> tuple[int, str]:
    """A form sent to the served app; its head arrives, then something happens, then its body comes.
    Status and address of the answer."""
    body, told = urlencode(form, doseq=True).encode(), []
    cookie = phone.client.get_cookie("quizapp")
    assert cookie is not None
    head = {
        "type": "http", "method": "POST", "path": path, "http_version": "1.1",
        "headers": [
            (b"host", b"localhost"), (b"cookie", f"quizapp={cookie.value}".encode()),
            (b"content-type", b"application/x-www-form-urlencoded"),
            (b"content-length", str(len(body)).encode()),
        ],
    }  # fmt: skip

    async def receive() -> Any:
        between()
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        told.append(message)

    in_a_loop(Gateway(app.wsgi_app)(head, receive, send))
    return told[0]["status"], dict(told[0]["headers"]).get(b"location", b"").decode()


def answered(session: Session) -> list[datetime]:
    return [row.answered_at for row in rows_of(session, AttemptQuestion) if row.answered_at]


def test_an_answer_that_was_on_its_way_at_the_due_moment_counts(
    room: Class, clock: Clock, session: Session
) -> None:
    [anna] = room.seat("Anna")
    made, phone = room.give(due=1), room.phone(anna)
    page = begin(phone, made)
    form = page.fields() | filled(page, RIGHT)
    clock(IN_TIME)
    status, where = sent(room.app, phone, page.path, form, between=lambda: clock(LATE))
    assert (status, where.rpartition("/")[2]) == (303, "2")
    assert answered(session) == [IN_TIME]


def test_an_answer_whose_turn_came_after_the_due_moment_counts(
    room: Class, clock: Clock, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    [anna] = room.seat("Anna")
    made, phone = room.give(due=1), room.phone(anna)
    page = begin(phone, made)
    take = turns.Turn.take

    def after_a_wait(turn: turns.Turn, line: str) -> object:
        clock(LATE)
        return take(turn, line)

    clock(IN_TIME)
    monkeypatch.setattr(turns.Turn, "take", after_a_wait)
    form = page.fields() | filled(page, RIGHT)
    assert sent(room.app, phone, page.path, form, between=lambda: None)[0] == 303
    assert answered(session) == [IN_TIME]


def test_handing_in_is_judged_so_too(room: Class, clock: Clock, session: Session) -> None:
    [anna] = room.seat("Anna")
    made, phone = room.give(due=1), room.phone(anna)
    page = phone.open(begin(phone, made).path.rpartition("/")[0] + "/overview")
    clock(IN_TIME)
    action = page.path.replace("overview", "finish")
    assert sent(room.app, phone, action, page.fields("/finish"), between=lambda: clock(LATE))[0] == 303
    assert [row.finished_at for row in rows_of(session, Attempt)] == [IN_TIME]


@pytest.mark.parametrize("begun", [DUE, LATE, DUE - timedelta(milliseconds=1) - 2 * LATEST])
def test_what_begins_after_the_due_moment_or_lingers_long_is_too_late(
    begun: datetime, room: Class, clock: Clock, session: Session
) -> None:
    [anna] = room.seat("Anna")
    made, phone = room.give(due=1), room.phone(anna)
    page = begin(phone, made)
    form = page.fields() | filled(page, RIGHT)
    clock(begun)
    then = max(begun, LATE) + LATEST
    assert sent(room.app, phone, page.path, form, between=lambda: clock(then))[0] == 409
    assert answered(session) == []
