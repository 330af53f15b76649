"""The audit log: every act of staff on accounts, classes, grades, keys and sharing leaves an entry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.domain.audit.actions import Action
from quizapp.storage.accounts.tables import Account
from quizapp.storage.audit.tables import AuditEntry
from quizapp.storage.base import Base
from quizapp.storage.classes.tables import Classroom
from quizapp.storage.library.tables import Deck, Item

Detail = int | float | bool | str | None
TOUCHED = ("account_id", "classroom_id", "deck_id", "item_id")


def record(
    session: Session,
    actor: Account | None,
    action: Action,
    subject: Base | tuple[Base, ...],
    detail: Mapping[str, Detail] | None = None,
    *,
    now: datetime,
) -> AuditEntry:
    """Write that `actor` (None: the command line) did something to a subject, in the caller's transaction.

    subject: whatever row it was done to; account, class, deck and item are taken from the row itself or
    from the columns with which it names them (an enrolment names a student and a class, an assignment a
    class and a deck). Several rows where one does not name all. detail: ids, counts and roles; never a
    name or a text that someone wrote, since an erased person must not live on here.
    """
    entry = AuditEntry(
        at=now,
        done_as=actor.role if actor is not None else "operator",
        action=action.name,
        actor_id=actor.id if actor is not None else None,
        detail=json.dumps(dict(detail or {})),
    )
    for row in subject if isinstance(subject, tuple) else (subject,):
        for column, value in touched(row).items():
            setattr(entry, column, value)
    session.add(entry)
    session.flush()
    return entry


def touched(entity: Base) -> dict[str, int]:
    """The account, class, deck and item that an entity is or names."""
    named = {column: getattr(entity, column, None) for column in TOUCHED}
    named["account_id"] = named["account_id"] or getattr(entity, "learner_id", None)
    own = {Account: "account_id", Classroom: "classroom_id", Deck: "deck_id", Item: "item_id"}.get(
        type(entity)
    )
    if own is not None:
        named[own] = entity.id  # type: ignore[attr-defined]
    return {column: value for column, value in named.items() if value is not None}
