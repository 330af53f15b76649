"""The queue's section of questions that wait for another teacher's approval."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from sqlalchemy.orm import Session

from quizapp.domain.language import markup
from quizapp.domain.language.translation import _, marked
from quizapp.domain.library.kinds import kind_of
from quizapp.storage.library import review as queries
from quizapp.web.corrections.queue.section import Desk, Entry, Said, Section


def entries(session: Session, desk: Desk, limit: int, offset: int) -> Sequence[Entry]:
    """Questions by others, the longest waiting first. One query."""
    scope = queries.to_approve(desk.teacher) & desk.of_deck
    return [
        Entry(
            title=markup.plain(kind_of(row.content).headline(row.content)),
            href=url_for("reviewing.question", item_id=row.id),
            deck_slug=row.slug,
            deck_title=row.title,
            at=row.created_at,
            badge=_("by {author}").format(author=row.author) if row.author else "",
            said=(Said("", row.note),) if row.note else (),
        )
        for row in queries.in_review(session, scope, limit, offset)
    ]


APPROVING = Section(
    name="approving",
    title=marked("Questions to approve"),
    about=marked(
        "If several teachers edit a deck, or its owner asks for it, another teacher checks "
        "each new question before students see it."
    ),
    count=queries.count_in_review,
    entries=entries,
    scope=queries.to_approve,
)
