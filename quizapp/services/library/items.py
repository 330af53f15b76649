"""Writing items: the one way in for the bank's loader and the teacher's editor alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from quizapp.domain.language import markup
from quizapp.domain.language.text import fold_for_search
from quizapp.domain.library.kinds import encode_content, kind_of
from quizapp.domain.library.kinds.base import Content, Format
from quizapp.domain.sources.evidence import Role
from quizapp.services.library.pictures import note_use
from quizapp.services.sources.anchors import anchor_new
from quizapp.storage.library.tables import Deck, DeckItem, Evidence, Fact, Item, ItemVersion
from quizapp.storage.study.marks import unpass
from quizapp.storage.study.tables import Card


@dataclass(frozen=True)
class Citation:
    """Evidence as rows hold it."""

    source_id: int
    paragraph: int
    sentence: int
    digest: str
    role: str = Role.PROVES.value
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """All that makes a version: what is asked, in which formats, tagged how, resting on what."""

    content: Content
    formats: tuple[Format, ...] = ()
    tags: tuple[str, ...] = ()
    evidence: tuple[Citation, ...] = ()


def fact_named(session: Session, key: str) -> Fact:
    """The fact with this key, made if there is none."""
    fact = session.scalar(select(Fact).where(Fact.key == key))
    if fact is None:
        fact = Fact(key=key)
        session.add(fact)
        session.flush()
    return fact


def create_item(session: Session, *, key: str, deck: Deck, fact: Fact, state: str = "published") -> Item:
    """A new item without a version yet."""
    item = Item(key=key, deck_id=deck.id, fact_id=fact.id, state=state)
    session.add(item)
    session.flush()
    return item


def write_version(
    session: Session,
    item: Item,
    draft: Draft,
    *,
    author_id: int | None,
    now: datetime,
    note: str = "",
    change: str = "wording",
) -> bool:
    """Make the draft the item's version if it differs from the current one; True if it did.

    change: what it changes where there was a version before: wording, meaning or key.
    """
    current = item.version
    if current is not None and is_version(session, current, draft):
        return False
    kind = kind_of(draft.content)
    version = ItemVersion(
        item_id=item.id,
        number=current.number + 1 if current else 1,
        kind=kind.name,
        content=draft.content,
        formats=",".join(draft.formats),
        tags=",".join(draft.tags),
        search_text=search_text(draft.content),
        author_id=author_id,
        created_at=now,
        note=note,
        change=change if current else "",
    )
    session.add(version)
    session.flush()
    note_use(session, version.id, draft.content, author_id)
    item.version = version
    session.flush()
    rest_on(session, version.id, draft.evidence, before=current.id if current else None)
    return True


def rest_on(
    session: Session, version_id: int, citations: Sequence[Citation], *, before: int | None = None
) -> None:
    """Write down what a new version is based on, and where that stands now. before: the version before it."""
    evidence = [
        Evidence(
            version_id=version_id,
            source_id=cited.source_id,
            paragraph=cited.paragraph,
            sentence=cited.sentence,
            digest=cited.digest,
            role=cited.role,
            words=cited.words,
        )
        for cited in dict.fromkeys(citations)
    ]
    if evidence:
        session.add_all(evidence)
        session.flush()
        anchor_new(session, evidence, before)


def move_item(session: Session, item: Item, *, deck_id: int, fact_id: int) -> None:
    """Give an item another home deck or fact; its cards, which carry both, follow."""
    if (item.deck_id, item.fact_id) == (deck_id, fact_id):
        return
    item.deck_id, item.fact_id = deck_id, fact_id
    session.flush()
    session.execute(update(Card).where(Card.item_id == item.id).values(deck_id=deck_id, fact_id=fact_id))


def fill_deck(session: Session, deck: Deck, item_ids: Sequence[int]) -> None:
    """Make these items, in this order, the deck's; nothing is written when they already are."""
    placed = select(DeckItem.item_id, DeckItem.position).where(DeckItem.deck_id == deck.id)
    now = [(item_id, place) for item_id, place in session.execute(placed.order_by(DeckItem.position))]
    wanted = [(item_id, position) for position, item_id in enumerate(item_ids, start=1)]
    if now == wanted:
        return
    session.execute(delete(DeckItem).where(DeckItem.deck_id == deck.id))
    session.add_all(
        DeckItem(deck_id=deck.id, item_id=item_id, position=position) for item_id, position in wanted
    )
    session.flush()
    unpass(session, deck_id=deck.id)


def append_to_deck(session: Session, deck: Deck, item: Item) -> None:
    """Put an item at the end of a deck."""
    last = session.scalar(select(func.max(DeckItem.position)).where(DeckItem.deck_id == deck.id)) or 0
    session.add(DeckItem(deck_id=deck.id, item_id=item.id, position=last + 1))
    session.flush()


def search_text(content: Content) -> str:
    """Stem and answers, folded for a search that ignores case and accents."""
    kind = kind_of(content)
    outline = kind.outline(content)
    words = [kind.headline(content), *outline.keys, *outline.accept, *outline.distractors]
    return fold_for_search(" ".join(markup.plain(word) for word in words))


def is_version(session: Session, version: ItemVersion, draft: Draft) -> bool:
    """Whether a version says just what the draft says: content, formats, tags and evidence."""
    if encode_content(version.content) != encode_content(draft.content):
        return False
    if (version.formats, version.tags) != (",".join(draft.formats), ",".join(draft.tags)):
        return False
    rows = session.execute(
        select(
            Evidence.source_id,
            Evidence.paragraph,
            Evidence.sentence,
            Evidence.digest,
            Evidence.role,
            Evidence.words,
        ).where(Evidence.version_id == version.id)
    )
    return {Citation(*row) for row in rows} == set(draft.evidence)
