"""The fold: from a learner's events on one item to the card's state, and from the log alone.

Whatever the order in which events arrive, and however often, the state is that of the clean log:
each event once, in order of (at, id), without the answers and calls that were voided.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from operator import attrgetter

import msgspec

from quizapp.domain.study.scheduling.evidence import DEFAULT_PRIOR, Evidence, eased, weigh
from quizapp.domain.study.scheduling.fsrs import Memory, Weights
from quizapp.domain.study.scheduling.interval import MAXIMUM, draw, fuzz_range, interval

LEECH_LAPSES = 8
AWAY = date(9999, 1, 1).toordinal()  # the due day of a card that was dismissed: it never comes

DAY = timedelta(days=1)
_PLACE = attrgetter("at", "id")


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the log: an answer; the cancelling of one (where `voids` is set); a call (where
    `due_by` is set), which asks the item early; a move (where `moved_to` is set), which asks it then; or a
    restart, which makes the item new: what came before it counts no more.

    id: unique. at: UTC. day: the learner's study day. evidence: what the answer says; not read
    where `voids` is set. prior: R at a first exposure, as it was known then. planned_day: the due
    day chosen then, with the load of that moment. voids: the id of the answer that this cancels.

    A regrade is two events: one that voids the answer, and an answer with the same at, day, prior
    and planned_day and the new evidence. A void names an answer, a call or a move; naming a void has
    no effect, so what is voided stays voided.

    due_by: until the next answer the card is due on that day at the latest; moved_to: on that day. A move to
    AWAY holds after later answers too, until it is voided.
    Neither changes a memory, or anything at all once the item has been answered.
    cap: the longest interval that a goal with a date allowed then, in days. ease: of a first answer, how much
    easier the item was known to be (`ease.py`), in log-odds.
    """

    id: str
    at: datetime
    day: int
    evidence: Evidence | None = None
    prior: float = DEFAULT_PRIOR
    planned_day: int | None = None
    voids: str | None = None
    due_by: int | None = None
    moved_to: int | None = None
    cap: int | None = None
    ease: float = 0.0
    restarts: bool = False


class CardState(msgspec.Struct, frozen=True):
    """All that is kept of a learner's log on one item.

    stability, fast, due_day in days; difficulty 1–10; first_day, last_day, last_at: of the answers
    counted. reps: answers counted. lapses: misses of what had been learnt. events: all that was
    folded, voids, calls and voided answers too. learning: the last answer was a miss, so the item comes
    again the same day until it is answered right once. right_streak, misses_in_row: one is 0.
    """

    stability: float
    fast: float
    difficulty: float
    first_day: int
    last_day: int
    due_day: int
    reps: int
    lapses: int
    events: int
    learning: bool
    right_streak: int
    misses_in_row: int
    last_at: datetime

    @property
    def memory(self) -> Memory:
        return Memory(self.stability, self.fast, self.difficulty)

    @property
    def last_right(self) -> bool:
        return not self.learning

    @property
    def leech(self) -> bool:
        """Whether the item keeps being forgotten: once more eight times."""
        return self.lapses > 0 and self.lapses % LEECH_LAPSES == 0

    def elapsed(self, day: int) -> int:
        """Study days since the last answer; 0 if the clock (or the learner's zone) went back."""
        return day - self.last_day if day > self.last_day else 0

    def elapsed_until(self, day: int, at: datetime) -> float:
        """Days since the last answer: whole study days or, within one, the part of a day gone by."""
        return elapsed(self.last_day, self.last_at, day, at)


def elapsed(last_day: int, last_at: datetime, day: int, at: datetime) -> float:
    """Days between two answers: whole study days or, within one, the part of a day gone by."""
    if day > last_day:
        return day - last_day
    return min(max((at - last_at) / DAY, 0.0), 1.0)


def step(
    weights: Weights, state: CardState | None, event: Event, target: float, maximum: int = MAXIMUM
) -> CardState:
    """The state after one answer more; `state` None is a new card. ValueError for anything else.

    target: desired retention, 0 < target < 1. An answer older than the state's last one cannot be
    added so: replay the log.
    """
    return _scheduled(weights, _answered(weights, state, event), event, target, maximum)


def replay(
    weights: Weights, events: Iterable[Event], target: float, maximum: int = MAXIMUM
) -> CardState | None:
    """The state after a log in any order, with any duplicates; None if no answer remains."""
    unique, counted = _counted(events)
    counted = _since_restart(counted)
    answers = _answers(counted)
    state = None
    for event in answers:
        state = _answered(weights, state, event)
    if state is None:
        return None
    state = _scheduled(weights, state, answers[-1], target, maximum)
    if counted[-1] is not answers[-1]:
        state = _called(state, counted, answers[-1])
    if any(event.moved_to == AWAY for event in counted):
        state = msgspec.structs.replace(state, due_day=AWAY)
    return state if len(unique) == len(answers) else msgspec.structs.replace(state, events=len(unique))


def answers_of(events: Iterable[Event]) -> list[Event]:
    """The answers from which `replay` makes the memory, oldest first."""
    return _answers(_since_restart(_counted(events)[1]))


def trail(
    weights: Weights, events: Iterable[Event], target: float, maximum: int = MAXIMUM
) -> list[tuple[str, CardState | None]]:
    """Each event that counts, by id and in order, with the state after it; None after a restart. The last
    state is that of `replay`, but for its count of events."""
    found: list[tuple[str, CardState | None]] = []
    state, last, away = None, None, False
    for event in _counted(events)[1]:
        if event.restarts:
            state, away = None, False
        elif event.due_by is None and event.moved_to is None:
            last = event
            state = _scheduled(weights, _answered(weights, state, event), event, target, maximum)
        else:
            away = away or event.moved_to == AWAY
            if state is not None and last is not None:
                state = _called(state, [last, event], last)
        if state is not None and away:
            state = msgspec.structs.replace(state, due_day=AWAY)
        found.append((event.id, state))
    return found


def _counted(events: Iterable[Event]) -> tuple[dict[str, Event], list[Event]]:
    """Each event once, by id, and those that count: neither voids nor voided; both in order."""
    unique: dict[str, Event] = {}
    for event in sorted(events, key=_PLACE):
        unique.setdefault(event.id, event)
    voided = {event.voids for event in unique.values() if event.voids is not None}
    return unique, [event for event in unique.values() if event.voids is None and event.id not in voided]


def _since_restart(counted: list[Event]) -> list[Event]:
    """Of events in order those after the last restart."""
    starts = [place for place, event in enumerate(counted) if event.restarts]
    return counted[starts[-1] + 1 :] if starts else counted


def _answers(counted: list[Event]) -> list[Event]:
    """Of events that count those that are neither calls nor moves."""
    return [event for event in counted if event.due_by is None and event.moved_to is None]


def due_range(weights: Weights, state: CardState, target: float, maximum: int = MAXIMUM) -> tuple[int, int]:
    """The first and the last day on which the card may be due: what `choose_day` chooses from."""
    if state.learning:
        return state.last_day, state.last_day
    low, high = fuzz_range(
        interval(weights, (state.stability, state.fast, state.difficulty), target, maximum), maximum
    )
    return state.last_day + low, state.last_day + high


def _answered(weights: Weights, state: CardState | None, event: Event) -> CardState:
    """The state after an answer, all but its due day (which no later answer depends on)."""
    evidence = event.evidence
    if evidence is None or event.voids is not None or event.restarts:
        raise ValueError("Only an answer can be added to a card; replay a log that holds anything else.")
    day = event.day
    missed = evidence.missed
    if state is None:
        memory = weigh(weights, None, evidence, 0, event.prior)
        if event.ease:
            memory = eased(memory, event.ease)
        return CardState(*memory, day, day, day, 1, 0, 1, missed, int(not missed), int(missed), event.at)
    memory = state.stability, state.fast, state.difficulty
    stability, fast, difficulty = weigh(
        weights, memory, evidence, state.elapsed_until(day, event.at), event.prior
    )
    return CardState(
        stability,
        fast,
        difficulty,
        state.first_day,
        day,
        day,
        state.reps + 1,
        # A hinted answer is a miss and then a success.
        state.lapses + ((missed or evidence.hinted) and not state.learning),
        state.events + 1,
        missed,
        0 if missed else 1 if evidence.hinted else state.right_streak + 1,
        state.misses_in_row + 1 if missed else 0,
        event.at,
    )


def _scheduled(weights: Weights, state: CardState, event: Event, target: float, maximum: int) -> CardState:
    """The state with its due day: the planned one as far as the memory allows it, else one drawn
    from the event's id."""
    if state.learning:
        return state
    if event.cap is not None and event.cap < maximum:
        maximum = event.cap
    low, high = due_range(weights, state, target, maximum)
    if event.planned_day is None:
        due = low + draw(event.id, high - low + 1)
    else:
        due = min(max(event.planned_day, low), high)
    return msgspec.structs.replace(state, due_day=due)


def _called(state: CardState, counted: list[Event], last: Event) -> CardState:
    """The state with the calls and moves that came after its last answer."""
    due = state.due_day
    for event in counted[counted.index(last) + 1 :]:
        wanted = event.moved_to if event.due_by is None else min(due, event.due_by)
        assert wanted is not None  # what is neither answer nor void is a call or a move
        due = max(wanted, state.last_day)
    return msgspec.structs.replace(state, due_day=due)
