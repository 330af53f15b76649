"""`quizapp restore`: a backup brought back."""

from __future__ import annotations

from pathlib import Path

import click

from quizapp.cli.database import now, read_settings
from quizapp.domain.language.moments import minute_words
from quizapp.services.site.restore import restore as restore_backup
from quizapp.storage.site.presence import alone


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--replace", is_flag=True, help="Replace a site that has accounts. The old site is kept beside it."
)
def restore(file: Path, replace: bool) -> None:
    """Restore the site from FILE, with the server stopped.

    FILE is checked first: one that is damaged, cut short, foreign or of a newer version changes nothing.
    An older one is brought to this version.
    """
    settings = read_settings()
    with alone(settings.data_dir) as nobody:
        if not nobody:
            raise click.ClickException(
                f"A server runs on {settings.data_dir}. Nothing was changed. Stop it, then restore."
            )
        done = restore_backup(file, settings, replace=replace, now=now())
    rows = sum(table.rows for table in done.manifest.tables.values())
    click.echo(f"Restored the site of {minute_words(done.manifest.made_at)} UTC: {rows:,} rows.")
    for path in done.kept:
        click.echo(f"The old site is kept as {path}")
    if done.settings:
        click.echo("These settings were different when the backup was made:")
    for name, value in sorted(done.settings.items()):
        click.echo(f"  QUIZAPP_{name.upper()}={value}")
