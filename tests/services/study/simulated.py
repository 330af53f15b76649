"""A student with a memory of their own, who answers through the services what they are asked."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from quizapp.domain.classes.progress import Progress
from quizapp.domain.library.kinds.base import Rated
from quizapp.domain.study.scheduling.fsrs import (
    AGAIN,
    DEFAULT_WEIGHTS,
    GOOD,
    Memory,
    first_memory,
    next_memory,
)
from quizapp.domain.study.scheduling.fsrs import retrievability as recall
from quizapp.services.classes import progress
from quizapp.services.study.answer_log import Answer, open_item, record_answer
from quizapp.services.study.learner import Learner
from quizapp.services.study.next_question import Question, next_question, waiting
from quizapp.storage.classes import assignments as queries
from tests.factories import NOW

DAY, ANSWER = timedelta(days=1), timedelta(seconds=20)
KNOWN_BEFORE = 0.3
PATIENCE = 3_000  # answers a day, after which no one believes in an end


@dataclass
class Student:
    """A student with a memory of their own, as the model says, and chance."""

    session: Session
    learner: Learner
    chance: random.Random
    memories: dict[int, tuple[Memory, datetime]]

    def answer(self, asked: Question, at: datetime) -> None:
        memory, knew = self.memories.get(asked.item_id), False
        if memory is None:
            knew = self.chance.random() < KNOWN_BEFORE
            after = first_memory(DEFAULT_WEIGHTS, GOOD if knew else AGAIN)
        else:
            days = (at.date() - memory[1].date()).days
            elapsed = float(days) if days else (at - memory[1]) / DAY
            # Who has just read the answer knows it.
            knew = not days or self.chance.random() < recall(DEFAULT_WEIGHTS, memory[0], elapsed)
            after = next_memory(DEFAULT_WEIGHTS, memory[0], GOOD if knew else AGAIN, elapsed)
        self.memories[asked.item_id] = after, at
        row = open_item(self.session, self.learner, asked.item_id, asked.version_id, now=at)
        given = Answer(
            review=asked.review,
            item_id=asked.item_id,
            version_id=asked.version_id,
            format=asked.format,
            response=Rated(3 if knew else 1),
            at=at,
        )
        record_answer(self.session, self.learner, row, given)

    def study(self, at: datetime) -> int:
        """Until told “done for today”; how many answers that took."""
        for answered in range(PATIENCE):
            waits = waiting(self.session, self.learner, now=at)
            asked = next_question(self.session, self.learner, waits, now=at)
            assert (asked is None) == (waits.left == 0)
            if asked is None:
                return answered
            self.answer(asked, at)
            at += ANSWER
        raise AssertionError("There was no end.")

    def progress(self, at: datetime) -> Progress:
        rows = queries.of_learner(self.session, self.learner.id, NOW)
        (found,) = progress.of_learner(self.session, rows, self.learner.id, now=at).values()
        assert found.progress is not None
        return found.progress
