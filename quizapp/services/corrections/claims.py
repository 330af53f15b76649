"""“I was right”: a learner claims it of an answer, a teacher decides for all who answered so.

Accepting makes the answer part of the key (a new version whose change is `key`) and orders the regrade;
taking that back restores the key before and opens the claims again. (docs/regrading.md)
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from quizapp.domain.audit.actions import Action
from quizapp.domain.corrections.claims import accepting, claimable, needs_reason, normal_form, refusing
from quizapp.domain.errors import Conflict, Invalid, Missing
from quizapp.domain.language.text import unstorable
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds import decode_grade, decode_response, encode_response, kind_of
from quizapp.domain.library.kinds.base import Content, Response
from quizapp.services.audit import log
from quizapp.services.corrections import regrades
from quizapp.services.library.editor import draft_of
from quizapp.services.library.items import Draft, write_version
from quizapp.services.study.folding import counted_as
from quizapp.services.study.learner import Learner
from quizapp.storage.accounts.tables import Account
from quizapp.storage.corrections import claims as queries
from quizapp.storage.corrections.tables import Claim, Regrade
from quizapp.storage.library.tables import Item
from quizapp.storage.study import step
from quizapp.storage.study.tables import Review
from quizapp.storage.upserts import insert_once

LONGEST_WORD = 300
MOST_OPEN = 50  # of one learner


def claim(session: Session, learner: Learner, review_id: UUID, *, reason: str, now: datetime) -> None:
    """Hold that an answer was right, once; it goes to anyone who answers for the question.

    Raises Missing for an answer that is not theirs, Conflict where it cannot be claimed, Invalid for a
    reason that is missing or too long.
    """
    row = step.review_with_item(session, learner.id, counted_as(session, learner.id, review_id))
    if row is None:
        raise Missing(_("Answer not found."))
    review = row.review
    response, reason = decode_response(review.response), " ".join(reason.split())
    if not claimable(response, decode_grade(review.grade)):
        raise Conflict(_("This answer already counts, or is empty. Nothing was sent."))
    if needs_reason(response) and not reason:
        raise Invalid(_("Say in a few words why your answer was right."))
    if complaint := unstorable(reason, LONGEST_WORD):
        raise Invalid(complaint)
    if queries.count_open(session, learner.id) >= MOST_OPEN:
        raise Conflict(
            _("{most_open} of your answers are waiting for review. Wait for those first.").format(
                most_open=MOST_OPEN
            )
        )
    there = of_answer(session, learner.id, review.id, response)
    if there is None:
        _insert(session, review, response, said="right", reason=reason, now=now)
    elif there.said == "different" and there.state == "open":
        there.said, there.reason = "right", reason


def note_decision(
    session: Session, learner: Learner, review_id: UUID, *, same: Sequence[bool], now: datetime
) -> None:
    """Grading was not sure of an answer and asked: what its learner said goes to anyone who answers for the
    question, in place of what they said of the same answer before."""
    row = step.review_with_item(session, learner.id, review_id)
    if row is None:
        raise Missing(_("Answer not found."))
    review, response = row.review, decode_response(row.review.response)
    if not kind_of(row.content).grade(row.content, response).undecided:
        return  # no one was asked
    session.execute(
        delete(Claim).where(
            Claim.learner_id == learner.id,
            Claim.item_id == review.item_id,
            Claim.normal_form == normal_form(response),
            Claim.state == "open",
            Claim.said != "right",
        )
    )
    _insert(session, review, response, said="same" if all(same) else "different", reason="", now=now)


def _insert(
    session: Session, review: Review, response: Response, *, said: str, reason: str, now: datetime
) -> None:
    values = {
        "review_id": review.id,
        "learner_id": review.learner_id,
        "item_id": review.item_id,
        "version_id": review.version_id,
        "format": review.format,
        "response": encode_response(response),
        "normal_form": normal_form(response),
        "said": said,
        "reason": reason,
        "created_at": now,
        "state": "open",
        "reply": "",
    }
    insert_once(session, Claim, values)


def of_answer(session: Session, learner_id: int, review: UUID, response: Response) -> Claim | None:
    """The claim on an answer (review: the id under which it counts), also where it was made before the
    grade of the answer was stated again."""
    found = queries.of_review(session, review)
    if found is not None:
        return found
    alike = queries.saying(session, learner_id, encode_response(response))
    return next((each for each in alike if counted_as(session, learner_id, each.review_id) == review), None)


def wider(item: Item, claims: list[Claim]) -> Content | None:
    """The item's content with these answers accepted; None where only its author can write that."""
    assert item.version is not None
    return accepting(item.version.content, [decode_response(each.response) for each in claims])


def accept(
    session: Session, item: Item, form: str, *, base: int | None, author: Account, now: datetime
) -> Regrade:
    """Let an answer count for all who gave it. Raises Conflict where the question or its claims have
    changed since they were looked at, Invalid where the editor is needed."""
    claims = _undecided(session, item, form)
    if not claims:
        raise Conflict(_("These claims have already been decided."))
    responses = [decode_response(each.response) for each in claims]
    return _accept(session, item, form, responses, claims, base=base, author=author, now=now)


def accept_answer(
    session: Session, item: Item, response: Response, *, base: int | None, author: Account, now: datetime
) -> Regrade:
    """Let an answer count for all who gave it, though no one may have claimed it; claims of it are decided
    with it. Raises as `accept` does."""
    form = normal_form(response)
    claims = _undecided(session, item, form)
    return _accept(session, item, form, [response], claims, base=base, author=author, now=now)


def _accept(
    session: Session,
    item: Item,
    form: str,
    responses: list[Response],
    claims: list[Claim],
    *,
    base: int | None,
    author: Account,
    now: datetime,
) -> Regrade:
    if item.version is None or item.version_id != base:
        raise Conflict(
            _("The question has been edited in the meantime. Check it again; nothing was changed.")
        )
    content = accepting(item.version.content, responses)
    if content is None:
        raise Invalid(_("This answer can’t be added automatically. Edit the question instead."))
    note = f"Accepted: {form}"[:LONGEST_WORD]
    regrade = _write_key(session, item, content, note, author=author, now=now)
    for each in claims:
        _decide(each, "accepted", author, now)
        each.regrade_id = regrade.id
    if claims:
        log.record(session, author, Action.CLAIM_ACCEPTED, item, {"claims": len(claims)}, now=now)
    session.flush()
    return regrade


class Declined(NamedTuple):
    """How many students are told, and what is graded again where grading was not sure of their answer."""

    students: int
    regrade: Regrade | None


def decline(
    session: Session, item: Item, form: str, *, reply: str, author: Account, now: datetime
) -> Declined:
    """Let an answer be wrong, with a word to those who claimed it. Where grading was not sure of it, it
    becomes one of the question's wrong answers, and all who gave it are graded again. Raises Invalid for a
    reply that cannot be stored."""
    reply = " ".join(reply.split())
    if complaint := unstorable(reply, LONGEST_WORD):
        raise Invalid(complaint)
    claims = _undecided(session, item, form)
    for each in claims:
        _decide(each, "declined", author, now)
        each.reply = reply
    if claims:
        log.record(session, author, Action.CLAIM_REFUSED, item, {"claims": len(claims)}, now=now)
    session.flush()
    regrade = _refuse(session, item, form, claims, author=author, now=now)
    if regrade is not None:
        for each in claims:
            each.regrade_id = regrade.id
    return Declined(len({each.learner_id for each in claims}), regrade)


def _refuse(
    session: Session, item: Item, form: str, claims: list[Claim], *, author: Account, now: datetime
) -> Regrade | None:
    """Write an answer that grading is not sure of among the wrong ones, and order the regrade."""
    if item.version is None or not claims:
        return None
    content = refusing(item.version.content, [decode_response(each.response) for each in claims])
    if content is None:
        return None
    note = f"Wrong: {form}"[:LONGEST_WORD]
    return _write_key(session, item, content, note, author=author, now=now)


def _write_key(
    session: Session, item: Item, content: Content, note: str, *, author: Account, now: datetime
) -> Regrade:
    """A new version of the key by which past answers are graded again."""
    assert item.version is not None
    draft = draft_of(session, item.version)
    changed = Draft(content=content, formats=draft.formats, tags=draft.tags, evidence=draft.evidence)
    if write_version(session, item, changed, author_id=author.id, now=now, note=note, change="key"):
        log.record(session, author, Action.KEY_CHANGED, item, {"version": item.version.number}, now=now)
    return regrades.order(session, item, item.version, "key", author=author, now=now)


def take_back(session: Session, regrade: Regrade, *, author: Account, now: datetime) -> None:
    """Undo a regrade. Where it came from claims they are open again, and the question says what it said
    before, unless someone has changed it since."""
    _lock(session, regrade.item)
    regrades.undo(session, regrade.id, now=now)
    log.record(session, author, Action.REGRADE_UNDONE, regrade, now=now)
    claims = queries.accepted_by(session, regrade.id)
    for each in claims:
        each.state, each.decided_at, each.decided_by, each.regrade_id = "open", None, None, None
    item: Item = regrade.item
    if claims and item.version is not None and item.version_id == regrade.to_version_id:
        before = step.version_before(session, item.version)
        if before is not None:
            note = f"Version {before.number} restored"
            draft = draft_of(session, before)
            write_version(session, item, draft, author_id=author.id, now=now, note=note, change="key")
    session.flush()


def dismiss(session: Session, learner_id: int, *, now: datetime) -> None:
    """Put away what a learner was told: of claims, and of answers that were graded again."""
    session.execute(
        update(Claim)
        .where(Claim.learner_id == learner_id, Claim.state == "declined", Claim.seen_at.is_(None))
        .values(seen_at=now)
    )
    regrades.dismiss_notices(session, learner_id, now=now)


def with_accepted(session: Session, item: Item, content: Content) -> Content:
    """Another content of an item that also accepts what was accepted here, as far as it can."""
    for each in queries.accepted(session, item.id):
        wanted = accepting(content, [decode_response(each.response)])
        content = wanted if wanted is not None else content
    return content


def _undecided(session: Session, item: Item, form: str) -> list[Claim]:
    """The claims that still wait for a decision, held until the transaction ends: of two teachers who decide
    at once the first does, and the other finds none."""
    _lock(session, item)
    return queries.group(session, item.id, form)


def _lock(session: Session, item: Item) -> None:
    """Before the learners' lock, as the editor does; what was read before is read again."""
    query = select(Item).where(Item.id == item.id).with_for_update(of=Item)
    session.scalars(query.execution_options(populate_existing=True)).one()


def _decide(each: Claim, state: str, author: Account, now: datetime) -> None:
    each.state, each.decided_at, each.decided_by = state, now, author.id
