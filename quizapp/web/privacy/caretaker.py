"""The thread that plans outdated cards again, closes quizzes whose time is over, makes a backup a day, and
removes what is held too long."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from quizapp.services.audit import failures
from quizapp.services.corrections.suspicions import Looker
from quizapp.services.privacy import retention
from quizapp.services.quizzes import attempts
from quizapp.services.site import backups
from quizapp.services.site.archive import BackupError
from quizapp.services.study import rebuild
from quizapp.services.study.fitting import adoption
from quizapp.services.study.fitting.easing import Easing
from quizapp.settings import Settings
from quizapp.storage.batches import run_steps
from quizapp.storage.engine import forget_deleted
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import db

EVERY = 3600.0  # seconds between two looks whether today's round has begun
LOOK = 0.5  # seconds between two looks whether a process has ended
BEHIND = 10  # its niceness
log = logging.getLogger("quizapp")


class Caretaker(threading.Thread):
    """One in every worker; the first to look on a day does the day's round."""

    def __init__(self, app: Flask, *, every: float = EVERY) -> None:
        super().__init__(name="caretaker", daemon=True)
        self._app, self._every, self._ended = app, every, threading.Event()

    def run(self) -> None:
        try:
            replan(self._app)
        except Exception:
            log.exception("schedules: cards could not be planned anew")
        while not self._ended.wait(self._every):
            try:
                close_quizzes(self._app)
                adopt(self._app)
                back_up(self._app)
                if go_round(self._app):
                    fit_weights(self._app, self._ended)
            except Exception:  # the database may be gone for a while; whatever it is, tomorrow is another day
                log.exception("retention: the round could not be made")

    def stop(self) -> None:
        """End, after the round it is at."""
        self._ended.set()


def replan(app: Flask) -> int:
    """Plan cards again that an older model or other settings left, a learner at a time; how many learners."""
    with app.app_context():
        engine = db.engine
    step = partial(rebuild.replan_next, settings=app.config["SETTINGS"], now=now())
    done = run_steps(engine, {"learners": step})["learners"]
    if done:
        log.info("schedules: planned anew for %s learners", done)
    return done


def adopt(app: Flask) -> int:
    """Schedule by the newest weights of the memory model, a learner at a time; how many learners."""
    with app.app_context():
        engine = db.engine
    step = partial(adoption.adopt_next, settings=app.config["SETTINGS"], now=now())
    done = run_steps(engine, {"learners": step})["learners"]
    if done:
        log.info("schedules: new weights hold for %s learners", done)
    return done


def fit_weights(app: Flask, ended: threading.Event) -> bool:
    """Fit the memory model to the answers (`quizapp schedule fit`) in a process of its own, behind everything
    else that the machine does, until `ended`; whether that was done. Not without the extra `fit`."""
    settings: Settings = app.config["SETTINGS"]
    if not settings.fit_nightly or find_spec("scipy") is None:
        return False
    own = {"QUIZAPP_DATA_DIR": str(settings.data_dir), "QUIZAPP_DATABASE_URL": settings.database_url}
    words = [sys.executable, "-m", "quizapp", "schedule", "fit"]
    alone = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with subprocess.Popen(  # noqa: S603 a command of our own
        words, env=os.environ | own | alone, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as fitting:
        if hasattr(os, "setpriority"):
            os.setpriority(os.PRIO_PROCESS, fitting.pid, BEHIND)
        told, refused = _outcome(fitting, ended)
    for line in told.splitlines():
        log.info("schedules: %s", line)
    if fitting.returncode and not ended.is_set():
        log.error("schedules: nothing could be fitted to the answers: %s", refused.strip())
        with app.app_context():
            engine = db.engine
        with Session(engine) as session, session.begin():
            reason = f"exit status {fitting.returncode}"
            failures.note(session, "upkeep", "fitting the memory model", reason, now=now())
    return fitting.returncode == 0


def _outcome(process: subprocess.Popen[str], ended: threading.Event) -> tuple[str, str]:
    """What a process printed, and what it complained of, when it is over; stopped when this thread is."""
    while True:
        try:
            return process.communicate(timeout=LOOK)
        except subprocess.TimeoutExpired:
            if ended.is_set():
                process.terminate()


def close_quizzes(app: Flask) -> int:
    """Finish quizzes that were left when their time was over; how many."""
    with app.app_context():
        engine = db.engine
    step = partial(attempts.close_next, settings=app.config["SETTINGS"], now=now())
    return run_steps(engine, {"quizzes": step})["quizzes"]


def back_up(app: Flask) -> Path | None:
    """Today's backup, unless someone has begun it or none is wanted, and removing those that no rule
    keeps; where it is. One that cannot be made is noted for admins, and no old one goes."""
    settings: Settings = app.config["SETTINGS"]
    with app.app_context():
        engine = db.engine
    with Session(engine) as session, session.begin():
        if not backups.is_due(session, settings, now=now()):
            return None
    try:
        made, _ = backups.make(engine, settings, None, now=now())
        gone = backups.drop_old(settings)
    except Exception as error:
        log.exception("backup: none could be made")
        reason = str(error) if isinstance(error, BackupError) else type(error).__name__
        with Session(engine) as session, session.begin():
            failures.note(session, "backup", "today’s backup", reason, now=now())
        return None
    log.info("backup: made %s, removed %s", made.name, gone)
    return made


def go_round(app: Flask) -> dict[str, int]:
    """Today's round, unless someone has begun it: how many of what were removed."""
    with app.app_context():
        engine = db.engine
    with Session(engine) as session, session.begin():
        if retention.is_clock_doubtful(session, now=now()):
            if retention.is_first_held_today(session, now=now()):
                log.error("upkeep: the clock is far from the last round. Nothing is removed before tomorrow.")
                failures.note(
                    session, "upkeep", "put off for a day", "Is the server’s clock right?", now=now()
                )
            return {}
        if not retention.is_first_today(session, now=now()):
            return {}

    def failed(step: str, error: Exception) -> None:
        log.error("upkeep: %s failed", step, exc_info=error)
        with Session(engine) as session, session.begin():
            failures.note(session, "upkeep", step, type(error).__name__, now=now())

    looks: dict[str, Callable[[Session], int]] = {
        "looking for suspicious questions": Looker(now()),
        "telling how easy questions are": Easing(),
    }
    run_steps(engine, looks, failed=failed)
    done = run_steps(engine, retention.steps(app.config["SETTINGS"], now=now()), failed=failed)
    gone = ", ".join(f"{count} {name}" for name, count in done.items() if count)
    if gone:
        forget_deleted(engine)
        log.info("retention: removed %s", gone)
    return done
