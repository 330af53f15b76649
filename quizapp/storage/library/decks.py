"""Reads of decks, items and sources for lists and pages."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Label, Select, Subquery, and_, case, func, select, text
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.sharing import Act
from quizapp.storage.accounts.deck_rights import may, may_with
from quizapp.storage.library.tables import WITHDRAWN, Deck, DeckItem, Evidence, Item, ItemVersion
from quizapp.storage.rows import all_as, all_with, one_as
from quizapp.storage.sources.tables import Anchor, Source
from quizapp.storage.study.tables import Card, StudyDeck

MOST_DECKS = 500
MOST_DECKS_OF_A_SOURCE = 20
MOST_CITATIONS = 5_000

ITEM = Item.__table__.c  # a statement over an entity costs twice as much to run
STANDING_COLUMNS = (Card.stability, Card.fast, Card.difficulty, Card.last_day, Card.due_day, Card.learning)


class DeckName(NamedTuple):
    """A deck's address and title."""

    slug: str
    title: str


class DeckLine(NamedTuple):
    """A deck in numbers, and the article it is written from. studied: its place among the learner's decks,
    None where it is not one of them; paused: nothing of it is asked for a while."""

    id: int
    slug: str
    title: str
    summary: str
    theme_tag: str | None
    owner_id: int | None
    total: int
    met: int
    due: int
    known: int
    studied: int | None
    paused: bool
    source_slug: str | None
    source_title: str | None
    source_author: str | None
    source_publisher: str | None


def deck_rows(session: Session, learner_id: int | None, today: int) -> list[DeckLine]:
    """Every deck that they may study, with its published items in numbers: total, and of this learner's:
    met, due, known (answered right and not due), and whether they study it; and the article it is
    written from."""
    query = _decks(learner_id, today).order_by(Deck.position, Deck.title, Deck.id).limit(MOST_DECKS)
    return all_as(DeckLine, session.execute(query))


def deck_row(session: Session, slug: str, learner_id: int | None, today: int) -> DeckLine | None:
    """One deck, as `deck_rows` gives it; None where there is none of this name for them."""
    return one_as(DeckLine, session.execute(_decks(learner_id, today).where(Deck.slug == slug)))


class CardLine(NamedTuple):
    """Of a learner's card, what its standing and its recall follow from."""

    stability: float
    fast: float
    difficulty: float
    last_day: int
    due_day: int
    learning: bool


class ListedItem(NamedTuple):
    """A published item, and the learner's card of it."""

    id: int
    content: Content
    card: CardLine | None


def deck_items(
    session: Session, deck_id: int, learner_id: int | None, *, offset: int = 0, limit: int = 50
) -> list[ListedItem]:
    """A stretch of a deck's published items in its order, with where each stands with the learner."""
    query = (
        select(Item.id, ItemVersion.content, *STANDING_COLUMNS)
        .select_from(DeckItem)
        .join(Item, and_(Item.id == DeckItem.item_id, Item.state == "published"))
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .outerjoin(Card, and_(Card.item_id == Item.id, Card.learner_id == learner_id))
        .where(DeckItem.deck_id == deck_id)
        .order_by(DeckItem.position, DeckItem.item_id)
        .offset(offset)
        .limit(limit)
    )
    return all_with(ListedItem, CardLine, session.execute(query))


def source_decks(session: Session, source_id: int, learner_id: int | None) -> list[DeckName]:
    """The decks written from an article that they may study: slug and title."""
    query = select(Deck.slug, Deck.title).where(Deck.source_id == source_id, may(Act.STUDY, learner_id))
    return all_as(
        DeckName, session.execute(query.order_by(Deck.position, Deck.id).limit(MOST_DECKS_OF_A_SOURCE))
    )


class CitedPlace(NamedTuple):
    """A sentence that an item is based on, the item, and the learner's card of it."""

    paragraph: int
    place: int | None
    standing: str | None
    id: int
    fact_id: int
    content: Content
    card: CardLine | None


def source_citations(
    session: Session, source_id: int, version_id: int | None, learner_id: int | None
) -> list[CitedPlace]:
    """Every place of an article that a published item is based on, with the item and where it is with
    the learner: a row for each cited sentence, paragraph by paragraph, in the items' order. `place`: the
    sentence in this version of the text, None where it is gone or the text is not here.
    Items of decks that they may not study are left out."""
    there = and_(Anchor.evidence_id == Evidence.id, Anchor.version_id == version_id)
    query = (
        select(
            func.coalesce(Anchor.paragraph, Evidence.paragraph).label("paragraph"),
            Anchor.sentence.label("place"),
            Anchor.standing,
            Item.id,
            Item.fact_id,
            ItemVersion.content,
            *STANDING_COLUMNS,
        )
        .select_from(Evidence)
        .join(Item, and_(Item.version_id == Evidence.version_id, Item.state == "published"))
        .join(ItemVersion, ItemVersion.id == Evidence.version_id)
        .outerjoin(Anchor, there)
        .outerjoin(Card, and_(Card.item_id == Item.id, Card.learner_id == learner_id))
        .where(Evidence.source_id == source_id, may_with(Act.STUDY, learner_id, Item.deck_id))
        .order_by(Evidence.paragraph, Evidence.sentence, Item.id)
        .limit(MOST_CITATIONS)
    )
    return all_with(CitedPlace, CardLine, session.execute(query))


def withdrawn() -> Select[tuple[int]]:
    """The items that are not asked: few, and in an index of their own."""
    return select(ITEM.id).where(text(WITHDRAWN))


def _decks(learner_id: int | None, today: int) -> Select[Any]:
    """Items and cards are counted in indexes, deck by deck, and what is withdrawn is removed: joined
    row by row, a hundred thousand cards would cost a hundred milliseconds."""
    placed = select(func.count()).where(DeckItem.deck_id == Deck.id).scalar_subquery()
    cards = select(func.count()).where(Card.learner_id == learner_id, Card.deck_id == Deck.id)
    gone, lost = _withdrawn_items(), _withdrawn_cards(learner_id, today)
    theme = _cards_in_themes(learner_id, today)
    met = func.coalesce(theme.c.met, cards.scalar_subquery() - func.coalesce(lost.c.met, 0))
    at_home = cards.where(Card.due_day <= today).scalar_subquery()
    due = func.coalesce(theme.c.due, at_home - func.coalesce(lost.c.due, 0))
    return (
        select(
            Deck.id,
            Deck.slug,
            Deck.title,
            Deck.summary,
            Deck.theme_tag,
            Deck.owner_id,
            (placed - func.coalesce(gone.c.placed, 0)).label("total"),
            met.label("met"),
            due.label("due"),
            (met - due).label("known"),
            case((StudyDeck.left_at.is_(None), StudyDeck.position)).label("studied"),
            StudyDeck.paused_at.is_not(None).label("paused"),
            Source.slug.label("source_slug"),
            Source.title.label("source_title"),
            Source.author.label("source_author"),
            Source.publisher.label("source_publisher"),
        )
        .outerjoin(gone, gone.c.deck_id == Deck.id)
        .outerjoin(lost, lost.c.deck_id == Deck.id)
        .outerjoin(theme, theme.c.deck_id == Deck.id)
        .outerjoin(StudyDeck, and_(StudyDeck.deck_id == Deck.id, StudyDeck.learner_id == learner_id))
        .outerjoin(Source, Source.id == Deck.source_id)
        .where(may(Act.STUDY, learner_id))
    )


def _withdrawn_items() -> Subquery:
    query = select(DeckItem.deck_id, func.count().label("placed")).where(DeckItem.item_id.in_(withdrawn()))
    return query.group_by(DeckItem.deck_id).subquery()


def _withdrawn_cards(learner_id: int | None, today: int) -> Subquery:
    # An outer join here and below, or SQLite begins with all the learner's cards and not with the few items.
    items = withdrawn().subquery()
    mine = and_(Card.item_id == items.c.id, Card.learner_id == learner_id)
    query = select(Card.deck_id, *_met_and_due(today)).select_from(items).outerjoin(Card, mine)
    return query.group_by(Card.deck_id).subquery()


def _cards_in_themes(learner_id: int | None, today: int) -> Subquery:
    themes = select(Deck.id).where(Deck.theme_tag.is_not(None))
    query = (
        select(DeckItem.deck_id, *_met_and_due(today))
        .outerjoin(Card, and_(Card.item_id == DeckItem.item_id, Card.learner_id == learner_id))
        .where(DeckItem.deck_id.in_(themes), DeckItem.item_id.not_in(withdrawn()))
    )
    return query.group_by(DeckItem.deck_id).subquery()


def _met_and_due(today: int) -> tuple[Label[int], Label[int]]:
    due = func.sum(case((Card.due_day <= today, 1), else_=0))
    return func.count(Card.item_id).label("met"), due.label("due")
