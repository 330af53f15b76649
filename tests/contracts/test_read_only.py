"""GET and HEAD change nothing: every row of every table is the same after everybody has looked at everything."""

from __future__ import annotations

from sqlalchemy import Engine

from tests.house import ACTORS, House
from tests.world import dump, endpoints


def test_looking_changes_nothing(house: House, engine: Engine) -> None:
    addresses = {
        house.address(rule, owned)
        for _, method, rule in endpoints(house.app)
        if method == "GET"
        for owned in house.owned.values()
    }
    clients = {actor: house.client(actor) for actor in ACTORS}
    before = dump(engine)
    assert sum(map(len, before.values())) > 100
    for actor, client in clients.items():
        for address in sorted(addresses):
            assert client.get(address).status_code < 500, (actor, address)
            if actor == "teacher":
                assert client.head(address).status_code < 500, address
                assert client.options(address).status_code < 500, address
    after = dump(engine)
    assert {name for name in before if before[name] != after[name]} == set()


def test_the_dump_sees_a_change(house: House, engine: Engine) -> None:
    before = dump(engine)
    house.client("student").post("/study/begin", data={"deck": "every"})
    assert {name for name, rows in dump(engine).items() if rows != before[name]} >= {"study_deck"}


def test_head_answers_as_get_does_without_a_body(house: House) -> None:
    client, own = house.client("teacher"), house.own("teacher")
    for _, method, rule in endpoints(house.app):
        if method == "GET":
            address = house.address(rule, own)
            got, headed = client.get(address), client.head(address)
            assert (headed.status_code, headed.get_data()) == (got.status_code, b""), address
            assert headed.headers.get("Content-Type") == got.headers.get("Content-Type")
