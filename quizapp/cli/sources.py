"""`quizapp sources …`: the articles behind the questions."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import click
import msgspec
from sqlalchemy import select

from quizapp.cli.database import database, now
from quizapp.domain.sources.passages import paragraphs
from quizapp.services.sources.reading.formats import read_file
from quizapp.services.sources.shipped_texts import attach_text, detach_text, read_article, source_named
from quizapp.storage.sources.tables import Source

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(short_help="Attach the articles' texts, so that feedback can quote them.")
def sources() -> None:
    """Attach the articles' texts, so that feedback shows the cited passage."""


@sources.command("list")
def list_sources() -> None:
    """List the sources and whether their text is attached."""
    with database(reading=True) as session:
        for source in session.scalars(select(Source).order_by(Source.slug)):
            state = "attached" if source.attached_at else "no text"
            click.echo(f"{source.slug:<24} {state:<10} {source.title or source.about}")


@sources.command()
@click.argument("slug")
@click.argument("file", type=FILE)
def attach(slug: str, file: Path) -> None:
    """Store the article in FILE (plain text) as the text of source SLUG, in this database only."""
    text = read_article(file)
    with database() as session:
        attached = attach_text(session, source_named(session, slug), text, now=now())
    click.echo(f"{slug}: {attached}")
    if attached.moved or attached.changed or attached.gone:
        click.echo(
            "Some cited sentences have moved or are missing. Is this the article the bank cites? Changed "
            "and missing ones are in the admins' queue, and students are told.",
            err=True,
        )


@sources.command()
@click.argument("slug")
def detach(slug: str) -> None:
    """Remove the text of source SLUG."""
    with database() as session:
        detach_text(session, source_named(session, slug))
    click.echo(f"{slug}: text removed")


@sources.command()
@click.argument("file", type=FILE)
def sentences(file: Path) -> None:
    """Print FILE's sentences with paragraph, sentence and digest, to cite as evidence."""
    for paragraph in paragraphs(read_article(file)):
        for sentence in paragraph.sentences:
            click.echo(f"{sentence.paragraph}\t{sentence.sentence}\t{sentence.digest}\t{sentence.text}")


@sources.command()
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="Print every block, kept or not, and why.")
def extract(file: BinaryIO, as_json: bool) -> None:
    """Print the article in FILE (HTML, text, Markdown, PDF, Word, EPUB; “-” reads standard input)
    without the rest of the page."""
    found = read_file(file.read(), file.name)
    click.echo(msgspec.json.format(msgspec.json.encode(found)).decode() if as_json else found.text)
