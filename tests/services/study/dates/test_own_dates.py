"""Dates set by a learner or for a class: what is refused, what is secured, and what is to be expected."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Invalid
from quizapp.domain.study.scheduling.goals import MOST_A_DAY
from quizapp.services.study.dates import own_dates
from quizapp.services.study.dates.goals import secured
from quizapp.services.study.learner import Learner
from quizapp.services.study.next_question import waiting
from quizapp.storage.library.tables import Deck
from quizapp.storage.study.tables import Goal, GoalDeck
from tests import factories
from tests.factories import NOW, answer, flip

DAY = timedelta(days=1)
TODAY = NOW.toordinal()


@pytest.fixture
def learner(session: Session) -> Learner:
    return factories.add_learner(session)


def wish(session: Session, **changes: Any) -> own_dates.Wish:
    decks = tuple(session.scalars(select(Deck.id)))
    values = {"title": " My  exam ", "deck_ids": decks, "due_at": NOW + 10 * DAY, "target": 0.9}
    return own_dates.Wish(**values | changes)


def test_a_date_over_several_decks_has_a_share_of_each(session: Session, learner: Learner) -> None:
    for slug, facts in (("one", 12), ("two", 4)):
        contents = [flip(number + 100 * facts) for number in range(facts)]
        factories.study(session, learner, factories.add_deck(session, contents, slug=slug), facts)
    made = own_dates.create(session, wish(session), learner_id=learner.id, now=NOW)
    assert made.title == "My exam"
    waits = waiting(session, learner, now=NOW)
    assert [goal.pace.facts for goal in waits.goals] == [12, 4]
    assert secured(session, learner, waits.goals, TODAY) == (0, 16)
    own_dates.remove(session, made.id, learner_id=learner.id)
    assert waiting(session, learner, now=NOW).goals == ()
    assert session.scalars(select(GoalDeck)).all() == []


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("title", {"title": "x" * 101}),
        ("title", {"title": "a\u202eb"}),
        ("decks", {"deck_ids": ()}),
        ("date", {"due_at": NOW}),
        ("date", {"due_at": NOW.replace(year=2101)}),
        ("date", {"due_at": NOW + DAY / 2}),
        ("target", {"target": 0.5}),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    session: Session, learner: Learner, field: str, change: dict[str, Any]
) -> None:
    facts = MOST_A_DAY + 1
    factories.studied_deck(session, learner, [flip(number) for number in range(facts)])
    with pytest.raises(Invalid) as refused:
        own_dates.create(session, wish(session, **change), learner_id=learner.id, now=NOW)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert session.scalars(select(Goal)).all() == []


def test_what_is_known_already_does_not_count_as_too_much(session: Session, learner: Learner) -> None:
    items = factories.studied_deck(session, learner, [flip(number) for number in range(MOST_A_DAY + 1)])
    soon = wish(session, due_at=NOW + DAY / 2)
    answer(session, learner, items[0], at=NOW - DAY)
    assert own_dates.create(session, soon, learner_id=learner.id, now=NOW).id


def test_only_who_set_a_date_takes_it_back(session: Session, learner: Learner) -> None:
    factories.studied_deck(session, learner, [flip(1)])
    made = own_dates.create(session, wish(session), learner_id=learner.id, now=NOW)
    other = factories.add_learner(session)
    assert not own_dates.remove(session, made.id, learner_id=other.id)
    assert not own_dates.remove(session, made.id, classroom_id=1)
    assert session.scalars(select(Goal)).all() == [made]


def test_there_is_an_end_of_dates(session: Session, learner: Learner) -> None:
    factories.studied_deck(session, learner, [flip(1)])
    for _number in range(own_dates.MOST_GOALS):
        own_dates.create(session, wish(session), learner_id=learner.id, now=NOW)
    with pytest.raises(Invalid, match="not saved"):
        own_dates.create(session, wish(session), learner_id=learner.id, now=NOW)


def test_what_is_to_be_expected_grows_with_the_aim(session: Session, learner: Learner) -> None:
    items = factories.studied_deck(session, learner, [flip(number) for number in range(10)])
    for item in items[:5]:
        answer(session, learner, item)
    own_dates.create(session, wish(session), learner_id=learner.id, now=NOW)
    goals = waiting(session, learner, now=NOW).goals
    found = [own_dates.looking_ahead(session, learner, goals, TODAY, target) for target in (0.8, 0.95)]
    assert 0.8 < found[0].recall < found[1].recall < 1
    assert found[0].answers < found[1].answers
    assert own_dates.looking_ahead(session, learner, (), TODAY) == (0.0, 0.0)
