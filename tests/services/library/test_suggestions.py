"""Suggested edits: made from one version, taken untouched only, and otherwise merged or declined by hand."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Conflict, Invalid
from quizapp.services.library import editor, suggestions
from quizapp.services.library.items import Citation, Draft
from quizapp.services.library.suggestions import StaleSuggestion
from quizapp.services.privacy import erasure
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Item, ItemVersion, Suggestion
from tests.factories import NOW, add_account, add_deck, add_source, choice


@pytest.fixture
def owner(session: Session) -> Account:
    return add_account(session, role="teacher", name="Ms Rossi", name_key="ms rossi")


@pytest.fixture
def colleague(session: Session) -> Account:
    return add_account(session, role="teacher", name="Mr Weiss", name_key="mr weiss")


@pytest.fixture
def item(session: Session, owner: Account) -> Item:
    deck = add_deck(session, [choice()], owner=owner)
    return session.scalars(select(Item).where(Item.deck_id == deck.id)).one()


def suggest(session: Session, item: Item, by: Account, number: int = 2, **changes: Any) -> Suggestion:
    draft = changes.pop("draft", Draft(content=choice(number)))
    given = {"base": item.version_id, "note": "", "now": NOW} | changes
    return suggestions.suggest(session, item, draft, by=by, **given)


def reword(session: Session, item: Item, owner: Account, number: int = 9) -> None:
    editor.save_item(
        session, item, Draft(content=choice(number)), base=item.version_id, fact="", author=owner, now=NOW
    )


def test_what_is_taken_is_a_version_in_its_authors_name(
    session: Session, owner: Account, colleague: Account, item: Item
) -> None:
    source = add_source(session)
    said = Draft(content=choice(2), tags=("a", "b"), evidence=(Citation(source.id, 1, 2, "0" * 12),))
    found = suggest(session, item, colleague, draft=said, note="Clearer")
    suggestions.take(session, found, change="wording", by=owner, now=NOW)
    version = session.scalars(select(ItemVersion).where(ItemVersion.id == item.version_id)).one()
    assert (version.number, version.author_id) == (2, colleague.id)
    assert version.note == "Suggested by Mr Weiss: Clearer"
    assert editor.draft_of(session, version) == said
    assert (found.state, found.taken_version_id) == ("taken", version.id)


def test_a_fact_that_was_named_stays(
    session: Session, owner: Account, colleague: Account, item: Item
) -> None:
    same = Draft(content=choice())
    editor.save_item(session, item, same, base=item.version_id, fact="Danube", author=owner, now=NOW)
    before = item.fact_id
    suggestions.take(session, suggest(session, item, colleague), change="wording", by=owner, now=NOW)
    assert item.fact_id == before


def test_what_was_made_from_an_older_version_is_not_taken(
    session: Session, owner: Account, colleague: Account, item: Item
) -> None:
    found = suggest(session, item, colleague)
    reword(session, item, owner)
    before = item.version_id
    with pytest.raises(StaleSuggestion):
        suggestions.take(session, found, change="wording", by=owner, now=NOW)
    assert (item.version_id, found.state) == (before, "open")
    suggestions.settle(session, found, merged=True, reply="", by=owner, now=NOW)
    assert (found.state, found.taken_version_id) == ("taken", before)


def test_a_teacher_has_one_open_suggestion_on_a_question(
    session: Session, owner: Account, colleague: Account, item: Item
) -> None:
    first, second = suggest(session, item, colleague), suggest(session, item, colleague, 3)
    assert first.id == second.id
    assert suggest(session, item, owner).id != first.id
    suggestions.settle(session, first, merged=False, reply="No.", by=owner, now=NOW)
    assert suggest(session, item, colleague).id != first.id


def test_what_changes_nothing_or_comes_too_late_is_not_sent(
    session: Session, owner: Account, colleague: Account, item: Item
) -> None:
    with pytest.raises(Invalid):
        suggest(session, item, colleague, 1)
    old = item.version_id
    reword(session, item, owner)
    with pytest.raises(Conflict):
        suggest(session, item, colleague, base=old)
    assert session.scalars(select(Suggestion)).all() == []


@pytest.mark.parametrize("reply", ["", "  ", "x" * 501, "a\0"])
def test_declining_takes_words_that_can_be_kept(
    session: Session, colleague: Account, item: Item, reply: str
) -> None:
    found = suggest(session, item, colleague)
    with pytest.raises(Invalid):
        suggestions.settle(session, found, merged=False, reply=reply, by=owner, now=NOW)
    assert found.state == "open"


def test_what_is_settled_stays_settled(
    session: Session, owner: Account, colleague: Account, item: Item
) -> None:
    found = suggest(session, item, colleague)
    suggestions.settle(session, found, merged=False, reply="No.", by=owner, now=NOW)
    with pytest.raises(Conflict):
        suggestions.take(session, found, change="wording", by=owner, now=NOW)
    with pytest.raises(Conflict):
        suggestions.settle(session, found, merged=True, reply="", by=owner, now=NOW)


def test_the_suggestion_of_someone_erased_is_taken_without_a_name(
    session: Session, owner: Account, colleague: Account, item: Item
) -> None:
    found = suggest(session, item, colleague)
    erasure.erase(session, colleague, now=NOW)
    session.refresh(found)
    suggestions.take(session, found, change="wording", by=owner, now=NOW)
    version = session.scalars(select(ItemVersion).where(ItemVersion.id == item.version_id)).one()
    assert (version.author_id, version.note) == (owner.id, "Suggested")
