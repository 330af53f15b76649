"""What tests need in a database: accounts, learners, decks with items of every kind, and answers.

Everything is made by the services, as in real life. Texts are plain facts about rivers and the like.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds import KINDS
from quizapp.domain.library.kinds.base import Chosen, Content, Example, Format, Rated, Response, Typed
from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.domain.library.kinds.multiple_choice import MultipleChoice
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.library.review import Step
from quizapp.services.library.items import (
    Citation,
    Draft,
    append_to_deck,
    create_item,
    fact_named,
    write_version,
)
from quizapp.services.library.review import take_step
from quizapp.services.study.answer_log import Answer, Recorded, open_item, record_answer, review_id
from quizapp.services.study.learner import Learner, learner_of
from quizapp.services.study.next_question import question
from quizapp.services.study.rebuild import Rebuilt, rebuild
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck, DeckItem, Item
from quizapp.storage.sources.tables import Source
from quizapp.storage.study.tables import Card, LearnerCalibration, LearnerDay, Review, StudyDeck

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday
SETTINGS = Settings()
EXAMPLES: tuple[Example[Any], ...] = tuple(example for kind in KINDS for example in kind.examples)


# --- contents ------------------------------------------------------------------------------------


def flip(number: int = 1) -> FlipCard:
    return FlipCard(stem=f"What flows past town {number}?", answer=f"River {number}")


def choice(number: int = 1) -> SingleChoice:
    return SingleChoice(
        stem=f"Which river flows past town {number}?",
        key="Danube",
        distractors=("Elbe", "Loire", "Volga"),
        hint="It ends in the Black Sea.",
    )


def choices(number: int = 1) -> MultipleChoice:
    """Half of its keys score 0.5."""
    return MultipleChoice(
        stem=f"Which of these flow through country {number}?",
        keys=("Danube", "Inn"),
        distractors=("Loire", "Volga"),
    )


def typed(number: int = 1) -> ShortAnswer:
    """Chosen first, typed later."""
    return ShortAnswer(
        stem=f"What is the river of town {number} called?",
        key="Danube",
        distractors=("Loire", "Volga"),
    )


def right(content: Content) -> Response:
    """A response that is correct."""
    return _example(content).right[0]


def wrong(content: Content) -> Response:
    """A response that is plainly wrong."""
    return _example(content).wrong[0]


def _example(content: Content) -> Example[Any]:
    match content:
        case FlipCard():
            return Example(content, (Rated(3),), (Rated(1),))
        case SingleChoice():
            return Example(content, (Chosen((content.key,)),), (Chosen((content.distractors[0],)),))
        case MultipleChoice():
            return Example(content, (Chosen(tuple(sorted(content.keys))),), (Chosen(content.distractors),))
        case ShortAnswer():
            return Example(content, (Typed((content.key,)),), (Typed((content.distractors[0],)),))
    return next(example for example in EXAMPLES if example.content == content)


# --- people --------------------------------------------------------------------------------------


def add_account(session: Session, *, role: str = "student", zone: str = "UTC", **columns: Any) -> Account:
    account = Account(role=role, zone=zone, created_at=NOW, **columns)
    session.add(account)
    session.flush()
    return account


def add_learner(session: Session, *, settings: Settings = SETTINGS, **columns: Any) -> Learner:
    return learner_of(add_account(session, **columns), settings)


# --- decks ---------------------------------------------------------------------------------------


def add_deck(
    session: Session,
    contents: Sequence[Content],
    *,
    slug: str = "rivers",
    facts: Sequence[str] = (),
    owner: Account | None = None,
    public: bool = False,
    evidence: tuple[Citation, ...] = (),
    tags: tuple[str, ...] = (),
) -> Deck:
    """A deck with an item for each content; `facts` (else each its own) makes siblings."""
    deck = Deck(
        slug=slug,
        title=slug.title(),
        summary="",
        position=1,
        owner_id=owner.id if owner else None,
        public=public,
        created_at=NOW,
    )
    session.add(deck)
    session.flush()
    for number, content in enumerate(contents, start=1):
        key = f"{slug}-{number}"
        add_item(
            session,
            deck,
            content,
            key=key,
            fact=facts[number - 1] if facts else key,
            evidence=evidence,
            tags=tags,
        )
    return deck


def add_item(
    session: Session,
    deck: Deck,
    content: Content,
    *,
    key: str,
    fact: str = "",
    evidence: tuple[Citation, ...] = (),
    tags: tuple[str, ...] = (),
    formats: tuple[Format, ...] = (),
) -> Item:
    item = create_item(session, key=key, deck=deck, fact=fact_named(session, fact or key))
    draft = Draft(content=content, evidence=evidence, tags=tags, formats=formats)
    write_version(session, item, draft, author_id=deck.owner_id, now=NOW)
    append_to_deck(session, deck, item)
    return item


def add_source(session: Session, slug: str = "atlas") -> Source:
    source = Source(
        slug=slug, title="", author="", publisher="", published="", language="en", about="", paragraphs=3
    )
    session.add(source)
    session.flush()
    return source


def studied_deck(
    session: Session, learner: Learner, contents: Sequence[Content], **options: Any
) -> list[int]:
    """The ids of the items of a new deck that the learner studies."""
    deck = add_deck(session, contents, **options)
    study(session, learner, deck)
    return item_ids(session, deck)


def study(session: Session, learner: Learner, deck: Deck, position: int = 1) -> None:
    session.add(StudyDeck(learner_id=learner.id, deck_id=deck.id, position=position))
    session.flush()


def set_target(session: Session, learner: Learner, target: float) -> None:
    """Let all decks of a learner have this target recall of their own."""
    session.execute(update(StudyDeck).where(StudyDeck.learner_id == learner.id).values(target=target))


def item_ids(session: Session, deck: Deck) -> list[int]:
    query = select(DeckItem.item_id).where(DeckItem.deck_id == deck.id).order_by(DeckItem.position)
    return list(session.scalars(query))


def set_published(session: Session, item: Item, *, published: bool) -> None:
    """Show an item to learners, or take it out of study, as a teacher does with a button."""
    author = session.get_one(Account, item.deck.owner_id) if item.deck.owner_id else add_account(session)
    take_step(session, item, Step.PUBLISH if published else Step.RETIRE, author)


# --- answers -------------------------------------------------------------------------------------


def answer(
    session: Session,
    learner: Learner,
    item_id: int,
    response: Response | bool = True,
    *,
    at: datetime = NOW,
    review: UUID | None = None,
    **given: Any,
) -> Recorded:
    """Serve an item and record an answer to it; True and False stand for right and wrong."""
    served = question(session, learner, item_id, learner.today(at))
    assert served is not None
    if isinstance(response, bool):
        response = right(served.content) if response else wrong(served.content)
    row = open_item(session, learner, item_id, served.version_id, now=at)
    return record_answer(
        session,
        learner,
        row,
        Answer(
            review=review or review_id(learner.id, item_id, served.events),
            item_id=item_id,
            version_id=served.version_id,
            format=given.pop("format", served.format),
            response=response,
            at=at,
            **given,
        ),
    )


def card(session: Session, learner: Learner, item_id: int) -> dict[str, Any] | None:
    """The stored card as a plain mapping; None without one."""
    query = select(*Card.__table__.columns).where(Card.learner_id == learner.id, Card.item_id == item_id)
    row = session.execute(query).mappings().one_or_none()
    return dict(row) if row is not None else None


def log_of(session: Session, learner: Learner, item_id: int | None = None) -> list[Review]:
    query = select(Review).where(Review.learner_id == learner.id).order_by(Review.at, Review.id)
    if item_id is not None:
        query = query.where(Review.item_id == item_id)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def day_row(session: Session, learner: Learner, day: int = NOW.date().toordinal()) -> dict[str, int]:
    """A day in numbers; {} where nothing was answered."""
    names = ("answers", "right", "new_items", "new_right", "duration_ms")
    query = select(*(getattr(LearnerDay, name) for name in names))
    row = session.execute(
        query.where(LearnerDay.learner_id == learner.id, LearnerDay.day == day)
    ).one_or_none()
    return dict(zip(names, row, strict=True)) if row else {}


def calibration_of(session: Session, learner: Learner) -> list[tuple[int, ...]]:
    query = select(*LearnerCalibration.__table__.columns).where(LearnerCalibration.learner_id == learner.id)
    return sorted(tuple(row) for row in session.execute(query))


def everything(session: Session, learner: Learner) -> tuple[Any, ...]:
    """All that is stored of a learner's studying."""
    cards = select(*Card.__table__.columns).where(Card.learner_id == learner.id).order_by(Card.item_id)
    reviews = select(*Review.__table__.columns).where(Review.learner_id == learner.id).order_by(Review.id)
    days = select(*LearnerDay.__table__.columns).where(LearnerDay.learner_id == learner.id)
    rows = [
        list(map(tuple, session.execute(query))) for query in (cards, reviews, days.order_by(LearnerDay.day))
    ]
    return (*rows, calibration_of(session, learner))


def checked(session: Session, learner: Learner | None = None, settings: Settings = SETTINGS) -> Rebuilt:
    """What a check against the log finds; nothing is changed."""
    return rebuild(session, settings, only_check=True, learner_id=learner.id if learner else None)
