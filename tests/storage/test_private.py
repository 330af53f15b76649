"""Others on the machine read no file of the server."""

from __future__ import annotations

from pathlib import Path

from quizapp.secret_key import secret_key
from quizapp.storage.engine import open_engine
from quizapp.storage.private import keep_folder


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_database_and_its_log_are_made_private(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'x.sqlite3'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
        files = {path.name: mode(path) for path in tmp_path.iterdir()}
    engine.dispose()
    assert set(files) >= {"x.sqlite3", "x.sqlite3-wal"}
    assert set(files.values()) == {0o600}


def test_files_and_folders_that_others_could_read_are_tightened(tmp_path: Path) -> None:
    for ending in ("", "-wal"):
        (tmp_path / f"x.sqlite3{ending}").touch()
        (tmp_path / f"x.sqlite3{ending}").chmod(0o644)
    open_engine(f"sqlite:///{tmp_path / 'x.sqlite3'}").dispose()
    assert mode(tmp_path / "x.sqlite3") == mode(tmp_path / "x.sqlite3-wal") == 0o600
    folder = tmp_path / "data"
    folder.mkdir(0o755)
    secret_key(folder)
    assert (mode(folder), mode(folder / "secret_key")) == (0o700, 0o600)


def test_a_folder_that_all_share_is_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    keep_folder(tmp_path)
    assert mode(tmp_path) == 0o777
