"""A class at once: 200 students answer within a second; then 300 people sign in within a minute beside them.

    python bench/classroom.py [rounds, 5] [seconds of signing in, 60]

Each student has a browser's kept connection; every tenth answer is sent twice at the same moment, on a second
connection. Afterwards the database is asked: every answer that was acknowledged is there, and once. The peer
is a bare Flask app with one ORM insert under the same server, asked by the same client. Passwords are checked
with the app's own hashing. QUIZAPP_DATABASE_URL as in `step.py`.
"""

import random
import re
import sys
import threading
import time
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urlencode

from databases import databases, insert
from filling import NOW, TABLES, Shape, fill
from serving import WORKERS, Connection, server
from sqlalchemy import func, select
from step import NEW_PER_DAY, forms, post, signed_in

from quizapp.app import create_app
from quizapp.services.accounts.passwords import hash_password
from quizapp.settings import Settings
from quizapp.storage.engine import open_engine
from quizapp.web.frame.database import db

STUDENTS, PEOPLE = 200, 300
SHAPE = Shape(learners=STUDENTS, items=2_000, cards=10)
PASSWORD = "a password of the bench"
PACE = 6.0  # seconds from one answer of a student to the next, beside the sign-ins
Job = tuple[float, Callable[[], None]]  # when (seconds from the start), what


class Times(NamedTuple):
    """Milliseconds of single requests, sorted; client: share of both cores that the client took."""

    each: list[float]
    client: float

    def at(self, share: float) -> float:
        return self.each[int(share * (len(self.each) - 1))]


def main(rounds: float = 5, seconds: float = 60) -> None:
    with databases(2) as (bare, ours):
        fill(ours, SHAPE)
        people(ours)
        with server("bare", bare) as bare_port, server("step", ours, new_per_day=NEW_PER_DAY) as port:
            answers = prepared(ours, port, int(rounds + seconds / PACE) + 2)
            body = urlencode({"item": 1, "response": "Danube", "csrf_token": "x" * 90}).encode()
            inserts = [[post("/answer", body, "")] * len(each) for each in answers]
            print(f"{'':34}{'answers':>9}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'client':>9}")
            for number in range(int(rounds) + 1):
                peer = burst(bare_port, [each[number] for each in inserts], twice=False)
                before = stored(ours)
                times = burst(port, [each[number] for each in answers], twice=True)
                counted = stored(ours) - before
                assert counted == STUDENTS, f"{counted} of {STUDENTS} answers are stored"
                if number:  # the first round warms up
                    show(f"bare, burst {number}", peer)
                    show(f"answers, burst {number}", times)
            before = stored(ours)
            beside, signing = storm(port, [each[int(rounds) + 1 :] for each in answers], seconds)
            assert stored(ours) - before == len(beside.each), (
                "an acknowledged answer is missing, or is there twice"
            )
            show("answers beside sign-ins", beside)
            show(f"{len(signing.each)} sign-ins in {seconds:.0f} s", signing)


def show(name: str, times: Times) -> None:
    figures = "".join(f"{times.at(share):9.0f}" for share in (0.5, 0.95, 0.99))
    print(f"{name:34}{len(times.each):9}{figures}{times.client:9.0%}")


# --- before ----------------------------------------------------------------------------------------


def people(settings: Settings) -> None:
    """Accounts with a password, beside the students."""
    engine, hashed = open_engine(settings.sqlalchemy_url), hash_password(PASSWORD)
    with engine.begin() as connection:
        model = dict(connection.execute(select(TABLES["account"]).limit(1)).mappings().one())
        rows = (
            model
            | {"id": 1_000 + number, "name": f"Person {number}", "name_key": f"person{number}"}
            | {"password_hash": hashed, "created_at": NOW}
            for number in range(PEOPLE)
        )
        insert(connection, TABLES["account"], rows)
    engine.dispose()


def prepared(settings: Settings, port: int, each: int) -> list[list[bytes]]:
    """So many answers of each student, as requests in bytes."""
    app, chance, connection = create_app(settings), random.Random(1), Connection(port)
    answers = []
    with app.app_context():
        for learner in range(STUDENTS):
            cookies, csrf = signed_in(connection, learner)
            fields = islice(forms(app, learner + 1, chance), each)
            answers.append([post("/study/answer", encoded(form, csrf), cookies) for form in fields])
        db.engine.dispose()
    connection.close()
    return answers


def encoded(form: dict[str, object], csrf: str) -> bytes:
    return urlencode(form | {"csrf_token": csrf}, doseq=True).encode()


def stored(settings: Settings) -> int:
    """How many answers the log holds."""
    engine = open_engine(settings.sqlalchemy_url)
    with engine.connect() as connection:
        count = connection.scalar(select(func.count()).select_from(TABLES["review"]))
    engine.dispose()
    return int(count or 0)


# --- the loads -------------------------------------------------------------------------------------


def burst(port: int, requests: Sequence[bytes], *, twice: bool) -> Times:
    """Each request on a connection of its own at some moment of one second."""
    chance = random.Random(len(requests))
    jobs: list[Any] = []
    found: list[Any] = []
    connections = []
    for number, request in enumerate(requests):
        at = chance.random()
        for _ in range(2 if twice and number % 10 == 0 else 1):
            connection = Connection(port)
            connections.append(connection)
            jobs.append((at, asking(connection, request, found)))
    times = run(jobs, found)
    for connection in connections:
        connection.close()
    return times


def storm(port: int, answers: Sequence[Sequence[bytes]], seconds: float) -> tuple[Times, Times]:
    """Sign-ins spread over the time, while every student answers at a student's pace."""
    chance, jobs = random.Random(2), []
    beside: list[float] = []
    signing: list[float] = []
    for requests in answers:
        connection, at = Connection(port), chance.random() * PACE
        for request in requests:
            if at < seconds:
                jobs.append((at, asking(connection, request, beside)))
            at += PACE
    for number in range(PEOPLE):
        connection = Connection(port)
        jobs.append(
            (chance.random() * seconds, asking(connection, sign_in(connection, number), signing, 303))
        )
    times = run(jobs, beside)
    return times, Times(sorted(signing), times.client)


def sign_in(connection: Connection, number: int) -> bytes:
    """The request that signs a person in, from a form fetched before."""
    head = "Host: 127.0.0.1\r\nAccept-Encoding: identity\r\n\r\n"
    status, answer, body = connection.ask(f"GET /sign-in HTTP/1.1\r\n{head}".encode())
    assert status == 200, answer
    cookie, token = (
        re.search(rb"quizapp_form=[^;]+", answer),
        re.search(rb'name="csrf_token" value="([^"]+)"', body),
    )
    assert cookie
    assert token
    form: dict[str, object] = {"name": f"Person {number}", "password": PASSWORD, "zone": "UTC"}
    return post("/sign-in", encoded(form, token[1].decode()), cookie[0].decode())


def asking(
    connection: Connection, request: bytes, found: list[float], wanted: int = 200
) -> Callable[[], None]:
    def ask() -> None:
        started = time.monotonic()
        status, head, _ = connection.ask(request)
        assert status == wanted, head
        found.append((time.monotonic() - started) * 1e3)

    return ask


def run(jobs: Sequence[Job], found: list[float]) -> Times:
    """Do every job at its moment, each connection's own one after the other."""
    failures: list[Any] = []
    start = time.monotonic() + 0.5

    def do(at: float, what: Callable[[], None]) -> None:
        time.sleep(max(0.0, start + at - time.monotonic()))
        try:
            what()
        except Exception as error:  # noqa: BLE001 told below, all together
            failures.append(error)

    work = time.process_time()
    threads = [threading.Thread(target=do, args=job) for job in sorted(jobs, key=lambda job: job[0])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lasted, work = time.monotonic() - start, time.process_time() - work
    assert not failures, f"{len(failures)} failed: {failures[0]}"
    return Times(sorted(found), work / lasted / WORKERS)


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
