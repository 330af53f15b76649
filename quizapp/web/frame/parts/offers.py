"""What rooms further right put on pages further left: a number on a tab, a part under an answer,
work that goes on after the request.

The app (`app.py`) says who makes them, so that no room has to know one to its right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from flask import Flask, current_app
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Grade, Response
from quizapp.services.accounts.mail_delivery import Writer
from quizapp.services.study.learner import Learner
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account


@dataclass(frozen=True, kw_only=True)
class ClaimPart:
    """An answer that can be claimed. state: "" (not claimed yet), open, accepted or declined. unsure: grading
    is not sure of it, so that one tap claims."""

    state: str
    reply: str
    needs_reason: bool
    unsure: bool = False


class QueueCount(Protocol):
    """How many entries wait in a teacher's queue: the number on its tab."""

    def __call__(self, session: Session, teacher: Account) -> int: ...


class UnderAnswer(Protocol):
    """What is under an answer that its learner may hold to be right; None for any other.
    fresh: it was given just now, so no one can have claimed it yet."""

    def __call__(
        self,
        session: Session,
        learner_id: int,
        review: UUID,
        response: Response,
        grade: Grade,
        *,
        fresh: bool = False,
    ) -> ClaimPart | None: ...


class NoteDecision(Protocol):
    """Tells whoever answers for a question what a learner said of an answer that grading was not sure of."""

    def __call__(
        self, session: Session, learner: Learner, review_id: UUID, *, same: Sequence[bool], now: datetime
    ) -> None: ...


class OrderMail(Protocol):
    """Asks for the mails whose time has come; how many."""

    def __call__(self, session: Session, settings: Settings, *, now: datetime) -> int: ...


@dataclass(frozen=True, kw_only=True)
class Offers:
    """Who makes what. carry_on_regrades: does what was ordered, once this request is committed.
    mail_writers: by the purpose of a mail."""

    queue_count: QueueCount
    under_answer: UnderAnswer
    note_decision: NoteDecision
    carry_on_regrades: Callable[[], None]
    order_mail: OrderMail
    mail_writers: Mapping[str, Writer]


def install(app: Flask, offers: Offers) -> None:
    """Let pages of this app find these."""
    app.extensions["offers"] = offers


def offered() -> Offers:
    """The offers of the app that answers this request."""
    found: Offers = current_app.extensions["offers"]
    return found
