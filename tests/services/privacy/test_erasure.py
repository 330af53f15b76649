"""Erasing a teacher: what becomes of their decks and classes; and their name in what stays."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.services.classes import classrooms
from quizapp.services.library import copies, editor, sharing
from quizapp.services.library.items import Citation
from quizapp.services.privacy.erasure import erase
from quizapp.services.study.learner import learner_of
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Classroom
from quizapp.storage.corrections.tables import Report
from quizapp.storage.library.tables import Deck, Fact, Item, ItemVersion
from quizapp.storage.sources.tables import Source
from quizapp.storage.study.tables import Review
from tests import factories
from tests.factories import NOW, SETTINGS
from tests.world import person


@pytest.fixture
def teacher(session: Session) -> Account:
    return person(session, "teacher", name="Vera Lindqvist", now=NOW)


@pytest.fixture
def colleague(session: Session) -> Account:
    return person(session, "teacher", name="Ann Lee", now=NOW)


@pytest.fixture
def deck(session: Session, teacher: Account) -> Deck:
    return factories.add_deck(session, [factories.choice(1), factories.flip(2)], owner=teacher)


def accounts(session: Session) -> list[str | None]:
    return list(session.scalars(select(Account.name).order_by(Account.id)))


def test_a_private_deck_that_no_one_else_knows_goes_with_its_questions(
    session: Session, teacher: Account, deck: Deck
) -> None:
    learner = learner_of(teacher, SETTINGS)
    factories.study(session, learner, deck)
    factories.answer(session, learner, factories.item_ids(session, deck)[0])  # tried it out themselves
    item = session.scalars(select(Item)).first()
    assert item is not None
    editor.save_item(
        session,
        item,
        editor.draft_of(session, item.version),
        base=item.version_id,
        fact="Danube",
        author=teacher,
        now=NOW,
    )
    erase(session, teacher, now=NOW)
    for entity in (Account, Deck, Item, ItemVersion, Review):
        assert session.scalar(select(func.count()).select_from(entity)) == 0, entity
    assert session.scalar(select(Fact.key).where(Fact.key.startswith(f"t{teacher.id}-"))) is None


def test_a_deck_that_someone_learns_from_stays_without_a_name(
    session: Session, teacher: Account, deck: Deck
) -> None:
    deck.title = "Vera Lindqvist’s rivers"
    deck.public = True
    session.flush()
    learner = factories.add_learner(session)
    factories.study(session, learner, deck)
    factories.answer(session, learner, factories.item_ids(session, deck)[0])
    deck.public = False
    session.flush()
    erase(session, teacher, now=NOW)
    kept = session.get_one(Account, teacher.id)
    assert (kept.name, kept.name_key, kept.password_hash, kept.zone) == (None, None, None, "UTC")
    assert session.scalars(select(Deck.title)).one() == "…’s rivers"
    assert session.scalar(select(func.count()).select_from(Review)) == 1


def test_a_deck_with_an_editor_becomes_theirs(
    session: Session, teacher: Account, colleague: Account, deck: Deck
) -> None:
    viewer = person(session, "teacher", name="Bea", now=NOW)
    sharing.share(session, deck, teacher, name="Bea", can_edit=False, now=NOW)
    sharing.share(session, deck, teacher, name="Ann Lee", can_edit=True, now=NOW)
    erase(session, teacher, now=NOW)
    assert session.scalars(select(Deck.owner_id)).one() == colleague.id
    assert accounts(session) == ["Ann Lee", "Bea"]
    assert {viewer.id} == {row.id for row in sharing.queries.colleagues(session, deck.id)}
    assert set(session.scalars(select(ItemVersion.author_id))) == {None}


def test_what_was_copied_from_them_stays_whole(
    session: Session, teacher: Account, colleague: Account, deck: Deck
) -> None:
    sharing.share(session, deck, teacher, name="Ann Lee", can_edit=False, now=NOW)
    copy = copies.copy_deck(session, deck, colleague, now=NOW)
    sharing.unshare(session, deck, teacher, account_id=colleague.id, now=NOW)
    erase(session, teacher, now=NOW)
    assert session.scalars(select(Deck.id)).all() == [copy.id]
    assert len(factories.item_ids(session, copy)) == 2


def test_classes_that_they_alone_taught_go_and_others_stay(
    session: Session, teacher: Account, colleague: Account
) -> None:
    for name in ("alone", "together"):
        made = classrooms.create(session, teacher, name=name, zone="UTC", now=NOW)
        if name == "together":
            classrooms.add_teacher(session, made, name="Ann Lee", now=NOW)
    erase(session, teacher, now=NOW)
    assert session.scalars(select(Classroom.name)).all() == ["together"]


def test_a_report_stays_without_the_name_it_was_signed_with(session: Session, deck: Deck) -> None:
    pupil = person(session, "student", name="Mia Schneider", now=NOW)
    version = session.scalars(select(ItemVersion)).first()
    assert version is not None
    session.add(
        Report(
            item_id=version.item_id,
            version_id=version.id,
            learner_id=pupil.id,
            reason="unclear",
            text="The Danube is longer! mia schneider",
            made_at=NOW,
        )
    )
    session.flush()
    erase(session, pupil, now=NOW)
    kept = session.scalars(select(Report)).one()
    assert (kept.learner_id, kept.text) == (None, "The Danube is longer! …")


def test_an_article_goes_unless_a_question_that_stays_is_based_on_it(
    session: Session, teacher: Account, colleague: Account
) -> None:
    for slug in ("unused", "cited"):
        factories.add_source(session, slug).owner_id = teacher.id
    session.flush()
    cited = session.scalars(select(Source).where(Source.slug == "cited")).one()
    citation = Citation(cited.id, 1, 1, "0" * 12)
    factories.add_deck(session, [factories.flip()], slug="theirs", owner=colleague, evidence=(citation,))
    erase(session, teacher, now=NOW)
    assert session.scalars(select(Source.slug)).all() == ["cited"]
    assert session.get_one(Account, teacher.id).name is None
