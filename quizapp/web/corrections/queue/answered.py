"""The queue's section of edits that the teacher suggested, and that have been taken or declined."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from sqlalchemy.orm import Session

from quizapp.domain.language import markup
from quizapp.domain.language.translation import _, marked
from quizapp.domain.library.kinds import kind_of
from quizapp.storage.library import suggestions as queries
from quizapp.web.corrections.queue.section import Button, Desk, Entry, Said, Section

BADGES = {"taken": marked("Accepted"), "declined": marked("Declined")}


def entries(session: Session, desk: Desk, limit: int, offset: int) -> Sequence[Entry]:
    """What became of the teacher's suggestions, the newest first. One query."""
    scope = queries.answered_to(desk.teacher) & desk.of_deck
    return [
        Entry(
            title=markup.plain(kind_of(row.content).headline(row.content)),
            href=url_for("suggesting.suggestion", suggestion_id=row.id),
            deck_slug=row.slug,
            deck_title=row.title,
            at=row.settled_at,
            badge=_(BADGES[row.state]),
            said=tuple(
                Said(what, text)
                for what, text in ((_("You"), row.note), (_("The answer"), row.reply))
                if text
            ),
            actions=(Button(label=_("Got it"), href=url_for("suggesting.put_away", suggestion_id=row.id)),),
        )
        for row in queries.answered(session, scope, limit, offset)
    ]


ANSWERED = Section(
    name="answered",
    title=marked("Your suggestions"),
    about=marked("When an edit you suggested is accepted or declined, the decision appears here."),
    count=queries.count,
    entries=entries,
    scope=queries.answered_to,
)
