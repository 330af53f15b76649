"""What the log says for a fit: each card's answers, in one order of time, and which of them are held against
a prediction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from quizapp.domain.study.scheduling.card import Event, answers_of, elapsed
from quizapp.domain.study.scheduling.evidence import likely_right
from quizapp.domain.study.scheduling.fsrs import AGAIN, DEFAULT_WEIGHTS, GOOD, Weights
from quizapp.services.study.fitting import model, weights
from quizapp.services.study.fitting.model import Answer
from quizapp.services.study.fitting.tape import Array
from quizapp.services.study.folding import event_of
from quizapp.storage.study.history import RollupEvent

HELD_BACK = 0.25  # of the answers held against a prediction, the newest


class Training(NamedTuple):
    """cards: their answers, oldest first. By row, in order of time: counts: whether the answer is held
    against its prediction (not within a day, nor after a hint); right; chance: of guessing it."""

    cards: list[list[Answer]]
    counts: Array
    right: Array
    chance: Array


class Trial(NamedTuple):
    """Fitted weights, and how they did on later answers. answers: how many they were fitted to; loss: log
    loss of each of those held back, before: by the weights in force, default: by the published ones."""

    weights: Weights
    answers: int
    loss: Array
    before: Array
    default: Array

    @property
    def better(self) -> bool:
        """Whether the gain over what is in force is more than chance: more than its standard error."""
        gain = self.before - self.loss
        return bool(gain.mean() > gain.std() / len(gain) ** 0.5)


def training(logs: Iterable[Sequence[RollupEvent]]) -> Training:
    """Learners' logs, item by item, as `learner_log` gives them."""
    told = []
    for log in logs:
        for _, group in groupby(log, key=lambda row: row.item_id):
            events = answers_of(map(event_of, group))
            if events:
                told.append(list(_told(events)))
    places = [(at, card, turn) for card, each in enumerate(told) for turn, (at, *_) in enumerate(each)]
    rows = {(card, turn): row for row, (_, card, turn) in enumerate(sorted(places))}
    counts, right, chance = (np.zeros(len(rows), dtype) for dtype in (bool, bool, float))
    cards = []
    for card, each in enumerate(told):
        answers = []
        for turn, (_, answer, scored) in enumerate(each):
            row = rows[card, turn]
            answers.append(answer._replace(row=row))
            counts[row], right[row], chance[row] = scored, answer.rating > AGAIN, answer.chance
        cards.append(answers)
    return Training(cards, counts, right, chance)


def _told(events: Sequence[Event]) -> Iterable[tuple[object, Answer, bool]]:
    """Each answer with its moment, and whether it is held against its prediction."""
    before = None
    for event in events:
        evidence = event.evidence
        assert evidence is not None
        days = 0.0 if before is None else elapsed(before.day, before.at, event.day, event.at)
        rating = evidence.rating or (AGAIN if evidence.missed else GOOD)
        chance = evidence.chance if evidence.rating is None else 0.0
        if not evidence.hinted:
            yield event.at, Answer(days, rating, 0, chance, event.prior, event.ease), days >= 1
        else:  # as `evidence.weigh` takes it: a miss, and where it was right then a success at once
            yield event.at, Answer(days, AGAIN, 0, 0.0, event.prior, event.ease), False
            if rating != AGAIN:
                yield event.at, Answer(0.0, GOOD, 0), False
        before = event


def tried(learnt: Training, start: Weights, in_force: Weights) -> Trial:
    """Weights fitted to the older of these answers, departing from `start` only for cause, and tried on the
    newest."""
    scored = np.flatnonzero(learnt.counts)
    first = scored[len(scored) - max(1, round(HELD_BACK * len(scored)))]
    older = [[answer for answer in card if answer.row < first] for card in learnt.cards]
    counts = learnt.counts.copy()
    counts[first:] = False
    fitted = weights.fit([card for card in older if card], counts, learnt.right, start=start)
    later = scored[scored >= first]
    steps = model.steps(learnt.cards)
    right, chance = learnt.right[later], learnt.chance[later]

    def losses(by: Weights) -> Array:
        recall = model.predictions(np.array(by.values), steps, len(learnt.counts))[later]
        likely = likely_right(recall, chance)
        return -np.log(np.where(right, likely, 1 - likely))

    return Trial(fitted, int(counts.sum()), losses(fitted), losses(in_force), losses(DEFAULT_WEIGHTS))
