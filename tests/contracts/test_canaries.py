"""What is somebody's appears in no reply to anyone without the right: marked words are planted and looked for.

Pages, downloads, refusals and addresses that a reply sends one on to: everything that every actor can get by
GET, and everything that they try by POST on what is not theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Classroom, Enrolment
from quizapp.storage.library.tables import Deck, Item, ItemVersion
from tests.house import ACTORS, STAFF, STUDENTS, House, call, furnish
from tests.web.frame.test_rights import OWNED, rules

MARK = "zqx"  # in no word of ours


def plant(house: House) -> None:
    """Every owner's words get a mark of their own: names, titles, stems, keys, rationales, classes."""
    session = house.session
    for actor, account in house.people.items():
        deck = session.scalars(select(Deck).where(Deck.owner_id == account.id)).first()
        if deck:
            deck.title = deck.summary = f"{MARK}-deck-{actor}"
            versions = (
                select(ItemVersion).join(Item, Item.id == ItemVersion.item_id).where(Item.deck_id == deck.id)
            )
            for version in session.scalars(versions):
                content: Any = version.content
                version.content = msgspec.structs.replace(
                    content,
                    stem=f"{MARK}-stem-{actor}?",
                    key=f"{MARK}-key-{actor}",
                    rationale=f"{MARK}-why-{actor}",
                )
        for room in session.scalars(select(Classroom).where(Classroom.name == f"Class of {actor}")):
            room.name = f"{MARK}-class-{actor}"
        for place in session.scalars(select(Enrolment).where(Enrolment.learner_id == account.id)):
            place.name = f"{MARK}-seat-{actor}"
        if not account.is_guest:
            session.get_one(Account, account.id).name = f"{MARK}-name-{actor}"
    session.commit()


SORTS = ("name", "deck", "stem", "key", "why", "class", "seat")

# Whose words an actor may read beside their own: students know their class, teachers who sits in theirs and
# who teaches beside them, an admin who has an account.
MAY: dict[str, set[str]] = {
    "student": {"class-teacher"},
    "stranger": {"class-other_teacher"},
    "teacher": {"name-colleague", "seat-student", "seat-removed"},
    "other_teacher": {"name-colleague", "seat-stranger"},
    "colleague": {
        *(f"class-{actor}" for actor in (*STAFF, "disabled")),
        *(f"name-{actor}" for actor in (*STAFF, "disabled")),
        *(f"seat-{actor}" for actor in STUDENTS),
    },
    "admin": {"class-colleague", *(f"name-{actor}" for actor in ACTORS)},
}


@pytest.fixture
def marked(app: Flask, session: Session, questions: dict[str, int]) -> House:
    house = furnish(app, session)
    plant(house)
    return house


def replies(house: House, actor: str) -> Iterator[tuple[str, str]]:
    """(address, everything that came back) of all that this actor can look at or try on others' objects."""
    seen = set()
    client = house.client(actor)
    for endpoint, method, rule in rules(house.app):
        owners = [owner for owner in ACTORS if owner in house.owned]
        if method == "POST" and endpoint not in OWNED:
            continue
        for owner in owners:
            if method == "POST" and (actor in {owner, "colleague"} or owner == "student"):
                continue  # theirs, in part: nothing is changed here
            address = house.address(rule, house.owned[owner])
            if (method, address) in seen:
                continue
            seen.add((method, address))
            response = call(house, rule, "POST", actor, address) if method == "POST" else client.get(address)
            yield address, f"{response.headers} {response.get_data().decode('utf-8', 'replace')}"
    for owner in house.owned.values():
        for address in (
            f"/decks/{owner.slug}",
            f"/quiz/new?deck={owner.slug}",
            f"/study/?item={owner.item_id}",
        ):
            response = client.get(address)
            yield address, f"{response.headers} {response.get_data().decode('utf-8', 'replace')}"


@pytest.mark.parametrize("actor", ACTORS)
def test_nobody_reads_a_word_that_is_not_theirs(actor: str, marked: House) -> None:
    may = {f"{MARK}-{word}" for word in MAY.get(actor, set())}
    if actor != "disabled":
        may |= {f"{MARK}-{sort}-{actor}" for sort in SORTS}
    found = {}
    for address, reply in replies(marked, actor):
        words = {word.split('"')[0] for word in reply.replace("&", " ").split() if MARK in word}
        for owner in ACTORS:
            for sort in SORTS:
                word = f"{MARK}-{sort}-{owner}"
                if word not in may and any(word in each for each in words):
                    found.setdefault(word, address)
    assert found == {}


def test_the_marks_can_be_seen(marked: House) -> None:
    """A teacher reads all of their own, so the search is not blind."""
    everything = " ".join(reply for _, reply in replies(marked, "teacher"))
    for sort in SORTS:
        assert f"{MARK}-{sort}-{'student' if sort == 'seat' else 'teacher'}" in everything, sort
