"""`quizapp settings`: every setting, its present value and where it comes from, and what it does."""

from __future__ import annotations

import os
from dataclasses import fields

import click

from quizapp.cli.database import read_settings
from quizapp.configuration import read_settings as read_with_origins
from quizapp.settings import PREFIX, Settings


@click.command()
def settings() -> None:
    """List every setting, its value here and where that was set, and what it does."""
    current = read_settings()
    _, origins = read_with_origins(os.environ)
    for option in fields(Settings):
        value = getattr(current, option.name)
        if option.name == "database_url" and value:
            value = current.database_place  # never the password
        elif option.metadata.get("secret") and value:
            value = "…"
        origin = f"   (set: {origins[option.name]})" if option.name in origins else ""
        click.echo(f"{PREFIX}{option.name.upper()}={value}{origin}")
        click.echo(f"    {option.metadata['help']}")
