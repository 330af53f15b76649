"""The guard before every request, and addresses that no page of ours contains."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from flask import Flask, request
from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from quizapp.services.privacy import erasure
from quizapp.storage.accounts.tables import Account
from quizapp.web.frame import access
from quizapp.web.frame.database import db
from quizapp.web.frame.sign_in import current_account
from tests.conftest import NOW
from tests.house import ACTORS, House
from tests.world import Visitor, client_of, endpoints, person, rows_of

HOSTILE = (
    "\x00", "a\x00b", "../../etc/passwd", '"><script>alert(1)</script>', "💥" * 40, "x" * 3_000,
    "-1", str(2**31), str(2**63), "9" * 400, "NaN", "１",
)  # fmt: skip
SHARES = 4  # that all addresses are tried in: some start a process each time, and a busy machine is slow


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("actor", ["anonymous", "teacher"])
def test_no_address_makes_an_error(actor: str, share: int, house: House) -> None:
    client, own = house.client(actor), house.own(actor)
    read = [rule for _, method, rule in endpoints(house.app) if method == "GET"]
    for rule in read[share::SHARES]:
        there = house.address(rule, own).partition("?")[0]
        for text in HOSTILE:
            for names in (
                ("deck", "page", "words"),
                ("item", "left", "next", "again", "source", "paragraph", "fact"),
            ):
                answer = client.get(there, query_string=dict.fromkeys(names, text))
                assert answer.status_code < 500, (there, names, text)
        for part in rule.arguments:
            pattern = _built(rule, {**dict.fromkeys(rule.arguments, "1"), **vars(own), part: "\ue000"})
            for text in HOSTILE:
                answer = client.get(pattern.replace("\ue000", text.replace("%", "%25").replace("?", "%3F")))
                assert answer.status_code < 500, (pattern, text)


def _built(rule: Any, values: dict[str, Any]) -> str:
    """The rule's address with its parts put in as they are, converters left aside."""
    path = rule.rule
    for name in rule.arguments:
        start = min(at for at in (path.find(f"<{name}>"), path.find(f":{name}>")) if at >= 0)
        start = path.rfind("<", 0, start + 1)
        path = path[:start] + str(values[name]) + path[path.find(">", start) + 1 :]
    return str(path)


def test_hostile_forms_make_no_error(house: House) -> None:
    for actor in ("anonymous", "guest", "teacher"):
        client, own = house.client(actor), house.own(actor)
        for endpoint, method, rule in endpoints(house.app):
            if method != "POST" or endpoint in {"accounts.sign_out", "study.begin"}:
                continue
            there = house.address(rule, own)
            for text in ("\x00", "💥\u202e'\"<", str(2**64), "x" * 10_000):
                names = (
                    "name", "password", "zone", "deck", "serving", "review", "attempt", "length", "feedback", "served",
                    "choice", "answer", "title", "summary", "state", "to", "restore", "base", "key", "stem", "page",
                    "new_per_day", "desired_retention", "words", "do", "give_up_not",
                )  # fmt: skip
                answer = client.post(there, data=dict.fromkeys(names, text))
                assert answer.status_code < 500, (there, text)


def test_a_stranger_is_led_to_where_one_begins(app: Flask, shipped_bank: None) -> None:
    visitor = Visitor(app.test_client())
    assert visitor.open("/study/").path == "/"
    assert visitor.open("/progress/").path == "/"
    assert visitor.open("/teach/").path == "/sign-in"
    assert visitor.client.head("/study/").status_code == 303


def test_a_post_by_no_one_is_told_that_nothing_was_stored(visitor: Visitor, session: Session) -> None:
    page = visitor.post("/study/undo", {"review": "x"})
    assert (page.status, "othing was saved" in page.text) == (404, True)
    assert rows_of(session, Account) == []


def test_an_unknown_address_and_a_forbidden_one_look_alike(app: Flask, session: Session) -> None:
    student = Visitor(client_of(app, session, person(session, "student", name="Ana", now=NOW), now=NOW))
    forbidden, unknown = student.open("/teach/"), student.open("/no-such-page")
    assert forbidden.status == unknown.status == 404
    assert forbidden.heading == unknown.heading


def test_a_cookie_of_nonsense_is_no_one(app: Flask) -> None:
    for token in ("", "x", "é", "a" * 4_000, "\u0000", "' OR 1=1 --"):
        client = app.test_client()
        client.set_cookie("quizapp", token)
        assert client.get("/").status_code == 200
        assert client.get("/study/").status_code == 303


def test_options_tells_the_methods_and_no_more(house: House) -> None:
    for actor in ACTORS:
        answer = house.client(actor).options("/")
        assert (answer.status_code, answer.get_data()) == (200, b"")
        assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_the_viewer_is_who_is_signed_in(app: Flask, session: Session) -> None:
    people = {role: person(session, role, name=role, now=NOW) for role in ("guest", "student", "teacher")}
    seen = {}
    for role, account in people.items():
        token = client_of(app, session, account, now=NOW).get_cookie("quizapp").value
        with app.test_request_context(headers={"Cookie": f"quizapp={token}"}):
            seen[role] = access.viewer()
    assert [
        (seen[role].signed_in, seen[role].guest, seen[role].teacher, seen[role].name) for role in people
    ] == [
        (False, True, False, ""),
        (True, False, False, "student"),
        (True, False, True, "teacher"),
    ]


def erase_beside(engine: Engine) -> None:
    """The account of this request goes, in another transaction."""
    account = current_account()
    db.session().rollback()
    if account is not None and request.method == "POST":
        with Session(engine) as beside, beside.begin():
            erasure.erase(beside, beside.get_one(Account, account.id), now=NOW)


@pytest.mark.parametrize("path", ["/study/answer", "/settings", "/quiz/start"])
def test_erasing_an_account_beside_what_it_stores_is_told(
    app: Flask, engine: Engine, questions: dict[str, int], session: Session, path: str
) -> None:
    """It goes after the request has found it and before it writes: a 404, and nothing of it comes back."""
    visitor = Visitor(app.test_client()).begin()
    forms = {
        "/study/answer": {**visitor.ask(questions["single_choice-1-choose"]).fields(), "choice": "0"},
        "/settings": {**visitor.open("/settings").fields("/settings"), "new_per_day": "7"},
        "/quiz/start": {"deck": "every", "length": "3", "feedback": "now", "attempt": str(uuid4())},
    }
    app.before_request_funcs[None].append(lambda: erase_beside(engine))
    page = visitor.post(path, forms[path])
    assert (page.status, page.heading) == (404, "This account no longer exists")
    assert rows_of(session, Account) == []


def test_what_breaks_for_another_reason_stays_our_mistake(app: Flask) -> None:
    visitor = Visitor(app.test_client()).begin()
    twice = insert(Account).values(id=1, role="nobody", zone="UTC", created_at=NOW)
    app.view_functions["progress.index"] = lambda: db.session().execute(twice)
    assert visitor.open("/progress/").status == 500
