"""Building the page of a suggestion, and the editor that makes or merges one."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from quizapp.domain.language import markup
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.sharing import Act
from quizapp.services.library.pictures import texts
from quizapp.storage.accounts.deck_rights import acts
from quizapp.storage.accounts.tables import Account
from quizapp.storage.corrections.regrades import has_answers
from quizapp.storage.library.tables import Item, Suggestion
from quizapp.web.frame.parts.differences import changes
from quizapp.web.library.authoring import building as editing
from quizapp.web.library.authoring.forms import ItemForm
from quizapp.web.library.authoring.pages import EditorPage
from quizapp.web.library.authoring.submission import Written, read
from quizapp.web.library.authoring.wording import wordings
from quizapp.web.library.suggestions.pages import SuggestionPage
from quizapp.web.library.suggestions.wording import forms_of, name_of


def suggestion_page(
    session: Session,
    teacher: Account,
    found: Suggestion,
    *,
    reply: str = "",
    errors: tuple[tuple[str, str], ...] = (),
) -> SuggestionPage:
    """A suggestion beside what the question says now; a settled one beside what it was made from."""
    item = found.item
    assert item.version is not None
    is_open = found.state == "open"
    beside = item.version.id if is_open else found.base_version_id
    before = wordings(session, (beside,))[beside]
    after = forms_of(session, (found,))[0].texts()
    stale = is_open and found.base_version_id != item.version.id
    may_decide = is_open and Act.EDIT in acts(session, item.deck_id, teacher.id)
    asks = may_decide and not stale and found.content != item.version.content
    return SuggestionPage(
        id=found.id,
        item_id=item.id,
        headline=markup.plain(kind_of(item.version.content).headline(item.version.content)),
        deck_slug=item.deck.slug,
        deck_title=item.deck.title,
        author=name_of(found, teacher),
        at=found.made_at.astimezone(ZoneInfo(teacher.zone)),
        note=found.note,
        state=found.state,
        stale=stale,
        changes=changes(before, after),
        pictures=_added(item.version.content, found.content) if is_open else (),
        news=not is_open and found.author_id == teacher.id and found.read_at is None,
        may_decide=may_decide,
        asking=editing.asking_of(item, found.content, before, after)
        if asks and has_answers(session, item.id)
        else None,
        reply=reply or found.reply,
        errors=errors,
    )


def _added(now: Content, then: Content) -> tuple[tuple[str, str], ...]:
    """The pictures that a suggestion adds."""
    shown, there = (
        dict(picture for text in texts(content) for picture in markup.pictures(text))
        for content in (then, now)
    )
    return tuple((id_, words) for id_, words in shown.items() if id_ not in there)


def editor(
    session: Session,
    teacher: Account,
    item: Item,
    form: ItemForm | None = None,
    written: Written | None = None,
    *,
    base: int | None = None,
    refused: bool = False,
    room: bool = False,
) -> EditorPage:
    """The editor's form, from which a suggestion is sent."""
    if form is None:
        form = editing.stored_form(session, teacher, item)
        written = read(session, form, teacher.id)
    page = editing.editor_page(
        session, teacher, item.deck, form, written, item=item, base=base, refused=refused, room=room
    )
    return replace(page, suggesting=True)


def merging(session: Session, teacher: Account, found: Suggestion) -> EditorPage:
    """The editor with what a suggestion says, to be saved over what the question says now."""
    [form] = forms_of(session, (found,))
    form.content.validate()
    written = read(session, form, teacher.id)
    return editing.editor_page(session, teacher, found.item.deck, form, written, item=found.item)
