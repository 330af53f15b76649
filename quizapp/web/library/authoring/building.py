"""Building the teacher's pages from what queries and forms hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from flask import request
from sqlalchemy.orm import Session

from quizapp.domain.language import markup
from quizapp.domain.language.moments import short_day_words
from quizapp.domain.language.text import fold_for_search
from quizapp.domain.language.translation import _
from quizapp.domain.library.changes import CHANGES, guess
from quizapp.domain.library.kinds import KINDS, kind_named, kind_of
from quizapp.domain.library.kinds.base import Content, Kind
from quizapp.domain.library.sharing import Act
from quizapp.services.library.citations import source_name
from quizapp.services.library.deletion import deletable
from quizapp.services.library.editor import NEW_DECK, fact_name, fact_prefix
from quizapp.storage.accounts import deck_rights
from quizapp.storage.accounts.tables import Account
from quizapp.storage.corrections import analysis
from quizapp.storage.corrections import regrades as regrading
from quizapp.storage.corrections.analysis import Share
from quizapp.storage.library import cited_sources
from quizapp.storage.library import editor as queries
from quizapp.storage.library.editor import VersionLine
from quizapp.storage.library.review import needs_approval
from quizapp.storage.library.tables import Deck, Item, ItemVersion
from quizapp.web.frame.parts.differences import changes, whole
from quizapp.web.frame.parts.offers import offered
from quizapp.web.library.authoring import addressed
from quizapp.web.library.authoring.filters import filter_of
from quizapp.web.library.authoring.forms import ItemForm
from quizapp.web.library.authoring.pages import (
    Asking,
    Clash,
    DeckPage,
    DeckRow,
    DecksPage,
    EditorPage,
    ItemRow,
    KindCard,
    KindsPage,
    RestorePage,
    VersionRow,
    VersionsPage,
)
from quizapp.web.library.authoring.preview.previewing import TRIED, preview_of
from quizapp.web.library.authoring.submission import Written, read
from quizapp.web.library.authoring.wording import evidence_now, evidence_of, texts_of

ORDERS = ("new", "title", "questions")
LEAST = 5  # first answers before a share is told


def decks_page(session: Session, teacher: Account, arguments: Mapping[str, str]) -> DecksPage:
    """The teacher's decks by folder, those of others that they may look into, and the shipped ones."""
    words = arguments.get("words", "")[:200].strip()
    by = arguments.get("by", "") if arguments.get("by") in ORDERS else ORDERS[0]
    rows = queries.deck_rows(session, teacher.id)
    wanted = fold_for_search(words).split()
    found = [
        row for row in rows if all(word in fold_for_search(f"{row.title} {row.folder}") for word in wanted)
    ]
    if by == "title":
        found.sort(key=lambda row: fold_for_search(row.title))
    elif by == "questions":
        found.sort(key=lambda row: -row.published)
    own = [row for row in found if row.owner_id == teacher.id]
    folders = sorted(
        {row.folder for row in own if not row.archived}, key=lambda name: (not name, name.casefold())
    )
    return DecksPage(
        own=tuple(
            (folder, tuple(_deck_row(row) for row in own if row.folder == folder and not row.archived))
            for folder in folders
        ),
        archived=tuple(_deck_row(row) for row in own if row.archived),
        others=tuple(
            _deck_row(row) for row in found if row.owner_id not in {None, teacher.id} and not row.archived
        ),
        shipped=tuple(_deck_row(row) for row in found if row.owner_id is None),
        queued=offered().queue_count(session, teacher),
        words=words,
        by=by,
        total=sum(row.owner_id == teacher.id for row in rows),
    )


def _deck_row(row: queries.TaughtDeck) -> DeckRow:
    return DeckRow(
        slug=row.slug,
        title=row.title,
        summary=row.summary,
        published=row.published,
        retired=row.retired,
        owner=row.owner or "",
        editable=row.editable,
        public=row.public,
        department=row.department,
        folder=row.folder,
        archived=row.archived,
    )


def deck_page(
    session: Session, deck: Deck, teacher: Account, arguments: Mapping[str, str], number: int
) -> DeckPage:
    """One page of a deck's items, filtered."""
    acts = deck_rights.acts(session, deck.id, teacher.id)
    origin = deck_rights.origin(session, deck.id, teacher.id)
    filter_ = filter_of(session, deck.id, arguments)
    number = min(max(1, number), 1_000)
    rows = queries.deck_items(session, deck.id, filter_.wanted, number)
    total = queries.count_items(session, deck.id)
    shown = rows[: queries.ITEMS_A_PAGE]
    before = (number - 1) * queries.ITEMS_A_PAGE
    shares, zone = analysis.shares(session, [row.id for row in shown]), ZoneInfo(teacher.zone)
    items = tuple(
        ItemRow(
            id=row.id,
            headline=markup.plain(kind_of(row.content).headline(row.content)),
            kind=kind_named(row.kind).title,
            published=row.state == "published",
            state=row.state,
            tags=tuple(row.tags.split(",")) if row.tags else (),
            keys=", ".join(map(markup.plain, kind_of(row.content).outline(row.content).keys)),
            share=share_words(shares.get(row.id)),
            changed=short_day_words(row.changed_at, zone),
            first=before + place == 1,
            last=before + place == total,
        )
        for place, row in enumerate(shown, start=1)
    )
    return DeckPage(
        slug=deck.slug,
        deck_title=deck.title,
        summary=deck.summary,
        owned=Act.OWN in acts,
        archived=deck.archived_at is not None,
        sources=tuple(
            (row.slug, row.title) for row in cited_sources.sources_of(session, deck.id, teacher.id)
        ),
        editable=Act.EDIT in acts,
        owner=_owner(deck),
        public=deck.public,
        origin_title=origin.title if origin is not None else "",
        origin_slug=origin.slug or "" if origin is not None else "",
        items=items,
        total=total,
        filter=filter_,
        targets=tuple((row.slug, row.title) for row in queries.targets(session, teacher.id, deck.id)),
        number=number,
        more=len(rows) > len(shown),
    )


def share_words(share: Share | None) -> str:
    """How many of its first answers were right, in words; "" for a question no one has answered, and only
    their number while they are too few to mean something."""
    if share is None:
        return ""
    if share.answers < LEAST:
        return _("{count} so far").format(count=share.answers)
    return _("{right} of {answers}").format(right=share.right, answers=share.answers)


def _owner(deck: Deck) -> str:
    """Whose a deck is, in words; "" for a shipped one."""
    if deck.owner is None:
        return ""
    return deck.owner.name or _("a teacher who has left")


def kinds_page(deck: Deck, arguments: addressed.Arguments) -> KindsPage:
    """The kinds to choose from, each with its first example."""
    return KindsPage(
        slug=deck.slug,
        deck_title=deck.title,
        kinds=tuple(_card(kind) for kind in KINDS),
        evidence=addressed.named(arguments),
    )


def _card(kind: Kind[Any]) -> KindCard:
    content = kind.examples[0].content
    keys = kind.outline(content).keys
    return KindCard(
        name=kind.name,
        title=_(kind.title),
        summary=_(kind.summary),
        stem=markup.plain(kind.headline(content)),
        answer=markup.plain(", ".join(keys)),
    )


# --- the editor ----------------------------------------------------------------------------------


def new_page(
    session: Session, teacher: Account, deck: Deck, kind: Kind[Any], arguments: addressed.Arguments
) -> EditorPage:
    """An empty form, with the evidence filled in that the address names."""
    form = ItemForm.blank(kind, addressed.rows(arguments))
    key = f"t-{uuid4().hex}"
    article = arguments.get("source", "") if deck.slug == NEW_DECK else ""
    page = editor_page(session, teacher, deck, form, None, key=key, article=article)
    return replace(page, chosen=_chosen(session, teacher, arguments))


def _chosen(session: Session, teacher: Account, arguments: addressed.Arguments) -> tuple[str, ...]:
    """The sentences that an address names, to be seen beside the form."""
    rows = addressed.rows(arguments)
    places = [(row["paragraph"], row["sentence"]) for row in rows if "paragraph" in row and "sentence" in row]
    if not places:
        return ()
    return tuple(row.text for row in cited_sources.sentences(session, rows[0]["source"], teacher.id, places))


def edit_page(session: Session, teacher: Account, item: Item, *, renewed: bool = False) -> EditorPage:
    """The form of an item's present version, with its preview."""
    form = stored_form(session, teacher, item, renewed=renewed)
    return editor_page(session, teacher, item.deck, form, read(session, form, teacher.id), item=item)


def stored_form(session: Session, teacher: Account, item: Item, *, renewed: bool = False) -> ItemForm:
    """The form as the item's present version fills it. renewed: sentences that have changed are cited as
    they are now."""
    version = item.version
    assert version is not None
    evidence = evidence_now(session, version.id, renewed=renewed)
    form = ItemForm.stored(
        kind_named(version.kind),
        version.content,
        formats=version.formats,
        tags=version.tags,
        evidence=evidence,
        fact=fact_name(item.deck.owner_id or teacher.id, item.fact.key),
    )
    form.content.validate()
    return form


def editor_page(
    session: Session,
    teacher: Account,
    deck: Deck,
    form: ItemForm,
    written: Written | None,
    *,
    item: Item | None = None,
    key: str = "",
    base: int | None = None,
    refused: bool = False,
    room: bool = False,
    clash: Clash | None = None,
    asking: Asking | None = None,
    article: str = "",
) -> EditorPage:
    """The editor as the form stands. base: where it was not made from the item's present version;
    room: one more empty row of evidence was asked for."""
    if room:
        form.add_citation()
    owner_id = deck.owner_id or teacher.id
    prefix = fact_prefix(owner_id)
    facts = queries.fact_keys(session, owner_id, teacher.id, prefix)
    version = item.version if item is not None else None
    base = base if base is not None else version.id if version is not None else None
    return EditorPage(
        form=form,
        kind=form.kind,
        slug=deck.slug,
        deck_title=deck.title,
        preview=preview_of(session, teacher.id, form, written, base, deck.id)
        if written is not None
        else None,
        sources=_sources(session, teacher, written),
        facts=tuple(name.removeprefix(prefix) for name in facts),
        item_id=item.id if item is not None else None,
        key=key,
        base=base,
        number=version.number if version is not None else 0,
        published=item is None or item.state == "published",
        state=item.state if item is not None else "",
        approval=needs_approval(session, deck.id, teacher.id),
        deletable=item is not None and deletable(session, item, teacher),
        refused=refused,
        article=article,
        clash=clash,
        asking=asking,
        tried=request.form.get(TRIED, ""),
    )


def _sources(session: Session, teacher: Account, written: Written | None) -> tuple[tuple[str, str], ...]:
    """The sources to choose from: those offered to all the teacher's questions, and those that this one
    cites (of a colleague, say, who shares the deck)."""
    rows = {row.slug: row for row in cited_sources.source_rows(session, teacher.id)}
    rows |= dict(written.sources) if written is not None else {}
    return tuple((slug, source_name(row) or slug) for slug, row in sorted(rows.items()))


def clash_of(session: Session, teacher: Account, item: Item, mine: ItemForm) -> Clash:
    """What is in the database now, beside what this form says."""
    theirs = stored_form(session, teacher, item)
    newest = queries.versions(session, item.id)[0]
    return Clash(
        author=_author(newest, teacher),
        at=_local(newest.created_at, teacher),
        changes=changes(theirs.texts(), mine.texts()),
    )


# --- versions ------------------------------------------------------------------------------------


def versions_page(session: Session, teacher: Account, item: Item) -> VersionsPage:
    """Every version beside the one before it."""
    rows = list(queries.versions(session, item.id))
    evidence = evidence_of(session, [row.id for row in rows])
    texts = [texts_of(row, evidence.get(row.id, [])) for row in rows]
    differences = [changes(older, newer) for newer, older in pairwise(texts)]
    assert item.version is not None
    kind = kind_of(item.version.content)
    regrades = {each.to_version_id: each.id for each in reversed(regrading.of_item(session, item.id))}
    return VersionsPage(
        item_id=item.id,
        base=item.version_id,
        headline=markup.plain(kind.headline(item.version.content)),
        slug=item.deck.slug,
        deck_title=item.deck.title,
        versions=tuple(
            VersionRow(
                id=row.id,
                number=row.number,
                author=_author(row, teacher),
                at=_local(row.created_at, teacher),
                note=row.note,
                changes=differences[place] if place < len(differences) else whole(texts[place]),
                first=place == len(rows) - 1,
                current=row.id == item.version_id,
                change=_(CHANGES[row.change][0]) if row.change in CHANGES else "",
                key_changed=row.change == "key",
                regrade=regrades.get(row.id, 0),
            )
            for place, row in enumerate(rows)
        ),
    )


def restore_page(session: Session, item: Item, version: ItemVersion) -> RestorePage:
    """The question what sort of change it is to restore a version."""
    assert item.version is not None
    evidence = evidence_of(session, (version.id, item.version.id))
    now, then = (texts_of(each, evidence.get(each.id, [])) for each in (item.version, version))
    kind = kind_of(item.version.content)
    return RestorePage(
        item_id=item.id,
        base=item.version_id,
        restore=version.id,
        number=version.number,
        headline=markup.plain(kind.headline(item.version.content)),
        slug=item.deck.slug,
        deck_title=item.deck.title,
        asking=asking_of(item, version.content, now, then),
    )


def asking_of(item: Item, content: Content, old: Mapping[str, str], new: Mapping[str, str]) -> Asking:
    """The question what sort of change it is, with what differs and a first guess."""
    assert item.version is not None
    guessed = guess(item.version.content, content)
    choices = tuple((name, _(title), _(text), name == guessed) for name, (title, text) in CHANGES.items())
    return Asking(choices=choices, changes=changes(old, new))


def _author(row: VersionLine, teacher: Account) -> str:
    if row.author is None:
        return _("the site’s bank")
    return "you" if row.author == teacher.name else row.author


def _local(at: datetime, teacher: Account) -> datetime:
    return at.astimezone(ZoneInfo(teacher.zone))
