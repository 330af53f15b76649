"""Work done in short transactions, one after another, so that nobody waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from sqlalchemy import Engine
from sqlalchemy.orm import Session

PAUSE = 0.05  # seconds between two transactions, in which others write


def run_steps(
    engine: Engine, steps: Mapping[str, Callable[[Session], int]], *, pause: float = PAUSE
) -> dict[str, int]:
    """Call each step in transactions of its own until it says that nothing is left; how much each did."""
    done = dict.fromkeys(steps, 0)
    for name, step in steps.items():
        while True:
            with Session(engine, expire_on_commit=False, autoflush=False) as session, session.begin():
                count = step(session)
            if not count:
                break
            done[name] += count
            time.sleep(pause)
    return done
