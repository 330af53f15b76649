"""`quizapp bank …`: check, load and export the question bank."""

from __future__ import annotations

from pathlib import Path

import click

from quizapp import paths
from quizapp.cli.database import database, now
from quizapp.domain.exchange.bank.export import export_jsonl
from quizapp.services.exchange.bank import load_into_database, read_bank
from quizapp.services.exchange.bank_check import check_bank

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
bank_path = click.argument("path", type=FOLDER, default=paths.BANK, metavar="[PATH]")


@click.group()
def bank() -> None:
    """Check, load and export the question bank."""


@bank.command()
@bank_path
@click.option("--articles", type=FOLDER, help="Folder of the articles' texts: checks each piece of evidence.")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--figures/--no-figures", default=True, help="Print figures of the whole bank.")
def check(path: Path, articles: Path | None, strict: bool, figures: bool) -> None:
    """Check a bank's files: structure, the editor's rules, and evidence.

    Exit status 1 if there is an error (with --strict: or a warning).
    """
    report = check_bank(path, articles)
    for line in (*report.finding_lines(), *(report.figure_lines() if figures else ())):
        click.echo(line)
    click.echo(report.summary())
    if report.errors or (strict and report.warnings):
        raise click.exceptions.Exit(1)


@bank.command()
@bank_path
def load(path: Path) -> None:
    """Load a bank into the database, keeping everyone's progress.

    Loading again changes only what changed. Reworded items become new versions; items that are no
    longer in the bank are archived.
    """
    contents = read_bank(path)
    with database() as session:
        loaded = load_into_database(session, contents, now=now())
    click.echo(f"{len(contents.items)} items in {len(contents.decks)} decks: {loaded}")
    for notice in loaded.notices():
        click.echo(notice)


@bank.command()
@bank_path
@click.option("--format", "form", type=click.Choice(["jsonl"]), default="jsonl", show_default=True)
def export(path: Path, form: str) -> None:  # noqa: ARG001 one format so far
    """Write a bank's items to standard output, one JSON object per line."""
    for line in export_jsonl(read_bank(path).items):
        click.echo(line)
