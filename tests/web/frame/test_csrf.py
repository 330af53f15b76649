"""Every form carries a token of its session; without it nothing is stored and the page says what to do."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Chosen
from quizapp.storage.study.tables import Review
from quizapp.web.frame.rights import RIGHTS, Right
from tests.house import House
from tests.world import Visitor, dump, endpoints, rows_of

PLANET = "single_choice-1-choose"
NEEDS_NO_TOKEN = {"reminders.stop"}  # a mail program's own button posts there; the address itself is signed


@pytest.fixture(autouse=True)
def _csrf_on(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True


def begun(app: Flask) -> Visitor:
    """A newcomer who has pressed the button on the start page."""
    visitor = Visitor(app.test_client())
    page = visitor.send(visitor.open("/"), {}, "/study/begin")
    assert page.path.startswith("/study/")
    return visitor


def test_a_visitor_who_uses_our_forms_never_notices(
    app: Flask, questions: dict[str, int], session: Session
) -> None:
    visitor = begun(app)
    feedback = visitor.answer(visitor.ask(questions[PLANET]), Chosen(("Venus",)))
    assert feedback.heading == "Incorrect"
    assert "Undone" in visitor.send(feedback, {}, "/study/undo").text
    new = visitor.open("/quiz/new?deck=every")
    assert visitor.send(new, {}, "/quiz/start").status == 200
    account = {"name": "Ana", "password": "long enough"}
    assert visitor.send(visitor.open("/sign-up"), account, "/sign-up").path == "/"
    assert visitor.send(visitor.open("/"), {}, "/sign-out").path == "/"
    assert visitor.send(visitor.open("/sign-in"), account, "/sign-in").path == "/"


@pytest.mark.parametrize("token", [None, "", "x", "é", "\x00", "a.b.c"])
def test_a_wrong_token_stores_nothing_and_says_what_to_do(
    token: str | None, app: Flask, questions: dict[str, int], session: Session
) -> None:
    visitor = begun(app)
    page = visitor.ask(questions[PLANET])
    form = {name: value for name, value in page.fields().items() if name != "csrf_token"} | {"choice": "0"}
    refused = visitor.post("/study/answer", form | ({} if token is None else {"csrf_token": token}))
    assert (refused.status, refused.heading) == (400, "This page has expired")
    assert "Nothing was saved" in refused.text
    assert "reload" in refused.text
    assert rows_of(session, Review) == []


def test_another_visitors_token_is_refused(app: Flask, questions: dict[str, int], session: Session) -> None:
    mine, theirs = begun(app), begun(app)
    page = mine.ask(questions[PLANET])
    token = theirs.ask(questions[PLANET]).fields()["csrf_token"]
    assert mine.send(page, {"choice": "0", "csrf_token": token}).status == 400
    assert rows_of(session, Review) == []


def may(actor: str, right: Right) -> bool:
    wanted = {Right.LEARNER: {"guest", "teacher"}, Right.TEACHER: {"teacher"}, Right.ADMIN: set()}
    return right is Right.ANYONE or actor in wanted[right]


def test_no_endpoint_takes_a_post_without_a_token(house: House, engine: Engine) -> None:
    clients = {actor: house.client(actor) for actor in ("anonymous", "guest", "teacher")}
    before = dump(engine)
    for endpoint, method, rule in endpoints(house.app):
        if method == "GET":
            continue
        for actor, client in clients.items():
            answer = client.open(house.address(rule, house.own(actor)), method=method, data={"x": "1"})
            if endpoint in NEEDS_NO_TOKEN:  # this address is signed for something else
                assert answer.status_code == 404, (endpoint, actor)
            elif may(actor, RIGHTS[endpoint]):
                assert answer.status_code == 400, (endpoint, actor)
                assert "has expired" in answer.text
            else:  # rights are looked at before the form is read
                assert answer.status_code == 404, (endpoint, actor)
    assert dump(engine) == before


def test_a_page_left_open_overnight_still_takes_its_answer(app: Flask, questions: dict[str, int]) -> None:
    from datetime import UTC, datetime, timedelta

    import time_machine

    visitor = begun(app)
    page = visitor.ask(questions[PLANET])
    with time_machine.travel(datetime.now(UTC) + timedelta(days=2), tick=True):
        assert visitor.answer(page, Chosen(("Mercury",))).heading == "Correct"


def test_by_https_a_form_sent_from_another_site_is_refused(app: Flask, questions: dict[str, int]) -> None:
    client = app.test_client()
    page = client.get("/", base_url="https://localhost").text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    for referrer, status in (("https://evil.example/", 400), ("https://localhost/", 303)):
        answer = client.post(
            "/study/begin",
            base_url="https://localhost",
            data={"csrf_token": token},
            headers={"Referer": referrer},
        )
        assert answer.status_code == status
