"""Another teacher suggests an edit; whoever may change the question takes it, or declines it with words."""

from __future__ import annotations

import json
from dataclasses import astuple
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Conflict, Invalid, Problem
from quizapp.domain.language.text import unstorable
from quizapp.domain.language.translation import _
from quizapp.domain.library.changes import Change
from quizapp.domain.library.kinds.base import Format
from quizapp.services.library import editor
from quizapp.services.library.items import Citation, Draft, is_version
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Item, Suggestion

LONGEST_REPLY = 500


class StaleSuggestion(Conflict):
    """The question has changed since the suggestion was made from it."""


def suggest(
    session: Session, item: Item, draft: Draft, *, base: int | None, note: str, by: Account, now: datetime
) -> Suggestion:
    """Keep a draft as a suggestion; an open one of the same teacher's is replaced.

    base: the version it was made from. Raises Conflict where that is not the present one, Invalid where the
    draft says what is there already.
    """
    _lock(session, item)
    if item.version is None or item.version_id != base:
        raise Conflict(
            _("This question has been edited in the meantime. Check it again; your suggestion was not sent.")
        )
    if is_version(session, item.version, draft):
        raise Invalid(_("You haven’t changed anything, so nothing was sent."))
    found = session.scalar(
        select(Suggestion).where(
            Suggestion.item_id == item.id, Suggestion.author_id == by.id, Suggestion.state == "open"
        )
    )
    if found is None:
        found = Suggestion(item_id=item.id, author_id=by.id)
        session.add(found)
    found.base_version_id, found.content = item.version.id, draft.content
    found.formats, found.tags = ",".join(draft.formats), ",".join(draft.tags)
    found.evidence = json.dumps([astuple(each) for each in draft.evidence])
    found.note, found.made_at, found.state = note[: editor.LONGEST_NOTE], now, "open"
    session.flush()
    return found


def draft_of(found: Suggestion) -> Draft:
    """What a suggestion says, ready to be written."""
    return Draft(
        content=found.content,
        formats=tuple(Format(name) for name in found.formats.split(",") if name),
        tags=tuple(tag for tag in found.tags.split(",") if tag),
        evidence=tuple(Citation(*cited) for cited in json.loads(found.evidence)),
    )


def take(
    session: Session, found: Suggestion, *, change: Change, by: Account, now: datetime, reply: str = ""
) -> None:
    """Make a suggestion the question's next version, in its author's name. change: what sort of change it is,
    as anyone who takes it says; reply: a word to its author.

    Raises StaleSuggestion where the question has another version now, Conflict where it is settled.
    """
    item, reply = found.item, _words(reply, needed=False)
    _lock(session, item)
    _still_open(session, found)
    if item.version_id != found.base_version_id:
        raise StaleSuggestion(
            _("The question has changed since. Open the suggestion in the editor to merge it.")
        )
    fact = editor.fact_name(item.deck.owner_id or by.id, item.fact.key)
    note = f"Suggested by {found.author.name}" if found.author is not None else "Suggested"
    author, draft = found.author or by, draft_of(found)
    editor.save_item(
        session,
        item,
        draft,
        base=item.version_id,
        fact=fact,
        author=author,
        now=now,
        note=f"{note}: {found.note}" if found.note else note,
        change=change,
    )
    found.state, found.settled_at, found.taken_version_id = "taken", now, item.version_id
    found.reply, found.read_at = reply, now if found.author_id == by.id else None
    session.flush()


def settle(
    session: Session, found: Suggestion, *, merged: bool, reply: str, by: Account, now: datetime
) -> None:
    """Say that a suggestion was merged by hand, or decline it, which takes words. Raises Invalid or
    Conflict."""
    _still_open(session, found)
    found.reply = _words(reply, needed=not merged)
    found.state, found.settled_at = "taken" if merged else "declined", now
    found.taken_version_id = found.item.version_id if merged else None
    found.read_at = now if found.author_id == by.id else None
    session.flush()


def put_away(session: Session, found: Suggestion, *, now: datetime) -> None:
    """Its author has read what became of it; an open one stays as it is."""
    if found.state != "open" and found.read_at is None:
        found.read_at = now
        session.flush()


def _words(reply: str, *, needed: bool) -> str:
    reply = reply.strip()
    complaint = unstorable(reply, LONGEST_REPLY)
    if not complaint and needed and not reply:
        complaint = _("Explain why in a sentence; its author will read it.")
    if complaint:
        raise Invalid(_("Not closed yet."), (Problem("reply", complaint),))
    return reply


def _still_open(session: Session, found: Suggestion) -> None:
    query = select(Suggestion).where(Suggestion.id == found.id).with_for_update(of=Suggestion)
    session.scalars(query.execution_options(populate_existing=True)).one()
    if found.state != "open":
        raise Conflict(_("This suggestion has already been decided."))


def _lock(session: Session, item: Item) -> None:
    query = select(Item).where(Item.id == item.id).with_for_update()
    session.scalars(query.execution_options(populate_existing=True)).one()
