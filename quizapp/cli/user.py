"""`quizapp user …`: accounts from the command line."""

from __future__ import annotations

import click

from quizapp.cli.database import database, now, read_settings
from quizapp.services.accounts import make_setup_link


@click.group()
def user() -> None:
    """Make one-time links for new accounts."""


@user.command()
@click.option("--role", type=click.Choice(["student", "teacher"]), default="teacher", show_default=True)
def link(role: str) -> None:
    """Print a one-time link that makes an account."""
    settings = read_settings()
    with database(settings) as session:
        token = make_setup_link(session, role=role, now=now())
    click.echo(f"http://{settings.host}:{settings.port}/setup/{token}")
