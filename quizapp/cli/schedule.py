"""`quizapp schedule …`: cards and figures made anew from the log of reviews."""

from __future__ import annotations

import click

from quizapp.cli.database import database, opened, read_settings
from quizapp.services.rebuilding import rebuild as rebuild_schedules
from quizapp.services.rebuilding import rebuild_each


@click.group()
def schedule() -> None:
    """Rebuild what is folded from the log of reviews."""


@schedule.command()
@click.option(
    "--check", is_flag=True, help="Change nothing; tell what differs and exit with status 1 if anything does."
)
def rebuild(check: bool) -> None:
    """Make every card and every figure what the log of reviews says."""
    settings = read_settings()
    if check:
        with database(settings, reading=True) as session:
            result = rebuild_schedules(session, settings, only_check=True)
    else:
        with opened(settings) as engine:
            result = rebuild_each(engine, settings)
    for line in result.differences:
        click.echo(line)
    what = "differ" if check else "repaired"
    click.echo(
        f"{result.learners} learners, {result.events} events, {result.cards} cards; {result.different} {what}"
    )
    if check and result.different:
        raise click.exceptions.Exit(1)
