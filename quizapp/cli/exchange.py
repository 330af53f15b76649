"""`quizapp import` and `quizapp export`: questions from other programs, and for them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.cli.database import database, now, opened, read_settings
from quizapp.domain.errors import Invalid, Missing
from quizapp.domain.exchange.bundle import Entry, Outcome, Record
from quizapp.domain.exchange.conversion.columns import COLUMNS
from quizapp.domain.exchange.file_format import Options
from quizapp.services.accounts.accounts import by_name
from quizapp.services.exchange import past_reviews
from quizapp.services.exchange.exports import bundle_of
from quizapp.services.exchange.formats import FORMATS, format_named, writers
from quizapp.services.exchange.imports import Stored, store_in_steps
from quizapp.services.exchange.media import Media
from quizapp.services.exchange.reader.isolated import as_file, reading
from quizapp.services.exchange.report import Counts, json_lines, table
from quizapp.services.library.editor import create_deck
from quizapp.storage.library.tables import Deck

REPORT = click.Path(dir_okay=False, writable=True, path_type=Path)
SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";"}


@click.command("import", short_help="Bring questions in from another program's file.")
@click.argument("file", type=click.File("rb"))
@click.option("--dry-run", is_flag=True, help="Only say what would come; no database is needed.")
@click.option("--report", type=REPORT, help="Write what became of each question (.csv, else JSON).")
@click.option("--format", "form", type=click.Choice([each.name for each in FORMATS if each.reads]))
@click.option("--deck", help="The deck (its address) that takes them.")
@click.option("--title", help="For a new deck: its title. Otherwise the file's name.")
@click.option("--owner", help="For a new deck: the account that is to own it.")
@click.option("--separator", default="", help="Of a table: tab, comma, semicolon or the sign itself.")
@click.option(
    "--columns", default="", help=f"Of a table, by commas: {', '.join(COLUMNS)}; empty to leave out."
)
@click.option("--with-reviews", is_flag=True, help="Also the past reviews, as those of the deck's owner.")
@click.option("--ask", type=click.Choice(["card", "typed"]), help="What two columns become.")
def bring_in(
    file: IO[bytes],
    dry_run: bool,
    report: Path | None,
    form: str | None,
    deck: str | None,
    title: str | None,
    owner: str | None,
    separator: str,
    columns: str,
    ask: Literal["card", "typed"] | None,
    with_reviews: bool,
) -> None:
    """Import the questions of FILE into a deck, and say of each whether it came exactly, how it was
    approximated, or why it was refused.

    Importing the file again updates its questions instead of adding them. Exit status 1 if none came.
    """
    options = Options(
        name=Path(file.name).name,
        separator=SEPARATORS.get(separator, separator),
        columns=tuple(name.strip() for name in columns.split(",")) if columns else (),
        ask=ask or "",
    )
    with _seekable(file) as seekable, reading(seekable, options, format=form or "") as records:
        entries: list[Entry] = []
        counts = Counts()
        flowing = _noted(counts, records, entries if report or with_reviews else None, quiet=bool(report))
        stored = ""
        if dry_run:
            for _ in flowing:
                pass
        else:
            settings = read_settings()
            media = Media()
            found = list(media.taking(flowing))  # read before anything is stored: no one waits for that
            with opened(settings) as engine:
                with Session(engine, expire_on_commit=False) as session, session.begin():
                    target = _target(session, deck, title or Path(file.name).stem, owner)
                    author = target.owner
                    assert author is not None
                done = store_in_steps(engine, target.id, found, author_id=author.id, now=now(), media=media)
                stored = f"; {_figures(done)} in {target.slug}"
                if with_reviews:
                    with Session(engine, autoflush=False) as session, session.begin():
                        kept = session.get_one(Deck, target.id)
                        reviews = past_reviews.keep(session, kept, entries, author, settings)
                    stored += f"; {reviews} past reviews"
        if report:
            _write(report, {"file": options.name, "format": records.format}, entries)
        click.echo(f"{options.name} ({format_named(records.format).title}): {counts}{stored}")
    if counts.total == counts.by_outcome[Outcome.REFUSED]:
        raise click.exceptions.Exit(1)


def _figures(done: Stored) -> str:
    lost = f", {done.pictures_left_out} pictures left out" if done.pictures_left_out else ""
    return f"{done.new} new, {done.changed} changed, {done.unchanged} unchanged{lost}"


@contextmanager
def _seekable(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """The file, or what a pipe brings as one."""
    if file.seekable():
        yield file
        return
    with as_file(file.read()) as kept:
        yield kept


def _noted(
    counts: Counts, records: Iterable[Record], kept: list[Entry] | None, *, quiet: bool
) -> Iterator[Record]:
    """The same records, counted; what is not exact is told, unless it goes into a report."""
    for record in records:
        if isinstance(record, Entry):
            counts.add(record)
            if kept is not None:
                kept.append(record)
            if not quiet and record.outcome is not Outcome.EXACT:
                click.echo(
                    f"{record.place}: {record.outcome}: {' '.join(record.notes)} [{record.title}]", err=True
                )
        yield record


def _write(report: Path, about: dict[str, str], entries: list[Entry]) -> None:
    text = table(entries) if report.suffix == ".csv" else "".join(json_lines(about, entries))
    report.write_text(text, "utf-8")


def _target(session: Session, slug: str | None, title: str, owner: str | None) -> Deck:
    """The deck that takes the questions; a new one for an owner."""
    if slug:
        return _deck(session, slug)
    if not owner:
        raise click.UsageError("Say which deck takes them: --deck ADDRESS, or --owner NAME for a new one.")
    account = by_name(session, owner)
    if account is None:
        raise Missing(f"There is no account “{owner}”. `quizapp user list` names them all.")
    return create_deck(session, account, title=title, summary="", now=now())


def _deck(session: Session, slug: str) -> Deck:
    found = session.scalar(select(Deck).where(Deck.slug == slug))
    if found is None:
        raise Missing(f"There is no deck “{slug}”. Its address stands behind /decks/ in the browser.")
    if found.owner_id is None:
        raise Invalid(f"“{slug}” came with the site: only `quizapp bank load` changes it. Copy it first.")
    return found


@click.command("export", short_help="Write a deck as a file for another program.")
@click.argument("deck")
@click.option("--format", "form", type=click.Choice([each.name for each in writers()]), required=True)
@click.option("--output", type=REPORT, help="The file to write; otherwise standard output.")
@click.option("--report", type=REPORT, help="Write what was lost of each question (.csv, else JSON).")
def write_out(deck: str, form: str, output: Path | None, report: Path | None) -> None:
    """Write the published questions of DECK (its address) as a file. What the format cannot hold is told."""
    format = format_named(form)
    with database(reading=True) as session:
        found = session.scalar(select(Deck).where(Deck.slug == deck))
        if found is None:
            raise Missing(f"There is no deck “{deck}”. Its address stands behind /decks/ in the browser.")
        written = format.write(bundle_of(session, found))
    if output:
        output.write_bytes(written.data)
    else:
        sys.stdout.buffer.write(written.data)
    counts = Counts()
    entries: list[Entry] = []
    for _ in _noted(counts, written.entries, entries if report else None, quiet=bool(report)):
        pass
    if report:
        _write(report, {"deck": deck, "format": form}, entries)
    click.echo(f"{deck} as {format.title}: {counts}", err=True)
