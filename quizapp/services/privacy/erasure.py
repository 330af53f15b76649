"""Erasing a person: nothing of theirs stays, and what others learn from stays without their name.

Which rows are theirs follows from foreign keys (`storage/privacy/ownership.py`): rows that name the account
with ON DELETE CASCADE go, with SET NULL they stay without a person. What a teacher wrote is decided here,
deck by
deck.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, inspect, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.domain.accounts.names import without_names
from quizapp.services.classes import averages, classrooms
from quizapp.services.library.editor import fact_prefix
from quizapp.storage.accounts.tables import Account, EmailAddress, MailOrder
from quizapp.storage.classes.tables import ClassroomDeck, Enrolment
from quizapp.storage.library.tables import Deck, DeckShare, Evidence, Fact, Item, ItemVersion
from quizapp.storage.privacy import ownership
from quizapp.storage.quizzes.tables import AttemptQuestion
from quizapp.storage.sources.tables import Source
from quizapp.storage.study.tables import Card, Review, StudyDeck

SHORTEST_NAME = 3  # a shorter one would be removed of the middle of words


def erase(session: Session, account: Account, *, now: datetime) -> None:
    """Remove a person: their account, log, cards, quizzes, sign-ins, and their name wherever it stands.

    Classes that they alone taught go too. A deck of theirs that a colleague may edit becomes the
    colleague's; one that no one else sees or has learnt from is deleted; any other stays for those who
    learn from it, under an account without a name. Questions that they wrote in decks of others stay
    there, without an author. The averages of classes keep what they got, as figures without a name.
    """
    averages.keep(session, account.id, now=now)
    names = _names(session, account)
    _forget_addresses(session, account)
    classrooms.give_up(session, account)
    _take_name_out(session, account.id, names)
    for tie in ownership.ties():
        if tie.ondelete == "CASCADE":
            session.execute(delete(tie.table).where(tie.column == account.id))
        elif tie.ondelete == "SET NULL":
            session.execute(update(tie.table).where(tie.column == account.id).values({tie.column: None}))
    _give_up_decks(session, account)
    _give_up_sources(session, account)
    elsewhere = select(Item.id).join(Deck, Deck.id == Item.deck_id).where(Deck.owner_id == account.id)
    session.execute(
        update(ItemVersion)
        .where(ItemVersion.author_id == account.id, ItemVersion.item_id.not_in(elsewhere))
        .values(author_id=None),
        execution_options={"synchronize_session": False},
    )
    session.flush()
    if not _is_named(session, account):
        session.execute(delete(Account).where(Account.id == account.id))
    else:
        _empty(session, account)
    session.flush()
    session.expire_all()


def _is_named(session: Session, account: Account) -> bool:
    """Whether a deck or a source needs the account still, under no name."""
    kept = [exists().where(tie.column == account.id) for tie in ownership.ties() if tie.ondelete is None]
    return bool(session.scalar(select(or_(*kept))))


def _empty(session: Session, account: Account) -> None:
    """Leave nothing of the account but its number, role and age."""
    columns = inspect(Account).local_table.columns
    blank: dict[Any, Any] = {column: None for column in columns if column.nullable}
    session.execute(update(Account).where(Account.id == account.id).values({**blank, columns["zone"]: "UTC"}))


def _forget_addresses(session: Session, account: Account) -> None:
    """Orders of mail to their address, also those that name no account yet."""
    addresses = session.scalars(select(EmailAddress.address).where(EmailAddress.account_id == account.id))
    session.execute(
        delete(MailOrder).where(func.lower(MailOrder.address).in_([a.lower() for a in addresses]))
    )


# --- names -----------------------------------------------------------------------------------------


def _names(session: Session, account: Account) -> list[str]:
    """What the person is called here, the longest first."""
    enrolled = session.scalars(select(Enrolment.name).where(Enrolment.learner_id == account.id))
    names = {name for name in (account.name, *enrolled) if name and len(name) >= SHORTEST_NAME}
    return sorted(names, key=lambda name: (-len(name), name))


def _take_name_out(session: Session, account_id: int, names: list[str]) -> None:
    """Out of what they wrote freely and stays: a report signed with their name, the title of a deck."""
    if not names:
        return
    for tie in ownership.ties():
        texts = list(ownership.free_texts(tie.table)) if tie.ondelete != "CASCADE" else []
        if not texts:
            continue
        key = list(tie.table.primary_key.columns)
        for row in session.execute(select(*key, *texts).where(tie.column == account_id)).mappings().all():
            told = {text: without_names(row[text] or "", names) for text in texts}
            changed = {text: said for text, said in told.items() if said != (row[text] or "")}
            if changed:
                here = [column == row[column] for column in key]
                session.execute(update(tie.table).where(*here).values(changed))


# --- decks -----------------------------------------------------------------------------------------


def _give_up_decks(session: Session, account: Account) -> None:
    for deck in session.scalars(select(Deck).where(Deck.owner_id == account.id)).all():
        editor = session.scalar(
            select(DeckShare)
            .where(DeckShare.deck_id == deck.id, DeckShare.can_edit)
            .order_by(DeckShare.added_at, DeckShare.account_id)
            .limit(1)
        )
        if editor is not None:
            deck.owner_id = editor.account_id
            session.delete(editor)
        elif not _is_seen(session, deck):
            _delete(session, deck)
    session.flush()
    unused = ~exists().where(Item.fact_id == Fact.id)
    named = Fact.key.startswith(fact_prefix(account.id), autoescape=True)
    session.execute(delete(Fact).where(named, unused), execution_options={"synchronize_session": False})


def _give_up_sources(session: Session, account: Account) -> None:
    """Articles that nothing is based on go; the others stay for the questions that cite them."""
    cited = exists().where(Evidence.source_id == Source.id) | exists().where(Deck.source_id == Source.id)
    mine = select(Source.id).where(Source.owner_id == account.id, ~cited)
    for source_id in session.scalars(mine).all():
        _at_once(
            session,
            update(Source).where(Source.id == source_id).values(version_id=None),
            delete(Source).where(Source.id == source_id),
        )


def _is_seen(session: Session, deck: Deck) -> bool:
    """Whether anyone else sees the deck, or keeps something of it."""
    items = select(Item.id).where(Item.deck_id == deck.id)
    ties = [
        exists().where(DeckShare.deck_id == deck.id),
        exists().where(ClassroomDeck.deck_id == deck.id),
        exists().where(StudyDeck.deck_id == deck.id),
        *(exists().where(entity.item_id.in_(items)) for entity in (Card, Review, AttemptQuestion)),
    ]
    return deck.public or bool(session.scalar(select(or_(*ties))))


def _delete(session: Session, deck: Deck) -> None:
    """The deck and its questions; where something keeps them nevertheless, they stay."""
    items = select(Item.id).where(Item.deck_id == deck.id)
    versions = select(ItemVersion.id).where(ItemVersion.item_id.in_(items))
    _at_once(
        session,
        update(Item).where(Item.deck_id == deck.id).values(version_id=None),
        delete(Evidence).where(Evidence.version_id.in_(versions)),
        delete(ItemVersion).where(ItemVersion.item_id.in_(items)),
        delete(Item).where(Item.deck_id == deck.id),
        delete(Deck).where(Deck.id == deck.id),
    )


def _at_once(session: Session, *steps: Any) -> None:
    """All of these steps, or none where a row keeps one of theirs."""
    try:
        with session.begin_nested():
            for step in steps:
                session.execute(step, execution_options={"synchronize_session": False})
    except IntegrityError:
        return
