"""`quizapp schedule …`: cards and figures made again from the log of reviews, and what the log teaches."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial

import click
from sqlalchemy import Engine

from quizapp.cli.database import database, now, opened, read_settings
from quizapp.domain.study.scheduling.fsrs import DEFAULT_WEIGHTS
from quizapp.domain.study.scheduling.outlook import workload
from quizapp.domain.study.scheduling.parameters import weights_of
from quizapp.services.study.dates.goals import SECONDS_AN_ANSWER
from quizapp.services.study.fitting.adoption import adopt_next
from quizapp.services.study.rebuild import rebuild as rebuild_schedules
from quizapp.services.study.rebuild import replan_each
from quizapp.storage.batches import run_steps
from quizapp.storage.study.memory_sets import of_site
from quizapp.storage.study.tables import MemorySet

TARGETS = (0.80, 0.85, 0.90, 0.95)

OUTDATED = (
    "{} of the cards were scheduled with an older model or other settings (weights, target "
    "recall, longest interval)"
)


@click.group()
def schedule() -> None:
    """Rebuild cards and figures from the log of reviews, and learn from it."""


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


@schedule.command()
@click.option("--again", is_flag=True, help="Fit also what was fitted lately.")
def fit(again: bool) -> None:
    """Fit the memory model to your learners' answers: the site's weights, and learners' own.

    Weights that predict held-back answers better than those in force hold from then on, and cards are
    scheduled by them. The server does this every night. Needs the extra `fit`.
    """
    settings = read_settings()
    with opened(settings) as engine:
        for found in _fitted(engine, again=again):
            whose = "the site" if found.learner_id is None else f"learner {found.learner_id}"
            click.echo(
                f"{whose}: fitted to {found.answers} answers; log loss on {found.held_back} later ones "
                f"{found.loss:.4f}, by the weights in force {found.loss_before:.4f}, by the published ones "
                f"{found.loss_default:.4f}: {'used from now on' if found.used else 'not used'}"
            )
        done = run_steps(engine, {"learners": partial(adopt_next, settings=settings, now=now())})
    click.echo(f"{done['learners']} learners have new weights")


def _fitted(engine: Engine, *, again: bool) -> Iterator[MemorySet]:
    try:
        from quizapp.services.study.fitting.nightly import fit_all
    except ImportError as error:
        if error.name not in {"numpy", "scipy"}:
            raise
        raise click.ClickException(
            "Fitting needs numpy and scipy, which aren't installed: `pip install 'quizapp[fit]'`. "
            "Nothing was changed."
        ) from None
    return fit_all(engine, now=now(), again=again)


@schedule.command()
@click.option(
    "--new", type=click.IntRange(1, 1_000), default=10, show_default=True, help="New questions a day."
)
@click.option("--days", type=click.IntRange(7, 3_650), default=90, show_default=True, help="For how long.")
def simulate(new: int, days: int) -> None:
    """What a day costs at each target recall, by the weights that hold for the site.

    For an average learner who answers all that is due. Changes nothing.
    """
    with database(reading=True) as session:
        weights = weights_of(of_site(session))
    whose = "published weights" if weights == DEFAULT_WEIGHTS else "the site's own weights"
    click.echo(f"{new} new questions a day for {days} days, by {whose}:\n")
    click.echo("target   answers a day   on the last day   minutes a day   known at the end")
    for target in TARGETS:
        found = workload(weights, target, new=new, days=days)
        minutes = found.answers * SECONDS_AN_ANSWER / 60
        known = f"{found.known:.0f} of {new * days}"
        first = f"{100 * target:>4.0f} % {found.answers:>15.0f} {found.last:>17.0f}"
        click.echo(f"{first} {minutes:>15.0f}   {known:>16}")


def _progress(done: int, learners: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{done} of {learners} learners", nl=done == learners, err=True)
