"""The queue's section of drafts that a colleague has sent back, or said something of."""

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
    """The teacher's own drafts, each with the last that a colleague said. Two queries."""
    rows = queries.sent_back(session, queries.sent_back_to(desk.teacher) & desk.of_deck, limit, offset)
    said = {
        comment.item_id: comment
        for comment in queries.comments_on(session, [row.id for row in rows])
        if comment.author_id != desk.teacher.id
    }
    return [
        Entry(
            title=markup.plain(kind_of(row.content).headline(row.content)),
            href=url_for("reviewing.question", item_id=row.id),
            deck_slug=row.slug,
            deck_title=row.title,
            at=said[row.id].made_at,
            badge=_("Draft"),
            said=(Said(said[row.id].name or "A colleague", said[row.id].text),),
        )
        for row in rows
        if row.id in said
    ]


RETURNED = Section(
    name="returned",
    title=marked("Sent back to you"),
    about=marked(
        "A question that a colleague sends back appears here with their comment until you "
        "edit it or send it again."
    ),
    count=queries.count_sent_back,
    entries=entries,
    act=marked("Go on with it"),
    scope=queries.sent_back_to,
)
