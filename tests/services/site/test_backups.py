"""Backups: what is in them, where they lie, which are kept."""

from __future__ import annotations

import shutil
import stat
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from quizapp.secret_key import secret_key
from quizapp.services.site import archive, backups
from quizapp.services.site.archive import BackupError
from quizapp.settings import Settings
from quizapp.storage.migrating import newest_revision
from quizapp.storage.site import portable
from tests.conftest import POSTGRES

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_a_backup_holds_the_database_the_key_and_the_settings(site: Engine, settings: Settings) -> None:
    (settings.data_dir / "quizapp.toml").write_text("port = 8080\n")
    path, manifest = backups.make(site, settings, None, now=NOW)
    assert path == settings.data_dir / "backups" / "quizapp-2026-03-02T09-00-00Z.zip"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert archive.read_manifest(path) == manifest
    assert (manifest.revision, manifest.made_at) == (newest_revision(), NOW)
    assert manifest.database == site.dialect.name
    with site.connect() as connection:
        assert manifest.tables == portable.figures(connection)
    assert min(manifest.tables[name].rows for name in ("account", "review", "picture", "item_version")) > 0
    with zipfile.ZipFile(path) as packed:
        assert packed.read("secret_key") == secret_key(settings.data_dir)
        assert packed.read("quizapp.toml") == b"port = 8080\n"
    assert [each.name for each in path.parent.iterdir()] == [path.name], "nothing else is left there"


def test_no_secret_of_the_settings_is_told_in_the_manifest(site: Engine, settings: Settings) -> None:
    kept = Settings(
        data_dir=settings.data_dir, database_url=settings.database_url, smtp_password="hush", port=8080
    )
    _, manifest = backups.make(site, kept, None, now=NOW)
    assert manifest.settings == {"port": "8080"}


def test_an_existing_file_is_never_overwritten(site: Engine, settings: Settings, tmp_path: Path) -> None:
    letter = tmp_path / "letter.zip"
    letter.write_text("Dear aunt")
    with pytest.raises(BackupError, match="already exists"):
        backups.make(site, settings, letter, now=NOW)
    assert letter.read_text() == "Dear aunt"


def test_a_folder_that_cannot_be_written_is_told(site: Engine, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BackupError, match="can't be written"):
        backups.make(site, settings, tmp_path / "file" / "backup.zip", now=NOW)


@pytest.mark.skipif(POSTGRES, reason="PostgreSQL looks after its own pages")
def test_a_damaged_database_is_told_instead_of_kept_as_a_backup(site: Engine, settings: Settings) -> None:
    with site.connect() as connection:
        root = connection.scalar(
            text("SELECT rootpage FROM sqlite_master WHERE name = 'ix_review_learner_id_learner_day'")
        ) or connection.scalar(
            text("SELECT rootpage FROM sqlite_master WHERE tbl_name='review' AND type='index'")
        )
        size = connection.scalar(text("PRAGMA page_size"))
    raw = site.raw_connection()
    raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    site.dispose()
    with Path(str(site.url.database)).open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    with pytest.raises(BackupError, match=r"damaged|malformed"):
        backups.make(site, settings, None, now=NOW)
    assert backups.listed(settings) == []


@pytest.mark.skipif(POSTGRES, reason="its disk may be another machine's")
def test_a_disk_without_room_is_told_before_anything_is_written(
    site: Engine, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(settings.data_dir)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000))
    with pytest.raises(BackupError, match="Make room"):
        backups.make(site, settings, None, now=NOW)


def test_one_worker_makes_the_days_backup(session: Session, settings: Settings) -> None:
    assert backups.is_due(session, settings, now=NOW)
    assert not backups.is_due(session, settings, now=NOW + timedelta(hours=3))
    assert backups.is_due(session, settings, now=NOW + timedelta(days=1))
    none = Settings(data_dir=settings.data_dir, backups_daily=0, backups_weekly=0)
    assert not backups.is_due(session, none, now=NOW + timedelta(days=2))


def test_old_backups_go_by_the_rules_and_files_of_other_names_stay(settings: Settings) -> None:
    folder = backups.folder_of(settings)
    folder.mkdir(parents=True)
    for day in range(60):
        (folder / f"quizapp-{NOW - timedelta(days=day):{backups.STAMP}}.zip").write_bytes(b"")
    (folder / "quizapp-before-the-move.zip").write_bytes(b"")
    gone = backups.drop_old(settings)
    left = backups.listed(settings)
    assert (gone, len(left)) == (51, 9), "seven days, and two Sundays more"
    assert [backup.made_at for backup in left][:7] == [NOW - timedelta(days=day) for day in range(7)]
    assert (folder / "quizapp-before-the-move.zip").exists()


def test_what_a_killed_backup_left_goes_after_a_day(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = backups.folder_of(settings) / ".quizapp-abc"
    left.mkdir(parents=True)
    (left / "quizapp.sqlite3").write_bytes(b"people")
    backups.drop_old(settings)
    assert left.exists(), "it may be at work"
    tomorrow = left.stat().st_mtime + 90_000
    monkeypatch.setattr(backups.time, "time", lambda: tomorrow)
    backups.drop_old(settings)
    assert not left.exists()


def test_backups_lie_where_the_setting_says(tmp_path: Path) -> None:
    assert backups.folder_of(Settings(data_dir=tmp_path)) == tmp_path / "backups"
    assert backups.folder_of(Settings(data_dir=tmp_path, backup_dir=str(tmp_path / "b"))) == tmp_path / "b"
