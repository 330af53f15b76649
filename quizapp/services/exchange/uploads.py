"""Files that wait to be brought into a deck while their owner looks at what would come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import uuid4

import msgspec
from sqlalchemy import delete
from sqlalchemy.orm import Session

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.bundle import Entry
from quizapp.domain.exchange.file_format import Options, TableShape
from quizapp.domain.language.translation import _
from quizapp.services.exchange.media import Media
from quizapp.services.exchange.reader.isolated import as_file, reading
from quizapp.storage.accounts.tables import Account
from quizapp.storage.exchange.tables import ImportFile
from quizapp.storage.library.tables import Deck

MOST_QUESTIONS = 5_000  # of a file that is imported in the browser


def receive(data: bytes, options: Options, format: str = "") -> str:
    """The name of the format that a file is, after a first look at it. Raises Invalid where it is none."""
    with as_file(data) as file, reading(file, options, format=format) as records:
        return records.format


def wait(
    session: Session,
    account: Account,
    deck: Deck,
    data: bytes,
    options: Options,
    format: str,
    *,
    now: datetime,
) -> ImportFile:
    """Keep a file until it is brought in or cancelled; an earlier one for the same deck goes."""
    session.execute(
        delete(ImportFile).where(ImportFile.account_id == account.id, ImportFile.deck_id == deck.id)
    )
    kept = ImportFile(
        id=uuid4().hex,
        account_id=account.id,
        deck_id=deck.id,
        format=format,
        options=msgspec.json.encode(options).decode(),
        data=data,
        at=now,
    )
    session.add(kept)
    session.flush()
    return kept


def options_of(kept: ImportFile) -> Options:
    """What was said about the file."""
    return msgspec.json.decode(kept.options, type=Options)


def adjust(kept: ImportFile, options: Options) -> None:
    """Say something else about the file."""
    kept.options = msgspec.json.encode(options).decode()


@dataclass(frozen=True, kw_only=True)
class Look:
    """All that a file holds. halted: why it was not read to its end, "" where it was."""

    entries: list[Entry]
    media: Media
    halted: str = ""
    shape: TableShape | None = None


def look(kept: ImportFile) -> Look:
    """Read a waiting file from its beginning to its end, or to MOST_QUESTIONS."""
    media, shape, halted = Media(), None, ""
    entries: list[Entry] = []
    try:
        with as_file(kept.data) as file, reading(file, options_of(kept), format=kept.format) as records:
            shape = records.shape
            for entry in islice(media.taking(records), MOST_QUESTIONS + 1):
                entries.append(entry)  # noqa: PERF402 those before a fault stay
    except Invalid as error:
        halted = str(error)
    if len(entries) > MOST_QUESTIONS:
        entries.pop()
        halted = _(
            "The file has more than {most:,} questions; only the first ones are imported. The site’s "
            "administrator can import all of them with `quizapp import`."
        ).format(most=MOST_QUESTIONS)
    return Look(entries=entries, media=media, halted=halted, shape=shape)
