"""A draft that no one has seen can be deleted by who wrote it, and nothing else can."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Conflict
from quizapp.domain.library.review import Step
from quizapp.domain.sources.passages import digest
from quizapp.services.library import review
from quizapp.services.library.deletion import deletable, delete_draft
from quizapp.services.library.items import Citation
from quizapp.services.sources import articles
from quizapp.services.sources.articles import About, Block
from quizapp.storage.accounts.tables import Account
from quizapp.storage.audit.tables import AuditEntry
from quizapp.storage.library.tables import Deck, DeckItem, Evidence, Fact, Item, ItemVersion
from quizapp.storage.sources.tables import Anchor
from tests import factories
from tests.factories import NOW, choice

SENTENCE = "The Danube rises in the Black Forest."


@pytest.fixture
def teacher(session: Session) -> Account:
    return factories.add_account(session, role="teacher")


@pytest.fixture
def item(session: Session, teacher: Account) -> Item:
    """A draft with evidence, a comment and a second version, beside another question."""
    source = articles.add(session, teacher, About(title="Rivers"), [Block(SENTENCE)], now=NOW)
    cited = (Citation(source.id, 1, 1, digest(SENTENCE)),)
    deck = factories.add_deck(session, [choice(1), choice(2)], owner=teacher, public=True, evidence=cited)
    made = session.scalars(select(Item).where(Item.deck_id == deck.id).order_by(Item.id)).all()[0]
    made.state = "draft"
    draft = factories.Draft(content=choice(3), evidence=cited)
    factories.write_version(session, made, draft, author_id=teacher.id, now=NOW)
    review.comment(session, made, "Is it too easy?", by=teacher, now=NOW)
    session.commit()
    return made


def count(session: Session, *entities: type) -> list[int]:
    return [session.scalar(select(func.count()).select_from(each)) or 0 for each in entities]


def test_a_draft_goes_with_all_that_hangs_on_it(session: Session, item: Item, teacher: Account) -> None:
    kinds = (Item, ItemVersion, DeckItem, Evidence, Anchor, Fact)
    assert count(session, *kinds) == [2, 3, 2, 3, 3, 2]
    delete_draft(session, item, teacher, now=NOW)
    session.commit()
    assert count(session, *kinds) == [1, 1, 1, 1, 1, 1]
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.deck_id) == ("DRAFT_DELETED", session.scalars(select(Deck.id)).one())


def test_a_fact_that_another_question_asks_stays(session: Session, item: Item, teacher: Account) -> None:
    other = session.scalars(select(Item).where(Item.id != item.id)).one()
    other.fact_id = item.fact_id
    session.flush()
    delete_draft(session, item, teacher, now=NOW)
    assert session.get(Fact, other.fact_id) is not None


@pytest.mark.parametrize("state", ["in_review", "published", "retired"])
def test_what_is_no_draft_stays(session: Session, item: Item, teacher: Account, state: str) -> None:
    item.state = state
    session.flush()
    with pytest.raises(Conflict, match="Only a draft"):
        delete_draft(session, item, teacher, now=NOW)


def test_a_draft_that_someone_has_answered_while_it_was_none_stays(
    session: Session, item: Item, teacher: Account
) -> None:
    learner = factories.add_learner(session)
    item.state = "published"
    session.flush()
    factories.answer(session, learner, item.id, True)
    item.state = "in_review"
    session.flush()
    review.take_step(session, item, Step.WITHDRAW, teacher)
    assert item.state == "draft"
    assert not deletable(session, item, teacher)
    with pytest.raises(Conflict):
        delete_draft(session, item, teacher, now=NOW)


def test_another_teacher_deletes_only_what_they_wrote_alone(
    session: Session, item: Item, teacher: Account
) -> None:
    other = factories.add_account(session, role="teacher")
    assert not deletable(session, item, other)
    for version in session.scalars(select(ItemVersion).where(ItemVersion.item_id == item.id)):
        version.author_id = other.id
    session.flush()
    assert deletable(session, item, other)
    assert deletable(session, item, teacher)  # whose deck it is
