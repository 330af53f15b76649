"""Which card comes next."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.study.scheduling.fsrs import DEFAULT_WEIGHTS
from quizapp.domain.study.scheduling.queue import (
    REST,
    Candidate,
    Choice,
    Counts,
    Stage,
    Today,
    counts,
    next_card,
)

NOW = datetime(2025, 6, 2, 12, tzinfo=UTC)
DAY = 1000
TODAY = Today(DAY, NOW, new_left=5)


def due(
    item: int, stability: float = 10.0, last: int = DAY - 10, topic: int = 1, fact: int | None = None
) -> Candidate:
    return Candidate(
        item, fact or item, topic, stability=stability, fast=stability, last_day=last, due_day=DAY
    )


def new(item: int, position: int = 0, topic: int = 1, fact: int | None = None) -> Candidate:
    return Candidate(item, fact or item, topic, position=position)


def missed(item: int, ago: timedelta | None, day: int = DAY, fact: int | None = None) -> Candidate:
    at = None if ago is None else NOW - ago
    return Candidate(
        item, fact or item, 1, stability=0.2, fast=0.2, last_day=day, due_day=day, learning=True, last_at=at
    )


def chosen(candidates: list[Candidate], today: Today = TODAY) -> tuple[int, Stage] | None:
    choice = next_card(candidates, today, DEFAULT_WEIGHTS)
    return choice and (choice.candidate.item, choice.stage)


def test_nothing_waits():
    assert chosen([]) is None
    assert counts([], TODAY) == Counts(0, 0, 0)


def test_the_order_of_stages():
    cards = [new(4), missed(3, timedelta(minutes=1)), due(2), missed(1, REST)]
    order = []
    while (choice := next_card(cards, TODAY, DEFAULT_WEIGHTS)) is not None:
        cards.remove(choice.candidate)
        order.append((choice.candidate.item, choice.stage, choice.rested))
    assert order == [
        (1, Stage.LEARNING, True),
        (2, Stage.DUE, True),
        (4, Stage.NEW, True),
        (3, Stage.LEARNING, False),
    ]


def test_of_missed_cards_the_one_waiting_longest_comes_first():
    assert chosen([missed(1, timedelta(minutes=6)), missed(2, timedelta(minutes=9))]) == (2, Stage.LEARNING)
    assert chosen([missed(1, timedelta(minutes=6)), missed(2, None)]) == (2, Stage.LEARNING)


def test_of_due_cards_the_one_nearest_to_being_forgotten_comes_first():
    assert chosen([due(1, 10.0), due(2, 4.0), due(3, 40.0)]) == (2, Stage.DUE)
    assert chosen([due(1, last=DAY - 10), due(2, last=DAY - 30)]) == (2, Stage.DUE)
    assert chosen([due(2), due(1)]) == (1, Stage.DUE)


def test_a_card_of_another_day_is_not_due():
    assert chosen([due(1)._replace(due_day=DAY + 1)]) is None


def test_new_cards_come_in_their_order_up_to_the_limit():
    assert chosen([new(1, 3), new(2, 1), new(3, 2)]) == (2, Stage.NEW)
    assert chosen([new(1)], TODAY._replace(new_left=0)) is None


def test_at_most_two_of_a_topic_in_a_row_while_there_are_others():
    cards = [due(1, 2.0, topic=7), due(2, 20.0, topic=8)]
    assert chosen(cards, TODAY._replace(recent_topics=(7, 8, 7))) == (1, Stage.DUE)
    assert chosen(cards, TODAY._replace(recent_topics=(7,))) == (1, Stage.DUE)
    assert chosen(cards, TODAY._replace(recent_topics=(8, 7, 7))) == (2, Stage.DUE)
    assert chosen(cards[:1], TODAY._replace(recent_topics=(7, 7))) == (1, Stage.DUE)
    assert chosen([new(1, 1, topic=7), new(2, 2, topic=8)], TODAY._replace(recent_topics=(7, 7))) == (
        2,
        Stage.NEW,
    )


@pytest.mark.parametrize("card", [due(1, fact=9), new(1, fact=9), missed(1, REST, day=DAY - 1, fact=9)])
def test_a_sibling_of_what_was_answered_today_waits_for_another_day(card: Candidate):
    assert chosen([card]) is not None
    assert chosen([card], TODAY._replace(seen_facts={9})) is None
    assert counts([card], TODAY._replace(seen_facts={9})).all == 0


def test_a_card_missed_today_comes_again_though_its_fact_was_seen():
    assert chosen([missed(1, REST, fact=9)], TODAY._replace(seen_facts={9})) == (1, Stage.LEARNING)


def test_a_card_missed_on_an_earlier_day_is_still_in_learning():
    assert chosen([due(2), missed(1, timedelta(days=3), day=DAY - 3)]) == (1, Stage.LEARNING)


def test_a_backlog_begins_with_what_an_answer_saves_most():
    """A card of a fifth of a day is as good as lost and would be lost again within the month; one of
    twenty days, three times overdue, gains more from the one answer there is time for."""
    hopeless, worthwhile = due(1, 0.2, DAY - 60), due(2, 20.0, DAY - 60)
    hopeless = hopeless._replace(difficulty=10.0)
    assert chosen([hopeless, worthwhile]) == (1, Stage.DUE)
    assert chosen([hopeless, worthwhile], TODAY._replace(due_left=2)) == (1, Stage.DUE)
    assert chosen([hopeless, worthwhile], TODAY._replace(due_left=1)) == (2, Stage.DUE)


def test_the_days_cap_ends_the_due_cards():
    assert chosen([due(1)], TODAY._replace(due_left=0)) is None
    assert counts([due(1), due(2)], TODAY._replace(due_left=1)) == Counts(0, 1, 0)
    assert counts([due(1), due(2)], TODAY._replace(due_left=0)) == Counts(0, 0, 0)


def test_counts_say_what_will_come():
    cards = [
        missed(1, None),
        due(2, fact=50),
        due(3, fact=50),
        due(4),
        new(5, fact=50),
        *map(new, range(6, 20)),
    ]
    assert counts(cards, TODAY) == Counts(1, 2, 5)
    assert counts(cards, TODAY).all == 8


CARDS = st.one_of(
    st.builds(
        due,
        st.integers(1, 40),
        st.floats(0.1, 300),
        st.integers(DAY - 90, DAY - 1),
        st.integers(1, 3),
        st.integers(1, 25),
    ),
    st.builds(new, st.integers(41, 80), st.integers(0, 9), st.integers(1, 3), st.integers(1, 25)),
)


@given(
    st.lists(CARDS, max_size=30, unique_by=lambda card: card.item),
    st.integers(0, 9),
    st.none() | st.integers(0, 9),
)
def test_a_day_ends_after_as_many_answers_as_were_announced(
    cards: list[Candidate], new_left: int, due_left: int | None
):
    """Every answer right: each fact comes at most once, and the counts of the morning hold."""
    today = Today(DAY, NOW, new_left=new_left, due_left=due_left)
    announced = counts(cards, today)
    served: list[Choice] = []
    while (choice := next_card(cards, today, DEFAULT_WEIGHTS)) is not None:
        served.append(choice)
        cards = [card for card in cards if card.item != choice.candidate.item]
        is_new, is_due = choice.stage is Stage.NEW, choice.stage is Stage.DUE
        today = today._replace(
            seen_facts={*today.seen_facts, choice.candidate.fact},
            recent_topics=(*today.recent_topics, choice.candidate.topic),
            new_left=today.new_left - is_new,
            due_left=None if today.due_left is None else today.due_left - is_due,
        )
    facts = [choice.candidate.fact for choice in served]
    assert len(facts) == len(set(facts))
    assert sum(choice.stage is Stage.DUE for choice in served) == announced.due
    if due_left is None:
        assert len(served) == announced.all


def test_on_a_last_study_day_a_card_comes_before_it_is_due_and_beside_its_sibling():
    early = due(1, fact=7)._replace(due_day=DAY + 9)
    today = TODAY._replace(seen_facts=frozenset({7}))
    assert chosen([early], today) is None
    assert chosen([early._replace(wanted=True)], today) == (1, Stage.DUE)
