"""How likely first answers are known at this site, counted now and then rather than at each answer."""

from __future__ import annotations

import time

from flask import current_app

from quizapp.services.study.answer_log import Priors
from quizapp.services.study.figures import known_shares
from quizapp.web.frame.database import session

COUNT_EVERY = 600.0  # seconds


def site_prior() -> Priors:
    """By format, the share of first answers known, chance removed; only where there are enough of them."""
    counted = current_app.extensions.setdefault("site_prior", {"at": float("-inf"), "shares": {}})
    if time.monotonic() - counted["at"] > COUNT_EVERY:
        counted.update(at=time.monotonic(), shares=known_shares(session()))
    found: Priors = counted["shares"]
    return found
