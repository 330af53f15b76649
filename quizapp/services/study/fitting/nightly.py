"""Fitting the weights of the site, and of learners with many answers, and keeping what was found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from quizapp.domain.study.scheduling.fsrs import DEFAULT_WEIGHTS, MODEL
from quizapp.domain.study.scheduling.parameters import text_of, weights_of
from quizapp.services.study.fitting.training import Trial, training, tried
from quizapp.storage.accounts.tables import Account
from quizapp.storage.engine import READ
from quizapp.storage.study import memory_sets as queries
from quizapp.storage.study.history import learner_log
from quizapp.storage.study.tables import MemorySet

LEAST_SITE, LEAST_OWN = 1_000, 500  # answers held against a prediction, from which on a fit is worth it
MOST = 60_000  # answers that one fit reads: about a minute's work
MOST_LEARNERS = 200  # whose own weights are fitted in one go
EVERY, OWN_EVERY = timedelta(hours=20), timedelta(days=7)


def fit_all(engine: Engine, *, now: datetime, again: bool = False) -> Iterator[MemorySet]:
    """Fit the site's weights and then learners' own, each kept as it is found; not what was fitted lately,
    unless `again`."""
    since = (now, now) if again else (now - EVERY, now - OWN_EVERY)
    with Session(engine.execution_options(**READ)) as session:
        site = [] if queries.is_fitted_since(session, since[0]) else queries.latest(session, MOST)
        learners = queries.to_fit(session, since[1], LEAST_OWN, MOST_LEARNERS)
    for whose, read in ((None, site), *((learner_id, [learner_id]) for learner_id in learners)):
        found = _fit(engine, whose, read, now)
        if found is not None:
            yield found


def _fit(engine: Engine, whose: int | None, learners: list[int], now: datetime) -> MemorySet | None:
    """Fit to these learners' answers, if there are enough, and keep it. Nothing is locked meanwhile."""
    with Session(engine.execution_options(**READ)) as session:
        learnt = training(learner_log(session, learner_id) for learner_id in learners)
        start, in_force = DEFAULT_WEIGHTS, weights_of(queries.of_site(session))
        if whose is not None:
            account = session.get(Account, whose)
            start, in_force = in_force, weights_of(account.weights if account is not None else "")
    if learnt.counts.sum() < (LEAST_SITE if whose is None else LEAST_OWN):
        return None
    found = _kept(tried(learnt, start, in_force), whose, now)
    with Session(engine, expire_on_commit=False) as session, session.begin():
        if whose is not None and session.get(Account, whose) is None:  # erased meanwhile
            return None
        session.add(found)
    return found


def _kept(trial: Trial, whose: int | None, now: datetime) -> MemorySet:
    return MemorySet(
        learner_id=whose,
        fitted_at=now,
        model=MODEL,
        weights=text_of(trial.weights),
        answers=trial.answers,
        held_back=len(trial.loss),
        loss=float(trial.loss.mean()),
        loss_before=float(trial.before.mean()),
        loss_default=float(trial.default.mean()),
        used=trial.better,
    )
