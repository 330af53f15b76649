"""Building what learners and teachers see of claims."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from quizapp.domain.corrections.claims import claimable, needs_reason
from quizapp.domain.library.grading.verdicts import Verdict
from quizapp.domain.library.kinds import decode_response
from quizapp.domain.library.kinds.base import Grade, Response
from quizapp.services.corrections.claims import of_answer, wider
from quizapp.services.corrections.dry_run import dry_run
from quizapp.services.library.citations import evidence_views
from quizapp.storage.corrections import claims as queries
from quizapp.storage.library.tables import Item
from quizapp.web.corrections.claims.claimed import said_in_words
from quizapp.web.corrections.claims.pages import GroupPage
from quizapp.web.corrections.regrading.building import foreseen, headline_of, keys_of, words_of
from quizapp.web.frame.parts.offers import ClaimPart

MOST_REASONS = 20


def claim_part(
    session: Session, learner_id: int, review: UUID, response: Response, grade: Grade, *, fresh: bool = False
) -> ClaimPart | None:
    """What stands beneath an answer that its learner may hold to be right; None for any other.

    fresh: it was given just now, so there is no claim to look for.
    """
    if not claimable(response, grade):
        return None
    claim = None if fresh else of_answer(session, learner_id, review, response)
    if claim is not None and claim.said == "different" and claim.state == "open":
        claim = None  # they can still change their mind
    return ClaimPart(
        state=claim.state if claim is not None else "",
        reply=claim.reply if claim is not None else "",
        needs_reason=needs_reason(response),
        unsure=grade.verdict is Verdict.UNSURE,
    )


def group_page(session: Session, item: Item, form: str, *, reply: str = "", error: str = "") -> GroupPage:
    """The claims of one answer to an item, and the dry run of accepting it."""
    assert item.version is not None
    content = item.version.content
    claims = queries.group(session, item.id, form)
    changed = wider(item, claims) if claims else None
    return GroupPage(
        item_id=item.id,
        base=item.version_id,
        normal_form=form,
        answer=words_of(decode_response(claims[0].response)) if claims else "",
        claims=len({each.learner_id for each in claims}),
        reasons=tuple(dict.fromkeys(each.reason for each in claims if each.reason))[:MOST_REASONS],
        said=said_in_words(*(sum(each.said == said for each in claims) for said in ("same", "different"))),
        headline=headline_of(content),
        keys=keys_of(content),
        passages=evidence_views(session, item.version.id),
        slug=item.deck.slug,
        deck_title=item.deck.title,
        editable=item.deck.owner_id is not None,
        foreseen=foreseen(dry_run(session, item, changed)) if changed is not None else None,
        reply=reply,
        error=error,
    )
