"""`quizapp backup`: the whole site in one file, while it is served."""

from __future__ import annotations

from pathlib import Path

import click

from quizapp.cli.database import now, opened, read_settings
from quizapp.services.site import backups


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
def backup(file: Path | None) -> None:
    """Write a backup to FILE, or into the site's folder of backups. The server can keep running.

    It holds the database with its pictures, the key, the configuration file and the settings: anyone who has
    it has everything. Keep it where only you can read it.
    """
    settings = read_settings()
    with opened(settings) as engine:
        target, manifest = backups.make(engine, settings, file and file.resolve(), now=now())
    rows = sum(table.rows for table in manifest.tables.values())
    click.echo(f"{target}: {target.stat().st_size:,} bytes, {rows:,} rows in {len(manifest.tables)} tables")
