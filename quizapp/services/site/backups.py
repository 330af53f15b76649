"""Backups: made while the site is served, kept by rule, and listed."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, delete
from sqlalchemy.orm import Session

from quizapp import __version__
from quizapp.domain.site.backup_rules import Rules
from quizapp.secret_key import secret_key
from quizapp.services.site import archive
from quizapp.services.site.archive import BackupError, Manifest
from quizapp.settings import Settings
from quizapp.storage.audit.tables import DailyRun
from quizapp.storage.engine import READ, open_engine, snapshot, sqlite_driver, write_copy
from quizapp.storage.migrating import migrate, newest_revision
from quizapp.storage.private import keep_folder
from quizapp.storage.site import portable
from quizapp.storage.upserts import insert_once

STAMP = "%Y-%m-%dT%H-%M-%SZ"
PREFIX, SUFFIX = "quizapp-", ".zip"
TASK = "backing up"
UNFINISHED = ".quizapp-"


@dataclass(frozen=True)
class Backup:
    """A backup in the site's folder."""

    path: Path
    made_at: datetime
    size: int


def folder_of(settings: Settings) -> Path:
    """Where backups go that are not given another place."""
    named = settings.backup_dir
    return Path(named).expanduser().resolve() if named else settings.data_dir / "backups"


def rules_of(settings: Settings) -> Rules:
    """How long those are kept that the site makes by itself."""
    return Rules(
        daily=settings.backups_daily, weekly=settings.backups_weekly, monthly=settings.backups_monthly
    )


def make(engine: Engine, settings: Settings, target: Path | None, *, now: datetime) -> tuple[Path, Manifest]:
    """Write a backup to a file, or to the site's folder by its date; raises BackupError if it cannot."""
    if target is None:
        target = folder_of(settings) / f"{PREFIX}{now.astimezone(UTC).strftime(STAMP)}{SUFFIX}"
    try:
        if target.parent == folder_of(settings):
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            keep_folder(target.parent)
        if target.exists():
            raise BackupError(f"{target} already exists. Name another file.")
        with _workplace(target.parent) as work:
            _check_room(engine, work)
            return target, _write(engine, settings, target, work, now)
    except OSError as error:
        raise BackupError(f"The backup can't be written to {target}: {error.strerror}.") from None


@contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    """A private folder beside the target, on the same disk, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=folder) as name:
        yield Path(name)


def _check_room(engine: Engine, work: Path) -> None:
    """A copy and its zip must fit on the disk beside what is there."""
    database = engine.url.database
    if engine.dialect.name != "sqlite" or not database:
        return
    needed, free = 2 * Path(database).stat().st_size, shutil.disk_usage(work).free
    if needed > free:
        raise BackupError(
            f"A backup needs up to {needed:,} bytes, and {free:,} are free there. Make room, or name a "
            "folder on another disk (QUIZAPP_BACKUP_DIR)."
        )


def _write(engine: Engine, settings: Settings, target: Path, work: Path, now: datetime) -> Manifest:
    copy = work / archive.DATABASE
    if engine.dialect.name == "sqlite":
        try:
            write_copy(engine, copy)
        except sqlite_driver().DatabaseError as error:
            raise BackupError(f"The database can't be copied: {error}. No backup was made.") from None
    else:
        _write_rows(engine, copy)
    files = {archive.DATABASE: copy, archive.KEY: work / archive.KEY}
    files[archive.KEY].write_bytes(secret_key(settings.data_dir))
    configuration = settings.data_dir / archive.CONFIGURATION
    if configuration.is_file():
        files[archive.CONFIGURATION] = configuration
    manifest = Manifest(
        mark=archive.MARK,
        form=archive.FORM,
        version=__version__,
        revision=newest_revision(),
        made_at=now,
        database=engine.dialect.name,
        tables=checked_figures(copy),
        files={name: archive.member_of(path) for name, path in files.items()},
        settings=settings.shown(),
    )
    archive.write(target, manifest, files)
    return manifest


def _write_rows(engine: Engine, copy: Path) -> None:
    """PostgreSQL's rows, as they are at one moment, in a SQLite file of the same tables."""
    url = f"sqlite:///{copy}"
    migrate(url)
    target_engine = open_engine(url)
    source_engine = engine.execution_options(**snapshot(engine))
    try:
        with source_engine.connect() as source, target_engine.begin() as target:
            for step in (portable.fill, portable.fill_later):
                for table in portable.plain_tables():
                    for _ in step(source, target, table):
                        pass
            if portable.figures(source) != portable.figures(target):
                raise BackupError("The copied rows differ from the database's. No backup was made.")
    finally:
        target_engine.dispose()


def checked_figures(copy: Path) -> dict[str, portable.Figures]:
    """The figures of a SQLite file of this version that is sound; raises BackupError if it is not."""
    engine = open_engine(f"sqlite:///{copy}")
    try:
        with engine.execution_options(**READ).connect() as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
            if found != ["ok"]:
                raise BackupError(
                    f"The database is damaged: {found[0]}. No backup was made; `quizapp doctor` says more."
                )
            return portable.figures(connection)
    finally:
        engine.dispose()


def listed(settings: Settings) -> list[Backup]:
    """The backups in the site's folder, newest first."""
    found = []
    for path in folder_of(settings).glob(f"{PREFIX}*{SUFFIX}"):
        made_at = _made_at(path)
        if made_at is not None:
            found.append(Backup(path=path, made_at=made_at, size=path.stat().st_size))
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def _made_at(path: Path) -> datetime | None:
    stamp = path.name.removeprefix(PREFIX).removesuffix(SUFFIX)
    try:
        return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None  # someone's own name: neither counted nor removed


def is_due(session: Session, settings: Settings, *, now: datetime) -> bool:
    """Whether today's backup is to be made, and no one else has begun it; from now on someone has."""
    if not rules_of(settings).any:
        return False
    day = now.toordinal()
    session.execute(delete(DailyRun).where(DailyRun.task == TASK, DailyRun.day != day))
    return insert_once(session, DailyRun, {"task": TASK, "day": day})


def drop_old(settings: Settings) -> int:
    """Remove the backups that no rule keeps; how many."""
    backups = listed(settings)
    kept = rules_of(settings).kept(backup.made_at for backup in backups)
    due = [backup for backup in backups if backup.made_at not in kept]
    for backup in due:
        backup.path.unlink(missing_ok=True)
    _drop_unfinished(folder_of(settings))
    return len(due)


def _drop_unfinished(folder: Path) -> None:
    """What a killed process left: it holds a copy of everything."""
    yesterday = time.time() - 86_400
    for path in folder.glob(f"{UNFINISHED}*"):
        if path.stat().st_mtime < yesterday:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
