"""Regrades: past answers become what the key now says, by new events alone, whatever comes between."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds import decode_response
from quizapp.domain.library.kinds.base import Chosen, Format, GaveUp, Typed
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.services.corrections import regrades
from quizapp.services.library.items import Draft, write_version
from quizapp.services.privacy.guest_merge import merge_guest
from quizapp.services.quizzes import attempts
from quizapp.services.study import counting_keys
from quizapp.services.study.answer_log import recorded, review_id, undo
from quizapp.services.study.learner import Learner
from quizapp.storage.accounts.tables import Account
from quizapp.storage.corrections.regrades import met_before_change
from quizapp.storage.corrections.tables import GradeNotice, Regrade
from quizapp.storage.library.tables import Deck, Item, ItemVersion
from quizapp.storage.quizzes import attempts as quiz_queries
from quizapp.storage.quizzes.tables import Attempt, AttemptQuestion
from quizapp.storage.study.tables import Card, Review
from tests import factories
from tests.factories import (
    NOW,
    SETTINGS,
    add_account,
    add_learner,
    answer,
    checked,
    choice,
    everything,
    log_of,
)
from tests.services.study.test_rebuild import days, memories, relive

RIVER = ShortAnswer(stem="Which river flows past Vienna?", key="Danube", distractors=("Elbe", "Rhine"))
DONAU = msgspec.structs.replace(RIVER, accept=("Donau",))


class World:
    """One item that learners answer and an author changes."""

    def __init__(self, session: Session, content: Any = RIVER) -> None:
        self.session = session
        self.author = add_account(session, role="teacher")
        self.deck = factories.add_deck(
            session, [content], slug=f"deck-{uuid4().hex}", owner=self.author, public=True
        )
        [self.item_id] = factories.item_ids(session, self.deck)
        self.item = session.get_one(Item, self.item_id)
        self.now = NOW

    def learner(self) -> Learner:
        made = add_learner(self.session)
        factories.study(self.session, made, self.deck)
        return made

    def answer(self, learner: Learner, text: str, **given: Any) -> UUID:
        """Type something; an hour passes."""
        self.now += timedelta(hours=1)
        given.setdefault("format", Format.TYPE)
        response = GaveUp() if text == "gave up" else Typed((text,))
        return answer(self.session, learner, self.item_id, response, at=self.now, **given).review

    def change(self, content: Any, change: str = "key") -> ItemVersion:
        write_version(
            self.session,
            self.item,
            Draft(content=content),
            author_id=self.author.id,
            now=self.now,
            change=change,
        )
        assert self.item.version is not None
        return self.item.version

    def order(self, version: ItemVersion, change: Any = "key") -> Regrade:
        return regrades.order(self.session, self.item, version, change, author=self.author, now=self.now)

    def regrade(self, content: Any) -> Regrade:
        """Change the key, and carry it through."""
        made = self.order(self.change(content))
        self.finish()
        return made

    def finish(self, most: int = 200) -> int:
        """Carry on to the end; how many batches it took."""
        batches = 0
        while regrades.carry_on(self.session, SETTINGS, now=self.now, most=most):
            batches += 1
        return batches

    def undo(self, regrade: Regrade) -> None:
        regrades.undo(self.session, regrade.id, now=self.now)
        self.finish()

    def scores(self, learner: Learner) -> list[float]:
        """Of the answers that count, in order of time."""
        return [row.score for row in self.counting(learner)]

    def counting(self, learner: Learner) -> list[Review]:
        log = log_of(self.session, learner)
        voided = {row.voids for row in log}
        return [row for row in log if row.voids is None and row.id not in voided]


@pytest.fixture
def world(session: Session) -> World:
    return World(session)


# --- any order of events ------------------------------------------------------------------------------

CONTENTS = (
    RIVER,
    DONAU,
    msgspec.structs.replace(RIVER, key="Elbe", distractors=("Danube", "Rhine")),
    msgspec.structs.replace(RIVER, accept=("Donau", "Dunaj"), distractors=("Elbe", "Loire")),
)
WHO = st.integers(0, 1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), WHO, st.sampled_from(["Danube", "Donau", "Dunaj", "Elbe", "gave up"])),
        st.tuples(st.just("choose"), WHO, st.sampled_from(["Danube", "Elbe"])),
        st.tuples(st.just("late"), WHO, st.integers(0, 9)),
        st.tuples(st.just("take back"), WHO, st.integers(0, 9)),
        st.tuples(st.just("change"), st.integers(0, len(CONTENTS) - 1)),
        st.tuples(st.just("order"), st.sampled_from(["key", "key", "meaning"])),
        st.tuples(st.just("batch")),
        st.tuples(st.just("undo"), st.integers(0, 9)),
        st.tuples(st.just("quiz"), WHO, st.sampled_from(["Danube", "Donau", "Elbe"]), st.booleans()),
    ),
    min_size=2,
    max_size=14,
)


class Life(World):
    """A world in which generated things happen."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.people = [self.learner(), self.learner()]
        self.orders: list[Regrade] = []
        self.given: list[list[UUID]] = [[], []]

    def live(self, steps: Sequence[tuple[Any, ...]]) -> None:
        for name, *rest in steps:
            self.now += timedelta(hours=7)
            getattr(self, f"do_{name.replace(' ', '_')}")(*rest)
            assert checked(self.session).differences == [], name

    def do_answer(self, who: int, text: str) -> None:
        self.given[who].append(self.answer(self.people[who], text))

    def do_choose(self, who: int, text: str) -> None:
        done = answer(
            self.session,
            self.people[who],
            self.item_id,
            Chosen((text,)),
            at=self.now,
            format=Format.CHOOSE,
        )
        self.given[who].append(done.review)

    def do_late(self, who: int, hours: int) -> None:
        at = self.now - timedelta(hours=20 + hours, minutes=hours)
        done = answer(
            self.session,
            self.people[who],
            self.item_id,
            Typed(("Donau",)),
            at=at,
            review=uuid4(),
            format=Format.TYPE,
        )
        self.given[who].append(done.review)

    def do_take_back(self, who: int, which: int) -> None:
        if self.given[who]:
            review = self.given[who][which % len(self.given[who])]
            assert undo(self.session, self.people[who], review, now=self.now) == self.item_id

    def do_change(self, which: int) -> None:
        self.change(CONTENTS[which])

    def do_order(self, change: str) -> None:
        assert self.item.version is not None
        if self.item.version.number > 1:
            self.orders.append(self.order(self.item.version, change))

    def do_batch(self) -> None:
        regrades.carry_on(self.session, SETTINGS, now=self.now, most=1)

    def do_undo(self, which: int) -> None:
        if self.orders:
            regrades.undo(self.session, self.orders[which % len(self.orders)].id, now=self.now)

    def do_quiz(self, who: int, text: str, finished: bool) -> None:
        attempt = quiz_with(self, self.people[who], "end")
        give(self, self.people[who], attempt, text)
        if finished:
            attempts.finish(self.session, self.people[who], attempt, now=self.now, prior={})
            self.given[who].append(attempts.review_id(attempt.id, 1))


@given(steps=STEPS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_history_grades_and_memory_are_those_of_the_keys_in_force(
    session: Session, steps: list[Any]
) -> None:
    """Answers (late, undone, in quizzes), changes, regrades half done and undone: cards always equal a
    rebuild's; in the end all is as if every answer had been graded so at once."""
    try:
        life = Life(session)
        life.live(steps)
        life.finish(most=1)
        assert checked(session).differences == []
        judge = counting_keys.judge_of(session, life.item_id)
        for who in life.people:
            assert [row.score for row in life.counting(who)] == [
                judge(row).score for row in life.counting(who)
            ]
            same = relive(session, life.counting(who))
            assert memories(session, who) == memories(session, same)
            assert days(session, who) == days(session, same)
        for question in session.scalars(
            select(AttemptQuestion).where(AttemptQuestion.item_id == life.item_id)
        ):
            assert question.score == judge(question).score
        before = [everything(session, who) for who in life.people]
        assert life.finish() == 0
        assert [everything(session, who) for who in life.people] == before
    finally:
        session.rollback()


# --- one by one ---------------------------------------------------------------------------------------


def test_a_new_key_makes_past_answers_right_and_repairs_the_schedule(world: World) -> None:
    learner, session = world.learner(), world.session
    world.answer(learner, "Donau")
    world.answer(learner, "Donau")
    asked = world.counting(learner)
    before = factories.card(session, learner, world.item_id)

    regrade = world.regrade(DONAU)

    after = factories.card(session, learner, world.item_id)
    assert before
    assert after
    assert (before["lapses"], before["learning"], before["reps"]) == (0, True, 2)
    assert (after["learning"], after["reps"], after["right_streak"]) == (False, 2, 2)
    assert after["stability"] > before["stability"]
    assert after["due_day"] > before["due_day"]
    assert world.scores(learner) == [1.0, 1.0]
    for old, new in zip(asked, world.counting(learner), strict=True):
        for name in (
            "at",
            "day",
            "zone",
            "prior",
            "chance",
            "version_id",
            "response",
            "source",
            "duration_ms",
        ):
            assert getattr(old, name) == getattr(new, name)
        assert new.graded_by == regrade.to_version_id
    assert factories.day_row(session, learner)["right"] == 2
    assert len(log_of(session, learner)) == 6  # nothing is taken away
    assert (regrade.answers_changed, regrade.learners_changed, regrade.learners_done) == (2, 1, 1)
    assert regrade.finished_at is not None
    assert checked(session).differences == []


def test_answers_whose_grade_stays_get_no_event(world: World) -> None:
    learner = world.learner()
    for text in ("Danube", "Elbe", "gave up"):
        world.answer(learner, text)
    before = everything(world.session, learner)
    regrade = world.regrade(DONAU)
    assert everything(world.session, learner) == before
    assert (regrade.learners_done, regrade.answers_changed) == (1, 0)
    assert world.session.scalar(select(func.count()).select_from(GradeNotice)) == 0


def test_an_undo_brings_back_the_state_before_and_keeps_what_came_between(world: World) -> None:
    learner, other = world.learner(), world.learner()
    world.answer(learner, "Donau")
    world.answer(other, "Donau")
    before = factories.card(world.session, learner, world.item_id)
    assert before
    regrade = world.regrade(DONAU)
    world.answer(other, "Elbe")

    world.undo(regrade)

    after = factories.card(world.session, learner, world.item_id)
    assert after
    same = set(before) - {"events", "due_day"}
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    assert after["events"] == 5
    assert world.scores(other) == [0.0, 0.0]
    assert regrade.undone_at is not None
    assert regrade.finished_at is not None
    regrades.undo(world.session, regrade.id, now=world.now)  # twice is once
    assert world.finish() == 0


def test_batches_go_learner_by_learner_and_one_done_twice_does_nothing(world: World) -> None:
    learners = [world.learner() for _ in range(5)]
    for learner in learners:
        world.answer(learner, "Donau")
    regrade = world.order(world.change(DONAU))
    assert regrade.learners == 5
    done = []
    while regrades.carry_on(world.session, SETTINGS, now=world.now, most=2):
        done.append(regrade.learners_done)
    assert done == [2, 4, 5]
    states = [everything(world.session, learner) for learner in learners]
    regrade.cursor, regrade.finished_at = 0, None  # as if the last commit had been lost
    world.session.flush()
    assert world.finish(most=2) == 3
    assert [everything(world.session, learner) for learner in learners] == states
    assert regrade.answers_changed == 5


def test_what_was_served_before_is_graded_by_the_key_in_force(world: World) -> None:
    """Half done or done: an answer to an old page never waits for a walk."""
    first, second = world.learner(), world.learner()
    for learner in (first, second):
        world.answer(learner, "Donau")
    old = world.item.version_id
    assert old
    regrade = world.order(world.change(DONAU))
    regrades.carry_on(world.session, SETTINGS, now=world.now, most=1)
    row = regrading_row(world, first, old)
    assert row.graded_by == regrade.to_version_id
    assert (row.version_id, row.score) == (old, 1.0)
    world.finish(most=1)
    assert world.scores(first) == [1.0, 1.0]
    assert checked(world.session).differences == []


def regrading_row(world: World, learner: Learner, version_id: int) -> Review:
    """An answer to a page that had been served with an earlier version."""
    from quizapp.services.study.answer_log import Answer, open_item, record_answer

    world.now += timedelta(hours=1)
    row = open_item(world.session, learner, world.item_id, version_id, now=world.now)
    given = Answer(
        review=review_id(learner.id, world.item_id, 77),
        item_id=world.item_id,
        version_id=version_id,
        format=Format.TYPE,
        response=Typed(("Donau",)),
        at=world.now,
    )
    assert record_answer(world.session, learner, row, given).content == DONAU
    return world.session.get_one(Review, given.review)


def test_a_key_that_was_not_regraded_leaves_past_answers_and_served_pages(world: World) -> None:
    learner = world.learner()
    world.answer(learner, "Donau")
    world.change(DONAU)
    assert world.finish() == 0
    assert world.scores(learner) == [0.0]


def test_an_order_for_a_version_is_given_once(world: World) -> None:
    version = world.change(DONAU)
    made = world.order(version)
    assert world.order(version) is made
    assert regrades.carry_on(world.session, SETTINGS, now=NOW)
    assert made.finished_at is not None  # no one had answered
    regrades.undo(world.session, made.id, now=NOW)
    assert world.order(version) is not made


def test_a_chosen_answer_keeps_its_grade_where_the_new_key_was_not_offered(session: Session) -> None:
    world = World(session, choice())
    learner = world.learner()
    answer(session, learner, world.item_id, Chosen(("Danube",)), at=NOW)
    world.regrade(msgspec.structs.replace(choice(), key="Rhine", distractors=("Danube", "Elbe")))
    assert world.scores(learner) == [1.0]
    world.regrade(msgspec.structs.replace(choice(), key="Elbe", distractors=("Danube", "Volga", "Loire")))
    assert world.scores(learner) == [0.0]


def test_feedback_and_undo_find_an_answer_by_its_first_id(world: World) -> None:
    learner = world.learner()
    review = world.answer(learner, "Donau")
    world.regrade(DONAU)
    shown = recorded(world.session, learner, review)
    assert shown is not None
    assert (shown.grade.right, shown.content, shown.response) == (True, DONAU, Typed(("Donau",)))
    assert undo(world.session, learner, review, now=world.now) == world.item_id
    assert world.scores(learner) == []
    assert factories.card(world.session, learner, world.item_id) is None
    assert checked(world.session).differences == []


# --- quizzes ------------------------------------------------------------------------------------------


def quiz_with(world: World, learner: Learner, feedback: str) -> Attempt:
    attempt_id = attempts.start(
        world.session, learner, world.deck, attempt_id=uuid4(), length=1, feedback=feedback, now=world.now
    )
    return quiz_queries.attempt(world.session, attempt_id, learner.id).attempt  # type: ignore[no-any-return]


def give(world: World, learner: Learner, attempt: Attempt, text: str) -> AttemptQuestion:
    [row] = quiz_queries.questions(world.session, attempt.id)
    question: AttemptQuestion = row.attempt_question
    question.format = Format.TYPE.value
    world.session.flush()
    world.now += timedelta(minutes=1)
    given = attempts.Given(response=Typed((text,)), at=world.now, duration_ms=900)
    attempts.answer(world.session, learner, attempt, question, given, prior={})
    world.session.refresh(question)
    return question


@pytest.mark.parametrize("feedback", ["now", "end"])
def test_scores_of_quizzes_follow_and_come_back(world: World, feedback: str) -> None:
    learner = world.learner()
    attempt = quiz_with(world, learner, feedback)
    question = give(world, learner, attempt, "Donau")
    attempts.finish(world.session, learner, attempt, now=world.now, prior={})
    regrade = world.regrade(DONAU)
    world.session.refresh(question)
    assert (question.score, question.graded_by) == (1.0, regrade.to_version_id)
    assert world.scores(learner) == [1.0]
    assert regrade.answers_changed == 1
    world.undo(regrade)
    world.session.refresh(question)
    assert (question.score, question.graded_by) == (0.0, None)
    assert world.scores(learner) == [0.0]


def test_an_attempt_in_progress_keeps_its_wording_and_follows_the_key(world: World) -> None:
    """Answered before or after the change, with feedback at the end: the key in force decides."""
    learner, other = world.learner(), world.learner()
    begun, waiting = quiz_with(world, learner, "end"), quiz_with(world, other, "end")
    question = give(world, learner, begun, "Donau")
    asked = question.version_id
    regrade = world.regrade(DONAU)
    world.session.refresh(question)
    assert (question.score, question.version_id) == (1.0, asked)
    assert regrade.answers_changed == 1
    assert notices(world.session, learner) == []  # that would tell what is right before the end
    late = give(world, other, waiting, "Donau")
    assert (late.score, late.version_id, late.graded_by) == (1.0, asked, regrade.to_version_id)
    for attempt, who in ((begun, learner), (waiting, other)):
        attempts.finish(world.session, who, attempt, now=world.now, prior={})
        assert world.scores(who) == [1.0]
    assert checked(world.session).differences == []


# --- changed meanings ---------------------------------------------------------------------------------


def test_what_it_said_before_is_told_only_to_who_answered_that(world: World) -> None:
    learner, other = world.learner(), world.learner()
    world.answer(learner, "Danube")
    version = world.change(msgspec.structs.replace(RIVER, stem="Past Ulm?"), "meaning")
    met = met_before_change(world.session, learner.id, world.item_id, version.number)
    assert met.stem == RIVER.stem
    assert met_before_change(world.session, other.id, world.item_id, version.number) is None


def test_a_changed_meaning_is_asked_once_early(world: World) -> None:
    learner, other, session = world.learner(), world.learner(), world.session
    for _ in range(4):
        world.now += timedelta(days=20)
        world.answer(learner, "Danube")
    before = factories.card(session, learner, world.item_id)
    today = learner.today(world.now)
    assert before
    assert before["due_day"] > today + 10
    order = world.order(
        world.change(msgspec.structs.replace(RIVER, stem="Which flows past Ulm?"), "meaning"), "meaning"
    )
    world.finish()

    called = factories.card(session, learner, world.item_id)
    assert called == before | {"due_day": today + 1, "events": before["events"] + 1}
    assert order.learners_changed == 1
    assert factories.card(session, other, world.item_id) is None
    assert checked(session).differences == []

    world.now += timedelta(days=1)
    world.answer(learner, "Danube")
    after = factories.card(session, learner, world.item_id)
    assert after
    assert after["due_day"] > today + 10  # as usual again
    assert checked(session).differences == []


def test_a_call_can_be_taken_back(world: World) -> None:
    learner = world.learner()
    world.answer(learner, "Danube")
    before = factories.card(world.session, learner, world.item_id)
    assert before
    order = world.order(world.change(msgspec.structs.replace(RIVER, stem="Past Ulm?"), "meaning"), "meaning")
    world.finish()
    world.undo(order)
    assert factories.card(world.session, learner, world.item_id) == before | {"events": 3}


# --- what learners are told ---------------------------------------------------------------------------


def notices(session: Session, learner: Learner) -> list[tuple[int, int, Any]]:
    rows = session.scalars(
        select(GradeNotice)
        .where(GradeNotice.learner_id == learner.id)
        .execution_options(populate_existing=True)
    )
    return [(row.gained, row.lost, decode_response(row.response)) for row in rows]


def test_learners_are_told_what_changed_for_them(world: World) -> None:
    learner, other = world.learner(), world.learner()
    world.answer(learner, "Donau")
    world.answer(learner, "donau")
    world.answer(other, "Danube")
    regrade = world.regrade(DONAU)
    assert notices(world.session, learner) == [(2, 0, Typed(("donau",)))]
    assert notices(world.session, other) == []
    world.undo(regrade)  # no one had read it: nothing is told
    assert notices(world.session, learner) == []


def test_who_has_read_of_a_regrade_is_told_of_its_undoing(world: World) -> None:
    learner = world.learner()
    world.answer(learner, "Donau")
    regrade = world.regrade(DONAU)
    world.session.get_one(GradeNotice, (regrade.id, learner.id)).dismissed_at = world.now
    world.session.flush()
    world.undo(regrade)
    assert notices(world.session, learner) == [(0, 1, Typed(("Donau",)))]


# --- merging ------------------------------------------------------------------------------------------


def test_a_guest_who_signs_in_during_a_regrade_is_not_forgotten(world: World) -> None:
    account, session = world.learner(), world.session
    guest = factories.learner_of(add_account(session, role="guest"), SETTINGS)
    factories.study(session, guest, world.deck)
    for learner in (account, guest):
        world.answer(learner, "Donau")
    world.order(world.change(DONAU))
    regrades.carry_on(session, SETTINGS, now=world.now, most=1)  # the account is done, the guest is not
    merge_guest(session, session.get_one(Account, guest.id), session.get_one(Account, account.id), SETTINGS)
    world.finish(most=1)
    assert world.scores(account) == [1.0, 1.0]
    assert session.scalar(select(func.count()).select_from(Card).where(Card.learner_id == account.id)) == 1
    assert checked(session).differences == []


def test_decks_of_others_are_left_alone(world: World) -> None:
    elsewhere = World(world.session)
    learner = elsewhere.learner()
    elsewhere.answer(learner, "Donau")
    world.regrade(DONAU)
    assert elsewhere.scores(learner) == [0.0]
    assert world.session.scalar(select(func.count()).select_from(Deck)) == 2
