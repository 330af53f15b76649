"""Work done in short transactions, one after another, so that no one waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping

from sqlalchemy import Engine
from sqlalchemy.orm import Session

PAUSE = 0.05  # seconds between two transactions, in which others write


def run_steps(
    engine: Engine,
    steps: Mapping[str, Callable[[Session], int]],
    *,
    pause: float = PAUSE,
    failed: Callable[[str, Exception], None] | None = None,
) -> dict[str, int]:
    """Call each step in transactions of its own until it says that nothing is left; how much each did.

    failed: is told of a step that raises, and the others are done; None: it is raised.
    """
    done = dict.fromkeys(steps, 0)
    for name, step in steps.items():
        try:
            for count in _times(engine, step):
                done[name] += count
                time.sleep(pause)
        except Exception as error:
            if failed is None:
                raise
            failed(name, error)
    return done


def _times(engine: Engine, step: Callable[[Session], int]) -> Iterator[int]:
    """How much the step does each time, until it does nothing."""
    while True:
        with Session(engine, expire_on_commit=False, autoflush=False) as session, session.begin():
            count = step(session)
        if not count:
            return
        yield count
