"""Which decks a learner studies; pausing, leaving and restarting them, and taking that back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _
from quizapp.domain.library.sharing import Act
from quizapp.domain.study.deck_log import Did, in_force
from quizapp.domain.study.scheduling.evidence import DEFAULT_PRIOR
from quizapp.services.study.folding import RESTART, follow
from quizapp.services.study.learner import Learner, learner_of
from quizapp.services.study.rebuild import rebuild
from quizapp.settings import Settings
from quizapp.storage.accounts.deck_rights import may
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck
from quizapp.storage.study import decks as queries
from quizapp.storage.study.tables import DeckEvent, Review, StudyDeck
from quizapp.storage.upserts import insert_once, lock_learner

STEP = timedelta(microseconds=1)  # a restart comes after the answers that it ends


def begin(session: Session, account: Account, slug: str = "", *, now: datetime) -> None:
    """Add a deck to what the learner studies, or go on with it; without a name, and for a learner without
    decks, add every deck that ships with the site. Raises Missing for a name of none that they may study."""
    if slug:
        deck_id = session.scalar(select(Deck.id).where(Deck.slug == slug, may(Act.STUDY, account.id)))
        if deck_id is None:
            raise Missing(_("Deck not found."))
        resume(session, account.id, deck_id, now=now)
        chosen = [deck_id]
    elif session.scalar(select(StudyDeck.deck_id).where(StudyDeck.learner_id == account.id).limit(1)):
        chosen = []
    else:
        shipped = select(Deck.id).where(Deck.owner_id.is_(None), Deck.theme_tag.is_(None))
        chosen = list(session.scalars(shipped.order_by(Deck.position, Deck.id)))
    take(session, account.id, chosen)


def take(session: Session, learner_id: int, deck_ids: Iterable[int]) -> None:
    """Add decks to what a learner studies, behind those they have; one that is there, or was left, stays as
    it is."""
    last = select(func.max(StudyDeck.position)).where(StudyDeck.learner_id == learner_id)
    first_free = (session.scalar(last) or 0) + 1
    for position, deck_id in enumerate(deck_ids, start=first_free):
        insert_once(session, StudyDeck, {"learner_id": learner_id, "deck_id": deck_id, "position": position})


def pause(session: Session, learner_id: int, deck_id: int, *, now: datetime) -> bool:
    """Let a deck rest; False where it rests, or they do not study it."""
    plan = queries.own_plan(session, learner_id, deck_id)
    if plan is None or plan.paused_at is not None:
        return False
    _note(session, learner_id, deck_id, Did.PAUSE, now)
    return True


def leave(session: Session, learner_id: int, deck_id: int, *, now: datetime) -> bool:
    """Study a deck no more: nothing of it is asked. False where they do not study it."""
    plan = queries.own_plan(session, learner_id, deck_id)
    if plan is None or plan.left_at is not None:
        return False
    _note(session, learner_id, deck_id, Did.LEAVE, now)
    return True


def resume(session: Session, learner_id: int, deck_id: int, *, now: datetime) -> bool:
    """Go on with a deck that was paused or left; False where neither was."""
    plan = queries.own_plan(session, learner_id, deck_id)
    if plan is None or plan.paused_at is None:
        return False
    _note(session, learner_id, deck_id, Did.BEGIN, now)
    return True


def restart(session: Session, account: Account, deck_id: int, settings: Settings, *, now: datetime) -> int:
    """Make every question of a deck new again, as if it had never been answered; the answers stay in the log,
    and in the figures of their days. How many questions that are."""
    learner = learner_of(account, settings)
    lock_learner(session, learner.id)
    learnt = queries.learnt_items(session, learner.id, deck_id)
    if learnt:
        deed = _note(session, learner.id, deck_id, Did.RESTART, now)
        rows = [
            _event(
                learner,
                uuid5(deed, str(row.item_id)),
                row.item_id,
                row.version_id,
                max(now, row.last_at + STEP),
            )
            for row in learnt
        ]
        session.execute(insert(Review), [row | {"source": RESTART, "voids": row["id"]} for row in rows])
        rebuild(session, settings, learner_id=learner.id)
    return len(learnt)


def newest(session: Session, learner_id: int, deck_id: int) -> queries.DeckDeed | None:
    """What a learner did last with a deck and has not taken back."""
    return next(reversed(in_force(queries.deck_log(session, learner_id, deck_id))), None)


def undo(
    session: Session, account: Account, deck_id: int, deed: UUID, settings: Settings, *, now: datetime
) -> bool:
    """Take back what was done last with a deck; answers given since count. False where it was not the last,
    or was taken back."""
    learner = learner_of(account, settings)
    lock_learner(session, learner.id)
    last = newest(session, learner.id, deck_id)
    if last is None or last.id != deed:
        return False
    _note(session, learner.id, deck_id, Did.UNDO, now, voids=deed)
    if last.what == Did.RESTART:
        ended = [
            row
            for row in queries.restarted_items(session, learner.id)
            if row.id == uuid5(deed, str(row.item_id))
        ]
        rows = [_event(learner, uuid5(row.id, "undo"), row.item_id, row.version_id, now) for row in ended]
        voids = [row | {"source": "undo", "voids": each.id} for row, each in zip(rows, ended, strict=True)]
        if voids:
            session.execute(insert(Review), voids)
        rebuild(session, settings, learner_id=learner.id)
    return True


def _note(
    session: Session, learner_id: int, deck_id: int, what: Did, now: datetime, voids: UUID | None = None
) -> UUID:
    """Put what was done into the log of a deck, and let the deck follow; the event's id."""
    lock_learner(session, learner_id)
    log = queries.deck_log(session, learner_id, deck_id)
    at = max([now, *(deed.at + STEP for deed in log[-1:])])
    deed = DeckEvent(
        id=uuid5(NAMESPACE_OID, f"quizapp:deck:{learner_id}:{deck_id}:{len(log)}"),
        learner_id=learner_id,
        deck_id=deck_id,
        at=at,
        what=what.value,
        voids=voids,
    )
    session.add(deed)
    session.flush()
    follow(session, learner_id, deck_id)
    return deed.id


def _event(learner: Learner, id_: UUID, item_id: int, version_id: int, at: datetime) -> dict[str, Any]:
    """An event on an item that is no answer to it."""
    return {
        "id": id_,
        "learner_id": learner.id,
        "item_id": item_id,
        "version_id": version_id,
        "at": at,
        "zone": learner.zone.key,
        "day": learner.today(at),
        "format": "",
        "score": 0.0,
        "chance": 0.0,
        "prior": DEFAULT_PRIOR,
    }
