"""How likely a first answer is right at this site, counted now and then rather than at each answer."""

from __future__ import annotations

import time

from flask import current_app

from quizapp.domain.study.scheduling.evidence import DEFAULT_PRIOR
from quizapp.storage.study import step as queries
from quizapp.web.frame.database import session

COUNT_EVERY = 600.0  # seconds
ENOUGH = 200  # first answers, below which the share says little


def site_prior() -> float:
    """The share of first answers known, or 0.5 until there are enough of them."""
    counted = current_app.extensions.setdefault("site_prior", {"at": float("-inf"), "share": DEFAULT_PRIOR})
    if time.monotonic() - counted["at"] > COUNT_EVERY:
        met, known = queries.first_answers(session())
        counted.update(at=time.monotonic(), share=known / met if met >= ENOUGH else DEFAULT_PRIOR)
    return float(counted["share"])
