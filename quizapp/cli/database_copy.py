"""`quizapp database copy`: the whole site to another database, from SQLite to PostgreSQL or back."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from quizapp.cli.database import opened, read_settings
from quizapp.services.site.database_copy import copy_site
from quizapp.storage.site.presence import alone


@click.group(name="database")
def database() -> None:
    """Copy the site to another database."""


@database.command()
@click.argument("url")
def copy(url: str) -> None:
    """Copy the whole site to the empty database at URL, with the server stopped.

    URL is postgresql://user:password@host/name or sqlite:////path/of/a/file. Stopped in the middle, run it
    again: it goes on. Every table is counted and summed up in both at the end. The site is not changed.
    """
    settings = read_settings()
    target = replace(settings, database_url=url)
    if target.sqlalchemy_url == settings.sqlalchemy_url:
        raise click.ClickException("The site is using that database now. Name another one.")
    with alone(settings.data_dir) as nobody:
        if not nobody:
            raise click.ClickException(
                f"A server runs on {settings.data_dir}: answers given now would be missing from the copy. "
                f"Stop it, then copy."
            )
        with opened(settings) as source:
            done = copy_site(source, target.sqlalchemy_url, tell=_progress)
    click.echo(f"Copied {sum(done.values()):,} rows in {len(done)} tables to {target.database_place}.")
    click.echo("Both are the same. To use the copy, set QUIZAPP_DATABASE_URL to it and keep the data folder.")


def _progress(table: str, rows: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"{table}: {rows} more rows", err=True)
