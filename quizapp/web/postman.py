"""The thread that sends mail, so that no request waits for it or tells by its time what was sent."""

from __future__ import annotations

import logging
import smtplib
import threading

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from quizapp.services import mailing, outbox
from quizapp.storage.engine import READ
from quizapp.web.addresses import MailLinks
from quizapp.web.clock import now
from quizapp.web.database import db

EVERY = 10.0  # seconds between two looks
log = logging.getLogger("quizapp")


class Postman(threading.Thread):
    """Looks for mail to send until it is told to stop; one in every worker, no mail goes out twice."""

    def __init__(self, app: Flask) -> None:
        super().__init__(name="postman", daemon=True)
        self._app, self._wake, self._stopped = app, threading.Event(), False

    def run(self) -> None:
        while not self._stopped:
            try:
                deliver(self._app)
            except SQLAlchemyError:  # the database may be gone for a while
                log.exception("mail: the database does not answer")
            self._wake.wait(EVERY)
            self._wake.clear()

    def wake(self) -> None:
        """There is mail."""
        self._wake.set()

    def stop(self) -> None:
        """Finish what it is doing, and end."""
        self._stopped = True
        self._wake.set()
        self.join(mailing.TIMEOUT)


def deliver(app: Flask) -> int:
    """Send all that is due; how many went out. No transaction is open while a mail is sent."""
    settings, links, sent = app.config["SETTINGS"], MailLinks(app), 0
    with app.app_context():
        engine = db.engine
    while True:
        with Session(engine.execution_options(**READ)) as looking:
            if not outbox.is_due(looking, now=now()):
                return sent
        with Session(engine, expire_on_commit=False, autoflush=False) as session:
            order = outbox.take(session, now=now())
            session.commit()
            if order is None:
                continue
            mail = mailing.write(session, order, links, now=now())
            session.commit()
            try:
                if mail is not None:
                    mailing.send(settings, mail)
                    sent += 1
            except (OSError, smtplib.SMTPException) as error:
                log.warning("mail: the server took none, it is tried again: %s", type(error).__name__)
                continue
            outbox.finish(session, order.id)
            session.commit()
