"""Making a passkey and signing in with it: with what a device says, and with all that it must not say."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.services.accounts import accounts, passwords
from quizapp.storage.accounts.tables import Account, Passkey
from tests.web.accounts.passkeys.authenticator import Authenticator
from tests.world import Seen, Visitor, client_of, person, rows_of

NAME, PASSWORD = "Ms Vera", "a long way to the sea"
HASH = passwords.hash_password(PASSWORD)


@pytest.fixture
def vera(session: Session) -> Account:
    return person(session, "teacher", name=NAME, now=datetime.now(UTC), password_hash=HASH)


@pytest.fixture
def visitor(app: Flask, session: Session, vera: Account) -> Visitor:
    return Visitor(client_of(app, session, vera, now=datetime.now(UTC)))


@pytest.fixture
def device() -> Authenticator:
    return Authenticator()


def make(visitor: Visitor, device: Authenticator, password: str = PASSWORD, name: str = "my phone") -> Seen:
    options = visitor.client.post("/account/passkeys/options").get_json()
    form = {"credential": device.make(options), "present": password, "name": name}
    return visitor.send(visitor.open("/account/second-factor"), form, "/account/passkeys")


def options_for(visitor: Visitor) -> dict[str, object]:
    return visitor.client.post("/passkey/options").get_json()


def sign_in(visitor: Visitor, device: Authenticator) -> Seen:
    return visitor.post("/passkey", {"credential": device.sign(options_for(visitor))})


@pytest.fixture
def made(visitor: Visitor, device: Authenticator) -> Seen:
    return make(visitor, device)


def test_a_passkey_is_made_and_signs_in_without_name_or_password(
    app: Flask, made: Seen, device: Authenticator, session: Session
) -> None:
    assert "my phone" in made.text
    for count in (1, 2):
        visitor = Visitor(app.test_client())
        page = sign_in(visitor, device)
        assert (page.path, NAME in page.text) == ("/", True)
        assert rows_of(session, Passkey)[0].sign_count == count
    assert visitor.open("/teach/").status == 200


def test_the_options_ask_for_a_finger_or_a_pin_and_name_the_site(visitor: Visitor, made: Seen) -> None:
    options = visitor.client.post("/account/passkeys/options").get_json()
    assert options["rp"]["id"] == "localhost"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert len(options["excludeCredentials"]) == 1
    assert options_for(visitor)["userVerification"] == "required"
    assert options_for(visitor)["challenge"] != options_for(visitor)["challenge"]


def test_a_passkey_stands_for_the_second_factor_too(
    app: Flask, made: Seen, device: Authenticator, session: Session
) -> None:
    visitor = Visitor(app.test_client())
    page = visitor.send(visitor.open("/sign-in"), {"name": NAME, "password": PASSWORD}, "/sign-in")
    assert page.path == "/sign-in/second", "the password alone is not enough any more"
    assert page.form("/passkey")
    assert NAME in sign_in(visitor, device).text


def test_making_one_takes_the_password(visitor: Visitor, device: Authenticator, session: Session) -> None:
    page = make(visitor, device, password="guess")
    assert (page.status, "Wrong password" in page.text) == (422, True)
    assert rows_of(session, Passkey) == []


def wrong_origin(device: Authenticator) -> None:
    device.origin = "http://evil.example"


def wrong_site(device: Authenticator) -> None:
    device.host = "evil.example"


def without_finger(device: Authenticator) -> None:
    device.verifies = False


def another_key(device: Authenticator) -> None:
    device.key = Authenticator().key


def unknown(device: Authenticator) -> None:
    device.credential_id = b"x" * 32


def copied(device: Authenticator) -> None:
    """Its counter stands where it stood: someone else has the same key."""
    device.count -= 1


@pytest.mark.parametrize(
    "change", [wrong_origin, wrong_site, without_finger, another_key, unknown, copied], ids=lambda each: each.__name__
)  # fmt: skip
def test_what_is_not_the_devices_own_answer_signs_no_one_in(
    app: Flask, made: Seen, device: Authenticator, change: Callable[[Authenticator], None]
) -> None:
    sign_in(Visitor(app.test_client()), device)
    change(device)
    visitor = Visitor(app.test_client())
    page = sign_in(visitor, device)
    assert (page.status, "doesn’t belong to an account here" in page.text) == (422, True)
    assert NAME not in visitor.open("/").text


@pytest.mark.parametrize("change", [wrong_origin, wrong_site, without_finger], ids=lambda each: each.__name__)
def test_what_is_not_for_this_site_is_not_kept(
    visitor: Visitor, device: Authenticator, change: Callable[[Authenticator], None], session: Session
) -> None:
    change(device)
    page = make(visitor, device)
    assert (page.status, "doesn’t match this site" in page.text) == (422, True)
    assert rows_of(session, Passkey) == []


def test_an_answer_counts_once_and_in_time(app: Flask, made: Seen, device: Authenticator) -> None:
    visitor, other = Visitor(app.test_client()), Visitor(app.test_client())
    answer = device.sign(options_for(visitor))
    assert other.post("/passkey", {"credential": answer}).status == 422, "not in another browser"
    assert visitor.post("/passkey", {"credential": answer}).path == "/"
    visitor.post("/sign-out", {})
    assert visitor.post("/passkey", {"credential": answer}).status == 422
    late = device.sign(options_for(visitor))
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11)):
        assert visitor.post("/passkey", {"credential": late}).status == 422


@pytest.mark.parametrize(
    "said", ["", "x", "{}", "[]", "null", '{"id": "x"}', '{"id": 7, "response": []}', "\x00"]
)
def test_what_no_device_says_is_refused(visitor: Visitor, made: Seen, said: str) -> None:
    options_for(visitor)
    assert visitor.post("/passkey", {"credential": said}).status == 422
    visitor.client.post("/account/passkeys/options")
    form = {"credential": said, "present": PASSWORD}
    assert visitor.post("/account/passkeys", form).status == 422


def test_who_is_shut_out_does_not_get_in_by_passkey(
    app: Flask, made: Seen, device: Authenticator, session: Session, vera: Account
) -> None:
    accounts.set_disabled(session, session.get_one(Account, vera.id), disabled=True, now=datetime.now(UTC))
    session.commit()
    assert sign_in(Visitor(app.test_client()), device).status == 422


def test_it_is_taken_off_with_the_password_and_by_its_owner_alone(
    app: Flask, visitor: Visitor, made: Seen, device: Authenticator, session: Session
) -> None:
    [row] = rows_of(session, Passkey)
    bell = person(session, "teacher", name="Mr Bell", now=datetime.now(UTC), password_hash=HASH)
    other = Visitor(client_of(app, session, bell, now=datetime.now(UTC)))
    other.post("/account/passkeys/remove", {"passkey": str(row.id), "present": PASSWORD})
    visitor.post("/account/passkeys/remove", {"passkey": str(row.id), "present": "guess"})
    assert len(rows_of(session, Passkey)) == 1
    page = visitor.send(visitor.open("/account/second-factor"), {"present": PASSWORD}, "/passkeys/remove")
    assert "removed" in page.text
    assert sign_in(Visitor(app.test_client()), device).status == 422


def test_a_key_known_to_one_account_is_not_given_to_another(
    app: Flask, made: Seen, device: Authenticator, session: Session
) -> None:
    bell = person(session, "teacher", name="Mr Bell", now=datetime.now(UTC), password_hash=HASH)
    page = make(Visitor(client_of(app, session, bell, now=datetime.now(UTC))), device)
    assert (page.status, "already in use" in page.text) == (422, True)


def test_the_download_tells_of_it_without_the_key(visitor: Visitor, made: Seen) -> None:
    import io
    import zipfile

    packed = zipfile.ZipFile(io.BytesIO(visitor.client.get("/account/data.zip").data))
    [row] = json.loads(packed.read("passkey.json"))
    assert row["name"] == "my phone"
    assert not {"public_key", "credential_id"} & set(row)
