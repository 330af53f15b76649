"""Two accounts that are one person: a guest signs in to an account they already have, or a teacher joins two
students. What the one did joins the other's log."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from quizapp.domain.errors import Conflict, Missing
from quizapp.domain.language.translation import _
from quizapp.services.corrections import reports
from quizapp.services.study.rebuild import rebuild
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Enrolment
from quizapp.storage.corrections.tables import Claim, GradeNotice, Regrade
from quizapp.storage.quizzes.tables import Attempt, AttemptDecision
from quizapp.storage.study.tables import DeckEvent, Goal, ItemNote, Review, StudyDeck
from quizapp.storage.upserts import insert_once, lock_learner


def merge_guest(session: Session, guest: Account, account: Account, settings: Settings) -> int:
    """Hand a guest's events over to an account's log, fold it again, hand over their decks, quizzes and
    reports, and remove the guest.

    Returns the number of events. They keep their ids: pages that are open, and quizzes that are not
    finished, find their answers by them.
    """
    assert guest.is_guest
    return _merge(session, guest, account, settings)


def merge_student(
    session: Session, gone: Enrolment, kept: Enrolment, settings: Settings, *, now: datetime
) -> int:
    """Make two students of a class one, under the name of `kept`; returns the number of events handed over.

    Raises Conflict where `gone` is more than a student whom this class's teachers made or let in: someone
    with a password or another class decides about their account themselves.
    """
    other = select(Enrolment.id).where(Enrolment.learner_id == gone.learner_id, Enrolment.id != gone.id)
    if gone.classroom_id != kept.classroom_id or gone.learner_id == kept.learner_id:
        raise Missing(_("Student not found."))
    if not gone.founding or gone.learner.password_hash is not None or session.scalar(other.limit(1)):
        raise Conflict(
            _("{name} has a password or is in another class, so their account can’t be merged.").format(
                name=gone.name
            )
        )
    _hand_over_attempts(session, gone.learner_id, kept.learner_id, now)
    account, present = gone.learner, kept.learner
    session.expunge(gone)
    return _merge(session, account, present, settings)


def _hand_over_attempts(session: Session, gone_id: int, kept_id: int, now: datetime) -> None:
    """Number the attempts at assignments behind those that are there; of two that are open the one that is
    handed over is reset."""
    there = select(Attempt).where(Attempt.learner_id == kept_id, Attempt.assignment_id.is_not(None))
    last: dict[int, int] = {}
    going: set[int] = set()
    for each in session.scalars(there):
        assert each.assignment_id is not None
        last[each.assignment_id] = max(last.get(each.assignment_id, 0), each.number or 0)
        if each.finished_at is None and each.set_aside_at is None:
            going.add(each.assignment_id)
    handed = select(Attempt).where(Attempt.learner_id == gone_id, Attempt.assignment_id.is_not(None))
    for each in session.scalars(handed.order_by(Attempt.number.desc())):
        assert each.assignment_id is not None
        each.number = (each.number or 0) + last.get(each.assignment_id, 0)
        if each.finished_at is None and each.assignment_id in going:
            each.set_aside_at = now
    session.flush()


def _merge(session: Session, guest: Account, account: Account, settings: Settings) -> int:
    for learner_id in sorted((guest.id, account.id)):  # the guest's too: another tab may be answering
        lock_learner(session, learner_id)
    handed = session.execute(
        update(Review).where(Review.learner_id == guest.id).values(learner_id=account.id),
        execution_options={"synchronize_session": False},
    )
    _hand_over_decks(session, guest, account)
    _hand_over_claims(session, guest, account)
    session.execute(update(Goal).where(Goal.learner_id == guest.id).values(learner_id=account.id))
    session.execute(update(Attempt).where(Attempt.learner_id == guest.id).values(learner_id=account.id))
    decided = update(AttemptDecision).where(AttemptDecision.learner_id == guest.id)
    session.execute(decided.values(learner_id=account.id))
    _hand_over_notes(session, guest, account)
    reports.hand_over(session, guest.id, account.id)
    session.execute(delete(Account).where(Account.id == guest.id))
    session.expunge(guest)
    rebuild(session, settings, learner_id=account.id)
    return int(handed.rowcount)  # type: ignore[attr-defined]


def _hand_over_decks(session: Session, guest: Account, account: Account) -> None:
    """The guest's decks in their order, behind the account's own, with what was done with them."""
    last = select(func.coalesce(func.max(StudyDeck.position), 0)).where(StudyDeck.learner_id == account.id)
    first_free = session.scalars(last).one() + 1
    columns = select(StudyDeck.deck_id, StudyDeck.target).where(StudyDeck.learner_id == guest.id)
    rows = session.execute(columns.order_by(StudyDeck.position)).all()
    for position, (deck_id, target) in enumerate(rows, start=first_free):
        keys = {"learner_id": account.id, "deck_id": deck_id}
        insert_once(session, StudyDeck, keys | {"position": position, "target": target})
    session.execute(
        update(DeckEvent).where(DeckEvent.learner_id == guest.id).values(learner_id=account.id),
        execution_options={"synchronize_session": False},
    )


def _hand_over_notes(session: Session, guest: Account, account: Account) -> None:
    """The guest's notes at items at which the account has none."""
    own = select(ItemNote.item_id).where(ItemNote.learner_id == account.id)
    session.execute(
        update(ItemNote)
        .where(ItemNote.learner_id == guest.id, ItemNote.item_id.not_in(own))
        .values(learner_id=account.id),
        execution_options={"synchronize_session": False},
    )


def _hand_over_claims(session: Session, guest: Account, account: Account) -> None:
    """What the guest has claimed and was told; and regrades on their way that have passed the account
    already come by once more, for the guest's answers."""
    session.execute(
        update(Claim).where(Claim.learner_id == guest.id).values(learner_id=account.id),
        execution_options={"synchronize_session": False},
    )
    told = select(GradeNotice.regrade_id).where(GradeNotice.learner_id == account.id)
    session.execute(
        update(GradeNotice)
        .where(GradeNotice.learner_id == guest.id, GradeNotice.regrade_id.not_in(told))
        .values(learner_id=account.id),
        execution_options={"synchronize_session": False},
    )
    session.execute(
        update(Regrade)
        .where(Regrade.finished_at.is_(None), Regrade.cursor >= account.id)
        .values(cursor=account.id - 1)
    )
