"""The two health pages: the process lives; an answer could be stored now."""

from __future__ import annotations

import errno
import os
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, text

from quizapp.settings import Settings
from quizapp.web.frame.database import db
from quizapp.web.site.health import write_check
from tests.world import Visitor, dump


def test_both_are_green_on_a_migrated_database(visitor: Visitor) -> None:
    assert visitor.open("/healthz").html == "ok\n"
    ready = visitor.open("/readyz")
    assert (ready.status, ready.html, ready.response.mimetype) == (200, "ready\n", "text/plain")


def test_ready_is_red_on_another_version_and_alive_stays_green(visitor: Visitor, engine: Engine) -> None:
    for version in ("9999", "0000"):
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :new"), {"new": version})
        ready = visitor.open("/readyz")
        assert (ready.status, "another version" in ready.html) == (503, True)
        assert visitor.open("/healthz").status == 200


def test_health_asks_for_no_sign_in_and_leaves_no_cookie(app: Flask) -> None:
    for path in ("/healthz", "/readyz"):
        answer = app.test_client().get(path)
        assert (answer.status_code, "Set-Cookie" in answer.headers) == (200, False)


def test_ready_is_red_where_the_database_takes_no_write(
    app: Flask, visitor: Visitor, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_only = "PRAGMA query_only=ON" if engine.dialect.name == "sqlite" else "SET TRANSACTION READ ONLY"

    def refuse(connection: Any) -> None:
        connection.execute(text(read_only))
        trying_write(connection)

    trying_write = write_check._write
    monkeypatch.setattr(write_check, "_write", refuse)
    ready = visitor.open("/readyz")
    with app.app_context():
        db.engine.dispose()
    assert (ready.status, ready.html) == (503, "the database is read-only\n")
    assert visitor.open("/healthz").status == 200


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS])
def test_ready_is_red_where_the_disk_takes_nothing(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(write_check.os, "fsync", refuse)
    ready = visitor.open("/readyz")
    assert (ready.status, os.strerror(error) in ready.html) == (503, True)


@pytest.mark.parametrize("held", [None, b"", b"x" * 32])
def test_ready_is_red_when_the_key_is_gone_or_another(
    visitor: Visitor, settings: Settings, held: bytes | None
) -> None:
    path = settings.data_dir / "secret_key"
    path.unlink() if held is None else path.write_bytes(held)
    ready = visitor.open("/readyz")
    assert (ready.status, ready.html) == (503, "the secret key is missing or damaged\n")


def test_ready_stores_nothing(visitor: Visitor, engine: Engine) -> None:
    before = dump(engine)
    assert visitor.open("/readyz").status == 200
    assert dump(engine) == before
