"""What the log says for a fit."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import GaveUp, Rated
from quizapp.domain.study.scheduling.fsrs import DEFAULT_WEIGHTS
from quizapp.services.study.answer_log import undo
from quizapp.services.study.fitting import model
from quizapp.services.study.fitting.training import training
from quizapp.storage.study.history import learner_log
from tests.factories import NOW, add_learner, answer, choice, flip, log_of, right, studied_deck, typed, wrong

DAY = timedelta(days=1)


def test_answers_of_all_kinds_are_told_as_the_memory_took_them(session: Session) -> None:
    learner = add_learner(session)
    chosen, turned, written = studied_deck(session, learner, [choice(), flip(), typed()])
    answer(session, learner, chosen, right(choice()), at=NOW)
    answer(session, learner, chosen, wrong(choice()), at=NOW + 3 * DAY)
    answer(session, learner, chosen, GaveUp(), at=NOW + 3 * DAY + timedelta(hours=1))
    answer(session, learner, turned, Rated(4), at=NOW + timedelta(hours=2))
    taken_back = answer(session, learner, turned, Rated(1), at=NOW + 2 * DAY)
    undo(session, learner, taken_back.review, now=NOW + 2 * DAY)
    answer(session, learner, turned, Rated(2), at=NOW + 5 * DAY)
    answer(session, learner, written, right(typed()), at=NOW + timedelta(hours=3), hinted=True)
    answer(session, learner, written, right(typed()), at=NOW + 9 * DAY)

    cards, counts, passed, chance = training([learner_log(session, learner.id)])

    by_choice, by_rating, by_text = cards
    assert [(each.elapsed, each.rating, each.row) for each in by_choice] == [
        (0, 3, 0),
        (3, 1, 4),
        (pytest.approx(1 / 24), 1, 5),
    ]
    assert [(each.elapsed, each.rating, each.row) for each in by_rating] == [(0, 4, 1), (5, 2, 6)]
    assert [(each.elapsed, each.rating, each.row) for each in by_text] == [(0, 1, 2), (0, 3, 3), (9, 3, 7)]
    assert list(counts) == [False, False, False, False, True, False, True, True]
    assert list(passed) == [True, True, False, True, False, False, True, True]
    guessed = log_of(session, learner, chosen)[0].chance
    assert list(chance) == [guessed, 0, 0, 0, guessed, 0, 0, log_of(session, learner, written)[1].chance]

    found = model.predictions(np.array(DEFAULT_WEIGHTS.values), model.steps(cards), len(counts))
    for item, row in ((chosen, 4), (turned, 6), (written, 7)):
        expected = [each.expected for each in log_of(session, learner, item) if each.expected is not None]
        assert found[row] == pytest.approx(expected[0] if item != turned else expected[1])
