"""The thread that carries regrades out: one a process, gone when nothing is left to do.

It is woken by the request that ordered a regrade, when a server starts, and when a page that shows an
unfinished one is opened; so nothing is needed but a running server, and a killed one goes on.
"""

from __future__ import annotations

import logging
import threading
import time

from flask import Flask, Response, after_this_request, current_app
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from quizapp.services.audit import failures
from quizapp.services.corrections.regrades import carry_on, give_up, try_again
from quizapp.settings import Settings
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import db

PAUSE = 0.02  # seconds between batches, in which others write
log = logging.getLogger("quizapp")


class Runner:
    """Does batch after batch in a thread of its own, each in a transaction."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._engine, self._settings = engine, settings
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._again = False

    def wake(self) -> None:
        """Look for something to do, now or when the present batch is done."""
        with self._lock:
            self._again = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="regrading", daemon=True)
                self._thread.start()

    def start(self) -> None:
        """At a server's start: what failed before is tried again."""
        with Session(self._engine) as session, session.begin():
            try_again(session)
        self.wake()

    def wait(self, seconds: float) -> bool:
        """Until nothing is left to do; False if that took longer."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)
        return thread is None or not thread.is_alive()

    def _run(self) -> None:
        try:
            while self._wanted():
                while self._batch():
                    time.sleep(PAUSE)
        except Exception:  # the next look at its page begins again
            log.exception("A regrade was interrupted. Nothing is lost; it goes on when its page is opened.")
        finally:
            with self._lock:
                if self._thread is threading.current_thread():
                    self._thread = None

    def _wanted(self) -> bool:
        with self._lock:
            again, self._again = self._again, False
            if not again:
                self._thread = None
            return again

    def _batch(self) -> bool:
        try:
            with Session(self._engine, expire_on_commit=False, autoflush=False) as session, session.begin():
                return carry_on(session, self._settings, now=now())
        except OperationalError:  # the database is gone for a while: no fault of the regrade
            raise
        except Exception as error:
            log.exception("A regrade failed. The next ones go on; this one is tried again at the next start.")
            with Session(self._engine) as session, session.begin():
                number = give_up(session, now=now())
                failures.note(session, "regrading", f"regrade {number}", type(error).__name__, now=now())
            return number is not None


def runner(app: Flask) -> Runner:
    """The app's one runner."""
    found: Runner | None = app.extensions.get("regrading")
    if found is None:
        with app.app_context():
            found = app.extensions.setdefault("regrading", Runner(db.engine, app.config["SETTINGS"]))
    return found


def wake_after_this_request() -> None:
    """Carry on as soon as this request's transaction has been committed."""
    found = runner(current_app)

    @after_this_request
    def wake(response: Response) -> Response:
        if response.status_code < 400:
            found.wake()
        return response
