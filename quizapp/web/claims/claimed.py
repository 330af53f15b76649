"""The queue's section of claims: an entry for each answer that learners hold to be right."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from sqlalchemy.orm import Session

from quizapp.domain.kinds import decode_response
from quizapp.storage.queries import claims as queries
from quizapp.web.queue.section import Desk, Entry, Said, Section
from quizapp.web.regrading.building import headline_of, words_of

MOST_SAID = 3


def entries(session: Session, desk: Desk, limit: int, offset: int) -> Sequence[Entry]:
    """Claimed answers, the most claimed first. Two queries."""
    rows = queries.groups(session, desk.decks, limit, offset)
    reasons: dict[tuple[int, str], list[str]] = {}
    for row in queries.reasons(session, {row.item_id for row in rows}):
        reasons.setdefault((row.item_id, row.normal_form), []).append(row.reason)
    return [
        Entry(
            title=headline_of(row.content),
            href=url_for("claims.group", item_id=row.item_id, answer=row.normal_form),
            deck_slug=row.slug,
            deck_title=row.title,
            at=row.oldest,
            badge="1 student" if row.claims == 1 else f"{row.claims} times",
            said=(
                Said("Answered", words_of(decode_response(row.response))),
                *(Said("", text) for text in reasons.get((row.item_id, row.normal_form), [])[:MOST_SAID]),
            ),
        )
        for row in rows
    ]


CLAIMED = Section(
    name="claims",
    title="“I was right”",
    about="Students can hold that an answer graded wrong was right. One decision settles it for all who "
    "answered so.",
    count=queries.count_groups,
    entries=entries,
)
