"""Cards and numbers are what the log says: after any history, after many processes at once, after
a rebuild of what someone has tampered with."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds import decode_response, kind_of
from quizapp.domain.library.kinds.base import Format, GaveUp
from quizapp.services.quizzes import attempts
from quizapp.services.study.answer_log import Answer, open_item, record_answer, review_id, undo
from quizapp.services.study.learner import Learner
from quizapp.services.study.rebuild import outdated, rebuild, replan, replan_next
from quizapp.settings import Settings
from quizapp.storage.engine import open_engine
from quizapp.storage.engine import snapshot as one_moment
from quizapp.storage.library.tables import Deck, Item
from quizapp.storage.quizzes import attempts as quiz_queries
from quizapp.storage.study.tables import Card, LearnerCalibration, LearnerDay, Review
from tests import factories
from tests.factories import NOW, SETTINGS, answer, checked, choice, choices, flip, log_of, studied_deck, typed
from tests.processes import at_once

# --- any history -----------------------------------------------------------------------------------

CONTENTS = (choice(), choices(), typed(), flip())
ZONES = ("UTC", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati")
SPANS = st.sampled_from([0, 1, 400, 20_000, 86_400, 3 * 86_400, 12 * 86_400]).map(
    lambda s: timedelta(seconds=s)
)
ITEMS = st.integers(0, len(CONTENTS) - 1)
OUTCOMES = st.sampled_from(["right", "wrong", "gave up", "hinted"])

ANSWER = st.tuples(st.just("answer"), SPANS, ITEMS, OUTCOMES)
LATE = st.tuples(st.just("late"), SPANS, ITEMS, OUTCOMES)
AGAIN = st.tuples(st.just("again"), SPANS, st.integers(0, 20), OUTCOMES)
UNDO = st.tuples(st.just("undo"), SPANS, st.integers(0, 20))
TRAVEL = st.tuples(st.just("travel"), SPANS, st.sampled_from(ZONES))
QUIZ = st.tuples(
    st.just("quiz"),
    SPANS,
    st.sampled_from(["now", "end"]),
    st.lists(st.tuples(SPANS, st.booleans()), max_size=4),
)
HISTORIES = st.lists(ANSWER | LATE | AGAIN | UNDO | TRAVEL | QUIZ | ANSWER | LATE, min_size=1, max_size=9)


class History:
    """A learner who lives through a generated history."""

    def __init__(self, session: Session, number: int) -> None:
        self.session, self.now = session, NOW
        self.learner = factories.add_learner(session)
        self.items = studied_deck(session, self.learner, CONTENTS, slug=f"rivers-{number}")
        self.deck = session.scalars(select(Deck).where(Deck.slug == f"rivers-{number}")).one()
        self.given: list[UUID] = []
        self.wanted = 0  # rows that the log should have

    def live(self, events: Sequence[tuple[Any, ...]]) -> None:
        for name, span, *rest in events:
            self.now += span if name != "late" else timedelta(0)
            getattr(self, f"do_{name.replace(' ', '_')}")(span, *rest)

    def do_answer(self, _span: timedelta, item: int, outcome: str) -> None:
        self._record(item, outcome, self.now, None)

    def do_late(self, span: timedelta, item: int, outcome: str) -> None:
        self._record(item, outcome, self.now - span, uuid4())

    def do_again(self, _span: timedelta, which: int, outcome: str) -> None:
        if not self.given:
            return
        review = self.given[which % len(self.given)]
        item = self.session.scalars(select(Review.item_id).where(Review.id == review)).one()
        assert self._answer(item, outcome, self.now, review).new is False

    def do_undo(self, _span: timedelta, which: int) -> None:
        if not self.given:
            return
        review = self.given[which % len(self.given)]
        undone = select(func.count()).select_from(Review).where(Review.voids == review)
        self.wanted += not self.session.scalar(undone)
        assert undo(self.session, self.learner, review, now=self.now) is not None

    def do_travel(self, _span: timedelta, zone: str) -> None:
        self.learner = dataclasses.replace(self.learner, zone=ZoneInfo(zone))

    def do_quiz(self, _span: timedelta, feedback: str, outcomes: list[tuple[timedelta, bool]]) -> None:
        attempt_id = attempts.start(
            self.session,
            self.learner,
            self.deck,
            attempt_id=uuid4(),
            length=4,
            feedback=feedback,
            now=self.now,
        )
        attempt = quiz_queries.attempt(self.session, attempt_id, self.learner.id).attempt
        rows = quiz_queries.questions(self.session, attempt_id)
        for row, (span, right) in zip(rows, outcomes, strict=False):
            self.now += span
            response = (factories.right if right else factories.wrong)(row.content)
            given = attempts.Given(response=response, at=self.now, duration_ms=700)
            attempts.answer(self.session, self.learner, attempt, row.attempt_question, given, prior={})
            self.given.append(attempts.review_id(attempt_id, row.attempt_question.position))
            self.wanted += 1
            self.session.expire_all()
        self.now += timedelta(minutes=3)
        assert attempts.finish(self.session, self.learner, attempt, now=self.now, prior={})

    def _record(self, item: int, outcome: str, at: datetime, review: UUID | None) -> None:
        done = self._answer(self.items[item], outcome, at, review)
        assert done.new
        self.given.append(done.review)
        self.wanted += 1

    def _answer(self, item: int, outcome: str, at: datetime, review: UUID | None) -> Any:
        response = GaveUp() if outcome == "gave up" else outcome != "wrong"
        hinted = outcome == "hinted"
        return answer(
            self.session, self.learner, item, response, at=at, review=review, hinted=hinted, duration_ms=500
        )

    def clean(self) -> list[Review]:
        """The answers that count, in the log's order."""
        log = log_of(self.session, self.learner)
        undone = {row.voids for row in log}
        return [row for row in log if row.voids is None and row.id not in undone]


def relive(session: Session, log: Sequence[Review]) -> Learner:
    """Another learner who gives the same answers once each, in order, and undoes nothing."""
    learner = factories.add_learner(session)
    for row in log:
        own = dataclasses.replace(learner, zone=ZoneInfo(row.zone))
        asked = open_item(session, own, row.item_id, row.version_id, now=row.at)
        record_answer(
            session,
            own,
            asked,
            Answer(
                review=UUID(int=row.id.int ^ 1),  # another id of the same order
                item_id=row.item_id,
                version_id=row.version_id,
                format=Format(row.format),
                response=decode_response(row.response),
                at=row.at,
                source=row.source,
                hinted=row.hinted,
                duration_ms=row.duration_ms,
            ),
        )
    return learner


REMEMBERED = (
    "item_id stability difficulty first_day last_day last_at reps lapses learning right_streak misses_in_row"
).split()


def memories(session: Session, learner: Learner) -> list[tuple[Any, ...]]:
    query = select(*(getattr(Card, name) for name in REMEMBERED)).where(Card.learner_id == learner.id)
    return [tuple(row) for row in session.execute(query.order_by(Card.item_id))]


def days(session: Session, learner: Learner) -> list[tuple[int, ...]]:
    columns = [column for column in LearnerDay.__table__.columns if column.name != "learner_id"]
    query = select(*columns).where(LearnerDay.learner_id == learner.id).order_by(LearnerDay.day)
    return [tuple(row) for row in session.execute(query)]


@given(events=HISTORIES)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_history_all_is_what_the_clean_log_says(session: Session, events: list[Any]) -> None:
    """Answers, twice or late or undone, quizzes, travels: cards and numbers equal a rebuild's, and
    the memory is that of a learner who gave the same answers in order."""
    try:
        history = History(session, 1)
        history.live(events)
        assert checked(session).differences == []
        assert session.scalar(select(func.count()).select_from(Review)) == history.wanted
        events_kept = select(func.coalesce(func.sum(Card.events), 0))
        assert session.scalar(events_kept) <= history.wanted
        clean = relive(session, history.clean())
        assert memories(session, history.learner) == memories(session, clean)
        assert days(session, history.learner) == days(session, clean)
    finally:
        session.rollback()


# --- at once ---------------------------------------------------------------------------------------

PROCESSES, SHARED, OWN = 8, 50, 50


def submit(task: tuple[str, int, int, list[tuple[int, int]]]) -> list[bool]:
    """One process's answers, each in a transaction of its own; whether each was new."""
    url, learner_id, number, items = task
    engine = open_engine(url)
    learner = factories.learner_of(
        factories.Account(id=learner_id, zone="UTC", four_ratings=False, easy_days=""), SETTINGS
    )
    new = []
    for place in range(len(items)):
        # Each process goes round in another order, so that all meet on the same items now and then.
        item, version = items[(place + 7 * number * (place < SHARED)) % SHARED if place < SHARED else place]
        with Session(engine, expire_on_commit=False, autoflush=False) as session, session.begin():
            row = open_item(session, learner, item, version, now=NOW)
            given = Answer(
                review=review_id(learner_id, item, 0),
                item_id=item,
                version_id=version,
                format=Format.CHOOSE,
                response=factories.right(row.content),
                at=NOW + timedelta(milliseconds=place),
                duration_ms=10,
            )
            new.append(record_answer(session, learner, row, given).new)
    engine.dispose()
    return new


def test_eight_processes_lose_and_double_nothing(session: Session, database_url: str) -> None:
    """Each sends the same 50 answers as all others and 50 of its own, to one learner's log."""
    learner = factories.add_learner(session)
    count = SHARED + PROCESSES * OWN
    ids = studied_deck(session, learner, [choice(n) for n in range(count)])
    versions = dict(map(tuple, session.execute(select(Item.id, Item.version_id))))
    session.commit()
    shared = ids[:SHARED]
    own = [ids[SHARED + n * OWN :][:OWN] for n in range(PROCESSES)]
    tasks = [
        (database_url, learner.id, n, [(item, versions[item]) for item in (*shared, *own[n])])
        for n in range(PROCESSES)
    ]

    results = at_once(submit, tasks)

    assert sum(sum(new[:SHARED]) for new in results) == SHARED
    assert all(new[SHARED:] == [True] * OWN for new in results)
    assert session.scalar(select(func.count()).select_from(Review)) == count
    assert session.scalar(select(func.count()).select_from(Card).where(Card.reps == 1)) == count
    assert session.scalar(select(LearnerDay.answers)) == count
    assert checked(session).differences == []


def test_rebuilds_while_answers_come_in_find_and_spoil_nothing(session: Session, engine: Engine) -> None:
    learner = factories.add_learner(session)
    ids = studied_deck(session, learner, [choice(n) for n in range(40)])
    session.commit()

    def give(item: int) -> None:
        with Session(engine, expire_on_commit=False, autoflush=False) as own, own.begin():
            answer(own, learner, item)

    def fold_all(number: int) -> list[str]:
        only_check = bool(number % 2)  # a check sees one moment's state, as the command's does
        bind = engine.execution_options(**one_moment(engine)) if only_check else engine
        with Session(bind, expire_on_commit=False, autoflush=False) as own, own.begin():
            return rebuild(own, SETTINGS, only_check=only_check).differences

    with ThreadPoolExecutor(4) as threads:
        answers = [threads.submit(give, item) for item in ids]
        rebuilds = [threads.submit(fold_all, number) for number in range(20)]
        for each in (*answers, *rebuilds):
            each.result(60)
    assert [each.result() for each in rebuilds] == [[]] * 20
    assert checked(session).differences == []
    assert session.scalar(select(func.count()).select_from(Card)) == 40


# --- what was tampered with ------------------------------------------------------------------------


@pytest.fixture
def learner(session: Session) -> Learner:
    """A learner with a few days of answers."""
    made = factories.add_learner(session)
    for number, item in enumerate(studied_deck(session, made, [*CONTENTS, choice(9)])):
        for day in range(0, 9, number + 2):
            answer(session, made, item, day != 4, at=NOW + timedelta(days=day, minutes=number))
    session.commit()
    return made


def snapshot(session: Session) -> list[list[tuple[Any, ...]]]:
    return [
        sorted(map(tuple, session.execute(select(*entity.__table__.columns))), key=repr)
        for entity in (Card, LearnerDay, LearnerCalibration)
    ]


TAMPERING = {
    "stability": (update(Card).values(stability=Card.stability * 1.0000001), "stability"),
    "due day": (update(Card).where(Card.reps > 2).values(due_day=1), "due_day"),
    "card gone": (Card.__table__.delete(), "missing"),
    "day": (update(LearnerDay).values(right=LearnerDay.right + 1), "learner_day"),
    "bin": (LearnerCalibration.__table__.delete(), "learner_calibration"),
}


@pytest.mark.parametrize("name", TAMPERING)
def test_a_check_tells_what_was_tampered_with_and_a_rebuild_repairs_it(
    session: Session, learner: Learner, name: str
) -> None:
    before = snapshot(session)
    statement, told = TAMPERING[name]
    session.execute(statement)
    tampered = snapshot(session)
    assert tampered != before

    found = checked(session)
    assert found.different == len(found.differences) > 0
    assert all(told in line for line in found.differences)
    assert snapshot(session) == tampered  # a check changes nothing

    assert rebuild(session, SETTINGS).different == found.different
    assert snapshot(session) == before
    assert checked(session).different == 0


def test_a_card_without_answers_is_told_and_removed(session: Session, learner: Learner) -> None:
    stranger = factories.add_learner(session)
    session.execute(update(Card).where(Card.reps == 2).values(learner_id=stranger.id))
    found = checked(session, stranger)
    assert found.different > 0
    assert all("has no answer in the log" in line for line in found.differences)
    rebuild(session, SETTINGS)
    assert checked(session).different == 0
    assert session.scalar(select(func.count()).select_from(Card).where(Card.learner_id == stranger.id)) == 0


def test_one_learner_can_be_rebuilt_alone(session: Session, learner: Learner) -> None:
    other = factories.add_learner(session)
    answer(session, other, session.scalars(select(Item.id).limit(1)).one())
    session.execute(update(Card).values(reps=77))
    assert rebuild(session, SETTINGS, learner_id=other.id).learners == 1
    assert checked(session, other).different == 0
    assert checked(session, learner).different > 0


def test_a_long_list_of_differences_is_cut(session: Session) -> None:
    learner = factories.add_learner(session)
    for item in studied_deck(session, learner, [flip(n) for n in range(120)]):
        answer(session, learner, item)
    session.execute(update(Card).values(reps=77))
    found = checked(session)
    assert (found.different, len(found.differences)) == (120, 100)


def test_the_figures_of_a_check(session: Session, learner: Learner) -> None:
    found = checked(session)
    log = len(log_of(session, learner))
    assert (found.learners, found.events, found.cards, found.different) == (1, log, 5, 0)


def test_another_target_moves_due_days_and_nothing_else(session: Session, learner: Learner) -> None:
    before = memories(session, learner)
    rebuild(session, Settings(desired_retention=0.95))
    assert memories(session, learner) == before
    rebuild(session, SETTINGS)
    assert checked(session).different == 0


def test_a_moved_items_card_follows_it(session: Session, learner: Learner) -> None:
    """Home deck and fact are in the card, for the sake of indexes."""
    session.execute(update(Card).values(fact_id=12345))
    assert all("fact_id 12345" in line for line in checked(session).differences)


def test_kinds_of_all_sorts_are_rebuilt(session: Session) -> None:
    learner = factories.add_learner(session)
    contents = [example.content for example in factories.EXAMPLES]
    for item, example in zip(studied_deck(session, learner, contents), factories.EXAMPLES, strict=True):
        for number, response in enumerate((*example.right, *example.partly, *example.wrong)):
            done = answer(session, learner, item, response, at=NOW + timedelta(hours=7 * number))
            assert done.grade == kind_of(example.content).grade(example.content, response)
    assert checked(session).differences == []


# --- other settings, an older model --------------------------------------------------------------


def test_what_an_older_model_left_is_planned_again_learner_by_learner(
    session: Session, learner: Learner
) -> None:
    other = factories.add_learner(session)
    answer(session, other, studied_deck(session, other, [flip(7)], slug="lakes")[0])
    session.execute(update(Card).values(fast=1.0, stability=2.0, difficulty=5.0, folded=""))
    assert checked(session).outdated == 6
    assert checked(session).different == 0
    assert outdated(session, SETTINGS) == [learner.id, other.id]

    assert replan_next(session, SETTINGS, now=NOW + timedelta(days=9)) == 1
    assert outdated(session, SETTINGS) == [other.id]
    assert replan_next(session, SETTINGS, now=NOW + timedelta(days=9)) == 1

    assert replan_next(session, SETTINGS, now=NOW + timedelta(days=9)) == 0
    assert (checked(session).outdated, checked(session).different) == (0, 0)


def test_an_outdated_card_is_asked_as_it_stands_and_folded_again_when_it_is_answered(
    session: Session, learner: Learner
) -> None:
    item = session.scalars(select(Card.item_id).where(Card.learner_id == learner.id)).first()
    session.execute(update(Card).values(fast=1.0, stability=2.0, folded=""))
    answer(session, learner, item, at=NOW + timedelta(days=200))
    found = checked(session)
    assert (found.outdated, found.different) == (4, 0)


def test_what_other_settings_bring_forward_to_today_comes_over_a_week(session: Session) -> None:
    """Twenty cards with weeks to go; with a target of 95 % all are due at once, were they not spread."""
    lax, strict = Settings(desired_retention=0.80), Settings(desired_retention=0.95)
    account = factories.add_account(session)
    learner = factories.learner_of(account, lax)
    items = studied_deck(session, learner, [flip(number) for number in range(20)])
    for item in items:
        answer(session, learner, item, at=NOW)
    now = NOW + timedelta(days=6)
    today = learner.today(now)
    assert not session.scalars(select(Card.item_id).where(Card.due_day <= today)).all()

    replan(session, account, strict, now=now)

    days = Counter(session.scalars(select(Card.due_day)).all())
    assert sum(count for day, count in days.items() if day <= today) == 3
    assert [days[today + later] for later in range(1, 7)] == [3, 3, 3, 3, 3, 2]
    assert rebuild(session, strict, only_check=True).different == 0
    replan(session, account, strict, now=now)  # done again, nothing moves
    assert Counter(session.scalars(select(Card.due_day)).all()) == days
