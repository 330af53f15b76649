"""Two people decide at the same moment: one thing comes of it, and whoever was late is told; nobody meets an error.

Each pair meets many times, for who is first differs. The claims have a test of their own beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from quizapp.domain.classes.terms import Sort
from quizapp.domain.errors import QuizappError
from quizapp.domain.library.kinds.base import Format, Typed
from quizapp.services.classes import assignments
from quizapp.services.corrections import regrades
from quizapp.services.library import sharing, suggestions
from quizapp.services.library.items import Draft, write_version
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Assignment, AssignmentExtension, Classroom
from quizapp.storage.corrections.tables import Regrade
from quizapp.storage.library.tables import Deck, DeckShare, Item, ItemVersion, Suggestion
from quizapp.storage.study.tables import Review
from tests import factories
from tests.factories import NOW, SETTINGS, add_account, add_deck, choice
from tests.services.classes.assigning import DUE, HOUR, furnish, plan
from tests.services.corrections.test_regrades import DONAU, RIVER

ROUNDS = 8
Act = Callable[[Session], Any]


def together(engine: Engine, *acts: Act) -> list[str]:
    """What came of each act, all begun at one moment, each in a transaction of its own: “done”, or the kind of
    the refusal. Any other error is raised."""
    barrier = Barrier(len(acts))

    def one(act: Act) -> str:
        with Session(engine, expire_on_commit=False, autoflush=False) as own, own.begin():
            barrier.wait(60)
            try:
                act(own)
            except QuizappError as refused:
                own.rollback()
                return type(refused).__name__
            return "done"

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(one, acts))


def count(session: Session, entity: type[Any], **where: Any) -> int:
    session.rollback()
    found = session.scalars(select(func.count()).select_from(entity).filter_by(**where)).one()
    session.rollback()  # or the next two wait for this look
    return found


@pytest.fixture
def owner(session: Session) -> Account:
    return add_account(session, role="teacher", name="Ms Rossi", name_key="ms rossi")


@pytest.fixture
def colleague(session: Session) -> Account:
    return add_account(session, role="teacher", name="Ann Lee", name_key="annlee")


@pytest.mark.parametrize("other", ["take", "decline", "merged"])
def test_a_suggestion_is_decided_once(
    engine: Engine, session: Session, owner: Account, colleague: Account, other: str
) -> None:
    deck = add_deck(session, [choice(number) for number in range(ROUNDS)], owner=owner)
    items = session.scalars(select(Item).where(Item.deck_id == deck.id).order_by(Item.id)).all()
    made = [
        suggestions.suggest(
            session,
            item,
            Draft(content=choice(100 + item.id)),
            base=item.version_id,
            note="",
            by=colleague,
            now=NOW,
        ).id
        for item in items
    ]
    owner_id = owner.id
    session.commit()

    def take(own: Session, number: int) -> None:
        found, by = own.get_one(Suggestion, number), own.get_one(Account, owner_id)
        suggestions.take(own, found, change="wording", by=by, now=NOW)

    def settle(own: Session, number: int) -> None:
        found, by = own.get_one(Suggestion, number), own.get_one(Account, owner_id)
        suggestions.settle(own, found, merged=other == "merged", reply="No, thank you.", by=by, now=NOW)

    second = take if other == "take" else settle
    for number in made:
        outcomes = together(engine, lambda own, n=number: take(own, n), lambda own, n=number: second(own, n))
        assert sorted(outcomes) == ["Conflict", "done"]
        asked = select(Suggestion.item_id, Suggestion.state).where(Suggestion.id == number)
        item_id, state = session.execute(asked).one()
        versions = count(session, ItemVersion, item_id=item_id)
        assert versions == 1 + (outcomes[0] == "done" or other == "take")
        assert state == ("declined" if other == "decline" and outcomes[1] == "done" else "taken")


@pytest.mark.parametrize("acts", [("view", "edit"), ("edit", "stop"), ("stop", "stop")])
def test_a_deck_is_shared_in_one_way(
    engine: Engine, session: Session, owner: Account, colleague: Account, acts: Sequence[str]
) -> None:
    deck_id, owner_id, colleague_id = add_deck(session, [], owner=owner).id, owner.id, colleague.id
    session.commit()

    def act(own: Session, what: str) -> None:
        found, by = own.get_one(Deck, deck_id), own.get_one(Account, owner_id)
        if what == "stop":
            sharing.unshare(own, found, by, account_id=colleague_id, now=NOW)
        else:
            sharing.share(own, found, by, name="Ann Lee", can_edit=what == "edit", now=NOW)

    for _ in range(ROUNDS):
        before = together(engine, lambda own: act(own, "view")) if "stop" in acts else []
        outcomes = together(engine, *(lambda own, what=what: act(own, what) for what in acts))
        assert before in ([], ["done"])
        if acts == ("stop", "stop"):
            assert sorted(outcomes) == ["Missing", "done"]
        else:
            assert outcomes == ["done", "done"]
        assert count(session, DeckShare, deck_id=deck_id) <= (acts != ("stop", "stop"))


@pytest.mark.parametrize("other", ["edit", "extend", "remove", "withdraw"])
def test_an_assignment_that_is_deleted_meanwhile_is_told(
    engine: Engine, session: Session, other: str
) -> None:
    room = furnish(engine, session, students=2)
    teacher = session.scalars(select(Account).where(Account.name == "Vera")).one().id
    classroom = room.classroom
    session.rollback()

    def second(own: Session, found: Assignment) -> None:
        if other == "edit":
            assignments.edit(own, found, plan(title="Other"), deck_title="Rivers")
        elif other == "extend":
            due = DUE + HOUR
            assignments.extend(own, found, enrolment_id=room.enrolments[0], due_at=due, now=NOW)
        elif other == "withdraw":
            assignments.withdraw_extension(own, found, enrolment_id=room.enrolments[0])
        else:
            assignments.remove(own, found)

    for _ in range(ROUNDS):
        with room.session() as own:
            number = assignments.create(
                own,
                own.get_one(Classroom, classroom),
                own.get_one(Account, teacher),
                sort=Sort.QUIZ,
                deck_slug="rivers",
                plan=plan(),
                now=NOW,
            ).id

        def opened(act: Callable[[Session, Assignment], None], number: int = number) -> Act:
            def run(own: Session) -> None:
                found = own.get(Assignment, number)
                if found is not None:  # else the page's door says that there is none
                    act(own, found)

            return run

        outcomes = together(engine, opened(assignments.remove), opened(second))
        assert "done" in outcomes
        assert set(outcomes) <= {"done", "Missing"}
        assert count(session, Assignment, id=number) == 0
        assert count(session, AssignmentExtension, assignment_id=number) == 0


@pytest.mark.parametrize(
    "acts", [("order", "order"), ("undo", "undo"), ("undo", "carry"), ("carry", "carry")]
)
def test_a_regrade_is_done_once_and_undone_once(
    engine: Engine, session: Session, acts: Sequence[str]
) -> None:
    author = add_account(session, role="teacher")
    deck = add_deck(session, [RIVER], owner=author, public=True)
    [item_id] = factories.item_ids(session, deck)
    learners = [factories.add_learner(session) for _ in range(6)]
    for turn, learner in enumerate(learners):
        at = NOW + timedelta(minutes=turn)
        factories.answer(session, learner, item_id, Typed(("Donau",)), at=at, format=Format.TYPE)
    item = session.get_one(Item, item_id)
    write_version(session, item, Draft(content=DONAU), author_id=author.id, now=NOW, change="key")
    author_id = author.id
    session.commit()

    def act(own: Session, what: str) -> None:
        if what == "order":
            found = own.get_one(Item, item_id)
            assert found.version is not None
            by = own.get_one(Account, author_id)
            regrades.order(own, found, found.version, "key", author=by, now=NOW)
        elif what == "undo":
            [number] = own.scalars(select(Regrade.id)).all()
            regrades.undo(own, number, now=NOW + HOUR)
        else:
            regrades.carry_on(own, SETTINGS, now=NOW + HOUR, most=2)

    def finish() -> None:
        while True:
            with Session(engine, expire_on_commit=False, autoflush=False) as own, own.begin():
                if not regrades.carry_on(own, SETTINGS, now=NOW + HOUR, most=2):
                    return

    if "order" not in acts:
        together(engine, lambda own: act(own, "order"))
    if acts == ("undo", "undo"):
        finish()
    for _ in range(2):
        assert together(engine, *(lambda own, what=what: act(own, what) for what in acts)) == ["done"] * 2
    finish()
    assert count(session, Regrade) == 1
    standing = session.scalars(
        select(Review.score).where(
            Review.voids.is_(None), Review.id.not_in(select(Review.voids).where(Review.voids.is_not(None)))
        )
    ).all()
    assert len(standing) == len(learners), "each answer counts once, whatever was done to it"
    assert {float(score) for score in standing} == ({0.0} if "undo" in acts else {1.0})
