"""Pictures, for those who may see a question that shows them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Text, and_, cast, false, or_, select
from sqlalchemy.orm import Session

from quizapp.domain.library.sharing import Act
from quizapp.storage.accounts.deck_rights import may_with
from quizapp.storage.library.tables import Item, ItemVersion, Picture, Suggestion, VersionPicture
from quizapp.storage.quizzes.tables import Attempt, AttemptQuestion
from quizapp.storage.study.tables import Card


def shown(session: Session, picture_id: str, viewer_id: int, *, teacher: bool) -> bytes | None:
    """The picture for anyone who brought it, teaches with a deck that shows it or for which its owner
    suggests it, may study it there, has a card of the question, or was asked it in a quiz; None for all
    others."""
    return session.scalar(
        select(Picture.body).where(Picture.id == picture_id, _seen_by(viewer_id, teacher=teacher))
    )


def citable(session: Session, picture_ids: Collection[str], author_id: int) -> list[str]:
    """Those of these pictures that a teacher may put into a question: their own, and those they see."""
    query = select(Picture.id).where(Picture.id.in_(picture_ids), _seen_by(author_id, teacher=True))
    return list(session.scalars(query.order_by(Picture.id)))


def _seen_by(viewer_id: int, *, teacher: bool) -> ColumnElement[bool]:
    learns = select(Card.item_id).where(Card.item_id == Item.id, Card.learner_id == viewer_id).exists()
    teaches = may_with(Act.TEACH, viewer_id, Item.deck_id) if teacher else false()
    was_asked = (
        select(AttemptQuestion.item_id)
        .join(Attempt, Attempt.id == AttemptQuestion.attempt_id)
        .where(AttemptQuestion.version_id == ItemVersion.id, Attempt.learner_id == viewer_id)
        .exists()
    )
    published = and_(Item.state == "published", may_with(Act.STUDY, viewer_id, Item.deck_id))
    seen = (
        select(VersionPicture.picture_id)
        .join(ItemVersion, ItemVersion.id == VersionPicture.version_id)
        .join(Item, Item.id == ItemVersion.item_id)
        .where(
            VersionPicture.picture_id == Picture.id,
            or_(published, learns, was_asked, teaches),
        )
        .exists()
    )
    return or_(Picture.owner_id == viewer_id, seen, *[_suggested_to(viewer_id)] * teacher)


def _suggested_to(teacher_id: int) -> ColumnElement[bool]:
    """Whether its owner has put it into a suggestion that waits, for a deck that this teacher looks into. A
    suggestion of anyone else's opens no picture, though its id is there."""
    said = cast(Suggestion.content, Text)
    return (
        select(Suggestion.id)
        .join(Item, Item.id == Suggestion.item_id)
        .where(
            Suggestion.author_id == Picture.owner_id,
            Suggestion.state == "open",
            said.contains("(picture:" + Picture.id + ")"),
            may_with(Act.TEACH, teacher_id, Item.deck_id),
        )
        .exists()
    )
