"""The thread that sends mail, so that no request waits for it or tells by its time what was sent."""

from __future__ import annotations

import logging
import smtplib
import threading

from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from quizapp.services.accounts import mail_delivery, outbox
from quizapp.services.audit import failures
from quizapp.storage.engine import READ
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import db
from quizapp.web.frame.links import MailLinks
from quizapp.web.frame.parts.offers import offered

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
            except Exception:  # the database may be gone for a while; whatever it is, mail goes on
                log.exception("mail: a round was broken off")
            self._wake.wait(EVERY)
            self._wake.clear()

    def wake(self) -> None:
        """There is mail."""
        self._wake.set()

    def stop(self) -> None:
        """Finish what it is doing, and end."""
        self._stopped = True
        self._wake.set()
        self.join(mail_delivery.TIMEOUT)


def deliver(app: Flask) -> int:
    """Send all that is due; how many went out. No transaction is open while a mail is sent."""
    settings, links, sent = app.config["SETTINGS"], MailLinks(app), 0
    with app.app_context():
        engine = db.engine
        with Session(engine, expire_on_commit=False, autoflush=False) as ordering:
            offered().order_mail(ordering, settings, now=now())
            ordering.commit()
    while True:
        with Session(engine.execution_options(**READ)) as looking:
            if not outbox.is_due(looking, now=now()):
                return sent
        with Session(engine, expire_on_commit=False, autoflush=False) as session:
            order = outbox.take(session, now=now())
            session.commit()
            if order is None:
                continue
            try:
                with app.app_context():
                    mail = mail_delivery.write(
                        session, order, links, now=now(), writers=offered().mail_writers
                    )
                session.commit()
                if mail is not None:
                    mail_delivery.send(settings, mail)
                    sent += 1
            except OperationalError:
                raise
            except (OSError, smtplib.SMTPException) as error:
                session.rollback()
                log.warning("mail: the server took none: %s", type(error).__name__)
                if outbox.is_given_up(session, order.id):
                    _fail(session, order.id, error)
                continue
            except Exception as error:
                session.rollback()
                log.exception("mail: one could not be made, the next go on")
                _fail(session, order.id, error)
                continue
            outbox.finish(session, order.id)
            session.commit()


def _fail(session: Session, order_id: int, error: Exception) -> None:
    outbox.finish(session, order_id)
    failures.note(session, "mail", f"order {order_id}", type(error).__name__, now=now())
    session.commit()
