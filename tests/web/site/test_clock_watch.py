"""A clock that jumps while the site is served: nothing opens or closes by it, and staff are told."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.storage.audit.tables import BackgroundFailure
from quizapp.web.frame import clock
from quizapp.web.site.clock_watch import FILE, ClockWatch, newest
from tests import world
from tests.world import Visitor

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, object]]:
    """What the system's clock says, and the one that no one sets."""
    shown: dict[str, object] = {"system": NOON, "elapsed": 0.0}
    monkeypatch.setattr(clock, "system", lambda: shown["system"])
    monkeypatch.setattr(clock, "elapsed", lambda: shown["elapsed"])
    yield shown
    clock._watched.clear()


@pytest.mark.parametrize("jump", [-HOUR, HOUR, timedelta(days=400), timedelta(days=-365)])
def test_a_jump_is_held_written_down_and_told(
    app: Flask,
    session: Session,
    clocks: dict[str, object],
    jump: timedelta,
    caplog: pytest.LogCaptureFixture,
) -> None:
    teacher = world.person(session, "teacher", name="Ms Clock", now=datetime.now(UTC))
    admin = world.person(session, "admin", name="Root", now=datetime.now(UTC))
    session.commit()
    watch = ClockWatch(app)
    watch.beat()
    clocks |= {"system": NOON + jump, "elapsed": 60.0}
    watch.beat()
    watch.beat()
    assert clock.now() == NOON + timedelta(minutes=1)
    assert newest(app.config["SETTINGS"].data_dir / FILE) == NOON, "a moment that is doubted is not kept"
    [noted] = session.scalars(select(BackgroundFailure)).all()
    assert (noted.task, "The clock jumped by" in noted.reason) == ("clock", True)
    assert [record.levelno for record in caplog.records if "it has jumped" in record.message] == [
        logging.ERROR
    ]
    session.rollback()
    for person, told in ((teacher, "due dates follow the time"), (admin, "The clock jumped by")):
        visitor = Visitor(world.client_of(app, session, person, now=datetime.now(UTC)))
        path = "/admin/accounts" if person is admin else "/teach/"
        assert told in visitor.open(path).text
    assert "The server’s clock" not in Visitor(app.test_client()).open("/").text, "students cannot help it"
    clocks |= {"system": NOON + timedelta(minutes=2), "elapsed": 120.0}
    watch.beat()
    assert newest(app.config["SETTINGS"].data_dir / FILE) == NOON + timedelta(minutes=2)


def test_a_start_with_a_clock_that_is_behind_goes_by_what_is_stored(
    app: Flask, clocks: dict[str, object]
) -> None:
    ClockWatch(app).beat()
    clocks["system"] = NOON - HOUR
    ClockWatch(app)
    assert clock.now() == NOON
    assert clock.off() == -HOUR


@pytest.mark.parametrize("content", [b"", b"yesterday", b"\xff\xfe", b"9" * 400])
def test_a_file_that_says_nothing_is_no_matter(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert newest(tmp_path / FILE) is None
    assert newest(tmp_path / "none") is None
