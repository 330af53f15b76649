"""The peer of the study step: a Flask app that stores one form by one ORM insert, and nothing else.

The same server, engine, pragmas and transaction (BEGIN IMMEDIATE, synchronous=FULL) as the real one.
"""

import os
from datetime import UTC, datetime

from flask import Flask, request
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from quizapp.configuration import load_settings
from quizapp.storage.engine import open_engine
from quizapp.storage.types import UtcDateTime


class Base(DeclarativeBase):
    """Of the one table."""


class Answer(Base):
    """One answer, as it was sent."""

    __tablename__ = "bare_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    item: Mapped[int]
    response: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def create_app() -> Flask:
    """The app, with its table made."""
    app = Flask("bare")
    engine = open_engine(load_settings(os.environ).sqlalchemy_url)
    Base.metadata.create_all(engine)

    @app.post("/answer")
    def answer() -> str:
        with Session(engine) as session:
            row = Answer(
                item=int(request.form["item"]), response=request.form["response"], at=datetime.now(UTC)
            )
            session.add(row)
            session.commit()
        return "Stored."

    return app


if __name__ == "__main__":
    create_app()  # the table is there before two workers look for it
    Granian(
        "bare:create_app",
        factory=True,
        address="127.0.0.1",
        port=int(os.environ["QUIZAPP_PORT"]),
        interface=Interfaces.WSGI,
        workers=int(os.environ["QUIZAPP_WORKERS"]),
        blocking_threads=1,
        backpressure=4096,
        backlog=2048,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
