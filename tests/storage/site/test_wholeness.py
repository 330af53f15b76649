"""The mark of a database that is served."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sqlalchemy import text

from quizapp.storage.engine import open_engine
from quizapp.storage.site import wholeness

READ = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('SELECT count(*) FROM note').fetchone()"


def test_marking_takes_no_lock_back_so_that_another_program_leaves_the_log_where_it_is(
    tmp_path: Path,
) -> None:
    file = tmp_path / "quizapp.sqlite3"
    engine = open_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE note (words TEXT)"))
    log = file.with_name(f"{file.name}-wal")
    for number in range(3):
        assert wholeness.mark(engine)
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO note VALUES (:words)"), {"words": str(number)})
        place = log.stat().st_ino
        subprocess.run(
            [sys.executable, "-c", READ, str(file)], check=True
        )  # closes: the last one folds the log in
        assert log.stat().st_ino == place
    engine.dispose()


def test_the_mark_is_tried_again_while_someone_writes(tmp_path: Path) -> None:
    file = tmp_path / "quizapp.sqlite3"
    engine, other = (open_engine(f"sqlite:///{file}") for _ in range(2))
    with other.begin() as connection:
        connection.execute(text("CREATE TABLE note (words TEXT)"))
        connection.connection.cursor().execute("PRAGMA busy_timeout = 0")
        with engine.connect() as beside:
            beside.connection.cursor().execute("PRAGMA busy_timeout = 0")
        assert not wholeness.mark(engine)
    assert wholeness.mark(engine)
    assert wholeness.is_marked(engine)
    engine.dispose()
    other.dispose()
    assert wholeness.has_mark(file)
