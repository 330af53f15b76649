"""`quizapp schedule …`: cards and figures made again from the log of reviews."""

from __future__ import annotations

import sys

import click

from quizapp.cli.database import database, now, opened, read_settings
from quizapp.services.study.rebuild import rebuild as rebuild_schedules
from quizapp.services.study.rebuild import replan_each

OUTDATED = (
    "{} of the cards were scheduled with an older model or other settings (weights, target "
    "recall, longest interval)"
)


@click.group()
def schedule() -> None:
    """Rebuild cards and figures from the log of reviews."""


@schedule.command()
@click.option(
    "--check",
    is_flag=True,
    help="Change nothing. Show what differs, and exit with status 1 if anything does.",
)
def rebuild(check: bool) -> None:
    """Make every card and every figure match the log of reviews.

    One learner after another, each for good: stopped, it can be run again. What is brought forward to
    today by other settings is spread over a week.
    """
    settings = read_settings()
    if check:
        with database(settings, reading=True) as session:
            result = rebuild_schedules(session, settings, only_check=True)
    else:
        with opened(settings) as engine:
            result = replan_each(engine, settings, now=now(), tell=_progress)
    for line in result.differences:
        click.echo(line)
    if result.outdated:
        done = "`quizapp schedule rebuild` reschedules them" if check else "they are being rescheduled"
        click.echo(f"{OUTDATED.format(result.outdated)}; {done}.")
    what = "differ" if check else "repaired"
    click.echo(
        f"{result.learners} learners, {result.events} events, {result.cards} cards; {result.different} {what}"
    )
    if check and (result.different or result.outdated):
        raise click.exceptions.Exit(1)


def _progress(done: int, learners: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{done} of {learners} learners", nl=done == learners, err=True)
