"""What a deck's owner decides: who else sees it, and who changes it with them.

Anyone who calls has made sure that the deck is the teacher's own (`web/frame/access.py: own_deck`). Each step
leaves an entry in the audit log.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from quizapp.domain.accounts.names import name_key
from quizapp.domain.audit.actions import Action
from quizapp.domain.errors import Invalid, Missing, Problem
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds.writing.shape import nearest
from quizapp.services.accounts import accounts
from quizapp.services.audit.log import record
from quizapp.storage.accounts import deck_rights as queries
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck, DeckShare
from quizapp.storage.upserts import insert_once

MOST_COLLEAGUES = 50
WAYS = {False: "to view", True: "to edit"}


def set_public(session: Session, deck: Deck, owner: Account, *, public: bool, now: datetime) -> bool:
    """Let everyone on this server study the deck, or those alone whom it is shared with or whose class
    learns it. False where it is so already."""
    if deck.public == public:
        return False
    deck.public = public
    record(session, owner, Action.DECK_MADE_PUBLIC if public else Action.DECK_MADE_PRIVATE, deck, now=now)
    return True


def set_department(session: Session, deck: Deck, owner: Account, *, department: bool, now: datetime) -> None:
    """Put the deck into the bank that all teachers here share, or take it out."""
    if deck.department != department:
        deck.department = department
        act = Action.DECK_IN_BANK if department else Action.DECK_OUT_OF_BANK
        record(session, owner, act, deck, now=now)


def share(
    session: Session, deck: Deck, owner: Account, *, name: str, can_edit: bool, now: datetime
) -> Account:
    """Share the deck with another teacher, by the name they sign in with, or change how it is shared.
    Raises Invalid where no teacher has it; a name that is almost one is suggested."""
    found = accounts.by_name(session, name)
    if found is None or not found.is_teacher or found.disabled_at is not None:
        known = {name_key(each): each for each in queries.teacher_names(session, but=owner.id)}
        meant = nearest(name_key(name), known)
        for key, spelt in known.items():
            meant = meant.replace(f"“{key}”", f"“{spelt}”")
        raise _not_shared(
            _("No teacher has this name.{meant}").format(meant=meant)
            if meant
            else _("No teacher has this name. Ask which name they sign in with.")
        )
    if found.id == owner.id:
        raise _not_shared(_("You already own this deck."))
    sharing = select(func.count()).where(DeckShare.deck_id == deck.id)
    if session.scalars(sharing).one() >= MOST_COLLEAGUES:
        raise _not_shared(
            _("A deck can be shared with at most {most_colleagues} teachers. Make it public instead.").format(
                most_colleagues=MOST_COLLEAGUES
            )
        )
    row = {"deck_id": deck.id, "account_id": found.id, "can_edit": can_edit, "added_at": now}
    if not insert_once(session, DeckShare, row):
        mine = DeckShare.deck_id == deck.id, DeckShare.account_id == found.id
        session.execute(update(DeckShare).where(*mine).values(can_edit=can_edit))
    record(session, owner, Action.DECK_SHARED, (deck, found), {"way": WAYS[can_edit]}, now=now)
    return found


def unshare(session: Session, deck: Deck, owner: Account, *, account_id: int, now: datetime) -> None:
    """Stop sharing the deck with a teacher. Raises Missing where it is not shared with them."""
    mine = DeckShare.deck_id == deck.id, DeckShare.account_id == account_id
    if session.execute(delete(DeckShare).where(*mine)).rowcount != 1:  # type: ignore[attr-defined]
        raise Missing(_("The deck isn’t shared with this teacher."))
    record(session, owner, Action.DECK_UNSHARED, (deck, session.get_one(Account, account_id)), now=now)


def _not_shared(message: str) -> Invalid:
    return Invalid(_("The deck wasn’t shared."), (Problem("name", message),))
