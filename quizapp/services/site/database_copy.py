"""The whole site from one database to another, of either sort: resumable, and proved at the end."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Engine, inspect, text

from quizapp.domain.errors import Conflict, QuizappError
from quizapp.storage.engine import open_engine, snapshot
from quizapp.storage.migrating import FILLING, is_filling, migrate, newest_revision
from quizapp.storage.site import portable

LEFT_ALONE = "Nothing was changed. Name an empty one."
Tell = Callable[[str, int], None]


class CopyError(QuizappError):
    """The two databases differ after the copy."""


def copy_site(source: Engine, target_url: str, *, tell: Tell = lambda _table, _rows: None) -> dict[str, int]:
    """Copy every row, and prove that both hold the same; how many rows each table has. tell: is told a
    table's name and how many rows were added to it, again and again.

    Stopped, it can be begun again and goes on where it was; no one can serve the target until it is whole.
    Raises Conflict where the target holds something else.
    """
    target = _opened(target_url)
    try:
        with (
            source.execution_options(**snapshot(source)).connect() as reading,
            target.connect() as writing,
        ):
            _fill(reading, writing, tell)
            wanted = portable.figures(reading)
            if portable.figures(writing) != wanted:
                # The source has changed since an earlier, broken copy: begin again.
                portable.empty(writing)
                writing.commit()
                _fill(reading, writing, tell)
                _prove(wanted, portable.figures(writing))
            portable.number_on(writing)
            _set_revision(writing, newest_revision())
            writing.commit()
        return {name: table.rows for name, table in wanted.items()}
    finally:
        target.dispose()


def _opened(url: str) -> Engine:
    """The target with its tables, marked as not yet whole."""
    engine = open_engine(url)
    try:
        _make_ready(engine, url)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _make_ready(engine: Engine, url: str) -> None:
    with engine.connect() as connection:
        if is_filling(connection):
            return
        tables = set(inspect(connection).get_table_names())
    if tables and "alembic_version" not in tables:
        raise Conflict(f"The other database has tables of another program. {LEFT_ALONE}")
    migrate(url)
    with engine.begin() as connection:
        if not portable.is_empty(connection):
            raise Conflict(f"The other database already has a site. {LEFT_ALONE}")
        _set_revision(connection, FILLING)


def _set_revision(connection: Connection, revision: str) -> None:
    connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


def _fill(reading: Connection, writing: Connection, tell: Tell) -> None:
    for step in (portable.fill, portable.fill_later):
        for table in portable.plain_tables():
            for count in step(reading, writing, table):
                writing.commit()
                tell(table.name, count)
            writing.commit()


def _prove(wanted: dict[str, portable.Figures], found: dict[str, portable.Figures]) -> None:
    differing = [name for name, table in wanted.items() if found[name] != table]
    if differing:
        raise CopyError(
            f"After the copy these tables differ: {', '.join(differing)}. Do not use the copy; "
            "please report this."
        )
