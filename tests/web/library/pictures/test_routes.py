"""A picture comes with its question: for those who may see that, and for no one else."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.services.library import copies
from quizapp.services.library.items import Draft, create_item, fact_named, write_version
from quizapp.services.library.picture_drawing import draw
from quizapp.services.library.pictures import keep
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck, Item, Picture
from tests import world
from tests.factories import NOW
from tests.world import Visitor, rows_of

MAP = "0123456789abcdef" * 2


def png() -> bytes:
    packed = io.BytesIO()
    Image.new("RGB", (20, 10), "blue").save(packed, "PNG")
    return packed.getvalue()


@pytest.fixture
def people(app: Flask, session: Session) -> dict[str, Visitor]:
    roles = {"owner": "teacher", "other": "teacher", "guest": "guest"}
    accounts = {name: world.person(session, role, name=name, now=NOW) for name, role in roles.items()}
    deck = world.add_deck(session, "maps", owner_id=accounts["owner"].id, now=NOW)
    keep(session, accounts["owner"].id, draw(png()), picture_id=MAP, now=NOW)
    world.add_item(session, deck, "m-1", FlipCard(stem=f"![A map](picture:{MAP})", answer="Here"), now=NOW)
    session.commit()
    return {
        name: Visitor(world.client_of(app, session, account, now=NOW)) for name, account in accounts.items()
    }


def public(session: Session, **values: Any) -> None:
    item = session.scalars(select(Item)).one()
    item.deck.public = values.pop("public", False)
    for name, value in values.items():
        setattr(item, name, value)
    session.commit()


def test_a_picture_of_a_private_deck_is_its_owners(people: dict[str, Visitor], session: Session) -> None:
    shown = people["owner"].client.get(f"/pictures/{MAP}.webp")
    assert (shown.status_code, shown.mimetype) == (200, "image/webp")
    assert Image.open(io.BytesIO(shown.data)).size == (20, 10)
    assert shown.headers["Cache-Control"] == "private, max-age=86400"
    for name in ("other", "guest"):
        assert people[name].client.get(f"/pictures/{MAP}.webp").status_code == 404


def test_anyone_who_may_study_the_deck_sees_it_once_it_is_published(
    people: dict[str, Visitor], session: Session
) -> None:
    public(session, public=True)
    assert people["guest"].client.get(f"/pictures/{MAP}.webp").status_code == 200
    public(session, public=True, state="draft")
    assert people["guest"].client.get(f"/pictures/{MAP}.webp").status_code == 404
    assert people["owner"].client.get(f"/pictures/{MAP}.webp").status_code == 200


def test_who_has_learnt_it_keeps_seeing_it(people: dict[str, Visitor], session: Session) -> None:
    public(session, public=True)
    item = session.scalars(select(Item.id)).one()
    session.rollback()
    page = people["guest"].ask(item)
    assert page.soup.select_one(".stem img")["src"] == f"/pictures/{MAP}.webp"
    people["guest"].send(people["guest"].send(page, {}, "/study/reveal"), {"rating": "3"}, "/study/answer")
    public(session, public=False)
    assert people["guest"].client.get(f"/pictures/{MAP}.webp").status_code == 200


def test_a_name_that_is_none_is_not_found(people: dict[str, Visitor]) -> None:
    for name in ("x", "f" * 32, MAP.upper(), f"{MAP}%00", "é"):
        assert people["owner"].client.get(f"/pictures/{name}.webp").status_code == 404


# --- the editor's button ---------------------------------------------------------------------------


def begin(desk: Visitor) -> world.Seen:
    return desk.open("/teach/decks/maps/add/flip_card")


def add(desk: Visitor, file: bytes, words: str = "A map of [it]", **fields: Any) -> world.Seen:
    data = {"do": "picture", "picture": (io.BytesIO(file), "x.png"), "picture_text": words, **fields}
    return desk.send(begin(desk), data, "/add/flip_card", content_type="multipart/form-data")


def test_a_picture_is_added_to_the_stem_and_nothing_typed_is_lost(
    people: dict[str, Visitor], session: Session
) -> None:
    page = add(
        people["owner"], png(), **{"content-stem": "Where?", "content-answer": "There", "tags": "maps"}
    )
    [picture] = [row for row in rows_of(session, Picture) if row.id != MAP]
    assert page.status == 200
    assert (
        page.soup.find(id="content-stem").text.strip() == f"Where?\n\n![A map of (it)](picture:{picture.id})"
    )
    assert page.soup.find(id="content-answer").text.strip() == "There"
    assert page.soup.find(id="tags")["value"] == "maps"
    assert page.soup.find(id="picture_text")["value"] == ""
    assert page.soup.select_one("[data-shown] img")["alt"] == "A map of (it)"
    assert (picture.width, picture.height) == (20, 10)


@pytest.mark.parametrize(
    ("file", "words", "said"),
    [
        (b"", "x", "Choose a file"),
        (b"GIF89a?", "x", "picture can’t be read"),
        (png(), " ", "for students who can’t"),
    ],
)
def test_what_is_wrong_with_a_picture_is_said_beside_it(
    file: bytes, words: str, said: str, people: dict[str, Visitor], session: Session
) -> None:
    data: dict[str, Any] = {"content-stem": "Where?"}
    if not file:
        page = people["owner"].send(
            begin(people["owner"]), {"do": "picture", "picture_text": words, **data}, "/add/flip_card"
        )
    else:
        page = add(people["owner"], file, words, **data)
    assert said in page.soup.find(id="pictures").get_text()
    assert page.soup.find(id="content-stem").text.strip() == "Where?"
    assert len(rows_of(session, Picture)) == 1


def test_a_photograph_may_be_larger_than_other_requests(app: Flask, people: dict[str, Visitor]) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 100_000
    body = png() + bytes(300_000)
    assert "picture:" in add(people["owner"], body).soup.find(id="content-stem").text
    assert people["owner"].client.post("/sign-in", data={"name": "x" * 600_000}).status_code == 413


def account_id(session: Session, name: str) -> int:
    return int(rows_of(session, Account, name=name)[0].id)


def test_anyone_who_knows_a_pictures_id_gets_nothing_by_citing_it(
    people: dict[str, Visitor], session: Session
) -> None:
    owners = {name: account_id(session, name) for name in ("owner", "other")}
    deck = world.add_deck(session, "stolen", owner_id=owners["other"], now=NOW)
    item = create_item(session, key="s-1", deck=deck, fact=fact_named(session, "s-1"))

    def cite(who: str, answer: str) -> int:
        """The status that the other teacher gets for the picture, once this one has put it into the question."""
        draft = Draft(content=FlipCard(stem=f"![A map](picture:{MAP})", answer=answer))
        write_version(session, item, draft, author_id=owners[who], now=NOW)
        session.commit()
        return people["other"].client.get(f"/pictures/{MAP}.webp").status_code

    assert cite("other", "Mine") == 404
    assert cite("owner", "Ours") == 200, "its owner has put it there"
    assert cite("other", "Mine again") == 200


def test_a_copied_deck_shows_its_pictures(people: dict[str, Visitor], session: Session) -> None:
    public(session, public=True)
    teacher = session.get_one(Account, account_id(session, "other"))
    copied = copies.copy_deck(session, session.scalars(select(Deck)).one(), teacher, now=NOW)
    copied.public = True
    session.flush()
    session.scalars(select(Deck).where(Deck.id != copied.id)).one().public = False
    session.commit()
    assert people["guest"].client.get(f"/pictures/{MAP}.webp").status_code == 200
