"""The fold: the same state from any order, with any duplicates, whatever was voided."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizapp.domain.study.scheduling.card import (
    AWAY,
    LEECH_LAPSES,
    CardState,
    Event,
    answers_of,
    due_range,
    replay,
    step,
    trail,
)
from quizapp.domain.study.scheduling.evidence import Evidence, update
from quizapp.domain.study.scheduling.fsrs import AGAIN, DEFAULT_WEIGHTS, GOOD, Memory
from quizapp.domain.study.scheduling.interval import fuzz_range, interval

W = DEFAULT_WEIGHTS
TARGET = 0.9
DAY = date(2025, 1, 1).toordinal()
BEGIN = datetime(2025, 1, 1, 12, tzinfo=UTC)
RIGHT, WRONG = Evidence(1.0, 0.25), Evidence(0.0, 0.25)


def answer(number: int, days: int, evidence: Evidence = RIGHT, planned: int | None = None) -> Event:
    at = BEGIN + timedelta(days=days, minutes=number)
    return Event(id=f"answer-{number}", at=at, day=DAY + days, evidence=evidence, planned_day=planned)


def void(number: int, of: str) -> Event:
    return Event(id=f"void-{number}", at=BEGIN + timedelta(days=900, minutes=number), day=DAY + 900, voids=of)


def fold(*events: Event) -> CardState:
    state = replay(W, events, TARGET)
    assert state is not None
    return state


EVIDENCE = st.one_of(
    st.builds(
        Evidence,
        st.sampled_from([0.0, 0.4, 0.5, 1.0]),
        st.sampled_from([0.0, 0.01, 0.25, 0.5]),
        hinted=st.booleans(),
    ),
    st.builds(Evidence, st.just(1.0), rating=st.integers(1, 4)),
)


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    """A clean log: up to 15 answers, in order, some of them on one day, some at one instant, and
    now and then with a study day behind the one before (the learner flew west)."""
    events = []
    at, day = BEGIN, DAY
    for number in range(draw(st.integers(1, 15))):
        days = draw(st.sampled_from([0, 0, 1, 2, 7, 40]))
        at += timedelta(days=days, minutes=draw(st.sampled_from([0, 5])))
        day += days
        events.append(
            Event(
                id=f"{draw(st.integers(0, 9))}-{number}",
                at=at,
                day=day - draw(st.sampled_from([0, 0, 0, 1])),
                evidence=draw(EVIDENCE),
                prior=draw(st.floats(0, 1)),
                planned_day=draw(st.none() | st.integers(day - 5, day + 60)),
            )
        )
    return sorted(events, key=lambda event: (event.at, event.id))


@given(logs())
def test_steps_in_order_are_the_replay(log: list[Event]):
    state = None
    for event in log:
        state = step(W, state, event, TARGET)
    assert replay(W, log, TARGET) == state


@given(logs(), st.randoms(use_true_random=False), st.data())
def test_duplicates_and_disorder_change_nothing(log: list[Event], chance, data: st.DataObject):
    messy = log + data.draw(st.lists(st.sampled_from(log), max_size=10))
    chance.shuffle(messy)
    assert replay(W, messy, TARGET) == replay(W, log, TARGET)


@given(logs(), st.randoms(use_true_random=False), st.data())
def test_voided_answers_leave_no_trace_but_their_count(log: list[Event], chance, data: st.DataObject):
    undone = data.draw(st.sets(st.sampled_from([event.id for event in log]), max_size=len(log) - 1))
    voids = [void(number, of) for number, of in enumerate(sorted(undone))]
    messy = (log + voids) * 2
    chance.shuffle(messy)
    clean = fold(*(event for event in log if event.id not in undone))
    assert replay(W, messy, TARGET) == replace(clean, events=len(log) + len(voids))


@given(logs(), EVIDENCE, st.data())
def test_a_regrade_gives_the_state_of_the_log_that_was_graded_so_at_once(
    log: list[Event], regraded: Evidence, data: st.DataObject
):
    position = data.draw(st.integers(0, len(log) - 1))
    planned = replace(log[position], planned_day=log[position].day + 3)
    better = replace(planned, id=planned.id + "-regraded", evidence=regraded)
    before, after = log[:position], log[position + 1 :]
    told_late = fold(*before, planned, *after, void(0, planned.id), better)
    assert told_late == replace(fold(*before, better, *after), events=len(log) + 2)


def test_ten_thousand_events_in_disorder_end_where_the_clean_log_does():
    log = [answer(number, number // 3, WRONG if number % 7 == 3 else RIGHT) for number in range(10_000)]
    voids = [void(number, f"answer-{number * 11}") for number in range(500)]
    messy = [*reversed(log), *voids, *log[::5]]
    undone = {each.voids for each in voids}
    clean = fold(*(event for event in log if event.id not in undone))
    assert replay(W, messy, TARGET) == replace(clean, events=10_500)


def test_nothing_remains_of_an_empty_or_wholly_voided_log():
    assert replay(W, [], TARGET) is None
    assert replay(W, [answer(1, 0), void(1, "answer-1")], TARGET) is None
    assert replay(W, [void(1, "answer-1")], TARGET) is None


def test_a_void_that_arrives_before_its_answer_still_voids_it():
    early = replace(void(1, "answer-2"), at=BEGIN - timedelta(days=1))
    assert fold(early, answer(1, 0), answer(2, 1)).reps == 1


def test_a_void_of_a_void_restores_nothing():
    log = [answer(1, 0), answer(2, 5), void(1, "answer-2")]
    assert fold(*log, void(2, "void-1")) == replace(fold(*log), events=4)


def test_of_two_answers_with_one_id_the_first_counts():
    second = replace(answer(1, 0, WRONG), at=BEGIN + timedelta(days=3), day=DAY + 3)
    assert fold(second, answer(1, 0, RIGHT)) == fold(answer(1, 0, RIGHT))


def test_a_void_cannot_be_a_step():
    with pytest.raises(ValueError, match="replay"):
        step(W, None, void(1, "answer-1"), TARGET)
    with pytest.raises(ValueError, match="replay"):
        step(W, None, replace(answer(1, 0), evidence=None), TARGET)
    with pytest.raises(ValueError, match="replay"):
        step(W, None, replace(answer(1, 0), voids="answer-0"), TARGET)


def test_the_memory_is_that_of_the_evidence():
    state = fold(answer(1, 0, RIGHT), answer(2, 4, WRONG))
    first = update(W, None, RIGHT, 0, 0.5)
    assert state.memory == update(W, first, WRONG, 4, 0.5)
    assert (state.first_day, state.last_day, state.last_at) == (DAY, DAY + 4, answer(2, 4).at)


@given(logs())
def test_a_card_is_due_within_the_range_of_its_memory(log: list[Event]):
    state = fold(*log)
    low, high = due_range(W, state, TARGET)
    assert low <= state.due_day <= high
    if state.learning:
        assert state.due_day == state.last_day
    else:
        days = interval(W, state.memory, TARGET)
        assert (low, high) == tuple(state.last_day + each for each in fuzz_range(days))
        assert state.due_day > state.last_day


def test_the_planned_day_stands_as_far_as_the_memory_allows():
    low, high = due_range(W, fold(answer(1, 0), answer(2, 9)), TARGET)
    assert high - low > 2
    for planned, due in [(low + 1, low + 1), (low, low), (high, high), (DAY, low), (DAY + 999, high)]:
        assert fold(answer(1, 0), answer(2, 9, planned=planned)).due_day == due


def test_without_a_plan_the_day_is_drawn_from_the_event_alone():
    days = {replace(answer(2, 9), id=f"event-{number}") for number in range(60)}
    drawn = {event.id: fold(answer(1, 0), event).due_day for event in days}
    assert drawn == {event.id: fold(answer(1, 0), event).due_day for event in days}
    low, high = due_range(W, fold(answer(1, 0), answer(2, 9)), TARGET)
    assert set(drawn.values()) == set(range(low, high + 1))


def test_the_longest_interval_can_be_set():
    easy = [answer(number, 40 * number, Evidence(1.0, rating=4)) for number in range(6)]
    state = replay(W, easy, TARGET, 30)
    assert state is not None
    assert state.last_day < state.due_day <= state.last_day + 30


def test_a_missed_item_is_learnt_until_it_is_right_once():
    missed = fold(answer(1, 0, WRONG))
    assert missed.learning
    assert missed.due_day == missed.last_day == DAY
    assert not missed.last_right
    again = fold(answer(1, 0, WRONG), answer(2, 0, WRONG))
    assert again.learning
    assert again.misses_in_row == 2
    learnt = fold(answer(1, 0, WRONG), answer(2, 0, WRONG), answer(3, 0, RIGHT))
    assert not learnt.learning
    assert learnt.last_right
    assert (learnt.right_streak, learnt.misses_in_row) == (1, 0)
    assert learnt.due_day > DAY


def test_a_self_rating_of_again_is_a_miss_whatever_the_score():
    assert fold(answer(1, 0, Evidence(1.0, rating=AGAIN))).learning
    assert not fold(answer(1, 0, Evidence(0.0, rating=GOOD))).learning


def test_only_a_miss_of_what_was_learnt_is_a_lapse():
    assert fold(answer(1, 0, WRONG)).lapses == 0
    assert fold(answer(1, 0, WRONG), answer(2, 0, WRONG)).lapses == 0
    assert fold(answer(1, 0), answer(2, 5, WRONG)).lapses == 1
    assert fold(answer(1, 0), answer(2, 5, WRONG), answer(3, 5, WRONG)).lapses == 1


def test_a_hinted_answer_is_a_lapse_and_then_right():
    hinted = Evidence(1.0, 0.25, hinted=True)
    state = fold(answer(1, 0), answer(2, 5), answer(3, 20, hinted))
    assert (state.lapses, state.right_streak, state.misses_in_row, state.learning) == (1, 1, 0, False)


def test_eight_lapses_make_a_leech():
    events = []
    for lapse in range(LEECH_LAPSES):
        events += [answer(2 * lapse, 3 * lapse), answer(2 * lapse + 1, 3 * lapse + 2, WRONG)]
    assert fold(*events).leech
    assert not fold(*events[:-1]).leech
    assert not fold(events[0]).leech


def test_a_study_day_that_goes_back_counts_as_the_same_day():
    flown_west = replace(answer(2, 1), day=DAY - 1)
    state = fold(answer(1, 0), flown_west)
    assert state.memory == update(W, Memory(*fold(answer(1, 0)).memory), RIGHT, 1, 0.5)
    assert state.elapsed(DAY - 3) == 0
    assert [state.elapsed(DAY - 1 + days) for days in (0, 1, 5)] == [0, 1, 5]
    assert state.due_day > state.last_day == DAY - 1


# --- calls ---------------------------------------------------------------------------------------


def call(number: int, days: int, by: int) -> Event:
    at = BEGIN + timedelta(days=days, minutes=number)
    return Event(id=f"call-{number}", at=at, day=DAY + days, due_by=DAY + by)


def test_a_call_asks_early_and_changes_no_memory():
    plain = fold(answer(1, 0), answer(2, 3), answer(3, 20))
    called = fold(answer(1, 0), answer(2, 3), answer(3, 20), call(4, 21, 22))
    assert plain.due_day > called.due_day == DAY + 22
    assert called == replace(plain, due_day=DAY + 22, events=4)


def test_a_call_puts_nothing_off_and_is_not_before_the_last_answer():
    soon = fold(answer(1, 0, WRONG))
    assert fold(answer(1, 0, WRONG), call(2, 1, 9)).due_day == soon.due_day
    assert fold(answer(1, 0), answer(2, 30), call(3, 31, 5)).due_day == DAY + 30


def test_the_earliest_of_several_calls_counts_and_a_voided_one_does_not():
    log = [answer(1, 0), answer(2, 20), call(3, 21, 30), call(4, 21, 25)]
    assert fold(*log).due_day == DAY + 25
    assert fold(*log, void(5, "call-4")).due_day == DAY + 30
    undone = fold(*log, void(5, "call-4"), void(6, "call-3"))
    assert undone == replace(fold(*log[:2]), events=6)


@given(logs(), st.data())
def test_after_the_next_answer_a_call_has_left_no_trace_but_its_count(log: list[Event], data: st.DataObject):
    place = data.draw(st.integers(0, len(log) - 1))
    called = Event(id="", at=log[place].at, day=log[place].day, due_by=log[place].day)
    plain = replay(W, log, TARGET)
    assert replay(W, [*log, called], TARGET) == replace(plain, events=plain.events + 1)


def move(number: int, days: int, to: int) -> Event:
    at = BEGIN + timedelta(days=days, minutes=number)
    return Event(id=f"move-{number}", at=at, day=DAY + days, moved_to=DAY + to)


def test_a_move_puts_a_card_on_a_day_earlier_or_later_and_changes_no_memory():
    plain = fold(answer(1, 0), answer(2, 3))
    for to in (10, 400):
        moved = fold(answer(1, 0), answer(2, 3), move(3, 5, to))
        assert moved == replace(plain, due_day=DAY + to, events=3)
    assert fold(answer(1, 0), answer(2, 3), move(3, 5, 1)).due_day == DAY + 3


def test_the_newest_move_counts_and_calls_go_on_from_it():
    log = [answer(1, 0), answer(2, 3), move(3, 5, 90), move(4, 6, 60)]
    assert fold(*log).due_day == DAY + 60
    assert fold(*log, call(5, 7, 30)).due_day == DAY + 30
    assert fold(*log, call(5, 7, 30), move(6, 8, 40)).due_day == DAY + 40
    assert fold(*log, void(5, "move-4")).due_day == DAY + 90


def test_after_the_next_answer_a_move_has_left_no_trace_but_its_count():
    log = [answer(1, 0), answer(2, 3), answer(3, 40)]
    assert fold(*log, move(0, 5, 90)) == replace(fold(*log), events=4)


def test_a_dismissed_card_never_comes_until_that_is_voided():
    log = [answer(1, 0), Event(id="away", at=BEGIN + timedelta(days=1), day=DAY + 1, moved_to=AWAY)]
    assert fold(*log).due_day == AWAY
    assert fold(*log, answer(2, 3)) == replace(fold(log[0], answer(2, 3)), due_day=AWAY, events=3)
    assert fold(*log, void(3, "away")).due_day == fold(log[0]).due_day


def test_a_goal_caps_the_interval_and_the_cap_is_in_the_event():
    log = [answer(1, 0), answer(2, 9), answer(3, 40)]
    free = fold(*log)
    capped = fold(*log[:2], replace(log[2], cap=5))
    assert free.due_day - free.last_day > 5 >= capped.due_day - capped.last_day
    assert capped == replace(free, due_day=capped.due_day)
    assert fold(*log[:2], replace(log[2], cap=5, planned_day=DAY + 44)).due_day == DAY + 44
    assert fold(*log[:2], replace(log[2], cap=10_000)) == free


def test_within_a_day_the_hours_count_and_beyond_it_the_days():
    state = fold(answer(1, 0))
    assert state.elapsed_until(DAY, state.last_at + timedelta(hours=6)) == 0.25
    assert state.elapsed_until(DAY, state.last_at - timedelta(hours=6)) == 0
    assert state.elapsed_until(DAY - 1, state.last_at + timedelta(hours=60)) == 1
    assert state.elapsed_until(DAY + 2, state.last_at + timedelta(hours=40)) == 2


def test_calls_alone_make_no_card_and_are_no_step():
    assert replay(W, [call(1, 0, 1)], TARGET) is None
    with pytest.raises(ValueError, match="anything else"):
        step(W, None, call(1, 0, 1), TARGET)


def test_an_item_that_is_being_learnt_is_due_on_the_day_of_its_last_answer():
    state = fold(answer(1, 0, WRONG))
    assert state.learning
    assert due_range(DEFAULT_WEIGHTS, state, 0.9) == (state.last_day, state.last_day)


# --- restarts ------------------------------------------------------------------------------------


def restart(number: int, days: int) -> Event:
    at = BEGIN + timedelta(days=days, minutes=number)
    return Event(id=f"restart-{number}", at=at, day=DAY + days, restarts=True)


def test_the_answers_that_a_memory_is_made_of():
    log = [answer(1, 0), restart(2, 1), answer(4, 5), answer(3, 2), void(5, "answer-4"), call(6, 6, DAY + 7)]
    kept = [event for event in log if event.id == answer(3, 2).id]
    assert answers_of(log) == kept


def test_after_a_restart_only_later_answers_count_and_voiding_it_brings_all_back():
    log = [answer(1, 0), answer(2, 3), restart(3, 5)]
    assert replay(W, log, TARGET) is None
    again = fold(*log, answer(4, 9))
    assert again == replace(fold(answer(4, 9)), events=4)
    assert fold(*log, answer(4, 9), void(5, "restart-3")) == replace(
        fold(log[0], log[1], answer(4, 9)), events=5
    )


def test_a_restart_ends_calls_moves_and_being_put_away():
    away = Event(id="away", at=BEGIN + timedelta(days=1), day=DAY + 1, moved_to=AWAY)
    assert fold(answer(1, 0), away, restart(2, 5), answer(3, 6)) == replace(fold(answer(3, 6)), events=4)


def test_a_restart_is_no_step():
    with pytest.raises(ValueError, match="anything else"):
        step(W, None, replace(restart(1, 0), evidence=RIGHT), TARGET)


@given(logs(), st.data())
def test_a_restart_gives_the_state_of_the_answers_after_it(log: list[Event], data: st.DataObject):
    place = data.draw(st.integers(0, len(log) - 1))
    begins = Event(id="", at=log[place].at, day=log[place].day, restarts=True)
    later = [event for event in log if (event.at, event.id) > (begins.at, begins.id)]
    state = replay(W, [*log, begins], TARGET)
    clean = replay(W, later, TARGET)
    assert state == (None if clean is None else replace(clean, events=len(log) + 1))


# --- the way there -------------------------------------------------------------------------------


def test_the_trail_has_the_state_after_each_event_that_counts():
    away = Event(id="away", at=BEGIN + timedelta(days=9), day=DAY + 9, moved_to=AWAY)
    log = [answer(1, 0), answer(2, 3), call(3, 5, 6), restart(4, 7), answer(5, 8), away, answer(6, 12)]
    found = trail(W, [*log, answer(7, 13), void(8, "answer-7")], TARGET)
    assert [name for name, _ in found] == [event.id for event in log]
    for place, (_, state) in enumerate(found, start=1):
        plain = replay(W, log[:place], TARGET)
        assert (state and replace(state, events=0)) == (plain and replace(plain, events=0))
    assert trail(W, [move(1, 0, 9)], TARGET) == [("move-1", None)]


@given(logs(), st.data())
def test_the_last_of_the_trail_is_the_replay(log: list[Event], data: st.DataObject):
    undone = data.draw(st.sets(st.sampled_from([event.id for event in log]), max_size=len(log) - 1))
    place = data.draw(st.integers(0, len(log) - 1))
    begins = Event(id="", at=log[place].at, day=log[place].day, restarts=data.draw(st.booleans()), due_by=DAY)
    events = [*log, begins, *(void(number, of) for number, of in enumerate(sorted(undone)))]
    state, whole = trail(W, events, TARGET)[-1][1], replay(W, events, TARGET)
    assert (state and replace(state, events=0)) == (whole and replace(whole, events=0))
