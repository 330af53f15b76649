"""Errors told as pages: full disk, locked database, mistakes of our own, and what is left behind: nothing."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import InternalError, OperationalError
from sqlalchemy.orm import Session

from quizapp.app import create_app
from quizapp.domain import errors
from quizapp.domain.library.kinds.base import Chosen
from quizapp.services.study.rebuild import rebuild
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.engine import open_engine
from quizapp.storage.migrating import migrate
from quizapp.storage.study.tables import Review
from quizapp.storage.upserts import lock_all_learners
from quizapp.web.frame.database import db
from tests import world
from tests.conftest import COMPILED, NOW
from tests.world import Seen, Visitor, client_of, person, rows_of

PLANET = "single_choice-1-choose"
RIGHT = Chosen(("Mercury",))


# --- one table from errors to pages -----------------------------------------------------------------


def raising(app: Flask, error: Exception, method: str = "GET") -> Seen:
    """The page that answers a view which raises this."""

    def view() -> None:
        raise error

    app.view_functions["home.index"] = view
    return Seen(app.test_client().open("/", method=method))


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.Malformed("Say it again."), 400),
        (errors.MalformedResponse("Say it again."), 400),
        (errors.Invalid("Say it again."), 422),
        (errors.InvalidContent("Say it again."), 422),
        (errors.Missing("Say it again."), 404),
        (errors.Conflict("Say it again."), 409),
    ],
)
def test_errors_of_the_domain_have_their_status_and_their_words(
    app: Flask, error: Exception, status: int
) -> None:
    page = raising(app, error)
    assert page.status == status
    assert "Say it again." in page.text
    assert page.link("Back to the start page") == "/"


def test_postgresqls_errors_are_told_as_sqlites_are(app: Flask) -> None:
    for error, status in ((psycopg.errors.DiskFull, 507), (psycopg.errors.LockNotAvailable, 503)):
        page = raising(app, OperationalError("COMMIT", {}, error("words of the server")))
        assert (page.status, "words of the server" in page.html) == (status, False)


def test_every_error_of_the_domain_has_a_status(app: Flask) -> None:
    def all_of(cls: type[Exception]) -> Iterator[type[Exception]]:
        for sub in cls.__subclasses__():
            yield sub
            yield from all_of(sub)

    for kind in all_of(errors.QuizappError):
        if kind.__module__ == "quizapp.domain.errors":
            assert raising(app, kind("Words.")).status in {400, 404, 409, 422, 429}, kind


def test_an_unexpected_exception_is_logged_and_told_without_its_details(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="quizapp"):
        page = raising(app, RuntimeError("the secret is 1234"))
    assert page.status == 500
    assert "wrong on our side" in page.text
    assert "everything saved before is safe" in page.text
    for hidden in ("1234", "Traceback", "RuntimeError", ".py"):
        assert hidden not in page.html
    assert "builtins.RuntimeError" in caplog.text
    assert "1234" not in caplog.text


def test_an_exception_after_the_view_has_the_same_page(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_response: object) -> None:
        raise RuntimeError("the secret is 1234")

    app.after_request_funcs.setdefault("home", []).append(fail)  # type: ignore[arg-type]
    page = Seen(app.test_client().get("/"))
    assert (page.status, "wrong on our side" in page.text, "1234" in page.html) == (500, True, False)
    assert "builtins.RuntimeError" in caplog.text
    assert "1234" not in caplog.text


def test_unknown_pages_and_methods_have_pages_of_their_own(visitor: Visitor) -> None:
    assert "Check the address" in visitor.open("/no-such-page").text
    wrong = visitor.post("/", {})
    assert (wrong.status, wrong.heading) == (405, "That isn’t possible here")
    for page in (visitor.open("/no-such-page"), wrong):
        assert page.response.mimetype == "text/html"


# --- a mistake leaves nothing behind ------------------------------------------------------------------


def test_a_mistake_after_a_write_stores_nothing(
    app: Flask, questions: dict[str, int], session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quizapp.web.study import building

    visitor = Visitor(app.test_client()).begin()
    page = visitor.ask(questions[PLANET])
    with monkeypatch.context() as patch:
        patch.setattr(building, "feedback_page", lambda *_, **__: 1 / 0)
        assert visitor.answer(page, RIGHT, headers={"X-Requested-With": "fetch"}).status == 500
    assert rows_of(session, Review) == []
    assert visitor.answer(page, RIGHT).heading == "Correct", "sent again, it counts"
    assert len(rows_of(session, Review)) == 1


def test_a_page_that_fails_after_the_commit_says_that_what_was_sent_is_stored(
    app: Flask, questions: dict[str, int], session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quizapp.web.frame import transaction

    visitor = Visitor(app.test_client()).begin()
    page = visitor.ask(questions[PLANET])
    rendered, failures = transaction.render_template, [RuntimeError("1234"), errors.Missing("1234")]

    def render(template: str, **values: object) -> str:
        if template != "frame/errors/error.html":
            raise failures.pop()
        return rendered(template, **values)

    for stored in (1, 1):
        with monkeypatch.context() as patch:
            patch.setattr(transaction, "render_template", render)
            failed = visitor.answer(page, RIGHT, headers={"X-Requested-With": "fetch"})
        assert (failed.status, failed.heading) == (500, "Saved, but not shown")
        assert "was not saved" not in failed.text
        assert len(rows_of(session, Review)) == stored
    assert failures == []


def test_a_mistake_while_signing_up_leaves_no_one_signed_in(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quizapp.web.accounts import routes

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(routes, "flash", fail)
    visitor = Visitor(app.test_client())
    assert visitor.post("/sign-up", {"name": "Ana", "password": "long enough"}).status == 500
    assert rows_of(session, Account) == []
    assert visitor.client.get_cookie("quizapp") is None


# --- a full disk and a locked database (SQLite whatever the session's database) --------------------------


@pytest.fixture
def file_app(tmp_path: Path) -> Iterator[Flask]:
    """The app on a SQLite file with the questions; its connections wait 0.2 s for a lock."""
    made = make_app(tmp_path)
    yield made
    with made.app_context():
        db.engine.dispose()


def make_app(folder: Path) -> Flask:
    settings = Settings(data_dir=folder)
    migrate(settings.sqlalchemy_url)
    engine = open_engine(settings.sqlalchemy_url)
    with Session(engine) as session, session.begin():
        world.fill(session, NOW)
    engine.dispose()
    app = create_app(settings)
    app.jinja_env.bytecode_cache = COMPILED
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        event.listen(
            db.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=200")
        )
    return app


@pytest.fixture
def file_engine(file_app: Flask) -> Iterator[Engine]:
    opened = open_engine(file_app.config["SETTINGS"].sqlalchemy_url)
    yield opened
    opened.dispose()


@pytest.fixture
def disk(file_app: Flask) -> Callable[[int | None], None]:
    """Lets the database file grow by so many pages from now on (None: as it likes)."""
    room: dict[str, int] = {}

    def limit(connection: Any) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        most = pages + room["pages"] if room else 2**30
        connection.execute(f"PRAGMA max_page_count={most}")

    with file_app.app_context():
        event.listen(db.engine, "checkout", lambda connection, *_: limit(connection))

    def fill(pages: int | None) -> None:
        room.clear()
        if pages is not None:
            room["pages"] = pages

    return fill


def test_a_full_disk_is_told_stores_no_half_and_heals(
    file_app: Flask, file_engine: Engine, disk: Callable[[int | None], None]
) -> None:
    visitor = Visitor(file_app.test_client()).begin()
    with Session(file_engine) as session:
        ids = list(world.item_ids(session).values())
    pages = [visitor.ask(item) for item in ids]
    disk(0)
    stored, refused = [], []
    for page in pages:
        form = {**page.fields(), "give_up": "1"}
        answer = visitor.post("/study/answer", form)
        assert answer.status in {200, 507}
        (stored if answer.status == 200 else refused).append(form)
        if answer.status == 507:
            assert "disk is full" in answer.text
            assert "was not saved" in answer.text
            assert visitor.open("/").status == 200, "reading goes on"
    assert refused, "the file never was full"
    with Session(file_engine) as session:
        assert len(rows_of(session, Review)) == len(stored)
        result = rebuild(session, file_app.config["SETTINGS"], only_check=True)
        assert result.different == 0, result.differences
        assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    disk(None)
    for form in (*refused, *stored):
        assert visitor.post("/study/answer", form).status == 200
    with Session(file_engine) as session:
        assert len(rows_of(session, Review)) == len(pages), "each counted once"


def test_a_full_disk_while_signing_up_says_nothing_of_success(
    file_app: Flask, file_engine: Engine, disk: Callable[[int | None], None]
) -> None:
    disk(0)
    for number in range(400):
        visitor = Visitor(file_app.test_client())
        page = visitor.post("/sign-up", {"name": f"Somebody {number}", "password": "long enough"})
        if page.status == 507:
            break
    assert page.status == 507
    assert "account has been created" not in page.text
    assert visitor.client.get_cookie("quizapp") is None
    with Session(file_engine) as session:
        assert f"Somebody {number}" not in {account.name for account in rows_of(session, Account)}


def test_a_commit_that_fails_takes_back_what_had_been_said(file_app: Flask, file_engine: Engine) -> None:
    visitor = Visitor(file_app.test_client()).begin()
    with Session(file_engine) as session:
        feedback = visitor.answer(visitor.ask(world.item_ids(session)[PLANET]), RIGHT)

    def fail(connection: Any) -> None:
        if connection.connection.driver_connection.in_transaction:
            connection.exec_driver_sql("PRAGMA max_page_count=1")
            connection.exec_driver_sql("CREATE TABLE too_much (id)")

    with file_app.app_context():
        event.listen(db.engine, "commit", fail)
        failed = visitor.send(feedback, {}, "/study/undo")
        event.remove(db.engine, "commit", fail)
        db.engine.dispose()
    assert (failed.status, "Undone" in failed.text) == (507, False)
    assert "Undone" not in visitor.open("/").text
    with Session(file_engine) as session:
        assert [review.voids for review in rows_of(session, Review)] == [None]


def test_a_locked_database_is_told_and_the_same_form_can_be_sent_again(
    file_app: Flask, file_engine: Engine
) -> None:
    visitor = Visitor(file_app.test_client()).begin()
    with Session(file_engine) as session:
        page = visitor.ask(world.item_ids(session)[PLANET])
    with file_engine.connect() as other:
        other.execute(text("UPDATE account SET zone = zone"))
        busy = visitor.answer(page, RIGHT)
        assert busy.status == 503
        assert "Very busy" in busy.text
        assert "can’t count twice" in busy.text
        assert visitor.open("/").status == 200, "readers do not wait for writers"
        other.rollback()
    assert visitor.answer(page, RIGHT).heading == "Correct"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests wait for another writer for a moment only."""
    monkeypatch.setattr("quizapp.storage.engine.PERSONS_PATIENCE_MS", 100)


@pytest.mark.usefixtures("impatient")
def test_anyone_who_waits_for_another_writer_is_told_on_either_database(
    app: Flask, engine: Engine, questions: dict[str, int]
) -> None:
    visitor = Visitor(app.test_client()).begin()
    page = visitor.ask(questions[PLANET])
    with Session(engine) as other:
        lock_all_learners(other)
        other.execute(text("UPDATE account SET zone = zone"))
        busy = visitor.answer(page, RIGHT)
        assert (busy.status, busy.heading) == (503, "Very busy right now")
        assert visitor.open("/").status == 200
        other.rollback()
    assert visitor.answer(page, RIGHT).heading == "Correct"


def test_a_database_that_is_read_only_is_told_reading_goes_on_and_it_heals(
    app: Flask, engine: Engine, questions: dict[str, int], caplog: pytest.LogCaptureFixture
) -> None:
    visitor = Visitor(app.test_client()).begin()
    page = visitor.ask(questions[PLANET])
    if engine.dialect.name == "sqlite":
        said, state = "PRAGMA query_only = {}", ("ON", "OFF")
    else:
        said, state = "SET SESSION CHARACTERISTICS AS TRANSACTION {}", ("READ ONLY", "READ WRITE")
    now = [state[0]]

    def set_state(connection: Any, *_: object) -> None:
        connection.execute(said.format(now[0]))
        connection.commit()

    with app.app_context():
        event.listen(db.engine, "checkout", set_state)
    refused = visitor.answer(page, RIGHT)
    assert (refused.status, refused.heading) == (503, "Nothing can be saved right now")
    assert "read-only. This was not saved" in refused.text
    assert "read" in caplog.text, "the log says what it is"
    assert visitor.open("/").status == 200, "reading goes on"
    now[0] = state[1]
    assert visitor.answer(page, RIGHT).heading == "Correct"


def test_another_error_of_that_kind_is_our_mistake(app: Flask) -> None:
    page = raising(app, InternalError("COMMIT", {}, psycopg.errors.InternalError_("words of the server")))
    assert (page.status, "words of the server" in page.html) == (500, False)


def test_a_database_that_has_gone_is_told(file_app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with file_app.app_context():
        db.engine.dispose()
    folder = file_app.config["SETTINGS"].data_dir
    for path in folder.glob("quizapp.sqlite3*"):
        path.unlink()
    (folder / "quizapp.sqlite3").mkdir()  # cannot be opened, nor made again
    visitor = Visitor(file_app.test_client())
    page = visitor.open("/")
    assert (page.status, page.heading) == (503, "The database isn’t responding")
    assert visitor.open("/readyz").status == 503
    assert visitor.open("/healthz").status == 200


# --- another version ---------------------------------------------------------------------------------


def test_a_database_of_a_newer_version_is_refused_and_untouched(
    database_url: str, engine: Engine, tmp_path: Path
) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    environment = {"QUIZAPP_DATA_DIR": str(tmp_path), "QUIZAPP_DATABASE_URL": database_url}
    command = [sys.executable, "-m", "quizapp", "serve"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 1
    assert "newer version of Quizapp" in done.stderr
    assert "Nothing was changed" in done.stderr
    assert "Traceback" not in done.stderr
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"
        assert connection.execute(text("SELECT count(*) FROM item")).scalar() == 0


SINCE = datetime.now(UTC)


def test_a_refusal_is_logged_by_numbers_and_a_mistyped_address_of_a_stranger_is_not(
    app: Flask, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    mia = person(session, "student", name="Mia Sommer", now=SINCE)
    vera = person(session, "teacher", name="Ms Vera", now=SINCE)
    app.test_client().get("/classes/77")
    assert "refused" not in caplog.text
    client_of(app, session, mia, now=SINCE).get("/teach/")
    client_of(app, session, vera, now=SINCE).get("/classes/77")
    client_of(app, session, vera, now=SINCE).get("/setup/a-secret-token")
    assert f"refused: GET classrooms.classroom {{'classroom_id': 77}} to account {vera.id}" in caplog.text
    assert f"to account {mia.id}" in caplog.text
    for kept_out in ("Mia", "Sommer", "Vera", "a-secret-token"):
        assert kept_out not in caplog.text
