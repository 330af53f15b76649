"""What classmates answered tells how easy a question is, and whoever meets it next is asked accordingly."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Engine, event, select, update
from sqlalchemy.orm import Session

from quizapp.services.study.fitting.easing import LEAST_LEARNERS, Easing
from quizapp.services.study.learner import Learner
from quizapp.storage.batches import run_steps
from quizapp.storage.study.tables import Card, ItemEase, Review
from tests.factories import (
    NOW,
    add_learner,
    answer,
    checked,
    choice,
    log_of,
    right,
    studied_deck,
    typed,
    wrong,
)

DAY = timedelta(days=1)
CONTENTS = (typed(1), typed(2), choice(3))
HARD, EASY = 0, 1


def classmates(session: Session, count: int) -> list[int]:
    """All know the easy question and miss the hard one, at first and three days later."""
    learners = [add_learner(session) for _ in range(count)]
    items = studied_deck(session, learners[0], CONTENTS)
    for learner in learners:
        for when in (NOW, NOW + 3 * DAY):
            answer(session, learner, items[HARD], wrong(CONTENTS[HARD]), at=when)
            answer(session, learner, items[EASY], right(CONTENTS[EASY]), at=when)
    answer(session, learners[0], items[2], right(CONTENTS[2]), at=NOW)
    session.commit()
    return items


def reckon(session: Session, engine: Engine) -> dict[int, float]:
    run_steps(engine, {"ease": Easing()}, pause=0)
    session.rollback()
    return dict(session.execute(select(ItemEase.item_id, ItemEase.ease)).all())


def test_questions_that_classmates_miss_are_hard_and_few_classmates_say_nothing(
    session: Session, engine: Engine
) -> None:
    items = classmates(session, LEAST_LEARNERS)
    found = reckon(session, engine)
    assert set(found) == set(items[:2]), "the third has been answered by one learner alone"
    assert found[items[HARD]] < -0.3
    assert found[items[EASY]] > 0.2
    row = session.get_one(ItemEase, items[HARD])
    assert (row.answers, row.learners) == (2 * LEAST_LEARNERS, LEAST_LEARNERS)


def test_one_learner_less_and_nothing_is_told(session: Session, engine: Engine) -> None:
    classmates(session, LEAST_LEARNERS - 1)
    assert reckon(session, engine) == {}


def first_answers(session: Session, items: list[int]) -> tuple[Learner, dict[int, float]]:
    """Someone new answers both questions right; how stable each then is."""
    newcomer = add_learner(session)
    for place in (HARD, EASY):
        answer(session, newcomer, items[place], right(CONTENTS[place]), at=NOW + 9 * DAY)
    rows = select(Card.item_id, Card.stability).where(Card.learner_id == newcomer.id)
    return newcomer, dict(session.execute(rows).all())


def test_whoever_meets_them_next_is_asked_accordingly_and_the_log_says_so(
    session: Session, engine: Engine
) -> None:
    items = classmates(session, 8)
    _, before = first_answers(session, items)
    assert before[items[HARD]] == before[items[EASY]]
    session.commit()
    found = reckon(session, engine)

    newcomer, after = first_answers(session, items)

    assert after[items[HARD]] < before[items[HARD]] / 2
    assert after[items[EASY]] > before[items[EASY]] * 1.4
    for place in (HARD, EASY):
        (first,) = log_of(session, newcomer, items[place])
        assert first.ease == found[items[place]]
        assert first.prior < 0.5 if place == HARD else first.prior > 0.5
    answer(session, newcomer, items[HARD], right(CONTENTS[HARD]), at=NOW + 12 * DAY)
    assert log_of(session, newcomer, items[HARD])[-1].ease == 0, (
        "what they know themselves counts from now on"
    )
    assert (checked(session).outdated, checked(session).different) == (0, 0)


def test_the_sites_shares_are_counted_once_however_many_learn(session: Session, engine: Engine) -> None:
    classmates(session, 3)
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    reckon(session, engine)
    assert sum("FROM learner_first" in statement for statement in asked) == 1


def test_what_is_reckoned_does_not_feed_on_itself(session: Session, engine: Engine) -> None:
    classmates(session, 6)
    found = reckon(session, engine)
    session.execute(update(Review).values(ease=-1.0, prior=0.2))
    session.commit()
    assert reckon(session, engine) == found
