"""A guest signs in to an account they already have: what they did as a guest joins its log."""

from __future__ import annotations

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from quizapp.services.corrections import reports
from quizapp.services.study.rebuild import rebuild
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.corrections.tables import Claim, GradeNotice, Regrade
from quizapp.storage.quizzes.tables import Attempt
from quizapp.storage.study.tables import Goal, Review, StudyDeck
from quizapp.storage.upserts import insert_once, lock_learner


def merge_guest(session: Session, guest: Account, account: Account, settings: Settings) -> int:
    """Hand a guest's events over to an account's log, fold it anew, hand over their decks, quizzes and
    reports, and remove the guest.

    Returns the number of events. They keep their ids: pages that are open, and quizzes that are not
    finished, find their answers by them.
    """
    assert guest.is_guest
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
    reports.hand_over(session, guest.id, account.id)
    session.execute(delete(Account).where(Account.id == guest.id))
    session.expunge(guest)
    rebuild(session, settings, learner_id=account.id)
    return int(handed.rowcount)  # type: ignore[attr-defined]


def _hand_over_decks(session: Session, guest: Account, account: Account) -> None:
    """The guest's decks in their order, behind the account's own."""
    last = select(func.coalesce(func.max(StudyDeck.position), 0)).where(StudyDeck.learner_id == account.id)
    first_free = session.scalars(last).one() + 1
    decks = select(StudyDeck.deck_id).where(StudyDeck.learner_id == guest.id).order_by(StudyDeck.position)
    for position, deck_id in enumerate(session.scalars(decks).all(), start=first_free):
        insert_once(session, StudyDeck, {"learner_id": account.id, "deck_id": deck_id, "position": position})


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
