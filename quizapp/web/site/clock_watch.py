"""The thread that writes down the newest moment, tells admins when the clock has jumped, and marks a database
that is served."""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from quizapp.services.audit import failures
from quizapp.storage.private import keep_file
from quizapp.storage.site import wholeness
from quizapp.web.frame import clock
from quizapp.web.frame.database import db

FILE = "newest_moment"
EVERY = 30.0  # seconds
log = logging.getLogger("quizapp")


class ClockWatch(threading.Thread):
    """One in every worker; each tells of a jump that it sees, once."""

    def __init__(self, app: Flask, *, every: float = EVERY) -> None:
        super().__init__(name="clock", daemon=True)
        self._app, self._every, self._ended = app, every, threading.Event()
        self._told = self._marked = False
        clock.watch(newest(self._file))

    @property
    def _file(self) -> Path:
        folder: Path = self._app.config["SETTINGS"].data_dir
        return folder / FILE

    def run(self) -> None:
        while True:
            try:
                self.beat()
            except Exception:  # a full disk, a database that is gone: the clock is watched all the same
                log.exception("clock: the newest moment could not be written down")
            if self._ended.wait(self._every):
                return

    def beat(self) -> None:
        """One look."""
        if not self._marked:
            with self._app.app_context():
                self._marked = wholeness.mark(db.engine)
        seen = clock.look()
        if not seen.off:
            self._told = False
            keep_file(self._file)
            self._file.write_text(seen.moment.isoformat(), "ascii")
        elif not self._told:
            self._told = True
            seconds = int(seen.off.total_seconds())
            log.error("clock: it has jumped by %s s; due moments go by the time before, for a day", seconds)
            with self._app.app_context(), Session(db.engine) as session, session.begin():
                reason = f"The clock jumped by {seconds} s. Set it right, or restart the server if it is."
                failures.note(session, "clock", "due moments are held", reason, now=seen.moment)

    def stop(self) -> None:
        """End, after the look it is at."""
        self._ended.set()


def newest(file: Path) -> datetime | None:
    """The newest moment that was written down; None where there is none, or nothing that can be read."""
    with suppress(OSError, ValueError):
        found = datetime.fromisoformat(file.read_text("ascii"))
        return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
    return None
