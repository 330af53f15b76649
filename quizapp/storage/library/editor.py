"""What a teacher reads: decks with counts, a deck's items, an item's versions, sources to cite."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.sharing import Act
from quizapp.storage.accounts.deck_rights import may
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Assignment, ClassroomDeck
from quizapp.storage.corrections.tables import Regrade
from quizapp.storage.library.decks import DeckName
from quizapp.storage.library.tables import Deck, DeckItem, Evidence, Fact, Item, ItemVersion
from quizapp.storage.quizzes.tables import Attempt, AttemptQuestion
from quizapp.storage.rows import all_as
from quizapp.storage.study.tables import Card, Review, StudyDeck

MOST_DECKS = 500
MOST_TO_FILL = 200
ITEMS_A_PAGE = 100
MOST_VERSIONS = 200
MOST_FACTS = 200
MOST_TAGS = 1_000


class TaughtDeck(NamedTuple):
    """A deck that a teacher may look into, with its items counted. owner: a name."""

    slug: str
    title: str
    summary: str
    owner_id: int | None
    public: bool
    theme_tag: str | None
    owner: str | None
    editable: bool
    folder: str
    department: bool
    archived: bool
    published: int
    retired: int


def deck_rows(session: Session, teacher_id: int) -> list[TaughtDeck]:
    """The decks that a teacher may look into, with their items counted by state."""
    query = (
        select(
            Deck.slug,
            Deck.title,
            Deck.summary,
            Deck.owner_id,
            Deck.public,
            Deck.theme_tag,
            Account.name.label("owner"),
            may(Act.EDIT, teacher_id).label("editable"),
            Deck.folder,
            Deck.department,
            Deck.archived_at.is_not(None).label("archived"),
            _count_in_state("published").label("published"),
            _count_in_state("retired").label("retired"),
        )
        .outerjoin(DeckItem, DeckItem.deck_id == Deck.id)
        .outerjoin(Item, Item.id == DeckItem.item_id)
        .outerjoin(Account, Account.id == Deck.owner_id)
        .where(may(Act.TEACH, teacher_id))
        .group_by(Deck.id, Account.id)
        .order_by(Deck.position, Deck.created_at.desc(), Deck.id.desc())
        .limit(MOST_DECKS)
    )
    return all_as(TaughtDeck, session.execute(query))


def _count_in_state(state: str) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((Item.state == state, 1), else_=0)), 0)


class Wanted(NamedTuple):
    """Which of a deck's items are looked for. words: folded; kind, state, tag: "" for any."""

    words: tuple[str, ...] = ()
    kind: str = ""
    state: str = ""
    tag: str = ""


class EditedItem(NamedTuple):
    """An item at its place in a deck."""

    id: int
    state: str
    kind: str
    content: Content
    tags: str
    changed_at: datetime
    position: int


def deck_items(session: Session, deck_id: int, wanted: Wanted, page: int) -> list[EditedItem]:
    """A deck's items in order, those that are wanted; one more than a page holds, so that one sees
    whether another follows. Pages count from 1."""
    query = (
        select(
            Item.id,
            Item.state,
            ItemVersion.kind,
            ItemVersion.content,
            ItemVersion.tags,
            ItemVersion.created_at.label("changed_at"),
            DeckItem.position,
        )
        .select_from(DeckItem)
        .join(Item, Item.id == DeckItem.item_id)
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .where(DeckItem.deck_id == deck_id)
        .order_by(DeckItem.position, DeckItem.item_id)
        .limit(ITEMS_A_PAGE + 1)
        .offset((page - 1) * ITEMS_A_PAGE)
    )
    for word in wanted.words:
        query = query.where(ItemVersion.search_text.contains(word, autoescape=True))
    if wanted.kind:
        query = query.where(ItemVersion.kind == wanted.kind)
    if wanted.state:
        query = query.where(Item.state == wanted.state)
    if wanted.tag:
        tags = "," + ItemVersion.tags + ","
        query = query.where(tags.contains(f",{wanted.tag},", autoescape=True))
    return all_as(EditedItem, session.execute(query))


def deck_tags(session: Session, deck_id: int) -> list[str]:
    """The tags of a deck's items, in the order of the alphabet."""
    query = (
        select(ItemVersion.tags)
        .join(Item, Item.version_id == ItemVersion.id)
        .join(DeckItem, DeckItem.item_id == Item.id)
        .where(DeckItem.deck_id == deck_id, ItemVersion.tags != "")
        .distinct()
        .limit(MOST_TAGS)
    )
    return sorted({tag for tags in session.scalars(query) for tag in tags.split(",")})


def targets(session: Session, teacher_id: int, deck_id: int) -> list[DeckName]:
    """The other decks whose questions a teacher may change: slug, title."""
    query = select(Deck.slug, Deck.title).where(may(Act.EDIT, teacher_id), Deck.id != deck_id)
    return all_as(DeckName, session.execute(query.order_by(Deck.title, Deck.id).limit(MOST_DECKS)))


def count_items(session: Session, deck_id: int) -> int:
    """How many items a deck holds, in whatever state."""
    return session.scalar(select(func.count()).where(DeckItem.deck_id == deck_id)) or 0


class VersionLine(NamedTuple):
    """A version of an item. author: a name, None where it was shipped with the bank."""

    id: int
    number: int
    content: Content
    formats: str
    tags: str
    created_at: datetime
    note: str
    change: str
    author: str | None


def versions(session: Session, item_id: int) -> list[VersionLine]:
    """An item's versions, newest first, with their authors' names (None: shipped with the bank)."""
    query = (
        select(
            ItemVersion.id,
            ItemVersion.number,
            ItemVersion.content,
            ItemVersion.formats,
            ItemVersion.tags,
            ItemVersion.created_at,
            ItemVersion.note,
            ItemVersion.change,
            Account.name.label("author"),
        )
        .outerjoin(Account, Account.id == ItemVersion.author_id)
        .where(ItemVersion.item_id == item_id)
        .order_by(ItemVersion.number.desc())
        .limit(MOST_VERSIONS)
    )
    return all_as(VersionLine, session.execute(query))


def was_asked(session: Session, item_id: int) -> bool:
    """Whether anything of a learner's, or of a grade's, names an item."""
    naming = (Review, Card, AttemptQuestion, Regrade)
    asked = or_(*(select(each.item_id).where(each.item_id == item_id).exists() for each in naming))
    return bool(session.scalar(select(asked)))


def was_met(session: Session, deck_id: int) -> bool:
    """Whether anyone has seen a deck: studied it, been asked one of its questions, or has it to do."""
    home = select(Item.id).where(Item.deck_id == deck_id)
    naming = (Review, Card, AttemptQuestion, Regrade)
    asked = [select(each.item_id).where(each.item_id.in_(home)).exists() for each in naming]
    has = [
        select(each.deck_id).where(each.deck_id == deck_id).exists()
        for each in (Attempt, Assignment, ClassroomDeck, StudyDeck)
    ]
    return bool(session.scalar(select(or_(*asked, *has))))


def authors(session: Session, item_id: int) -> set[int | None]:
    """Who wrote an item's versions."""
    return set(session.scalars(select(ItemVersion.author_id).where(ItemVersion.item_id == item_id)))


class VersionWording(NamedTuple):
    """What a version says."""

    id: int
    number: int
    content: Content
    formats: str
    tags: str


def version_rows(session: Session, version_ids: Collection[int]) -> list[VersionWording]:
    """These versions: id, number, content, formats, tags."""
    query = select(
        ItemVersion.id, ItemVersion.number, ItemVersion.content, ItemVersion.formats, ItemVersion.tags
    ).where(ItemVersion.id.in_(version_ids))
    return all_as(VersionWording, session.execute(query.order_by(ItemVersion.id).limit(MOST_VERSIONS)))


def fact_keys(session: Session, owner_id: int, editor_id: int, prefix: str) -> list[str]:
    """Keys of the named facts that the items of an owner test, in the decks that an editor may change."""
    query = (
        select(Fact.key)
        .join(Item, Item.fact_id == Fact.id)
        .join(Deck, and_(Deck.id == Item.deck_id, Deck.owner_id == owner_id))
        .where(may(Act.EDIT, editor_id), Fact.key.startswith(prefix, autoescape=True))
        .distinct()
        .order_by(Fact.key)
        .limit(MOST_FACTS)
    )
    return list(session.scalars(query))


class FillableDeck(NamedTuple):
    """A deck that questions can be added to. on_source: it holds questions on the source, or is written
    from it."""

    slug: str
    title: str
    on_source: bool


def decks_to_fill(session: Session, account_id: int, source_id: int) -> list[FillableDeck]:
    """The decks that a teacher may add questions to: those on this source first, then the newest."""
    cites = exists().where(
        DeckItem.deck_id == Deck.id,
        Item.id == DeckItem.item_id,
        Evidence.version_id == Item.version_id,
        Evidence.source_id == source_id,
    )
    on_source = or_(func.coalesce(Deck.source_id, 0) == source_id, cites.correlate(Deck))
    query = (
        select(Deck.slug, Deck.title, on_source.label("on_source"))
        .where(may(Act.EDIT, account_id), Deck.theme_tag.is_(None), Deck.archived_at.is_(None))
        .order_by(on_source.desc(), Deck.id.desc())
        .limit(MOST_TO_FILL)
    )
    return all_as(FillableDeck, session.execute(query))
