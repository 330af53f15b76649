"""From draft to students in the browser: who sees which button, and what each does."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck, DeckShare, Item
from tests.factories import NOW, add_deck, choice
from tests.web.library.editing import options
from tests.world import Visitor, client_of, person, rows_of

NEW = {
    "content-stem": "Which river flows past Ulm?",
    **options("Danube", ["Elbe", "Oder"]),
}


@pytest.fixture
def owner(session: Session) -> Account:
    return person(session, "teacher", name="Ms Rossi", now=NOW)


@pytest.fixture
def colleague(session: Session) -> Account:
    return person(session, "teacher", name="Mr Weiss", now=NOW)


@pytest.fixture
def deck(session: Session, owner: Account) -> Deck:
    made = add_deck(session, [choice()], owner=owner)
    session.commit()
    return made


def shared(session: Session, deck: Deck, account: Account, *, can_edit: bool = True) -> None:
    session.add(DeckShare(deck_id=deck.id, account_id=account.id, can_edit=can_edit, added_at=NOW))
    session.get_one(Deck, deck.id).review = "all"
    session.commit()


def desk(app: Flask, session: Session, account: Account) -> Visitor:
    return Visitor(client_of(app, session, account, now=NOW))


def newest(session: Session) -> Item:
    found: Item = rows_of(session, Item)[-1]
    return found


def test_one_teacher_alone_publishes_with_one_button(
    app: Flask, session: Session, owner: Account, deck: Deck
) -> None:
    visitor = desk(app, session, owner)
    form = visitor.open("/teach/decks/rivers/add/single_choice")
    assert "Send for review" not in form.text
    done = visitor.send(form, NEW | {"do": "save"}, "/add/single_choice")
    assert "Published. Students will see it" in done.text
    assert newest(session).state == "published"


def test_a_draft_is_kept_from_students_until_it_is_published(
    app: Flask, session: Session, owner: Account, deck: Deck
) -> None:
    visitor = desk(app, session, owner)
    form = visitor.open("/teach/decks/rivers/add/single_choice")
    page = visitor.send(form, NEW | {"do": "draft"}, "/add/single_choice")
    item = newest(session)
    assert (item.state, "Draft" in page.text) == ("draft", True)
    assert "Ulm" not in visitor.open("/decks/rivers").text
    visitor.send(page, {}, f"/items/{item.id}/state")
    assert newest(session).state == "published"
    assert "Ulm" in visitor.open("/decks/rivers").text


def test_where_two_write_a_deck_the_other_approves(
    app: Flask, session: Session, owner: Account, colleague: Account, deck: Deck
) -> None:
    shared(session, deck, colleague)
    author, other = desk(app, session, owner), desk(app, session, colleague)
    form = author.open("/teach/decks/rivers/add/single_choice")
    page = author.send(form, NEW | {"do": "save"}, "/add/single_choice")
    assert "Sent for review" in page.text
    assert "Which river flows past Ulm" not in author.open("/teach/queue/").text, "not one's own"
    assert "it waits for another teacher" in author.open(f"/teach/review/{newest(session).id}").text
    queue = other.open("/teach/queue/")
    assert queue.soup.select_one(".tabs .badge").get_text() == "1"
    review = other.open(queue.link("Which river flows past Ulm"))
    assert "by Ms Rossi" in review.text
    assert "Elbe" in review.text
    assert "students will see it from now on" in other.send(review, {"decision": "approve"}, "/decide").text
    assert newest(session).state == "published"


def test_sent_back_with_words_it_is_a_draft_and_can_be_sent_again(
    app: Flask, session: Session, owner: Account, colleague: Account, deck: Deck
) -> None:
    shared(session, deck, colleague)
    author, other = desk(app, session, owner), desk(app, session, colleague)
    form = author.open("/teach/decks/rivers/add/single_choice")
    author.send(form, NEW | {"do": "save"}, "/add/single_choice")
    item = newest(session)
    review = other.open(f"/teach/review/{item.id}")
    refused = other.send(review, {"decision": "back", "text": ""}, "/decide")
    assert (refused.status, "Say what should be changed" in refused.text) == (422, True)
    other.send(review, {"decision": "back", "text": "Ulm or Neu-Ulm?"}, "/decide")
    assert newest(session).state == "draft"
    assert "Ulm or Neu-Ulm?" in author.open(f"/teach/review/{item.id}").text
    queue = author.open("/teach/queue/")
    assert "Sent back to you" in queue.text
    assert "Mr Weiss Ulm or Neu-Ulm?" in queue.text
    assert queue.soup.select_one(".tabs .badge").get_text() == "1"
    assert "Nothing to review" in other.open("/teach/queue/").text
    again = other.send(review, {"decision": "approve"}, "/decide")
    assert "has changed in the meantime" in again.text, "an old page decides nothing"
    page = author.open("/teach/decks/rivers")
    author.send(page, {}, f"/items/{item.id}/state")
    assert newest(session).state == "in_review"
    assert "Nothing to review" in author.open("/teach/queue/").text
    page = author.open("/teach/decks/rivers")
    author.send(page, {}, f"/items/{item.id}/state")
    assert newest(session).state == "draft", "taken back"


def test_sharing_says_who_approves_and_the_owner_chooses(
    app: Flask, session: Session, owner: Account, colleague: Account, deck: Deck
) -> None:
    visitor = desk(app, session, owner)
    page = visitor.open("/teach/decks/rivers/sharing")
    assert "can publish questions" in page.text
    page = visitor.send(page, {"name": "Mr Weiss", "way": "edit"}, "/sharing")
    form = visitor.open("/teach/decks/rivers/add/single_choice")
    assert "Send for review" not in form.text, "sharing takes no button from the owner"
    visitor.send(visitor.open(page.link("Change who approves")), {"review": "all"}, "/edit")
    assert "yours too" in visitor.open("/teach/decks/rivers/sharing").text
    assert "Send for review" in visitor.open("/teach/decks/rivers/add/single_choice").text


def test_a_draft_is_saved_and_published_with_one_button(
    app: Flask, session: Session, owner: Account, deck: Deck
) -> None:
    visitor = desk(app, session, owner)
    form = visitor.open("/teach/decks/rivers/add/single_choice")
    visitor.send(form, NEW | {"do": "draft"}, "/add/single_choice")
    item = newest(session).id
    editor = visitor.open(f"/teach/items/{item}")
    assert "Save and publish" in editor.text
    visitor.send(editor, {"do": "publish"}, f"/items/{item}")
    assert newest(session).state == "published"


def test_a_viewer_comments_but_decides_nothing(
    app: Flask, session: Session, owner: Account, colleague: Account, deck: Deck
) -> None:
    shared(session, deck, colleague, can_edit=False)
    item = session.scalars(select(Item)).one()
    visitor = desk(app, session, colleague)
    page = visitor.open(visitor.open("/teach/decks/rivers").link("Which river"))
    assert "Approve" not in page.text
    page = visitor.send(page, {"text": "In <b>which</b> country?\nAsk that."}, "/comments")
    assert "<b>which" not in page.html
    assert "In <b>which</b> country?" in page.text
    assert "Remove" not in desk(app, session, owner).open(f"/teach/review/{item.id}").text
    assert "Comment deleted" in visitor.send(page, {}, "/remove").text
    assert visitor.post(f"/teach/review/{item.id}/decide", {"decision": "approve"}).status == 404


def test_an_empty_comment_is_no_comment(app: Flask, session: Session, owner: Account, deck: Deck) -> None:
    visitor = desk(app, session, owner)
    page = visitor.open(f"/teach/review/{session.scalars(select(Item.id)).one()}")
    session.rollback()
    assert visitor.send(page, {"text": "  "}, "/comments").status == 422
