"""Bringing a question to students: publish or ask for approval, decide, retire; and its thread."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.domain.audit.actions import Action
from quizapp.domain.errors import Conflict, Invalid, Problem
from quizapp.domain.language.text import unstorable
from quizapp.domain.language.translation import _
from quizapp.domain.library.review import LONGEST_COMMENT, MOST_COMMENTS, State, Step, after, first
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.review import needs_approval
from quizapp.storage.library.tables import Deck, Item, ItemComment
from quizapp.storage.study.marks import unpass_item

# Steps of which the audit log tells.
NOTED = {State.PUBLISHED: Action.QUESTION_PUBLISHED, State.RETIRED: Action.QUESTION_RETIRED}


def first_state(session: Session, deck: Deck, author: Account, wish: str) -> State:
    """The state of a new question of this author's: `wish` “draft”, or as far as it comes."""
    return first(wish, approval=needs_approval(session, deck.id, author.id))


def take_step(session: Session, item: Item, step: Step, by: Account) -> State:
    """Take a step with a question; where it is then. Raises Conflict where it has moved on."""
    _lock(session, item)
    before = State(item.state)
    state = after(before, step, approval=needs_approval(session, item.deck_id, by.id))
    if state is not before:
        item.state = state.value
        session.flush()
        if state is State.PUBLISHED:
            unpass_item(session, item.id)
    return state


def decide(
    session: Session, item: Item, *, approve: bool, base: int | None, words: str, by: Account, now: datetime
) -> State:
    """Approve a question, or send it back with words. base: the version that was looked at.

    Raises Conflict where it says something else now or is not in review, Invalid where it is the
    teacher's own or is sent back without a word.
    """
    _lock(session, item)
    if item.version is None or item.version_id != base:
        raise Conflict(
            _("This question has been edited in the meantime. Check it again; nothing was decided.")
        )
    if approve and item.version.author_id == by.id:
        raise Invalid(
            _("Not approved yet."),
            (Problem("decision", _("You wrote this version, so another teacher has to approve it.")),),
        )
    if not approve and not words.strip():
        raise Invalid(_("Not sent back yet."), (Problem("text", _("Say what should be changed.")),))
    if words.strip():
        comment(session, item, words, by=by, now=now)
    return take_step(session, item, Step.APPROVE if approve else Step.SEND_BACK, by)


def comment(session: Session, item: Item, text: str, *, by: Account, now: datetime) -> ItemComment:
    """Say something about a question. Raises Invalid where there is nothing to keep, or too much."""
    text = text.strip()
    complaint = unstorable(text, LONGEST_COMMENT) if text else _("Write something first.")
    if complaint:
        raise Invalid(_("Not saved yet."), (Problem("text", complaint),))
    there = select(func.count()).where(ItemComment.item_id == item.id)
    if (session.scalar(there) or 0) >= MOST_COMMENTS:
        raise Invalid(
            _("Not saved."),
            (
                Problem(
                    "text",
                    _("A question can have at most {most_comments} comments.").format(
                        most_comments=MOST_COMMENTS
                    ),
                ),
            ),
        )
    made = ItemComment(item_id=item.id, author_id=by.id, text=text, made_at=now)
    session.add(made)
    session.flush()
    return made


def remove_comment(session: Session, found: ItemComment) -> None:
    """Take a comment out of its thread (anyone who calls has made sure that it is their own)."""
    session.delete(found)
    session.flush()


def _lock(session: Session, item: Item) -> None:
    query = select(Item).where(Item.id == item.id).with_for_update()
    session.scalars(query.execution_options(populate_existing=True)).one()
