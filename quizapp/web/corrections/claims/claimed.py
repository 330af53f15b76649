"""The queue's section of claims: an entry for each answer that learners hold to be right."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from sqlalchemy.orm import Session

from quizapp.domain.language import markup
from quizapp.domain.language.translation import _, marked, ngettext
from quizapp.domain.library.kinds import decode_response, kind_of
from quizapp.domain.library.kinds.base import Content
from quizapp.storage.corrections import claims as queries
from quizapp.web.corrections.queue.section import Desk, Entry, Said, Section
from quizapp.web.corrections.regrading.building import headline_of, words_of

MOST_SAID, MOST_KEYS = 3, 4


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
            badge=ngettext("{count} student", "{count} students", row.claims),
            said=(
                Said(_("Answered"), words_of(decode_response(row.response))),
                Said(_("Accepted answers"), _keys(row.content)),
                *_said(row.same, row.different),
                *(Said("", text) for text in reasons.get((row.item_id, row.normal_form), [])[:MOST_SAID]),
            ),
        )
        for row in rows
    ]


def said_in_words(same: int, different: int) -> str:
    """What students said of an answer that grading was not sure of; "" where none were asked."""
    said = (_("the same: {count}").format(count=same), _("not the same: {count}").format(count=different))
    return ", ".join(words for words, count in zip(said, (same, different), strict=True) if count)


def _said(same: int, different: int) -> Sequence[Said]:
    words = said_in_words(same, different)
    return (Said(_("Not sure; students say"), words),) if words else ()


def _keys(content: Content) -> str:
    """What is right now, as the page of the decision says it, cut where it is long."""
    found = [markup.plain(text) for text in kind_of(content).outline(content).keys]
    return "; ".join(found[:MOST_KEYS]) + ("; …" if len(found) > MOST_KEYS else "")


CLAIMED = Section(
    name="claims",
    title=marked("“I was right”"),
    about=marked(
        "Students can claim that an answer marked wrong was right, and say whether an answer that we’re not "
        "sure of is the same. One decision covers everyone who gave that answer."
    ),
    count=queries.count_groups,
    entries=entries,
)
