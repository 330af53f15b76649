"""The two health pages: the process lives; the database answers at the right version."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import Engine, text

from tests.world import Visitor


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
