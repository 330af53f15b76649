"""`quizapp settings`: every setting with its default, what it does, and its present value."""

from __future__ import annotations

import os
from dataclasses import fields

import click

from quizapp.cli.database import read_settings
from quizapp.settings import PREFIX, Settings


@click.command()
def settings() -> None:
    """List every setting, its value here, and what it does."""
    current = read_settings()
    for option in fields(Settings):
        name = f"{PREFIX}{option.name.upper()}"
        value = getattr(current, option.name)
        if option.name == "database_url" and value:
            value = current.database_place  # never the password
        elif option.metadata.get("secret") and value:
            value = "…"
        changed = name in os.environ and value != option.default
        click.echo(f"{name}={value}{'   (set)' if changed else ''}")
        click.echo(f"    {option.metadata['help']}")
