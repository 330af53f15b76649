"""Approval: when it is needed, who gives it, on which version; and the thread of a question."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Conflict, Invalid
from quizapp.domain.library.review import LONGEST_COMMENT, MOST_COMMENTS, State, Step
from quizapp.services.classes import classrooms
from quizapp.services.library import editor, review
from quizapp.services.library.items import Draft
from quizapp.services.privacy import erasure
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import ClassroomDeck, ClassroomTeacher
from quizapp.storage.library import review as queries
from quizapp.storage.library.tables import Deck, DeckShare, Item, ItemComment
from quizapp.storage.study.tables import StudyDeck
from tests.factories import NOW, add_account, add_deck, add_learner, choice, study


@pytest.fixture
def owner(session: Session) -> Account:
    return add_account(session, role="teacher", name="Ms Rossi", name_key="ms rossi")


@pytest.fixture
def colleague(session: Session) -> Account:
    return add_account(session, role="teacher", name="Mr Weiss", name_key="mr weiss")


@pytest.fixture
def deck(session: Session, owner: Account) -> Deck:
    return add_deck(session, [choice()], owner=owner)


@pytest.fixture
def item(session: Session, deck: Deck) -> Item:
    return session.scalars(select(Item).where(Item.deck_id == deck.id)).one()


def share(session: Session, deck: Deck, account: Account, *, can_edit: bool = True) -> None:
    session.add(DeckShare(deck_id=deck.id, account_id=account.id, can_edit=can_edit, added_at=NOW))
    deck.review = "all"
    session.flush()


def teach_together(session: Session, deck: Deck, owner: Account, other: Account) -> None:
    made = classrooms.create(session, owner, name="7b", zone="UTC", now=NOW)
    session.add(ClassroomTeacher(classroom_id=made.id, account_id=other.id, added_at=NOW))
    session.add(ClassroomDeck(classroom_id=made.id, deck_id=deck.id, position=1))
    session.flush()


def submitted(session: Session, item: Item, by: Account) -> None:
    item.state = State.DRAFT.value
    session.flush()
    assert review.take_step(session, item, Step.PUBLISH, by) is State.IN_REVIEW


def decide(session: Session, item: Item, by: Account, **given: Any) -> State:
    given = {"approve": True, "base": item.version_id, "words": "", "now": NOW} | given
    return review.decide(session, item, by=by, **given)


# --- when it is needed ------------------------------------------------------------------------------


def test_a_teacher_alone_publishes_alone(session: Session, owner: Account, deck: Deck) -> None:
    assert not queries.needs_approval(session, deck.id, owner.id)
    deck.review = "all"
    session.flush()
    assert not queries.needs_approval(session, deck.id, owner.id), "there is nobody else"
    assert review.first_state(session, deck, owner, "save") is State.PUBLISHED


@pytest.mark.parametrize(
    ("wish", "owners", "others"), [("off", False, False), ("others", False, True), ("all", True, True)]
)
def test_where_two_write_a_deck_its_owner_says_whose_questions_are_approved(
    session: Session, owner: Account, colleague: Account, deck: Deck, wish: str, owners: bool, others: bool
) -> None:
    share(session, deck, colleague)
    deck.review = wish
    session.flush()
    assert queries.needs_approval(session, deck.id, owner.id) is owners
    assert queries.needs_approval(session, deck.id, colleague.id) is others
    assert review.first_state(session, deck, owner, "save") is (
        State.IN_REVIEW if owners else State.PUBLISHED
    )


def test_who_only_looks_in_changes_nothing(
    session: Session, owner: Account, colleague: Account, deck: Deck
) -> None:
    share(session, deck, colleague, can_edit=False)
    assert not queries.needs_approval(session, deck.id, owner.id)


def test_a_teacher_of_the_same_class_approves_where_the_owner_wants_it(
    session: Session, owner: Account, colleague: Account, deck: Deck, item: Item
) -> None:
    teach_together(session, deck, owner, colleague)
    assert not queries.needs_approval(session, deck.id, owner.id)
    deck.review = "all"
    session.flush()
    submitted(session, item, owner)
    assert session.scalar(select(queries.count_in_review(queries.to_approve(colleague)))) == 1
    assert session.scalar(select(queries.count_in_review(queries.to_approve(owner)))) == 0
    assert decide(session, item, colleague) is State.PUBLISHED


# --- deciding ---------------------------------------------------------------------------------------


def test_no_one_approves_their_own(session: Session, owner: Account, colleague: Account, deck: Deck, item: Item) -> None:  # fmt: skip
    share(session, deck, colleague)
    submitted(session, item, owner)
    with pytest.raises(Invalid, match="Not approved"):
        decide(session, item, owner)
    assert item.state == State.IN_REVIEW
    assert decide(session, item, colleague) is State.PUBLISHED


def test_anyone_who_changes_it_is_its_author_from_then_on(
    session: Session, owner: Account, colleague: Account, deck: Deck, item: Item
) -> None:
    share(session, deck, colleague)
    submitted(session, item, owner)
    looked_at = item.version_id
    editor.save_item(
        session, item, Draft(content=choice(2)), base=looked_at, fact="", author=colleague, now=NOW
    )
    with pytest.raises(Conflict, match="edited in the meantime"):
        decide(session, item, owner, base=looked_at)
    with pytest.raises(Invalid):
        decide(session, item, colleague)
    assert decide(session, item, owner) is State.PUBLISHED


def test_sending_back_takes_words_and_makes_it_a_draft(
    session: Session, owner: Account, colleague: Account, deck: Deck, item: Item
) -> None:
    share(session, deck, colleague)
    submitted(session, item, owner)
    with pytest.raises(Invalid):
        decide(session, item, colleague, approve=False)
    assert decide(session, item, colleague, approve=False, words=" Which town? ") is State.DRAFT
    assert [comment.text for comment in queries.comments(session, item.id)] == ["Which town?"]
    with pytest.raises(Conflict):
        decide(session, item, colleague)


def test_what_is_published_comes_up_for_those_who_had_passed_its_place(
    session: Session, owner: Account, deck: Deck, item: Item
) -> None:
    learner = add_learner(session)
    study(session, learner, deck)
    session.execute(StudyDeck.__table__.update().values(met_before=9))
    review.take_step(session, item, Step.RETIRE, owner)
    review.take_step(session, item, Step.PUBLISH, owner)
    assert session.scalars(select(StudyDeck.met_before)).one() < 9


def test_pressing_twice_changes_nothing(session: Session, owner: Account, item: Item) -> None:
    for _ in range(2):
        assert review.take_step(session, item, Step.RETIRE, owner) is State.RETIRED


# --- the thread -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "   ", "x" * (LONGEST_COMMENT + 1), "a\0b"])
def test_what_cannot_be_kept_is_refused(session: Session, owner: Account, item: Item, text: str) -> None:
    with pytest.raises(Invalid):
        review.comment(session, item, text, by=owner, now=NOW)


def test_a_thread_has_an_end(session: Session, owner: Account, item: Item) -> None:
    session.add_all(ItemComment(item_id=item.id, author_id=owner.id, text="!", made_at=NOW) for _ in range(MOST_COMMENTS))  # fmt: skip
    session.flush()
    with pytest.raises(Invalid):
        review.comment(session, item, "One more", by=owner, now=NOW)


def test_a_comment_is_its_authors_to_take_out(
    session: Session, owner: Account, colleague: Account, item: Item
) -> None:
    made = review.comment(session, item, "Hm.", by=owner, now=NOW)
    assert queries.own_comment(session, made.id, colleague.id) is None
    found = queries.own_comment(session, made.id, owner.id)
    assert found is not None
    review.remove_comment(session, found)
    assert queries.comments(session, item.id) == []


def test_erasing_a_teacher_leaves_their_comments_without_a_name(
    session: Session, colleague: Account, item: Item
) -> None:
    review.comment(session, item, "Hm.", by=colleague, now=NOW)
    erasure.erase(session, colleague, now=NOW)
    [left] = queries.comments(session, item.id)
    assert (left.author, left.text) == (None, "Hm.")
