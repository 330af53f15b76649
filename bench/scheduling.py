"""What scheduling costs: one step, and a rebuild of 100,000 events, beside py-fsrs in the same run.

    python bench/scheduling.py

The peer computes FSRS-6, one trace and a closed form, from self-ratings; ours is FSRS-7, two traces and an
interval solved numerically. A graded answer computes two outcomes and mixes them, so both are listed. Rounds
alternate between the two and the best round of each counts: on a shared machine that is the least
disturbed one.
"""

import random
import timeit
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import fsrs

from quizapp.domain.study.scheduling.card import Event, replay, step
from quizapp.domain.study.scheduling.evidence import Evidence, update
from quizapp.domain.study.scheduling.fsrs import DEFAULT_WEIGHTS, Memory, next_memory

SEED = 20251121
CARDS, ANSWERS_EACH = 10_000, 10
ROUNDS = 5
TARGET = 0.9
BEGIN, DAY = datetime(2025, 1, 1, 12, tzinfo=UTC), 739_252

Row = tuple[str, datetime, int, float, float, int]


def best(*functions: Callable[[], object], number: int = 1, rounds: int = ROUNDS) -> list[float]:
    """Seconds per call of each function: the best of rounds that alternate between them."""
    taken = [[timeit.timeit(each, number=number) / number for each in functions] for _ in range(rounds)]
    return [min(times) for times in zip(*taken, strict=True)]


def rows() -> list[list[Row]]:
    """The log, card by card, each card's rows in disorder: id, at, day, score, chance, rating."""
    chance = random.Random(SEED)
    log = []
    for card in range(CARDS):
        days, of_card = 0, []
        for number in range(ANSWERS_EACH):
            right = chance.random() < 0.85
            at = BEGIN + timedelta(days=days, seconds=number)
            guess = chance.choice([0.01, 0.25, 0.5])
            of_card.append((f"{card}-{number}", at, DAY + days, float(right), guess, 3 if right else 1))
            days += chance.choice([0, 1, 3, 8, 20])
        chance.shuffle(of_card)
        log.append(of_card)
    return log


def steps() -> None:
    """One answer on a card of ten days, nine days after the last."""
    ours = step(
        DEFAULT_WEIGHTS, None, Event(id="first", at=BEGIN, day=DAY, evidence=Evidence(1.0, 0.25)), TARGET
    )
    at, day = BEGIN + timedelta(days=9), DAY + 9
    graded = Event(id="second", at=at, day=day, evidence=Evidence(1.0, 0.25), planned_day=day + 5)
    rated = Event(id="second", at=at, day=day, evidence=Evidence(1.0, rating=3), planned_day=day + 5)
    memory = Memory(10.0, 20.0, 5.0)
    scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=True)
    card, _ = scheduler.review_card(fsrs.Card(card_id=1), fsrs.Rating.Good, BEGIN)
    peer, *own = best(
        lambda: scheduler.review_card(card, fsrs.Rating.Good, at),
        lambda: next_memory(DEFAULT_WEIGHTS, memory, 3, 9),
        lambda: update(DEFAULT_WEIGHTS, memory, graded.evidence, 9, 0.5),  # type: ignore[arg-type] # an answer
        lambda: step(DEFAULT_WEIGHTS, ours, rated, TARGET),
        lambda: step(DEFAULT_WEIGHTS, ours, graded, TARGET),
        number=200,
        rounds=300,
    )
    report("py-fsrs review_card, self-rating", peer, peer, 1)
    for name, seconds in zip(
        ("next_memory", "update, graded", "step, self-rating", "step, graded"), own, strict=True
    ):
        report(name, seconds, peer, 1)


def rebuild() -> None:
    """100,000 events of 10,000 cards folded, from events in memory and from rows as a query gives them."""
    log = rows()
    events = [[as_event(row) for row in of_card] for of_card in log]
    rated = [[as_rated(row) for row in of_card] for of_card in log]
    scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    reviews = [
        [fsrs.ReviewLog(card, fsrs.Rating(row[5]), row[1], None) for row in of_card]
        for card, of_card in enumerate(log)
    ]
    peer, *own = best(
        lambda: [
            scheduler.reschedule_card(fsrs.Card(card_id=card), each) for card, each in enumerate(reviews)
        ],
        lambda: [replay(DEFAULT_WEIGHTS, each, TARGET) for each in rated],
        lambda: [replay(DEFAULT_WEIGHTS, each, TARGET) for each in events],
        lambda: [replay(DEFAULT_WEIGHTS, map(as_event, of_card), TARGET) for of_card in log],
    )
    count = CARDS * ANSWERS_EACH
    report("py-fsrs reschedule_card, self-ratings", peer, peer, count)
    for name, seconds in zip(
        ("replay, self-ratings", "replay, graded", "replay, graded, from rows"), own, strict=True
    ):
        report(name, seconds, peer, count)


def as_event(row: Row) -> Event:
    return Event(id=row[0], at=row[1], day=row[2], evidence=Evidence(row[3], row[4]))


def as_rated(row: Row) -> Event:
    return Event(id=row[0], at=row[1], day=row[2], evidence=Evidence(row[3], rating=row[5]))


def report(name: str, seconds: float, peer: float, count: int) -> None:
    total = f"{seconds:8.2f} s" if count > 1 else " " * 10
    print(f"{name:40}{total}{seconds / count * 1e6:9.2f} µs each{peer / seconds:8.1f} × the peer's speed")


if __name__ == "__main__":
    print("One step")
    steps()
    print(f"\nRebuild of {CARDS * ANSWERS_EACH:,} events of {CARDS:,} cards")
    rebuild()
