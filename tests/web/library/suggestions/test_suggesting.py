"""A teacher who may only look in suggests; the deck's owner sees the words that differ and decides."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Chosen
from quizapp.services.library.picture_drawing import draw
from quizapp.services.library.pictures import keep
from quizapp.services.sources.shipped_texts import attach_text
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import DeckShare, Item, ItemVersion, Suggestion
from tests import factories
from tests.factories import NOW, add_deck, choice
from tests.web.library.editing import options
from tests.web.library.pictures.test_routes import MAP, png
from tests.world import Seen, Visitor, client_of, person, rows_of

BETTER = "Which river flows through town 1?"


@pytest.fixture
def owner(session: Session) -> Account:
    return person(session, "teacher", name="Ms Rossi", now=NOW)


@pytest.fixture
def viewer(session: Session) -> Account:
    return person(session, "teacher", name="Mr Weiss", now=NOW)


@pytest.fixture
def item(session: Session, owner: Account, viewer: Account) -> int:
    deck = add_deck(session, [choice()], owner=owner)
    session.add(DeckShare(deck_id=deck.id, account_id=viewer.id, can_edit=False, added_at=NOW))
    session.commit()
    found = session.scalars(select(Item.id)).one()
    session.rollback()
    return found


def desk(app: Flask, session: Session, account: Account) -> Visitor:
    return Visitor(client_of(app, session, account, now=NOW))


def suggested(visitor: Visitor, item: int, stem: str = BETTER) -> Seen:
    form = visitor.open(visitor.open(f"/teach/review/{item}").link("Suggest an edit"))
    return visitor.send(form, {"content-stem": stem, "note": "It has two banks.", "do": "save"}, "/suggest")


def answered(session: Session, item: int) -> None:
    deck = session.get_one(Item, item).deck
    deck.public = True
    learner = factories.add_learner(session)
    factories.study(session, learner, deck)
    factories.answer(session, learner, item, Chosen(("Elbe",)))
    session.commit()


def test_another_key_that_someone_suggests_reaches_past_answers_by_the_same_dry_run(
    app: Flask, session: Session, owner: Account, viewer: Account, item: int
) -> None:
    answered(session, item)
    helper, author = desk(app, session, viewer), desk(app, session, owner)
    form = helper.open(helper.open(f"/teach/review/{item}").link("Suggest an edit"))
    fields = options("Elbe", ["Danube", "Loire", "Volga"]) | {"do": ["save"]}
    assert "Sent." in helper.send(form, fields, "/suggest").text
    page = author.open(author.open("/teach/queue/").link("Which river flows past"))
    assert "What does it change?" in page.text
    assert page.soup.select_one("input[name=change][checked]")["value"] == "key"
    dry_run = author.send(page, {"decision": "take"})
    assert dry_run.path == f"/teach/items/{item}/past-answers"
    assert "1 answer" in dry_run.text
    [version] = [row for row in rows_of(session, ItemVersion) if row.content.key == "Elbe"]
    assert version.change == "key"


def test_a_suggested_wording_of_an_answered_question_is_taken_with_one_press(
    app: Flask, session: Session, owner: Account, viewer: Account, item: int
) -> None:
    answered(session, item)
    helper, author = desk(app, session, viewer), desk(app, session, owner)
    suggested(helper, item)
    page = author.open(author.open("/teach/queue/").link("Which river flows past"))
    assert "Accepted" in author.send(page, {"decision": "take", "change": "wording"}).text
    refused = suggested(helper, item, "Which river is it?")
    assert refused.status == 200
    page = author.open(author.open("/teach/queue/").link("Which river flows through"))
    nothing = author.send(page, {"decision": "take", "change": "everything"})
    assert (nothing.status, "what kind of change" in nothing.text) == (422, True)


def test_from_suggestion_to_version(
    app: Flask, session: Session, owner: Account, viewer: Account, item: int
) -> None:
    helper, author = desk(app, session, viewer), desk(app, session, owner)
    assert "Sent." in suggested(helper, item).text
    assert len(rows_of(session, ItemVersion)) == 1, "nothing has changed yet"
    queue = author.open("/teach/queue/")
    assert [tag.get_text() for tag in queue.soup.select(".change ins")] == ["through"]
    assert queue.soup.select_one(".tabs .badge").get_text() == "1"
    page = author.open(queue.link("Which river flows past"))
    assert "It has two banks." in page.text
    assert "Accepted" in author.send(page, {"decision": "take"}).text
    assert [row.content.stem for row in rows_of(session, ItemVersion)][-1] == BETTER
    assert "Accepted" in helper.open(f"/teach/review/{item}").text


def test_a_suggested_picture_is_seen_by_who_decides_and_by_nobody_else(
    app: Flask, session: Session, owner: Account, viewer: Account, item: int
) -> None:
    helper, author = desk(app, session, viewer), desk(app, session, owner)
    stranger = desk(app, session, person(session, "teacher", name="Mr Other", now=NOW))
    session.commit()
    form = helper.open(helper.open(f"/teach/review/{item}").link("Suggest an edit"))
    map_ = (io.BytesIO(png()), "map.png")
    form = helper.send(form, {"do": "picture", "picture": map_, "picture_text": "A map"}, "/suggest")
    stem = form.fields("/suggest")["content-stem"][0]
    assert "![A map](picture:" in stem
    picture = "/pictures/" + stem.rpartition(":")[2].strip(")") + ".webp"
    assert author.client.get(picture).status_code == 404, "nothing has been suggested yet"
    assert "Sent." in helper.send(form, {"do": "save"}, "/suggest").text
    assert stranger.client.get(picture).status_code == 404
    page = author.open(author.open("/teach/queue/").link("Which river flows past"))
    assert page.soup.select_one("figure.added img")["src"] == picture
    assert author.client.get(picture).status_code == 200
    merging = author.open(page.link("Open in the editor"))
    assert merging.soup.select_one("[data-shown] .stem img")["src"] == picture
    author.send(merging, {"do": "save"}, f"/items/{item}")
    assert "Declined" in author.send(page, {"decision": "decline", "reply": "Done by hand."}).text
    assert author.client.get(picture).status_code == 200, "a version shows it now"


def test_someone_elses_picture_is_opened_by_no_suggestion(
    app: Flask, session: Session, owner: Account, viewer: Account, item: int
) -> None:
    other = person(session, "teacher", name="Mr Other", now=NOW)
    keep(session, other.id, draw(png()), picture_id=MAP, now=NOW)
    session.commit()
    helper, author = desk(app, session, viewer), desk(app, session, owner)
    suggested(helper, item, f"Which? ![A map](picture:{MAP})")
    for visitor in (helper, author):
        assert visitor.client.get(f"/pictures/{MAP}.webp").status_code == 404


def test_a_suggestion_with_evidence_is_shown_and_merged(
    app: Flask, session: Session, owner: Account, viewer: Account, item: int
) -> None:
    attach_text(session, factories.add_source(session), "The Danube passes it. It is long.", now=NOW)
    session.commit()
    helper, author = desk(app, session, viewer), desk(app, session, owner)
    form = helper.open(helper.open(f"/teach/review/{item}").link("Suggest an edit"))
    cited = {"evidence-0-source": "atlas", "evidence-0-text": "The Danube passes it.", "do": "save"}
    assert "Sent." in helper.send(form, cited, "/suggest").text
    page = author.open(author.open("/teach/queue/").link("Which river flows past"))
    assert "atlas" in page.text
    assert "Accepted" in author.send(page, {"decision": "take"}).text
    assert author.open(f"/teach/items/{item}").soup.select_one(".passage mark") is not None


def test_declined_with_words_its_author_reads_them(
    app: Flask, session: Session, owner: Account, viewer: Account, item: int
) -> None:
    helper, author = desk(app, session, viewer), desk(app, session, owner)
    suggested(helper, item)
    [row] = rows_of(session, Suggestion)
    page = author.open(f"/teach/suggestions/{row.id}")
    assert author.send(page, {"decision": "decline"}).status == 422
    author.send(page, {"decision": "decline", "reply": "“Past” is what the atlas says."})
    seen = helper.open(f"/teach/suggestions/{row.id}")
    assert "“Past” is what the atlas says." in seen.text
    assert [form["action"] for form in seen.soup.select("main form")] == [
        f"/teach/suggestions/{row.id}/put-away"
    ]
    assert "already been" in author.send(page, {"decision": "take"}).text


def test_one_that_is_older_than_the_question_is_merged_in_the_editor(
    app: Flask, session: Session, owner: Account, viewer: Account, item: int
) -> None:
    helper, author = desk(app, session, viewer), desk(app, session, owner)
    suggested(helper, item)
    author.send(
        author.open(f"/teach/items/{item}"),
        {"content-options-0-text": "The Danube", "do": "save"},
        f"/items/{item}",
    )
    [row] = rows_of(session, Suggestion)
    page = author.open(f"/teach/suggestions/{row.id}")
    assert "has changed since" in page.text
    assert (
        author.post(f"/teach/suggestions/{row.id}", {"decision": "take"}).text.count("has changed since") >= 1
    )
    editor = author.open(page.link("Open in the editor"))
    assert editor.fields(f"/items/{item}")["content-stem"] == [BETTER]
    author.send(editor, {"do": "save", "content-options-0-text": "The Danube"}, f"/items/{item}")
    author.send(page, {"decision": "merged"})
    assert [row.state for row in rows_of(session, Suggestion)] == ["taken"]
    newest = rows_of(session, ItemVersion)[-1].content
    assert (newest.stem, newest.key) == (BETTER, "The Danube")


def test_a_viewer_decides_nothing_and_a_stranger_sees_nothing(
    app: Flask, session: Session, viewer: Account, item: int
) -> None:
    helper = desk(app, session, viewer)
    suggested(helper, item)
    [row] = rows_of(session, Suggestion)
    assert helper.post(f"/teach/suggestions/{row.id}", {"decision": "take"}).status == 404
    assert helper.open(f"/teach/suggestions/{row.id}/merge").status == 404
    stranger = desk(app, session, person(session, "teacher", name="Else", now=NOW))
    for address in (f"/teach/suggestions/{row.id}", f"/teach/review/{item}/suggest", f"/teach/review/{item}"):
        assert stranger.open(address).status == 404, address


def test_a_form_with_mistakes_comes_back_and_a_preview_sends_nothing(
    app: Flask, session: Session, viewer: Account, item: int
) -> None:
    helper = desk(app, session, viewer)
    form = helper.open(f"/teach/review/{item}/suggest")
    assert helper.send(form, {"content-options-0-text": "", "do": "save"}, "/suggest").status == 422
    shown = helper.send(form, {"content-stem": BETTER, "do": "preview"}, "/suggest")
    assert (shown.status, BETTER in shown.text) == (200, True)
    assert "You haven’t changed anything" in helper.send(form, {"do": "save"}, "/suggest").text
    assert rows_of(session, Suggestion) == []


def test_the_queue_costs_the_same_with_more_suggestions(
    app: Flask,
    session: Session,
    owner: Account,
    viewer: Account,
    item: int,
    count_queries: Callable[[], list[str]],
) -> None:
    helper, author = desk(app, session, viewer), desk(app, session, owner)

    def cost() -> int:
        before = len(count_queries())
        assert author.open("/teach/queue/").status == 200
        return len(count_queries()) - before

    suggested(helper, item)
    few = cost()
    other = person(session, "teacher", name="Another", now=NOW)
    session.add(DeckShare(deck_id=1, account_id=other.id, can_edit=False, added_at=NOW))
    session.commit()
    suggested(desk(app, session, other), item, "Quite another question?")
    assert cost() == few


def test_its_author_is_told_in_their_queue_until_they_put_it_away(
    app: Flask, session: Session, owner: Account, viewer: Account, item: int
) -> None:
    helper, author = desk(app, session, viewer), desk(app, session, owner)
    suggested(helper, item)
    assert "Nothing to review" in helper.open("/teach/queue/").text
    page = author.open(author.open("/teach/queue/").link("Which river flows past"))
    author.send(page, {"decision": "take", "reply": "That reads better, thank you."})
    assert "Nothing to review" in author.open("/teach/queue/").text
    queue = helper.open("/teach/queue/")
    assert "Your suggestions" in queue.text
    assert queue.soup.select_one(".tabs .badge").get_text() == "1"
    [row] = queue.soup.select(".queue > .row")
    told = " ".join(row.get_text(" ").split())
    assert "Accepted" in told
    assert "The answer That reads better, thank you." in told
    assert "Nothing to review" in helper.send(queue, {}, "/put-away").text


def test_what_one_settles_oneself_is_no_news_nor_is_what_one_may_no_longer_look_at(
    app: Flask, session: Session, owner: Account, viewer: Account, item: int
) -> None:
    helper, author = desk(app, session, viewer), desk(app, session, owner)
    form = author.open(f"/teach/review/{item}/suggest")
    author.send(form, {"content-stem": BETTER, "do": "save"}, "/suggest")
    [row] = rows_of(session, Suggestion)
    author.post(f"/teach/suggestions/{row.id}", {"decision": "take"})
    assert "Nothing to review" in author.open("/teach/queue/").text
    suggested(helper, item, "Which river is it?")
    [_, row] = rows_of(session, Suggestion)
    assert helper.post(f"/teach/suggestions/{row.id}/put-away", {}).status == 200
    author.post(f"/teach/suggestions/{row.id}", {"decision": "decline", "reply": "No."})
    assert author.post(f"/teach/suggestions/{row.id}/put-away", {}).status == 404
    assert "Declined" in helper.open("/teach/queue/").text  # dismissed too early, it would not be
    session.delete(session.scalars(select(DeckShare)).one())
    session.commit()
    assert "Declined" not in helper.open("/teach/queue/").text


def test_a_suggestion_sent_twice_is_made_once_and_looks_sent(
    app: Flask, session: Session, item: int, viewer: Account
) -> None:
    visitor = desk(app, session, viewer)
    form = visitor.open(visitor.open(f"/teach/review/{item}").link("Suggest an edit"))
    for _ in range(2):
        page = visitor.send(form, {"content-stem": BETTER, "do": "save"}, "/suggest")
        assert (page.status, page.path) == (200, f"/teach/review/{item}")
    assert [row.item_id for row in rows_of(session, Suggestion)] == [item]
