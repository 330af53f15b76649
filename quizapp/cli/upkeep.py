"""`quizapp upkeep`: remove what is held longer than the settings say."""

from __future__ import annotations

import time

import click
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from quizapp.cli.database import now, opened, read_settings
from quizapp.domain.language.moments import day_words
from quizapp.services.corrections.suspicions import Looker
from quizapp.services.privacy import retention
from quizapp.services.study.fitting.easing import Easing
from quizapp.storage.batches import PAUSE, run_steps
from quizapp.storage.engine import forget_deleted
from quizapp.storage.migrating import copies, copy_goes


@click.command()
@click.option("--check", is_flag=True, help="Change nothing. Show what the first transaction would remove.")
def upkeep(check: bool) -> None:
    """Remove what has been kept longer than the settings allow, look for suspicious questions, and tell from
    the answers how easy questions are. The server does all this once a day.

    Guests, archived classes and the log by QUIZAPP_KEEP_…; sign-ins, links and counts of failed attempts
    once they open and slow nothing any more.
    """
    settings = read_settings()
    steps = retention.steps(settings, now=now())
    with opened(settings) as engine:
        if check:
            del steps[retention.COPIES]  # removing a file cannot be taken back; they are listed below
            done = {name: _tried(engine, step) for name, step in steps.items()}
        else:
            done = run_steps(engine, steps)
            run_steps(engine, {"suspicious questions": Looker(now()), "how easy questions are": Easing()})
            forget_deleted(engine)
    for name, count in done.items():
        click.echo(f"{count:>6} {name}{' would be removed' if check else ' removed'}")
    for copy in copies(settings.sqlalchemy_url):
        click.echo(
            f"       {copy.name}: a copy from before an update, "
            f"will be deleted on {day_words(copy_goes(copy))}"
        )


def _tried(engine: Engine, step: retention.Step) -> int:
    """How much a step would do, which is taken back."""
    with Session(engine, expire_on_commit=False, autoflush=False) as session:
        count = step(session)
        session.rollback()
    time.sleep(PAUSE)
    return count
