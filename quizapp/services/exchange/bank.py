"""The bank on disk and in the database: reading its folder, and loading it as often as one likes.

Loading again changes only what changed: a reworded item gets a new version, progress is kept, an
item that has left the bank is retired, one that returns is published again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from quizapp.domain.errors import Conflict, InvalidBank, Problem
from quizapp.domain.exchange.bank.load import load_bank
from quizapp.domain.library.bank import Bank, BankItem, DeckRecord, SourceRecord, ThemeRecord
from quizapp.domain.library.changes import guess
from quizapp.domain.library.giveaways import Shown, kept_apart
from quizapp.services.corrections.claims import with_accepted
from quizapp.services.library.items import (
    Citation,
    Draft,
    create_item,
    fact_named,
    fill_deck,
    is_version,
    move_item,
    write_version,
)
from quizapp.services.sources.shipped_texts import strike_boilerplate
from quizapp.storage.corrections import claims as queries
from quizapp.storage.corrections.regrades import has_answers
from quizapp.storage.library.tables import Deck, Item, ItemApart
from quizapp.storage.sources.tables import Source
from quizapp.storage.study.marks import unpass_item
from quizapp.storage.upserts import lock_library


@dataclass
class Loaded:
    """What a load changed, in numbers. rekeyed: by the bank's id, items that someone has answered and whose
    key is another now."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0
    returned: int = 0
    rekeyed: dict[str, int] = field(default_factory=dict)

    def notices(self) -> list[str]:
        """What anyone who loads a bank should look at."""
        return [
            f"{name}: the answer key has changed. Past answers keep their grades; an admin can see what "
            f"would change, and regrade, at /teach/items/{item_id}/past-answers"
            for name, item_id in self.rekeyed.items()
        ]

    def __str__(self) -> str:
        return (
            f"{self.new} new, {self.changed} changed, {self.unchanged} unchanged, "
            f"{self.retired} retired, {self.returned} returned"
        )


def read_bank(folder: Path) -> Bank:
    """The bank in a folder; raises InvalidBank naming file, line, item and field of each problem."""
    if not folder.is_dir():
        raise InvalidBank(f"There is no folder {folder}. Name the folder that contains sources.toml.")
    files: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            files[path.name] = path.read_text("utf-8-sig")
        except UnicodeDecodeError as error:
            problem = Problem(path.name, f"Byte {error.start} is not UTF-8. Save the file as UTF-8.")
            raise InvalidBank(f"{path.name} can't be read.", (problem,)) from None
        except OSError as error:
            problem = Problem(path.name, f"{error.strerror}. Only readable files may be named *.toml.")
            raise InvalidBank(f"{path.name} can't be read.", (problem,)) from None
    if not files:
        raise InvalidBank(f"The folder {folder} contains no .toml file.")
    return load_bank(files)


def load_into_database(session: Session, bank: Bank, *, now: datetime) -> Loaded:
    """Make the shipped decks, items and sources in the database what the bank says."""
    lock_library(session)
    loaded = Loaded()
    sources = {record.slug: _write_source(session, record).id for record in bank.sources}
    decks = _write_decks(session, bank, sources, now)
    present = _shipped_items(session)
    ids: dict[str, int] = {}
    for record in bank.items:
        item = present.pop(record.id, None)
        ids[record.id] = _write_item(session, item, record, decks[record.deck], sources, loaded, now)
    for item in present.values():
        loaded.retired += item.state != "retired"
        item.state = "retired"
    session.flush()
    _keep_apart(session, bank, ids)
    for slug, deck in decks.items():
        fill_deck(session, deck, [ids[record.id] for record in bank.items_of(slug)])
    left = select(Deck).where(Deck.owner_id.is_(None), Deck.slug.not_in(decks))
    for deck in session.scalars(left).all():
        fill_deck(session, deck, [])
    return loaded


def _keep_apart(session: Session, bank: Bank, ids: dict[str, int]) -> None:
    """The pairs that the bank names, and those of which one tells the other's answer."""
    pairs = set(kept_apart({ids[record.id]: Shown(record.content) for record in bank.items}))
    for record in bank.items:
        for other in record.apart:
            one, two = ids[record.id], ids[other]
            pairs |= {(one, two), (two, one)}
    rows = session.execute(select(ItemApart.item_id, ItemApart.other_id))
    stored = {(one, two) for one, two in rows}
    for one, two in stored - pairs:
        session.execute(delete(ItemApart).where(ItemApart.item_id == one, ItemApart.other_id == two))
    session.add_all(ItemApart(item_id=one, other_id=two) for one, two in sorted(pairs - stored))
    session.flush()


def _write_source(session: Session, record: SourceRecord) -> Source:
    source = session.scalar(select(Source).where(Source.slug == record.slug, Source.owner_id.is_(None)))
    if source is None:
        source = Source(slug=record.slug)
        session.add(source)
    for name in ("name", "title", "author", "publisher", "published", "language", "about", "paragraphs"):
        setattr(source, name, getattr(record, name))
    source.boilerplate = ",".join(map(str, record.boilerplate))
    session.flush()
    strike_boilerplate(session, source)
    return source


def _write_decks(session: Session, bank: Bank, sources: dict[str, int], now: datetime) -> dict[str, Deck]:
    decks: dict[str, Deck] = {}
    records: list[DeckRecord | ThemeRecord] = [*bank.decks, *bank.themes]
    for position, record in enumerate(records, start=1):
        deck = session.scalar(select(Deck).where(Deck.slug == record.slug, Deck.owner_id.is_(None)))
        if deck is None:
            deck = Deck(slug=record.slug, created_at=now)
            session.add(deck)
        deck.title, deck.summary, deck.position = record.title, record.summary, position
        deck.theme_tag = getattr(record, "tag", None)
        deck.source_id = sources.get(getattr(record, "source", ""))
        decks[record.slug] = deck
    session.flush()
    return decks


def _shipped_items(session: Session) -> dict[str, Item]:
    query = select(Item).join(Deck, Item.deck_id == Deck.id).where(Deck.owner_id.is_(None))
    return {item.key: item for item in session.scalars(query.options(joinedload(Item.version)))}


def _write_item(
    session: Session,
    item: Item | None,
    record: BankItem,
    deck: Deck,
    sources: dict[str, int],
    loaded: Loaded,
    now: datetime,
) -> int:
    fact = fact_named(session, record.fact)
    new = item is None
    if item is None:
        if session.scalar(select(Item.id).where(Item.key == record.id)) is not None:
            raise Conflict(f"A teacher's question is already named “{record.id}”. Rename the bank's item.")
        item = create_item(session, key=record.id, deck=deck, fact=fact)
    else:
        move_item(session, item, deck_id=deck.id, fact_id=fact.id)
    before = item.version
    changed = _write(session, item, _draft(record, sources), now)
    rekeyed = changed and before is not None and guess(before.content, record.content) == "key"
    if rekeyed and has_answers(session, item.id):
        loaded.rekeyed[record.id] = item.id
    loaded.returned += item.state == "retired"
    if item.state != "published":
        item.state = "published"
        unpass_item(session, item.id)
    loaded.new += new
    loaded.changed += changed and not new
    loaded.unchanged += not changed
    return item.id


def _write(session: Session, item: Item, draft: Draft, now: datetime) -> bool:
    """What the bank says of an item, and on top of it what was accepted here; whether the bank's word
    has changed. As long as it has not, a version made here stays."""
    current = item.version
    if current is None or current.author_id is None:
        change = guess(current.content, draft.content) if current is not None else "wording"
        return write_version(session, item, draft, author_id=None, now=now, change=change)
    before = queries.newest_of_bank(session, item.id)
    if before is not None and is_version(session, before, draft):
        return False
    changed = write_version(
        session, item, draft, author_id=None, now=now, change=guess(current.content, draft.content)
    )
    wider = replace(draft, content=with_accepted(session, item, draft.content))
    note = "With answers accepted on this site"
    write_version(session, item, wider, author_id=current.author_id, now=now, note=note, change="key")
    return changed


def _draft(record: BankItem, sources: dict[str, int]) -> Draft:
    return Draft(
        content=record.content,
        formats=record.formats,
        tags=record.tags,
        evidence=tuple(_citations(record, sources)),
    )


def _citations(record: BankItem, sources: dict[str, int]) -> Iterable[Citation]:
    for ref in record.evidence:
        yield Citation(
            sources[ref.source], ref.paragraph, ref.sentence, ref.digest, ref.role.value, ref.words
        )
