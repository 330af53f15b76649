"""Drafts looked through in a browser without scripts."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.services.sources.shipped_texts import attach_text
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck, Evidence, Item
from quizapp.storage.sources.tables import Source
from tests import factories, world
from tests.factories import NOW
from tests.services.drafting.test_model_drafts import Endpoint
from tests.world import Seen, Visitor, rows_of

TEXT = (Path(__file__).parents[2] / "domain/drafting/texts/bridge.txt").read_text("utf-8")
PAGE = "/teach/articles/atlas/drafts"


@pytest.fixture
def teacher(session: Session) -> Account:
    return world.person(session, "teacher", name="Ms Rivers", now=NOW)


@pytest.fixture
def desk(app: Flask, session: Session, teacher: Account) -> Visitor:
    return Visitor(world.client_of(app, session, teacher, now=NOW))


@pytest.fixture(autouse=True)
def source(session: Session) -> Source:
    made = factories.add_source(session)
    made.title = "A bridge over the Marn"
    attach_text(session, made, TEXT, now=NOW)
    session.commit()
    return made


def digests(page: Seen) -> list[str]:
    return [str(box["value"]) for box in page.soup.select("input[name=draft]")]


def stored(session: Session) -> list[Item]:
    return sorted(rows_of(session, Item), key=lambda item: item.id)


def send(desk: Visitor, act: str, *ticked: str, **fields: str) -> Seen:
    return desk.post(PAGE, {"do": act, "draft": list(ticked), "deck": "", **fields})


def test_each_draft_stands_beside_the_sentence_that_it_quotes(desk: Visitor) -> None:
    page = desk.open(PAGE)
    assert len(digests(page)) >= 10
    for draft in page.soup.select(".draft"):
        assert draft.select_one("mark").get_text() in TEXT.replace("\n", " ")  # type: ignore[union-attr]
        assert draft.select_one(".answers .right")
    assert "Who had already built a harbour crane in Oslo?" in page.text


def test_ticked_drafts_are_published_with_evidence_in_a_new_deck(desk: Visitor, session: Session) -> None:
    some = digests(desk.open(PAGE))[:3]
    page = send(desk, "publish", *some)
    assert "3 drafts published in “A bridge over the Marn”." in page.text
    (deck,) = rows_of(session, Deck)
    assert deck.title == "A bridge over the Marn"
    assert [(item.state, item.deck_id) for item in stored(session)] == [("published", deck.id)] * 3
    assert len(rows_of(session, Evidence)) == 3
    assert not set(some) & set(digests(page))
    assert desk.open(page.link("Open the deck")).heading == "A bridge over the Marn"


def test_a_deck_on_the_article_is_offered_first_and_filled_further(desk: Visitor, session: Session) -> None:
    first, second, *_ = digests(desk.open(PAGE))
    page = send(desk, "keep", first)
    (deck,) = rows_of(session, Deck)
    assert page.soup.select_one("option[selected]")["value"] == deck.slug  # type: ignore[index]
    send(desk, f"publish {second}", deck=deck.slug)
    assert sorted(item.state for item in stored(session)) == ["draft", "published"]


def test_the_same_form_sent_twice_makes_one_item(desk: Visitor, session: Session) -> None:
    one = digests(desk.open(PAGE))[0]
    send(desk, f"publish {one}")
    again = send(desk, f"publish {one}")
    assert again.status == 422
    assert "already dealt with" in again.text
    assert len(stored(session)) == 1


def test_editing_opens_the_draft_in_the_editor(desk: Visitor, session: Session) -> None:
    page = send(desk, f"edit {digests(desk.open(PAGE))[0]}")
    (item,) = stored(session)
    assert page.path == f"/teach/items/{item.id}"
    assert item.state == "draft"
    cited = page.soup.select_one("form.editor select[name=evidence-0-source] option[selected]")
    assert cited is not None
    assert cited["value"] == "atlas"


def test_what_is_dropped_does_not_come_back(desk: Visitor, session: Session) -> None:
    before = digests(desk.open(PAGE))
    page = send(desk, "drop", *before[:2])
    assert "2 drafts discarded" in page.text
    assert not set(before[:2]) & set(digests(desk.open(PAGE)))
    assert stored(session) == []


def test_drafts_are_dropped_and_taken_for_oneself_only(app: Flask, session: Session, desk: Visitor) -> None:
    before = digests(desk.open(PAGE))
    send(desk, "drop", *before[:2])
    colleague = world.person(session, "teacher", name="Mr Hill", now=NOW)
    other = Visitor(world.client_of(app, session, colleague, now=NOW))
    assert digests(other.open(PAGE)) == before


def test_nothing_ticked_is_told(desk: Visitor, session: Session) -> None:
    page = send(desk, "publish")
    assert page.status == 422
    assert "Select the drafts you want" in page.text
    assert stored(session) == []


def test_what_is_there_already_is_said_and_not_taken_again(
    desk: Visitor, session: Session, teacher: Account
) -> None:
    stem = "Who had already built a harbour crane in Oslo?"
    box = next(draft for draft in desk.open(PAGE).soup.select(".draft") if stem in draft.get_text())
    digest = str(box.select_one("input")["value"])  # type: ignore[index]
    item = factories.ShortAnswer(stem=stem, key="Ada Lindqvist")
    factories.add_deck(session, [item], slug="mine", owner=teacher)
    session.commit()
    page = send(desk, f"publish {digest}")
    assert page.status == 422
    assert "It looks like “Who had already built a harbour crane in Oslo?” in Mine" in page.text
    assert len(stored(session)) == 1


def test_a_paragraph_by_itself(desk: Visitor) -> None:
    page = desk.open(f"{PAGE}?paragraph=3")
    assert page.heading == "Drafts on paragraph 3"
    assert {place.get_text() for place in page.soup.select(".quoted .place")} == {"Paragraph 3"}
    kept = send(desk, "drop", *digests(page), paragraph="3")
    assert "No drafts left" in kept.text
    assert desk.open(kept.link("Drafts on the whole article")).heading == "Drafts"


def test_an_article_without_text_says_so(desk: Visitor, session: Session) -> None:
    factories.add_source(session, slug="bare")
    session.commit()
    assert "isn’t on this site" in desk.open("/teach/articles/bare/drafts").text
    assert desk.open("/teach/articles/none/drafts").status == 404


def test_a_foreign_deck_is_not_filled(desk: Visitor, session: Session) -> None:
    other = factories.add_account(session, role="teacher")
    factories.add_deck(session, [], slug="theirs", owner=other)
    session.commit()
    assert send(desk, f"publish {digests(desk.open(PAGE))[0]}", deck="theirs").status == 404
    assert stored(session) == []


@pytest.mark.usefixtures("session")
def test_without_an_endpoint_no_model_is_offered(desk: Visitor) -> None:
    assert "language model" not in desk.open(PAGE).text
    assert "No language model is set up" in desk.post(f"{PAGE}/model", {}).text


def test_a_models_drafts_come_marked_and_checked(app: Flask, desk: Visitor, session: Session) -> None:
    quote = "Work began in 2012, but a flood destroyed two pillars in March 2016."
    sound = {"kind": "short_answer", "stem": "What destroyed two pillars in March 2016?", "key": "a flood"}
    endpoint = Endpoint()
    hostile = {
        **sound,
        "stem": "<b onclick=x>Which event</b> destroyed two pillars in March 2016?",
        "quote": quote,
    }
    unfounded = {**sound, "key": "an earthquake", "quote": quote}
    questions = [{**sound, "quote": quote}, hostile, unfounded]
    endpoint.answer = lambda handler: endpoint.say(handler, json.dumps({"questions": questions}))
    offered = {"drafts_url": endpoint.url, "drafts_model": "small"}
    app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], **offered)
    before = desk.open(PAGE)
    page = desk.send(before, {}, "/model")
    assert digests(desk.send(before, {}, "/model")) == digests(page)
    assert len(endpoint.asked) == 1, "the same form sent twice asks once"
    endpoint.server.shutdown()
    endpoint.server.server_close()
    assert "The model proposed 3" in page.text
    assert "1 didn’t pass the checks" in page.text
    assert "From a model" in page.text
    assert not page.soup.select(".draft [onclick]")
    assert "Ms Rivers" not in json.dumps(endpoint.asked[0][2])
    send(desk, f"publish {digests(page)[0]}")
    assert [item.state for item in stored(session)] == ["published"]
