"""Storing what was read from a file: new questions are added, known ones changed, none is there twice.

Anyone who calls has made sure that the author may change the deck.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import NamedTuple, TypeVar
from uuid import uuid4

from sqlalchemy import Engine, Select, func, insert, or_, select, update
from sqlalchemy.orm import Session, joinedload

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.bundle import Entry, Item
from quizapp.domain.library.changes import guess
from quizapp.domain.library.kinds import kind_of
from quizapp.services.exchange.media import Media
from quizapp.services.exchange.names import Names, said
from quizapp.services.library.editor import draft_of, fact_key, fact_name, save_item
from quizapp.services.library.items import Citation, Draft, fact_named, rest_on, search_text
from quizapp.services.library.picture_drawing import Drawn
from quizapp.services.library.pictures import keep, note_use
from quizapp.services.library.review import first_state
from quizapp.storage.accounts.tables import Account
from quizapp.storage.batches import PAUSE
from quizapp.storage.engine import snapshot
from quizapp.storage.exchange.imported import Brought, brought, written_here
from quizapp.storage.exchange.tables import ImportedItem
from quizapp.storage.library import tables as library
from quizapp.storage.sources.tables import Source
from quizapp.storage.upserts import lock_text

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
K = TypeVar("K", str, int)
AT_ONCE = 500  # questions stored by the same few statements
FEW = 10  # questions stored while others wait
LONGEST_TAGS = 500  # characters, with the commas between them
NOTE = "Imported again"


@dataclass
class Stored:
    """What an import did, in numbers. unchanged: those of which the file says what it said before."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    pictures_left_out: int = 0
    reviews: int = 0


class _Named(NamedTuple):
    """A question under its name."""

    item: Item
    name: str
    digest: str


def store(
    session: Session,
    deck: library.Deck,
    entries: Iterable[Entry],
    *,
    author: Account,
    now: datetime,
    media: Media,
    most_pictures: int = 0,
) -> Stored:
    """Bring the questions of a file into a deck. Entries that were refused are counted and passed by.

    media: the pictures of the file; most_pictures: bytes of all of the author's (0: however many).
    """
    stored = Stored()
    wanted = _named(entries, stored)
    while some := list(islice(wanted, AT_ONCE)):
        _store(session, deck, some, stored, author=author, now=now, media=media, most_pictures=most_pictures)
    stored.pictures_left_out = media.left_out
    return stored


def store_in_steps(
    engine: Engine, deck_id: int, entries: Iterable[Entry], *, author_id: int, now: datetime, media: Media
) -> Stored:
    """As `store`, a few questions in a transaction each, so that no one waits for all of them; pictures are
    drawn before each. Stopped in the middle, the same file can be imported again."""
    stored = Stored()
    wanted = _named(entries, stored)
    while some := list(islice(wanted, FEW)):
        with Session(engine.execution_options(**snapshot(engine))) as looking:
            rest = _unlike(some, _known(looking, looking.get_one(library.Deck, deck_id), some))
        media.draw(each.item for each in rest)
        with Session(engine, expire_on_commit=False, autoflush=False) as session, session.begin():
            deck, author = session.get_one(library.Deck, deck_id), session.get_one(Account, author_id)
            _store(session, deck, some, stored, author=author, now=now, media=media)
        time.sleep(PAUSE)
    stored.pictures_left_out = media.left_out
    return stored


def _unlike(some: list[_Named], known: Mapping[str, Brought]) -> list[_Named]:
    """Those that the deck lacks, or has otherwise."""
    return [each for each in some if each.name not in known or known[each.name].digest != each.digest]


def _store(
    session: Session,
    deck: library.Deck,
    some: list[_Named],
    stored: Stored,
    *,
    author: Account,
    now: datetime,
    media: Media,
    most_pictures: int = 0,
) -> None:
    lock_text(session, f"import into {deck.id}")

    def kept(drawn: Drawn) -> str:
        try:
            made = keep(session, author.id, drawn, picture_id=uuid4().hex, now=now, most=most_pictures)
        except Invalid:  # there is no room
            return ""
        return made.id

    known = _known(session, deck, some)
    rest = _unlike(some, known)
    stored.unchanged += len(some) - len(rest)
    media.draw(each.item for each in rest)
    rest = [each._replace(item=media.ours(each.item, kept)) for each in rest]
    for each in rest:
        if each.name in known:
            _change(session, deck, each, known[each.name], stored, author=author, now=now)
    fresh = [each for each in rest if each.name not in known]
    _add(session, deck, fresh, author=author, now=now)
    stored.new += len(fresh)


def stored_items(
    session: Session, deck: library.Deck, entries: Iterable[Entry]
) -> Iterator[tuple[Item, int, int]]:
    """(the question as the file has it, the id of its item, that of the item's version) for each that this
    deck has."""
    wanted = _named(entries, Stored())
    while some := list(islice(wanted, AT_ONCE)):
        known = _known(session, deck, some)
        ids = [row.item_id for row in known.values()]
        rows = select(library.Item.id, library.Item.version_id).where(library.Item.id.in_(ids))
        found = session.execute(rows)
        versions = {item: version for item, version in found if version is not None}
        for each in some:
            if each.name in known and known[each.name].item_id in versions:
                item_id = known[each.name].item_id
                yield each.item, item_id, versions[item_id]


def plans(session: Session, deck: library.Deck, entries: Sequence[Entry]) -> list[str]:
    """What `store` would do with each: new, changed, unchanged; "" for what was refused."""
    named = list(_named([entry for entry in entries if entry.item is not None], Stored()))
    known: dict[str, Brought] = {}
    for start in range(0, len(named), AT_ONCE):
        known |= _known(session, deck, named[start : start + AT_ONCE])
    done = iter(named)
    return [_plan(next(done), known) if entry.item is not None else "" for entry in entries]


def _plan(named: _Named, known: Mapping[str, Brought]) -> str:
    if named.name not in known:
        return "new"
    return "unchanged" if known[named.name].digest == named.digest else "changed"


def _named(entries: Iterable[Entry], stored: Stored) -> Iterator[_Named]:
    names = Names()
    for entry in entries:
        if entry.item is None:
            stored.refused += 1
        else:
            yield _Named(entry.item, names.name(entry.item), said(entry.item))


def _known(session: Session, deck: library.Deck, some: list[_Named]) -> dict[str, Brought]:
    """By name those that the deck has: brought in before, or written here and removed."""
    known = brought(session, deck.id, [each.name for each in some])
    own = {each.item.id: each.name for each in some if each.item.id and each.name not in known}
    return known | {own[key]: row for key, row in written_here(session, deck.id, list(own)).items()}


def _change(
    session: Session,
    deck: library.Deck,
    named: _Named,
    known: Brought,
    stored: Stored,
    *,
    author: Account,
    now: datetime,
) -> None:
    """The file's word, which is another than before."""
    item = session.scalars(
        select(library.Item)
        .options(
            joinedload(library.Item.version), joinedload(library.Item.deck), joinedload(library.Item.fact)
        )
        .where(library.Item.id == known.item_id)
    ).one()
    if item.deck_id != deck.id:  # it was moved, and anyone who has it now decides
        stored.unchanged += 1
        return
    assert item.version is not None
    changed = save_item(
        session,
        item,
        _kept(draft(session, named.item, author), draft_of(session, item.version)),
        base=item.version_id,
        fact=_fact_name(named.item.fact) or fact_name(deck.owner_id or author.id, item.fact.key),
        author=author,
        now=now,
        note=NOTE,
        change=guess(item.version.content, named.item.content),
    )
    stored.changed += changed
    stored.unchanged += not changed
    if known.digest:
        row = update(ImportedItem).where(ImportedItem.item_id == item.id)
        session.execute(row.values(digest=named.digest))
    else:
        session.add(ImportedItem(item_id=item.id, deck_id=deck.id, name=named.name, digest=named.digest))
        session.flush()


def _kept(draft: Draft, before: Draft) -> Draft:
    """What the file has nothing to say of stays as it was."""
    return replace(draft, formats=draft.formats or before.formats, evidence=draft.evidence or before.evidence)


def _fact_name(name: str) -> str:
    """A name that stays the same as an address: other programs' are digested."""
    return name if not name or _SLUG.fullmatch(name) else hashlib.sha256(name.encode()).hexdigest()[:32]


def draft(session: Session, item: Item, author: Account) -> Draft:
    """What a version of it is made of; evidence as far as its articles are here."""
    return Draft(
        content=item.content,
        formats=item.formats,
        tags=_tags(item.tags),
        evidence=_citations(session, item, author),
    )


def _citations(session: Session, item: Item, author: Account) -> tuple[Citation, ...]:
    slugs = {ref.source for ref in item.evidence}
    if not slugs:
        return ()
    theirs = or_(Source.owner_id.is_(None), Source.owner_id == author.id)
    known = {
        source.slug: source.id
        for source in session.scalars(select(Source).where(Source.slug.in_(slugs), theirs))
    }
    return tuple(
        Citation(known[ref.source], ref.paragraph, ref.sentence, ref.digest, ref.role.value, ref.words)
        for ref in item.evidence
        if ref.source in known
    )


def _tags(names: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are written here: small letters, hyphens for spaces; as many as there is room for."""
    kept: list[str] = []
    for name in names:
        tag = "-".join(name.replace(",", " ").casefold().split())
        if tag and tag not in kept and len(",".join((*kept, tag))) <= LONGEST_TAGS:
            kept.append(tag)
    return tuple(kept)


def _add(
    session: Session, deck: library.Deck, fresh: list[_Named], *, author: Account, now: datetime
) -> None:
    """New questions at the end of the deck, by a handful of statements for all of them."""
    if not fresh:
        return
    state = first_state(session, deck, author, "").value
    keys = [f"imported-{uuid4().hex}" for _ in fresh]
    facts = _facts(session, deck, fresh, keys, author)
    rows = [
        {"key": key, "deck_id": deck.id, "fact_id": fact, "state": state}
        for key, fact in zip(keys, facts, strict=True)
    ]
    session.execute(insert(library.Item), rows)
    made = _ids(session, select(library.Item.key, library.Item.id).where(library.Item.key.in_(keys)), keys)
    texts = [_version(item_id, each.item, author, now) for item_id, each in zip(made, fresh, strict=True)]
    session.execute(insert(library.ItemVersion), texts)
    first = select(library.ItemVersion.item_id, library.ItemVersion.id)
    versions = _ids(session, first.where(library.ItemVersion.item_id.in_(made)), made)
    session.execute(
        update(library.Item),
        [{"id": item, "version_id": version} for item, version in zip(made, versions, strict=True)],
    )
    last = session.scalar(
        select(func.max(library.DeckItem.position)).where(library.DeckItem.deck_id == deck.id)
    )
    session.execute(
        insert(library.DeckItem),
        [
            {"deck_id": deck.id, "item_id": item, "position": position}
            for position, item in enumerate(made, start=(last or 0) + 1)
        ],
    )
    session.execute(
        insert(ImportedItem),
        [
            {"item_id": item, "deck_id": deck.id, "name": each.name, "digest": each.digest}
            for item, each in zip(made, fresh, strict=True)
        ],
    )
    for version, each in zip(versions, fresh, strict=True):
        note_use(session, version, each.item.content, author.id)
        rest_on(session, version, _citations(session, each.item, author))


def _version(item_id: int, item: Item, author: Account, now: datetime) -> dict[str, object]:
    return {
        "item_id": item_id,
        "number": 1,
        "kind": kind_of(item.content).name,
        "content": item.content,
        "formats": ",".join(item.formats),
        "tags": ",".join(_tags(item.tags)),
        "search_text": search_text(item.content),
        "author_id": author.id,
        "created_at": now,
    }


def _facts(
    session: Session, deck: library.Deck, fresh: list[_Named], keys: list[str], author: Account
) -> list[int]:
    """The facts that these test, in their order: one that the file names, else one of its own."""
    owner = deck.owner_id or author.id
    named = [fact_key(owner, _fact_name(each.item.fact)) if each.item.fact else "" for each in fresh]
    shared = {key: fact_named(session, key).id for key in dict.fromkeys(filter(None, named))}
    alone = [key for key, name in zip(keys, named, strict=True) if not name]
    made: list[int] = []
    if alone:
        session.execute(insert(library.Fact), [{"key": key} for key in alone])
        made = _ids(
            session, select(library.Fact.key, library.Fact.id).where(library.Fact.key.in_(alone)), alone
        )
    own = dict(zip(alone, made, strict=True))
    return [shared[name] if name else own[key] for key, name in zip(keys, named, strict=True)]


def _ids(session: Session, query: Select[K, int], keys: Sequence[K]) -> list[int]:
    """The ids of rows by their keys, in the keys' order: no statement gives back rows in order everywhere."""
    found = {key: number for key, number in session.execute(query)}  # noqa: C416 rows are no tuples to mypy
    return [found[key] for key in keys]
