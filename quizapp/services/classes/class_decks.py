"""The decks that a class learns, as its teachers choose them.

Anyone who calls has made sure that the class is the teacher's own (`web/frame/access.py`).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Conflict, Invalid, Missing, Problem
from quizapp.domain.language.translation import _
from quizapp.domain.library.sharing import Act
from quizapp.services.study.decks import take
from quizapp.storage.accounts.deck_rights import may
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.assignments import open_work
from quizapp.storage.classes.tables import Classroom, ClassroomDeck, Enrolment
from quizapp.storage.library.tables import Deck
from quizapp.storage.upserts import insert_once

MOST_DECKS = 100


def choose(
    session: Session, classroom: Classroom, teacher: Account, slugs: Collection[str], *, now: datetime
) -> tuple[int, int]:
    """Make these the decks of the class, out of those that this teacher may choose. Students study added
    decks from now on. Of those taken away they keep what they have seen, and go on with the rest where
    they may study the deck in another way too. Returns how many were added and taken away.

    Raises Missing for a deck that they may not choose, Invalid where the class is still to know one that
    would be taken away."""
    choosable = _choosable(session, classroom, teacher)
    unknown = set(slugs) - {deck.slug for deck in choosable}
    if unknown:
        raise Missing(_("Deck not found."))
    present = _deck_ids(session, classroom)
    wanted = [deck.id for deck in choosable if deck.slug in slugs]
    gone = [deck.id for deck in choosable if deck.id in present and deck.slug not in slugs]
    if titles := open_work(session, classroom.id, gone, sort="study", now=now):
        told = ", ".join(f"“{title}”" for title in titles)
        raise Invalid(
            _("The decks weren’t saved."),
            (
                Problem(
                    "decks",
                    _("The class still has an assignment on {told}. Delete that assignment first.").format(
                        told=told
                    ),
                ),
            ),
        )
    added = [deck_id for deck_id in wanted if deck_id not in present]
    if len(present) + len(added) - len(gone) > MOST_DECKS:
        raise Invalid(
            _("The decks weren’t saved."),
            (Problem("decks", _("Choose at most {most_decks} decks.").format(most_decks=MOST_DECKS)),),
        )
    session.execute(
        delete(ClassroomDeck).where(
            ClassroomDeck.classroom_id == classroom.id, ClassroomDeck.deck_id.in_(gone)
        )
    )
    _add(session, classroom, added)
    return len(added), len(gone)


def choosable(session: Session, classroom: Classroom, teacher: Account, slug: str) -> Deck:
    """A deck that this teacher may give to a class. Raises Missing for any other."""
    for deck in _choosable(session, classroom, teacher):
        if deck.slug == slug:
            return deck
    raise Missing(_("Deck not found."))


def give(session: Session, classroom: Classroom, deck_id: int) -> None:
    """Let a class learn a deck too, where it does not yet."""
    if deck_id not in _deck_ids(session, classroom):
        _add(session, classroom, [deck_id])


def share_own(session: Session, place: Enrolment, deck: Deck, *, shared: bool, now: datetime) -> None:
    """A student lets their class learn a deck of their own, or takes it out of the class again; classmates
    keep what they have met of it. Raises Conflict where the class's teachers do not allow it, or the class is
    still to know it."""
    classroom = session.get_one(Classroom, place.classroom_id)
    if not shared:
        if open_work(session, classroom.id, [deck.id], sort="study", now=now):
            raise Conflict(_("Your class has an assignment on this deck. It stays shared until then."))
        session.execute(
            delete(ClassroomDeck).where(
                ClassroomDeck.classroom_id == classroom.id, ClassroomDeck.deck_id == deck.id
            )
        )
        return
    if not classroom.own_decks:
        raise Conflict(_("In this class, only teachers choose decks. Your deck stays yours alone."))
    if len(_deck_ids(session, classroom)) >= MOST_DECKS:
        raise Conflict(_("This class has all the decks it can have. Your deck stays yours alone."))
    give(session, classroom, deck.id)


def _add(session: Session, classroom: Classroom, added: list[int]) -> None:
    last = select(func.max(ClassroomDeck.position)).where(ClassroomDeck.classroom_id == classroom.id)
    for position, deck_id in enumerate(added, start=(session.scalar(last) or 0) + 1):
        row = {"classroom_id": classroom.id, "deck_id": deck_id, "position": position}
        insert_once(session, ClassroomDeck, row)
    if added:
        enrolled = select(Enrolment.learner_id).where(
            Enrolment.classroom_id == classroom.id, Enrolment.removed_at.is_(None)
        )
        for learner_id in session.scalars(enrolled.order_by(Enrolment.learner_id)).all():
            take(session, learner_id, added)


def _choosable(session: Session, classroom: Classroom, teacher: Account) -> list[Deck]:
    """The decks that this teacher may put into a class or take out of it."""
    there = select(ClassroomDeck.deck_id).where(ClassroomDeck.classroom_id == classroom.id)
    mine = may(Act.GIVE, teacher.id) | Deck.id.in_(there)
    rows = session.scalars(select(Deck).where(mine).order_by(Deck.position, Deck.title, Deck.id))
    return list(rows)


def _deck_ids(session: Session, classroom: Classroom) -> list[int]:
    query = select(ClassroomDeck.deck_id).where(ClassroomDeck.classroom_id == classroom.id)
    return list(session.scalars(query.order_by(ClassroomDeck.position)))


def study_all(session: Session, classroom: Classroom, learner_id: int) -> None:
    """Let a student study the decks of the class."""
    take(session, learner_id, _deck_ids(session, classroom))
