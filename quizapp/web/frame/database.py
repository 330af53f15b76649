"""The request's database session: safe methods read under a plain BEGIN, all others write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session as OrmSession

from quizapp.storage.engine import READ
from quizapp.storage.tables import Base

READING = frozenset({"GET", "HEAD", "OPTIONS"})


class RequestSession(Session):
    """Chooses by the request's method how a transaction begins.

    A reader that took BEGIN IMMEDIATE would be in line behind every writer; a writer that took a
    plain BEGIN would fail when another wrote between its read and its write.
    """

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        bind = super().get_bind(*args, **kwargs)
        reads = has_request_context() and (request.method in READING or "looking" in self.info)
        if not (reads and isinstance(bind, Engine)):
            return bind
        # The same object each time: a session keeps one connection per bind.
        reading = self.info.get("reading")
        if reading is None:
            reading = self.info["reading"] = bind.execution_options(**READ)
        return reading


db = SQLAlchemy(
    metadata=Base.metadata,
    session_options={"class_": RequestSession, "expire_on_commit": False, "autoflush": False},
    disable_autonaming=True,
)


def session() -> OrmSession:
    """The request's session."""
    return db.session()


@contextmanager
def reading() -> Iterator[OrmSession]:
    """The session for a look that comes before all writing of the request and ends at once, so that
    other writers do not wait for it; within a transaction already begun it is part of that."""
    current = session()
    if request.method in READING or current.in_transaction():
        yield current
        return
    current.info["looking"] = True
    try:
        yield current
        current.commit()
    finally:
        del current.info["looking"]
