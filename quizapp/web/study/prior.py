"""How likely first answers are known at this site, counted now and then rather than at each answer."""

from __future__ import annotations

import time

from flask import current_app

from quizapp.domain.study.scheduling.evidence import known_share
from quizapp.services.study.answer_log import Priors
from quizapp.services.study.figures import MILLION
from quizapp.storage.study import step as queries
from quizapp.web.frame.database import session

COUNT_EVERY = 600.0  # seconds
ENOUGH = 200  # first answers in a format, below which the share says little


def site_prior() -> Priors:
    """By format, the share of first answers known, chance taken out; only where there are enough of them."""
    counted = current_app.extensions.setdefault("site_prior", {"at": float("-inf"), "shares": {}})
    if time.monotonic() - counted["at"] > COUNT_EVERY:
        rows = queries.first_answers(session())
        shares = {
            format: known_share(int(answers), int(right) / MILLION, int(guessed) / MILLION)
            for format, answers, right, guessed in rows
            if answers >= ENOUGH
        }
        counted.update(at=time.monotonic(), shares=shares)
    found: Priors = counted["shares"]
    return found
