"""The queue's section of edits that other teachers suggest."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from sqlalchemy.orm import Session

from quizapp.domain.language import markup
from quizapp.domain.language.translation import _, marked
from quizapp.domain.library.kinds import kind_of
from quizapp.storage.library import suggestions as queries
from quizapp.web.corrections.queue.section import Desk, Entry, Said, Section
from quizapp.web.frame.parts.differences import changes
from quizapp.web.library.authoring.wording import wordings
from quizapp.web.library.suggestions.wording import forms_of


def entries(session: Session, desk: Desk, limit: int, offset: int) -> Sequence[Entry]:
    """Suggestions, the longest waiting first, each with what it would change. Four queries."""
    scope = queries.suggested_to(desk.teacher) & desk.of_deck
    rows = queries.suggested(session, scope, limit, offset)
    texts = wordings(session, {row.version_id for row in rows})
    forms = forms_of(session, [row.suggestion for row in rows])
    return [
        Entry(
            title=markup.plain(kind_of(row.content).headline(row.content)),
            href=url_for("suggesting.suggestion", suggestion_id=row.suggestion.id),
            deck_slug=row.slug,
            deck_title=row.title,
            at=row.suggestion.made_at,
            badge=_("by {author}").format(author=row.author) if row.author else "",
            said=(Said("", row.suggestion.note),) if row.suggestion.note else (),
            changes=changes(texts[row.version_id], form.texts()),
        )
        for row, form in zip(rows, forms, strict=True)
    ]


SUGGESTED = Section(
    name="suggested",
    title=marked("Suggested edits"),
    about=marked(
        "Teachers who can view a deck can suggest edits to a question; you accept them or say why not."
    ),
    count=queries.count_suggested,
    entries=entries,
    scope=queries.suggested_to,
)
