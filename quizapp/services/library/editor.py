"""Writing decks and items as a teacher does: add, reword, move, retire, restore.

Anyone who calls has made sure that the deck is the teacher's own. Every change of an item is a new
version made from a known one; where the item has moved on in the meantime, nothing is written.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.domain.audit.actions import Action
from quizapp.domain.errors import Conflict, Invalid, Missing, Problem
from quizapp.domain.language.text import unstorable
from quizapp.domain.language.translation import _
from quizapp.domain.library.changes import Change
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import Content, Format
from quizapp.domain.library.sharing import Act
from quizapp.services.audit import log
from quizapp.services.library.items import (
    Citation,
    Draft,
    append_to_deck,
    create_item,
    fact_named,
    is_version,
    move_item,
    write_version,
)
from quizapp.services.sources.slugs import addresses, slug
from quizapp.storage.accounts.deck_rights import may
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import REVIEWS, Deck, DeckItem, Evidence, Item, ItemVersion
from quizapp.storage.study.marks import unpass

NEW_DECK = "new"  # in addresses: a deck that is made when its first question is saved
LONGEST_TITLE = 120
LONGEST_SUMMARY = 600
LONGEST_FOLDER = 60
LONGEST_NOTE = 300
LONGEST_FACT = 80
E = TypeVar("E", Deck, Item)


class StaleEdit(Conflict):
    """The item has another version now than the one that was edited."""


# --- decks ---------------------------------------------------------------------------------------


def create_deck(session: Session, owner: Account, *, title: str, summary: str, now: datetime) -> Deck:
    """A new, empty deck. Raises Invalid for a title or summary that cannot be stored."""
    title, summary = _head(title, summary)
    return add_deck(session, owner, title=title, summary=summary, now=now)


def add_deck(session: Session, owner: Account, *, title: str, summary: str, now: datetime) -> Deck:
    """A new, empty deck at a free address made from its title."""
    for address in addresses(title, "deck", owner.id):
        if session.scalar(select(Deck.id).where(Deck.slug == address)) is not None:
            continue
        deck = Deck(slug=address, title=title, summary=summary, owner_id=owner.id, created_at=now)
        try:
            with session.begin_nested():
                session.add(deck)
                session.flush()
        except IntegrityError:  # another teacher, the same name, a moment earlier
            continue
        return deck
    raise AssertionError("unreachable: there is always a further number")


def rename_deck(
    session: Session,
    deck: Deck,
    *,
    title: str,
    summary: str,
    folder: str | None = None,
    review: str | None = None,
) -> None:
    """Another title and summary; the address stays. folder: on the owner's shelf; review: whose new questions
    another teacher approves (off, others, all); None: as they are. Raises Invalid."""
    deck.title, deck.summary = _head(title, summary)
    if folder is not None:
        deck.folder = " ".join(folder.split())[:LONGEST_FOLDER]
    if review in REVIEWS:
        deck.review = review
    session.flush()


def _head(title: str, summary: str) -> tuple[str, str]:
    title, summary = " ".join(title.split()), summary.strip()
    problems = [Problem("title", _("Give the deck a title."))] if not title else []
    for field, text, longest in (("title", title, LONGEST_TITLE), ("summary", summary, LONGEST_SUMMARY)):
        if complaint := unstorable(text, longest):
            problems.append(Problem(field, complaint))
    if problems:
        raise Invalid(_("The deck hasn’t been saved yet."), tuple(problems))
    return title, summary


# --- items ---------------------------------------------------------------------------------------


def add_item(
    session: Session,
    deck: Deck,
    key: str,
    draft: Draft,
    *,
    fact: str,
    author: Account,
    now: datetime,
    note: str = "",
    state: str = "published",
) -> Item:
    """A new item at the end of a deck, published at once unless another state is given.

    `key` comes from the form, so that the same form sent twice makes one item; raises StaleEdit when
    it was sent before with another content.
    """
    _lock_deck(session, deck)
    item = _by_key(session, deck, key)
    if item is not None:
        if item.version is None or not is_version(session, item.version, draft):
            raise StaleEdit(_("This question has already been added and has changed since."))
        return item
    named = fact_named(session, fact_key(deck.owner_id or author.id, fact) or key)
    item = create_item(session, key=key, deck=deck, fact=named, state=state)
    write_version(session, item, draft, author_id=author.id, now=now, note=note)
    append_to_deck(session, deck, item)
    return item


def deck_of_key(session: Session, author: Account, key: str) -> Deck | None:
    """The deck of the item that a form with this key has made, where this teacher may change it."""
    query = select(Deck).join(Item, Item.deck_id == Deck.id)
    return session.scalar(query.where(Item.key == key, may(Act.EDIT, author.id)))


def item_with_key(session: Session, deck: Deck, key: str) -> Item:
    """The item that a form with this key has made; raises Missing where there is none."""
    item = _by_key(session, deck, key)
    if item is None:
        raise Missing(_("Question not found."))
    return item


def _by_key(session: Session, deck: Deck, key: str) -> Item | None:
    item = session.scalar(select(Item).where(Item.key == key))
    if item is not None and item.deck_id != deck.id:
        raise Missing(_("Question not found."))
    return item


def save_item(
    session: Session,
    item: Item,
    draft: Draft,
    *,
    base: int | None,
    fact: str,
    author: Account,
    now: datetime,
    note: str = "",
    change: Change = "wording",
) -> bool:
    """Make the draft the item's next version; True if anything changed. change: in the author's word.

    `base` is the version the draft was made from; raises StaleEdit if there is a newer one that
    says something else.
    """
    item = _locked(session, item)
    same = item.version is not None and is_version(session, item.version, draft)
    if item.version_id != base and not same:
        raise StaleEdit(_("This question has been edited in the meantime."))
    note = note[:LONGEST_NOTE]
    changed = _write(session, item, draft, author=author, now=now, note=note, change=change)
    return _give_fact(session, item, item.deck.owner_id or author.id, fact) or changed


def restore_version(
    session: Session,
    item: Item,
    version_id: int,
    *,
    base: int | None,
    author: Account,
    now: datetime,
    change: Change = "wording",
) -> bool:
    """What an earlier version says as a new version; raises Missing, or StaleEdit as `save_item`."""
    item = _locked(session, item)
    version = restorable(session, item, version_id, base)
    note = f"Version {version.number} restored"
    draft = draft_of(session, version)
    return _write(session, item, draft, author=author, now=now, note=note, change=change)


def restorable(session: Session, item: Item, version_id: int, base: int | None) -> ItemVersion:
    """The version to restore, where `base` is still what the item says; raises Missing or StaleEdit."""
    if item.version_id != base:
        raise StaleEdit(_("This question has been edited in the meantime. Check its versions again."))
    version = session.get(ItemVersion, version_id) if 0 < version_id < 2**63 else None
    if version is None or version.item_id != item.id:
        raise Missing(_("Version not found."))
    return version


def _write(
    session: Session,
    item: Item,
    draft: Draft,
    *,
    author: Account,
    now: datetime,
    note: str,
    change: Change,
) -> bool:
    """The next version; the audit log tells where it changes what counts as right."""
    before = _key(item.version.content) if item.version is not None else None
    draft = _as_cited(session, item.version, draft)
    changed = write_version(session, item, draft, author_id=author.id, now=now, note=note, change=change)
    if changed and before is not None and (change == "key" or before != _key(draft.content)):
        number = item.version.number if item.version is not None else 0
        log.record(session, author, Action.KEY_CHANGED, item, {"version": number}, now=now)
    return changed


def _key(content: Content) -> tuple[tuple[str, ...], tuple[str, ...]]:
    outline = kind_of(content).outline(content)
    return outline.keys, outline.accept


def _citation(row: Evidence) -> Citation:
    return Citation(row.source_id, row.paragraph, row.sentence, row.digest, row.role, row.words)


def _as_cited(session: Session, version: ItemVersion | None, draft: Draft) -> Draft:
    """The draft, its sentences marked and used as before: forms name a sentence and nothing more."""
    if version is None:
        return draft
    rows = session.scalars(select(Evidence).where(Evidence.version_id == version.id))
    before = {(row.source_id, row.digest): row for row in rows}
    evidence = (
        replace(cited, role=row.role, words=row.words) if row is not None else cited
        for cited in draft.evidence
        for row in [before.get((cited.source_id, cited.digest))]
    )
    return replace(draft, evidence=tuple(evidence))


def draft_of(session: Session, version: ItemVersion) -> Draft:
    """What a version says, ready to be written again."""
    rows = session.scalars(select(Evidence).where(Evidence.version_id == version.id).order_by(Evidence.id))
    return Draft(
        content=version.content,
        formats=tuple(Format(name) for name in version.formats.split(",") if name),
        tags=tuple(tag for tag in version.tags.split(",") if tag),
        evidence=tuple(_citation(row) for row in rows),
    )


def move_by_one(session: Session, deck: Deck, item: Item, *, up: bool) -> None:
    """Change places with the neighbour above or below; at the end nothing happens."""
    _lock_deck(session, deck)
    order = select(DeckItem).where(DeckItem.deck_id == deck.id)
    places = list(session.scalars(order.order_by(DeckItem.position, DeckItem.item_id)))
    index = next((i for i, place in enumerate(places) if place.item_id == item.id), None)
    if index is None:
        raise Missing(_("Question not found in this deck."))
    other = index - 1 if up else index + 1
    if not 0 <= other < len(places):
        return
    places[index], places[other] = places[other], places[index]
    for position, place in enumerate(places, start=1):
        if place.position != position:
            place.position = position
    session.flush()
    unpass(session, deck_id=deck.id)


# --- facts ---------------------------------------------------------------------------------------


def fact_prefix(owner_id: int) -> str:
    """What the keys of the named facts of a teacher's decks begin with, so that no two teachers share one."""
    return f"t{owner_id}-"


def fact_key(owner_id: int, name: str) -> str:
    """The key of a fact a teacher names; "" for no name."""
    name = slug(name, LONGEST_FACT)
    return fact_prefix(owner_id) + name if name else ""


def fact_name(owner_id: int, key: str) -> str:
    """The name in a key that `fact_key` made; "" for any other."""
    prefix = fact_prefix(owner_id)
    return key.removeprefix(prefix) if key.startswith(prefix) else ""


def _give_fact(session: Session, item: Item, owner_id: int, name: str) -> bool:
    """Move an item to the fact of that name, or to one of its own; a fact named elsewhere (by an
    import, say) stays as long as no name is given."""
    key = fact_key(owner_id, name)
    if key == item.fact.key or not (key or fact_name(owner_id, item.fact.key)):
        return False
    move_item(session, item, deck_id=item.deck_id, fact_id=fact_named(session, key or item.key).id)
    return True


# --- one writer at a time ------------------------------------------------------------------------


def _locked(session: Session, item: Item) -> Item:
    """The item as it is now, held until the transaction ends (SQLite has one writer anyhow)."""
    found: Item = _fresh(session, select(Item).where(Item.id == item.id))
    return found


def _lock_deck(session: Session, deck: Deck) -> None:
    _fresh(session, select(Deck).where(Deck.id == deck.id))


def _fresh(session: Session, query: Select[E]) -> E:
    return session.scalars(
        query.with_for_update(key_share=True).execution_options(populate_existing=True)
    ).one()
