"""Restoring: everything comes back, and what is no whole backup of this program changes nothing."""

from __future__ import annotations

import hashlib
import random
import stat
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from alembic import command
from sqlalchemy import Engine, text

from quizapp.domain.errors import Conflict
from quizapp.secret_key import secret_key
from quizapp.services.site import archive, backups
from quizapp.services.site.archive import BackupError
from quizapp.services.site.restore import restore
from quizapp.settings import Settings
from quizapp.storage.engine import open_engine
from quizapp.storage.migrating import configuration, newest_revision

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
Everything = Callable[[str], dict[str, list[tuple[Any, ...]]]]


@pytest.fixture
def backup(site: Engine, settings: Settings) -> Path:
    return backups.make(site, settings, None, now=NOW)[0]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_on_an_empty_folder_every_row_of_every_table_comes_back(
    backup: Path, settings: Settings, empty_site: Settings, everything: Everything
) -> None:
    done = restore(backup, empty_site, replace=False, now=NOW)
    back = everything(empty_site.sqlalchemy_url)
    assert back == everything(settings.sqlalchemy_url)
    assert sum(map(len, back.values())) == sum(table.rows for table in done.manifest.tables.values()) > 400
    assert secret_key(empty_site.data_dir) == secret_key(settings.data_dir)
    assert done.kept == ()
    names = {path.name: stat.S_IMODE(path.stat().st_mode) for path in empty_site.data_dir.iterdir()}
    assert set(names) <= {"quizapp.sqlite3", "secret_key", "quizapp.sqlite3-wal", "quizapp.sqlite3-shm"}
    assert {mode for name, mode in names.items() if not name.endswith("m")} == {0o600}


def test_into_a_database_of_its_own_every_row_comes_back(
    backup: Path, settings: Settings, tmp_path: Path, other_database: str, everything: Everything
) -> None:
    (tmp_path / "there").mkdir()
    there = Settings(data_dir=tmp_path / "there", database_url=other_database)
    restore(backup, there, replace=False, now=NOW)
    assert everything(there.sqlalchemy_url) == everything(settings.sqlalchemy_url)
    engine = open_engine(there.sqlalchemy_url)
    with engine.begin() as connection:  # numbers go on after those that came back
        added = text("INSERT INTO fact (key) VALUES ('one more') RETURNING id")
        highest = connection.scalar(text("SELECT max(id) FROM fact"))
        assert connection.scalar(added) == highest + 1
    engine.dispose()


def test_a_site_with_accounts_is_replaced_only_when_asked_and_then_kept(
    backup: Path, settings: Settings, everything: Everything
) -> None:
    engine = open_engine(settings.sqlalchemy_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE account SET zone = 'Europe/Madrid'"))
    engine.dispose()
    (settings.data_dir / "secret_key").write_bytes(b"k" * 32)
    before, key = everything(settings.sqlalchemy_url), files(settings.data_dir)["secret_key"]
    with pytest.raises(Conflict, match="--replace"):
        restore(backup, settings, replace=False, now=NOW)
    assert (everything(settings.sqlalchemy_url), files(settings.data_dir)["secret_key"]) == (before, key)
    done = restore(backup, settings, replace=True, now=NOW)
    assert everything(settings.sqlalchemy_url)["account"] != before["account"]
    old_site, old_key = done.kept
    assert old_key.read_bytes() == key
    assert archive.read_manifest(old_site).tables["account"].rows == len(before["account"])


def test_a_file_that_is_replaced_is_kept_beside(
    backup: Path, empty_site: Settings, everything: Everything
) -> None:
    restore(backup, empty_site, replace=False, now=NOW)
    engine = open_engine(empty_site.sqlalchemy_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE account SET zone = 'Europe/Madrid'"))
    engine.dispose()
    before = everything(empty_site.sqlalchemy_url)
    with pytest.raises(Conflict, match="kept beside"):
        restore(backup, empty_site, replace=False, now=NOW)
    (kept,) = restore(backup, empty_site, replace=True, now=NOW).kept
    assert everything(f"sqlite:///{kept}") == before
    assert everything(empty_site.sqlalchemy_url)["account"] != before["account"]


def test_a_damaged_live_database_is_kept_beside_too(backup: Path, empty_site: Settings) -> None:
    live = empty_site.data_dir / "quizapp.sqlite3"
    live.write_bytes(b"no database" * 1_000)
    with pytest.raises(Conflict):
        restore(backup, empty_site, replace=False, now=NOW)
    (kept,) = restore(backup, empty_site, replace=True, now=NOW).kept
    assert kept.read_bytes() == b"no database" * 1_000


def test_a_backup_of_an_older_version_is_brought_to_this_one(
    backup: Path, empty_site: Settings, tmp_path: Path, everything: Everything
) -> None:
    old = repacked(backup, tmp_path, "older.zip", downgrade)
    assert archive.read_manifest(old).revision != newest_revision()
    restore(old, empty_site, replace=False, now=NOW)
    assert len(everything(empty_site.sqlalchemy_url)["account"]) > 5


def downgrade(folder: Path, manifest: dict[str, Any]) -> None:
    engine = open_engine(f"sqlite:///{folder / archive.DATABASE}", foreign_keys=False)
    with engine.begin() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.downgrade(config, "-1")
        manifest["revision"] = connection.scalar(text("SELECT version_num FROM alembic_version"))
    engine.dispose()


def repacked(backup: Path, tmp_path: Path, name: str, change: Callable[[Path, dict[str, Any]], None]) -> Path:
    """A backup that is whole and says otherwise than it was made: its files changed, or its manifest."""
    folder = tmp_path / f"{name}.d"
    folder.mkdir()
    with zipfile.ZipFile(backup) as packed:
        packed.extractall(folder)
    manifest = msgspec.json.decode((folder / archive.MANIFEST).read_bytes())
    (folder / archive.MANIFEST).unlink()
    change(folder, manifest)
    target = tmp_path / name
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.comment = b"0" * 64
        for path in folder.iterdir():
            data = path.read_bytes()
            if path.name in manifest["files"]:
                manifest["files"][path.name] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        packed.writestr(archive.MANIFEST, msgspec.json.encode(manifest))
        for path in folder.iterdir():
            packed.write(path, path.name)
    whole = target.read_bytes()[:-64]
    target.write_bytes(whole + hashlib.sha256(whole).hexdigest().encode())
    return target


def newer_form(_: Path, manifest: dict[str, Any]) -> None:
    manifest["form"] = 99


def newer_tables(_: Path, manifest: dict[str, Any]) -> None:
    manifest["revision"] = "9999"


def other_mark(_: Path, manifest: dict[str, Any]) -> None:
    manifest["mark"] = "another program’s backup"


def no_mark(_: Path, manifest: dict[str, Any]) -> None:
    del manifest["tables"]


def one_file_more(folder: Path, _: dict[str, Any]) -> None:
    (folder / "letter.txt").write_text("Dear aunt")


def listed_file_more(folder: Path, manifest: dict[str, Any]) -> None:
    (folder / "authorized_keys").write_text("ssh")
    manifest["files"]["authorized_keys"] = {}


def no_key(folder: Path, manifest: dict[str, Any]) -> None:
    (folder / "secret_key").unlink()
    del manifest["files"]["secret_key"]


def other_count(_: Path, manifest: dict[str, Any]) -> None:
    manifest["tables"]["account"]["rows"] += 1


def other_content(folder: Path, _: dict[str, Any]) -> None:
    engine = open_engine(f"sqlite:///{folder / archive.DATABASE}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE account SET zone = 'Europe/Madrid' WHERE id = 1"))
    engine.dispose()


def no_database(folder: Path, _: dict[str, Any]) -> None:
    (folder / archive.DATABASE).write_bytes(b"no database" * 1_000)


REFUSED = [
    (newer_form, "another version"),
    (newer_tables, "newer version"),
    (other_mark, "isn't a Quizapp backup"),
    (no_mark, "isn't a (readable )?Quizapp backup"),
    (one_file_more, "doesn't contain the files"),
    (listed_file_more, "files that don't belong in a backup"),
    (no_key, "doesn't contain the files"),
    (other_count, "don’t match its manifest"),
    (other_content, "don’t match its manifest"),
    (no_database, "can’t be opened"),
]


@pytest.mark.parametrize(("change", "told"), REFUSED, ids=[change.__name__ for change, _ in REFUSED])
def test_a_backup_that_is_not_what_it_says_is_refused_and_nothing_changes(
    backup: Path, empty_site: Settings, tmp_path: Path, change: Any, told: str
) -> None:
    wrong = repacked(backup, tmp_path, "wrong.zip", change)
    for replace in (False, True):
        with pytest.raises(BackupError, match=told):
            restore(wrong, empty_site, replace=replace, now=NOW)
    assert list(empty_site.data_dir.iterdir()) == []


def test_any_changed_byte_and_any_cut_is_seen(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    chance = random.Random(5)
    hurt = tmp_path / "hurt.zip"
    for at in [0, 10, 40, len(whole) - 90, len(whole) - 1, *chance.sample(range(len(whole)), 100)]:
        hurt.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :])
        with pytest.raises(BackupError):
            archive.read_manifest(hurt)
    for end in [0, 1, 30, 64, len(whole) - 64, len(whole) - 1, *chance.sample(range(len(whole)), 30)]:
        hurt.write_bytes(whole[:end])
        with pytest.raises(BackupError):
            archive.read_manifest(hurt)
    assert archive.read_manifest(backup).mark == archive.MARK


def test_files_of_others_are_refused_by_what_they_are(empty_site: Settings, tmp_path: Path) -> None:
    foreign = tmp_path / "homework.zip"
    with zipfile.ZipFile(foreign, "w") as packed:
        packed.writestr("homework.txt", "7 × 8")
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear aunt")
    for path in (foreign, letter):
        with pytest.raises(BackupError, match="isn't a Quizapp backup"):
            restore(path, empty_site, replace=True, now=NOW)
    with pytest.raises(BackupError, match="can't be read"):
        restore(tmp_path / "nothing.zip", empty_site, replace=True, now=NOW)
    assert list(empty_site.data_dir.iterdir()) == []
