"""One walk through the house for all that look at replies: everybody opens every address, and tries what is not theirs.

What each reply was, and what stood in the database before and after the looking, is kept for the contracts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Classroom, Enrolment
from quizapp.storage.library.tables import Deck, Item, ItemVersion
from tests.house import ACTORS, House, call, furnish
from tests.web.frame.test_rights import OWNED, rules
from tests.world import dump

MARK = "zqx"  # in no word of ours


@dataclass(frozen=True)
class Reply:
    """What came back."""

    endpoint: str
    method: str
    address: str
    status: int
    headers: str
    body: str
    media_type: str | None

    @property
    def text(self) -> str:
        """All of it."""
        return f"{self.headers} {self.body}"


@dataclass(frozen=True)
class Walk:
    """The replies to each actor, and every row before and after all had looked."""

    house: House
    looked: dict[str, list[Reply]]
    headed: dict[str, tuple[Reply, Reply]]  # of the teacher, by address: GET and HEAD
    tried: dict[str, list[Reply]]
    before: dict[str, list[str]]
    after: dict[str, list[str]]

    def replies(self, actor: str) -> list[Reply]:
        """All that this actor got to see."""
        return self.looked[actor] + self.tried[actor]


def walk(app: Flask, session: Session, engine: Engine) -> Walk:
    """Furnish the house, mark everyone's words, look at everything as everyone, then try what is others'."""
    house = furnish(app, session)
    plant(house)
    clients = {actor: house.client(actor) for actor in ACTORS}
    before = dump(engine)
    looked = {actor: list(look(house, clients[actor])) for actor in ACTORS}
    headed = {reply.address: (reply, head(clients["teacher"], reply)) for reply in looked["teacher"]}
    after = dump(engine)
    tried = {actor: list(try_others(house, actor)) for actor in ACTORS}
    return Walk(house, looked, headed, tried, before, after)


def look(house: House, client: Any) -> Iterator[Reply]:
    """Every page and file there is, of everyone."""
    found = {
        house.address(rule, owned): endpoint
        for endpoint, method, rule in rules(house.app)
        if method == "GET"
        for owned in house.owned.values()
    }
    for owner in house.owned.values():
        found |= {
            f"/decks/{owner.slug}": "library.deck",
            f"/quiz/new?deck={owner.slug}": "quizzes.new",
            f"/study/?item={owner.item_id}": "study.next_question",
        }
    for address, endpoint in sorted(found.items()):
        yield kept(endpoint, "GET", address, client.get(address))


def head(client: Any, reply: Reply) -> Reply:
    """What HEAD says where GET said this; OPTIONS is asked on the way."""
    assert client.options(reply.address).status_code < 500, reply.address
    return kept(reply.endpoint, "HEAD", reply.address, client.head(reply.address))


def try_others(house: House, actor: str) -> Iterator[Reply]:
    """What writes, on objects that are not this actor's; what is theirs in part is left alone."""
    seen = set()
    for endpoint, method, rule in rules(house.app):
        if method != "POST" or endpoint not in OWNED:
            continue
        for owner in house.owned:
            address = house.address(rule, house.owned[owner])
            if actor in {owner, "colleague"} or owner == "student" or address in seen:
                continue
            seen.add(address)
            yield kept(endpoint, "POST", address, call(house, rule, "POST", actor, address))


def kept(endpoint: str, method: str, address: str, response: Any) -> Reply:
    body = response.get_data().decode("utf-8", "replace")
    sort = response.headers.get("Content-Type")
    return Reply(endpoint, method, address, response.status_code, str(response.headers), body, sort)


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
