"""`quizapp settings`: every setting with its default, what it does, and its present value."""

from __future__ import annotations

from dataclasses import MISSING, fields

import click

from quizapp.cli.database import read_settings
from quizapp.settings import PREFIX, Settings


@click.command()
def settings() -> None:
    """List every setting, its value here, and what it does."""
    current = read_settings()
    for option in fields(Settings):
        value = getattr(current, option.name)
        if option.name == "database_url" and "@" in value:
            value = "…@" + value.rpartition("@")[2]  # never the password
        changed = option.default is not MISSING and value != option.default
        click.echo(f"{PREFIX}{option.name.upper()}={value}{'   (set)' if changed else ''}")
        click.echo(f"    {option.metadata['help']}")
