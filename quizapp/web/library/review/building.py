"""Building the page of one question among teachers."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.review import State
from quizapp.domain.library.sharing import Act
from quizapp.services.library.citations import evidence_views
from quizapp.storage.accounts.deck_rights import acts
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library import editor, suggestions
from quizapp.storage.library import review as queries
from quizapp.storage.library.tables import Item, ItemVersion
from quizapp.web.library.review.pages import CommentRow, QuestionReviewPage, Shown, SuggestionRow
from quizapp.web.library.suggestions.wording import name_of


def question_page(
    session: Session,
    teacher: Account,
    item: Item,
    *,
    text: str = "",
    errors: tuple[tuple[str, str], ...] = (),
) -> QuestionReviewPage:
    """The question, who wrote it, its thread, and what this teacher may decide."""
    version, zone = item.version, ZoneInfo(teacher.zone)
    assert version is not None
    allowed = acts(session, item.deck_id, teacher.id)
    newest = editor.versions(session, item.id)[0]
    waits, mine = item.state == State.IN_REVIEW, version.author_id == teacher.id
    return QuestionReviewPage(
        item_id=item.id,
        deck_slug=item.deck.slug,
        deck_title=item.deck.title,
        shown=shown(session, version),
        state=item.state,
        base=version.id,
        number=version.number,
        by="you" if mine else newest.author or _("the site’s bank"),
        at=version.created_at.astimezone(zone),
        note=version.note,
        editable=Act.EDIT in allowed,
        may_decide=waits and not mine and Act.APPROVE in allowed,
        own=waits and mine,
        comments=tuple(
            CommentRow(
                id=row.id,
                author=row.author.name or "someone" if row.author is not None else "someone",
                text=row.text,
                at=row.made_at.astimezone(zone),
                own=row.author_id == teacher.id,
            )
            for row in queries.comments(session, item.id)
        ),
        suggestions=tuple(
            SuggestionRow(
                id=each.id,
                author=name_of(each, teacher),
                at=each.made_at.astimezone(zone),
                state=each.state,
            )
            for each in suggestions.of_item(session, item.id)
        ),
        text=text,
        errors=errors,
    )


def shown(session: Session, version: ItemVersion) -> Shown:
    """A version, all of it."""
    kind = kind_of(version.content)
    outline = kind.outline(version.content)
    return Shown(
        stem=kind.headline(version.content),
        keys=outline.keys,
        accept=outline.accept,
        others=outline.distractors,
        rationale=version.content.rationale,
        hint=version.content.hint,
        passages=evidence_views(session, version.id),
    )
