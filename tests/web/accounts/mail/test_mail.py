"""E-mail through a real SMTP server: verifying, a forgotten password, and what no one can find out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.app import create_app
from quizapp.domain.library.kinds.true_false import TrueFalse
from quizapp.services.accounts import email_addresses, mail_delivery, outbox
from quizapp.services.accounts.outbox import MOST_ORDERS
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account, EmailAddress, MailOrder
from quizapp.web.accounts.postman import deliver
from quizapp.web.frame.database import db
from tests.web.accounts.mail.mailbox import Mailbox
from tests.world import Seen, Visitor, add_deck, add_item, client_of, dump, masked, person, rows_of

PASSWORD, ADDRESS, SITE = "correct horse battery", "Ada@school.example", "https://quiz.example/sub"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    made = Mailbox()
    yield made
    made.close()


@pytest.fixture
def app(settings: Settings, mailbox: Mailbox) -> Iterator[Flask]:
    made = create_app(
        replace(
            settings, site_url=SITE, allowed_hosts="localhost, evil.example", smtp_host="127.0.0.1", smtp_port=mailbox.port, smtp_security="none",
            mail_from="Quizapp <quiz@quiz.example>",
        )
    )  # fmt: skip
    made.config["WTF_CSRF_ENABLED"] = False
    yield made
    made.extensions["postman"].stop()
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app.test_client())


def sign_up(visitor: Visitor, name: str, email: str = "") -> Seen:
    fields = {"name": name, "password": PASSWORD, "email": email}
    return visitor.send(visitor.open("/sign-up"), fields, "/sign-up")


def link_in(mail: object, path: str) -> str:
    found = re.search(rf"{re.escape(SITE)}({path}\S+)", mail.get_content())  # type: ignore[attr-defined]
    assert found, mail.get_content()  # type: ignore[attr-defined]
    return found[1]


@pytest.fixture
def ada(visitor: Visitor, mailbox: Mailbox) -> Visitor:
    """Signed up with an address that is confirmed."""
    assert "We’ve sent an e-mail" in sign_up(visitor, "Ada", ADDRESS).text
    path = link_in(mailbox.wait(1)[0], "/confirm-email/")
    page = visitor.open(path)
    assert "confirmed" in visitor.send(page, {}, "/confirm-email").text
    mailbox.mails.clear()
    return visitor


def test_an_address_is_optional_and_must_be_one(visitor: Visitor, app: Flask, session: Session) -> None:
    assert sign_up(visitor, "Ida").path == "/"
    for wrong in (
        "ida",
        "ida@",
        "@x.y",
        "i da@x.y",
        "ida@x",
        "<ida@x.y>",
        "ida@x.y,eve@x.y",
        "a@b.c\r\nBcc: d@e.f",
        "=?x?q??=@b.c",
        "a=?utf-8?q?b?=@b.c",
    ):
        page = sign_up(Visitor(app.test_client()), "Eve", wrong)
        assert (page.status, "Enter an e-mail address" in page.text) == (422, True), wrong
    assert rows_of(session, EmailAddress) == rows_of(session, MailOrder) == []


def test_a_confirmed_address_signs_in_and_an_unconfirmed_one_does_not(ada: Visitor, app: Flask) -> None:
    other = Visitor(app.test_client())
    sign_up(other, "Eve", "eve@school.example")
    for email, path in ((ADDRESS.lower(), "/"), ("eve@school.example", "/sign-in")):
        stranger = Visitor(app.test_client())
        page = stranger.send(stranger.open("/sign-in"), {"name": email, "password": PASSWORD}, "/sign-in")
        assert page.path == path


def test_a_forgotten_password_is_set_again_by_mail(ada: Visitor, app: Flask, mailbox: Mailbox) -> None:
    stranger = Visitor(app.test_client())
    stranger.send(stranger.open("/forgot"), {"name": "ADA"}, "/forgot", headers={"Host": "evil.example"})
    [mail] = mailbox.wait(1)
    assert (mail["To"], mail["Auto-Submitted"]) == (ADDRESS, "auto-generated")
    assert "evil" not in mail.as_string()
    path = link_in(mail, "/setup/")
    stranger.send(stranger.open(path), {"password": "a new long phrase"}, "/setup")
    assert "Ada" in stranger.open("/").text
    assert "Ada" not in ada.open("/").text, "everybody else is signed out"
    assert stranger.open(path).status == 404


def test_no_one_learns_whether_an_account_or_an_address_exists(
    ada: Visitor, app: Flask, mailbox: Mailbox, session: Session
) -> None:
    sign_up(Visitor(app.test_client()), "Ida")
    pages = []
    for name in ("Ada", ADDRESS, "Ida", "Nobody", "nobody@x.example", "\x00", "x" * 254):
        stranger = Visitor(app.test_client())
        page = stranger.send(stranger.open("/forgot"), {"name": name}, "/forgot")
        pages.append((page.status, masked(page.html)))
    assert len(set(pages)) == 1
    mailbox.wait(2)


def test_asking_stores_as_much_for_a_name_that_exists_as_for_one_that_does_not(
    ada: Visitor, app: Flask, session: Session
) -> None:
    app.extensions["postman"].stop()
    stored = []
    for name in ("Ada", "Eve"):
        before = dump(session.get_bind())
        Visitor(app.test_client()).post("/forgot", {"name": name})
        after = dump(session.get_bind())
        stored.append({table: len(after[table]) - len(before[table]) for table in after})
    assert stored[0] == stored[1]
    assert sum(stored[0].values()) == 1


def test_an_address_in_use_is_told_to_its_owner_alone(
    ada: Visitor, app: Flask, mailbox: Mailbox, session: Session
) -> None:
    free, used = (sign_up(Visitor(app.test_client()), name, email) for name, email in (
        ("Quentin", "q@school.example"), ("Quentina", ADDRESS),
    ))  # fmt: skip
    assert free.text.replace("q@school.example", "…") == used.text.replace("Quentina", "Quentin").replace(
        ADDRESS, "…"
    )
    mails = {mail["To"]: mail for mail in mailbox.wait(2)}
    assert mails[ADDRESS]["Subject"] == "You already have an account"
    assert "“Ada”" in mails[ADDRESS].get_content()
    [twin] = rows_of(session, Account, name="Quentina")
    assert not email_addresses.verify(session, twin.id, ADDRESS.lower(), now=datetime.now(UTC))


def test_a_confirming_link_runs_out_and_is_whole_or_nothing(
    app: Flask, visitor: Visitor, mailbox: Mailbox
) -> None:
    sign_up(visitor, "Ada", ADDRESS)
    path = link_in(mailbox.wait(1)[0], "/confirm-email/")
    assert visitor.open(path[:-1]).status == 404
    with time_machine.travel(datetime.now(UTC) + timedelta(days=3, minutes=1)):
        assert visitor.open(path).status == visitor.post(path, {}).status == 404


def test_changing_the_address_takes_the_password_and_tells_the_old_one(
    ada: Visitor, mailbox: Mailbox
) -> None:
    page = ada.open("/account/email")
    assert ada.send(page, {"email": "new@x.example", "present": "wrong"}, "/email").status == 422
    ada.send(page, {"email": "new@x.example", "present": PASSWORD}, "/email")
    assert {mail["To"] for mail in mailbox.wait(2)} == {ADDRESS, "new@x.example"}
    assert "not confirmed yet" in ada.open("/account/").text
    ada.send(ada.open("/account/email"), {"email": "", "present": PASSWORD}, "/email")
    assert "Add one" in ada.open("/account/").text


def test_mail_that_is_not_taken_is_tried_again_and_goes_out_once(
    app: Flask, visitor: Visitor, mailbox: Mailbox, session: Session
) -> None:
    app.extensions["postman"].stop()
    mailbox.refusing = True
    sign_up(visitor, "Ada", ADDRESS)
    assert deliver(app) == 0
    assert rows_of(session, MailOrder)[0].tries == 1
    mailbox.refusing = False
    assert deliver(app) == 0, "not yet"
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=2)):
        assert deliver(app) == 1
        assert deliver(app) == 0
    [order] = rows_of(session, MailOrder)
    assert (order.due_at, ADDRESS in order.address) == (None, False)


def test_of_many_orders_for_one_address_a_few_go_out(app: Flask, ada: Visitor, mailbox: Mailbox) -> None:
    app.extensions["postman"].stop()
    for _ in range(MOST_ORDERS + 3):
        ada.post("/forgot", {"name": "Ada"})
    assert deliver(app) == MOST_ORDERS
    ada.post("/forgot", {"name": "Ada"})
    assert deliver(app) == 0, "counted also when they are done"


@pytest.mark.parametrize("address", ["=?x?q??=@b.c", "a@b.c\nBcc: d@e.f", "@", ""])
def test_an_address_that_cannot_be_written_to_stops_no_other_mail(
    ada: Visitor, app: Flask, mailbox: Mailbox, session: Session, address: str
) -> None:
    """One that was stored before such addresses were refused."""
    now = datetime.now(UTC)
    outbox.order(session, "changed", "x@y.z", now=now - timedelta(seconds=1))
    session.scalars(select(MailOrder).order_by(MailOrder.id.desc()).limit(1)).one().address = address
    outbox.order(session, "changed", "next@school.example", now=now)
    session.commit()
    deliver(app)
    assert "next@school.example" in [mail["To"] for mail in mailbox.mails]
    assert [
        order for order in rows_of(session, MailOrder) if order.due_at is not None and order.due_at <= now
    ] == []


def test_whatever_goes_wrong_with_one_mail_is_told_to_admins_and_the_next_goes_out(
    ada: Visitor, app: Flask, mailbox: Mailbox, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = mail_delivery.send

    def failing(settings: Settings, mail: mail_delivery.Mail) -> None:
        if mail.to == "first@school.example":
            raise ZeroDivisionError("a secret")
        send(settings, mail)

    monkeypatch.setattr(mail_delivery, "send", failing)
    for name in ("first", "second"):
        outbox.order(session, "changed", f"{name}@school.example", now=datetime.now(UTC))
    session.commit()
    deliver(app)
    assert [mail["To"] for mail in mailbox.wait(1)] == ["second@school.example"]
    admin = person(session, "admin", name="Root", now=datetime.now(UTC))
    page = Visitor(client_of(app, session, admin, now=datetime.now(UTC))).open("/admin/accounts")
    assert "Failed background tasks" in page.text
    assert "ZeroDivisionError" in page.text
    assert "a secret" not in page.text


def test_one_mailbox_gets_few_mails_an_hour_however_it_is_asked_for_and_the_last_link_works(
    ada: Visitor, app: Flask, mailbox: Mailbox, session: Session
) -> None:
    app.extensions["postman"].stop()
    for typed in (
        "Ada",
        "ada",
        "ADA",
        "Ada@school.example",
        "ADA@SCHOOL.EXAMPLE",
        "ada@School.example",
        " ada ",
    ):
        outbox.order(session, "reset", typed, now=datetime.now(UTC))
    session.commit()
    deliver(app)
    mails = mailbox.wait(MOST_ORDERS)
    path = link_in(mails[-1], "/setup/")
    assert Visitor(app.test_client()).open(path).status == 200


def test_anyone_who_wants_it_is_reminded_once_a_day_of_what_waits_and_stops_it_by_one_click(
    ada: Visitor, app: Flask, mailbox: Mailbox, session: Session
) -> None:
    app.extensions["postman"].stop()
    deck = add_deck(session, "first", now=datetime.now(UTC))
    add_item(session, deck, "first-1", TrueFalse(stem="True.", key=True), now=datetime.now(UTC))
    session.commit()
    ada.post("/study/begin", {"deck": "first"})
    morning = (datetime.now(UTC) + timedelta(days=1)).replace(hour=6, minute=59)
    with time_machine.travel(morning, tick=False):
        ada.send(ada.open("/settings"), {"hour": "7"}, "/reminders/hour")
        assert deliver(app) == 0
    with time_machine.travel(morning + timedelta(minutes=1), tick=False):
        assert deliver(app) == 1
        assert deliver(app) == 0, "one a day"
    [mail] = mailbox.wait(1)
    assert "1 question waits for you" in mail["Subject"]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = link_in(mail, "/reminders/stop/")
    nobody = Visitor(app.test_client())
    app.config["WTF_CSRF_ENABLED"] = True  # a mail program has no token of ours
    assert "Stop the mails" in nobody.open(stop).text
    assert "no more reminders" in nobody.post(stop, {"List-Unsubscribe": "One-Click"}).text
    with time_machine.travel(morning + timedelta(days=1, minutes=1), tick=False):
        assert deliver(app) == 0
