"""A deck that is not public: those it is shared with see it, and nothing of it is told to anyone else."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.services.classes import classrooms, rosters
from quizapp.services.library.items import (
    Citation,
    Draft,
    append_to_deck,
    create_item,
    fact_named,
    write_version,
)
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Classroom, ClassroomDeck, Enrolment
from quizapp.storage.library.tables import Deck, DeckShare, Item
from quizapp.storage.study.tables import Card
from tests import factories
from tests.world import Visitor, client_of, endpoints, masked, person

NOW = datetime.now(UTC)
CANARIES = (
    "CanaryTitle",
    "CanarySummary",
    "CanaryStem",
    "CanaryKey",
    "CanaryHint",
    "canarytag",
    "canary-fact",
)
SLUG = "canary-deck"
INSIDE = ("owner", "editor", "viewer", "co_teacher", "student")
OUTSIDE = ("anonymous", "guest", "stranger", "removed", "teacher", "admin")


@pytest.fixture
def clients(app: Flask, session: Session) -> dict[str, FlaskClient]:
    """Everyone inside and outside; the deck is private, given to one class, and cites the shipped source."""
    people = {
        name: person(session, "teacher", name=name, now=NOW)
        for name in ("owner", "editor", "viewer", "co_teacher", "teacher")
    }
    people["admin"] = person(session, "admin", name="admin", now=NOW)
    people["guest"] = person(session, "guest", now=NOW)
    deck = canary_deck(session, people["owner"])
    classroom = classrooms.create(session, people["owner"], name="4b", zone="UTC", now=NOW)
    classrooms.add_teacher(session, classroom, name="co_teacher", now=NOW)
    elsewhere = classrooms.create(session, people["teacher"], name="5c", zone="UTC", now=NOW)
    for place, name in ((classroom, "student"), (classroom, "removed"), (elsewhere, "stranger")):
        rosters.add_roster(session, place, [name], now=NOW)
        row = session.scalars(select(Enrolment).where(Enrolment.name == name)).one()
        people[name] = session.get_one(Account, row.learner_id)
        if name == "removed":
            classrooms.set_removed(session, row, removed=True, now=NOW)
    session.add_all(
        [
            ClassroomDeck(classroom_id=classroom.id, deck_id=deck.id, position=1),
            DeckShare(deck_id=deck.id, account_id=people["editor"].id, can_edit=True, added_at=NOW),
            DeckShare(deck_id=deck.id, account_id=people["viewer"].id, can_edit=False, added_at=NOW),
        ]
    )
    session.commit()
    made = {name: client_of(app, session, account, now=NOW) for name, account in people.items()}
    return {**made, "anonymous": app.test_client()}


def canary_deck(session: Session, owner: Account) -> Deck:
    source = factories.add_source(session, "atlas")
    deck = Deck(slug=SLUG, title="CanaryTitle", summary="CanarySummary", owner_id=owner.id, created_at=NOW)
    deck.source_id = source.id
    session.add(deck)
    session.flush()
    content = SingleChoice(
        stem="CanaryStem?", key="CanaryKey", distractors=("Elbe", "Loire", "Volga"), hint="CanaryHint"
    )
    item = create_item(session, key="canary", deck=deck, fact=fact_named(session, f"t{owner.id}-canary-fact"))
    draft = Draft(content=content, tags=("canarytag",), evidence=(Citation(source.id, 1, 1, "0" * 12),))
    write_version(session, item, draft, author_id=owner.id, now=NOW)
    append_to_deck(session, deck, item)
    return deck


def addresses(app: Flask, session: Session, slug: str, item_id: int) -> list[str]:
    """Every page that can be looked at, with this deck and this item wherever one can be named."""
    values = {
        "item_id": item_id,
        "classroom_id": session.scalars(select(Classroom.id).where(Classroom.name == "5c")).one(),
        "kind": "single_choice",
        "token": "x",
        "path": "css/frame/base.css",
        "digest": "x",
        "code": "2222222",
        "link": "x",
    }
    session.rollback()
    found = []
    with app.test_request_context():
        build = app.url_map.bind("localhost").build
        for endpoint, method, rule in endpoints(app):
            if method == "GET" and rule.arguments <= {*values, "slug"}:
                named = values | {"slug": "atlas" if endpoint == "library.source" else slug}
                found.append(build(endpoint, {name: named[name] for name in rule.arguments}))
    return [*found, f"/quiz/new?deck={slug}", f"/study/?deck={slug}", f"/study/?item={item_id}"]


def canary_item(session: Session) -> int:
    found = session.scalars(select(Item.id).where(Item.key == "canary")).one()
    session.rollback()
    return found


def test_nothing_of_the_deck_is_told_outside_and_it_looks_as_if_it_were_not_there(
    app: Flask, session: Session, clients: dict[str, FlaskClient]
) -> None:
    here = addresses(app, session, SLUG, canary_item(session))
    missing = addresses(app, session, "no-such-deck", 999_999)
    for actor, (address, other) in product(OUTSIDE, zip(here, missing, strict=True)):
        reply, nothing = clients[actor].get(address), clients[actor].get(other)
        html = masked(reply.get_data().decode("latin-1"))
        told = [canary for canary in CANARIES if canary in html]
        assert not told, (address, told)
        assert reply.status_code == nothing.status_code, address
        if address != other:  # pages that name no deck may hold chance
            assert html == masked(nothing.get_data().decode("latin-1")), address


def test_no_one_outside_begins_quizzes_or_hands_on_the_deck(
    session: Session, clients: dict[str, FlaskClient]
) -> None:
    own_class = session.scalars(select(Classroom.id).where(Classroom.name == "5c")).one()
    session.rollback()
    form = {"deck": SLUG, "attempt": str(uuid4()), "length": "1"}
    for client in (clients[actor] for actor in OUTSIDE):
        assert client.post("/study/begin", data={"deck": SLUG}).status_code == 404
        assert client.post("/quiz/start", data=form).status_code == 404
        assert client.post(f"/classes/{own_class}/decks", data={"deck": SLUG}).status_code == 404


def test_those_inside_find_study_and_quiz_themselves(clients: dict[str, FlaskClient]) -> None:
    for actor in INSIDE:
        visitor = Visitor(clients[actor])
        assert "CanaryTitle" in visitor.open("/decks/").text, actor
        assert "CanaryStem" in visitor.open(f"/decks/{SLUG}").text, actor
        assert "CanaryStem" in visitor.open("/sources/atlas").text, actor
        assert visitor.open(f"/quiz/new?deck={SLUG}").status == 200, actor
        assert "CanaryStem" in visitor.post("/study/begin", {"deck": SLUG}).text, actor


def test_teachers_inside_look_in_edit_and_rename_as_far_as_it_was_shared(
    session: Session, clients: dict[str, FlaskClient]
) -> None:
    item = canary_item(session)
    state = {"state": "published"}
    for actor, looks, edits, owns in (
        ("owner", True, True, True),
        ("editor", True, True, False),
        ("viewer", True, False, False),
        ("co_teacher", True, False, False),
        ("student", False, False, False),
    ):
        client = clients[actor]
        for allowed, address in (
            (looks, f"/teach/decks/{SLUG}"),
            (edits, f"/teach/decks/{SLUG}/add"),
            (edits, f"/teach/items/{item}"),
            (edits, f"/teach/items/{item}/versions"),
            (owns, f"/teach/decks/{SLUG}/edit"),
        ):
            assert client.get(address).status_code == (200 if allowed else 404), (actor, address)
        changed = client.post(f"/teach/items/{item}/state", data=state)
        assert changed.status_code == (303 if edits else 404), actor
        if looks:
            desk = Visitor(client).open("/teach/").text
            assert ("CanaryTitle" in desk, "From owner" in desk) == (True, actor != "owner")


def test_an_editors_question_belongs_to_the_owners_facts_and_other_decks_stay_untold(
    session: Session, clients: dict[str, FlaskClient]
) -> None:
    owner = session.scalars(select(Account).where(Account.name == "owner")).one()
    secret = factories.add_deck(session, [], slug="secret", owner=owner)
    content = factories.flip()
    factories.add_item(session, secret, content, key="secret-1", fact=f"t{owner.id}-untold-fact")
    session.commit()
    page = clients["editor"].get(f"/teach/items/{canary_item(session)}").get_data(as_text=True)
    assert "canary-fact" in page
    assert "untold-fact" not in page
    assert "untold-fact" in clients["owner"].get(f"/teach/items/{canary_item(session)}").get_data(
        as_text=True
    )


# --- losing a right -----------------------------------------------------------------------------------


def test_who_loses_the_right_keeps_what_they_have_seen_and_sees_nothing_new(
    session: Session, clients: dict[str, FlaskClient]
) -> None:
    deck = session.scalars(select(Deck).where(Deck.slug == SLUG)).one()
    factories.add_item(session, deck, factories.choice(2), key="canary-2")
    session.commit()
    visitor = Visitor(clients["student"])
    page = visitor.post("/study/begin", {"deck": SLUG})
    visitor.post("/study/answer", page.fields() | {"choice": "0"})
    student = session.scalars(select(Card)).one().learner_id
    place = session.scalars(select(Enrolment).where(Enrolment.learner_id == student)).one()
    classrooms.set_removed(session, place, removed=True, now=NOW)
    session.commit()

    assert visitor.open(f"/decks/{SLUG}").status == 404
    assert "CanaryTitle" not in visitor.open("/decks/").text
    met = visitor.open(f"/study/?item={canary_item(session)}")
    assert "CanaryStem" in met.text  # what they have seen comes back
    assert "town 2" not in visitor.open("/study/").text  # nothing new does
    progress = visitor.open("/progress/")
    assert "CanaryTitle" in progress.text
    assert f"/decks/{SLUG}" not in progress.html
    assert "new" not in next(line for line in progress.soup.select("ul.shares li")).get_text()
    assert session.scalars(select(Card.learner_id)).one() == student
    session.rollback()


def test_taken_back_into_the_class_they_go_on(session: Session, clients: dict[str, FlaskClient]) -> None:
    removed = session.scalars(select(Enrolment).where(Enrolment.name == "removed")).one()
    classrooms.set_removed(session, removed, removed=False, now=NOW)
    session.commit()
    assert "CanaryStem" in Visitor(clients["removed"]).post("/study/begin", {"deck": SLUG}).text
