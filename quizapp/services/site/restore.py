"""A backup brought back: proved and brought to this version first, then put in place of an empty site, or of
another that is kept beside it."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, inspect, select
from sqlalchemy.exc import DatabaseError

from quizapp.domain.errors import Conflict
from quizapp.services.site import archive, backups
from quizapp.services.site.archive import BackupError, Manifest
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.engine import READ, forget_deleted, open_engine, sqlite_driver
from quizapp.storage.migrating import MigrationError, migrate, newest_revision, refuse_newer
from quizapp.storage.private import keep_folder
from quizapp.storage.site import portable

STAMP = "%Y-%m-%dT%H-%M-%SZ"


@dataclass(frozen=True)
class Restored:
    """What came back. kept: where the site is that was there before; settings: those that were
    otherwise when the backup was made, as they were."""

    manifest: Manifest
    kept: tuple[Path, ...]
    settings: dict[str, str]


def restore(path: Path, settings: Settings, *, replace: bool, now: datetime) -> Restored:
    """Put a backup's site in place of this one, with no one serving it.

    Raises BackupError for a file that is damaged, foreign or newer, and Conflict where there is a site
    already and it is not to be replaced. Nothing has been changed then.
    """
    manifest = archive.read_manifest(path)
    try:
        refuse_newer(manifest.revision)
    except MigrationError:
        raise BackupError(
            f"{path.name} was made by a newer version of Quizapp ({manifest.version}). Nothing was changed. "
            "Install that version, then restore."
        ) from None
    try:
        return _restore(path, manifest, settings, replace=replace, now=now)
    except OSError as error:
        raise BackupError(
            f"The backup couldn't be unpacked or moved to {settings.data_dir}: {error.strerror}. "
            "Make room or make it writable, then restore again."
        ) from None


def _restore(path: Path, manifest: Manifest, settings: Settings, *, replace: bool, now: datetime) -> Restored:
    keep_folder(settings.data_dir)
    with tempfile.TemporaryDirectory(prefix=backups.UNFINISHED, dir=settings.data_dir) as name:
        work = Path(name)
        archive.unpack(path, manifest, work)
        _prove(work / archive.DATABASE, manifest)
        there = is_inhabited(settings)
        if there and not replace:
            raise Conflict(
                f"There is already a site with accounts at {settings.database_place}. Nothing was "
                f"changed. With --replace the backup replaces it, and the old site is kept beside it."
            )
        if settings.database_url:
            kept = _into_database(work, settings, there=there, now=now)
        else:
            kept = _into_file(work, settings, there=there, now=now)
        kept += _key_and_configuration(work, settings, now)
    here = settings.shown()
    return Restored(
        manifest=manifest,
        kept=kept,
        settings={name: value for name, value in manifest.settings.items() if here.get(name) != value},
    )


def is_inhabited(settings: Settings) -> bool:
    """Whether anyone has an account here. A site that was only started holds nothing but the bank."""
    if not settings.database_url and not _file(settings).exists():
        return False
    engine = open_engine(settings.sqlalchemy_url)
    try:
        with engine.execution_options(**READ).connect() as connection:
            has_tables = inspect(connection).has_table("account")
            return has_tables and connection.scalar(select(Account.id).limit(1)) is not None
    except DatabaseError as error:
        if settings.database_url:
            raise BackupError(f"{settings.database_place} doesn't respond: {error.orig}.") from None
        return True  # damaged, and so to be kept beside
    finally:
        engine.dispose()


def _prove(copy: Path, manifest: Manifest) -> None:
    """The unpacked database is sound and holds what the manifest says; afterwards it is of this version."""
    url = f"sqlite:///{copy}"
    try:
        if manifest.revision != newest_revision():
            migrate(url)
            backups.checked_figures(copy)
        elif backups.checked_figures(copy) != manifest.tables:
            raise BackupError("The backup’s tables don’t match its manifest. Nothing was changed.")
    except DatabaseError as error:
        raise BackupError(
            f"The backup’s database can’t be opened: {error.orig}. Nothing was changed."
        ) from None
    except MigrationError as error:
        raise BackupError(f"The backup can’t be updated to this version: {error}") from None


def _into_database(work: Path, settings: Settings, *, there: bool, now: datetime) -> tuple[Path, ...]:
    """In one transaction: anyone who looks sees the old site or the new one."""
    kept: tuple[Path, ...] = ()
    migrate(settings.sqlalchemy_url)
    target_engine, source_engine = (
        open_engine(url) for url in (settings.sqlalchemy_url, f"sqlite:///{work / archive.DATABASE}")
    )
    try:
        if there:
            target = settings.data_dir / f"replaced-{_stamp(now)}.zip"
            kept = (backups.make(target_engine, settings, target, now=now)[0],)
        _refill(source_engine, target_engine)
        forget_deleted(target_engine)
    finally:
        target_engine.dispose()
        source_engine.dispose()
    return kept


def _refill(source_engine: Engine, target_engine: Engine) -> None:
    with source_engine.execution_options(**READ).connect() as source, target_engine.begin() as target:
        portable.empty(target)
        for step in (portable.fill, portable.fill_later):
            for table in portable.plain_tables():
                for _ in step(source, target, table):
                    pass
        portable.number_on(target)
        if portable.figures(source) != portable.figures(target):
            raise BackupError("The rows in the database differ from the backup’s. Nothing was changed.")


def _into_file(work: Path, settings: Settings, *, there: bool, now: datetime) -> tuple[Path, ...]:
    """The old file gets another name, and the new one its name, in one step."""
    live = _file(settings)
    kept: tuple[Path, ...] = ()
    if live.exists():
        _close(live)
        if there:
            beside = live.with_name(f"{live.stem}-replaced-{_stamp(now)}{live.suffix}")
            _keep(live, beside)
            for ending in ("-wal", "-shm"):  # only beside a file that could not be closed
                if live.with_name(live.name + ending).exists():
                    live.with_name(live.name + ending).replace(beside.with_name(beside.name + ending))
            kept = (beside,)
    for ending in ("-wal", "-shm", "-journal"):
        live.with_name(live.name + ending).unlink(missing_ok=True)
    _put(work / archive.DATABASE, live)
    return kept


def _close(live: Path) -> None:
    """Bring what is in SQLite's log into the file."""
    engine = open_engine(f"sqlite:///{live}")
    try:
        forget_deleted(engine)
    except sqlite_driver().DatabaseError:
        return  # damaged: kept as it is
    finally:
        engine.dispose()


def _key_and_configuration(work: Path, settings: Settings, now: datetime) -> tuple[Path, ...]:
    kept: tuple[Path, ...] = ()
    key, new = settings.data_dir / archive.KEY, work / archive.KEY
    if key.exists() and key.read_bytes() != new.read_bytes():
        beside = key.with_name(f"{key.name}-replaced-{_stamp(now)}")
        _keep(key, beside)
        kept = (beside,)
    _put(new, key)
    configuration = work / archive.CONFIGURATION
    if configuration.exists() and not (settings.data_dir / archive.CONFIGURATION).exists():
        _put(configuration, settings.data_dir / archive.CONFIGURATION)
    return kept


def _keep(path: Path, beside: Path) -> None:
    try:
        os.link(path, beside)
    except OSError:  # a disk without hard links
        shutil.copy2(path, beside)


def _put(new: Path, place: Path) -> None:
    with new.open("rb") as file:
        os.fsync(file.fileno())
    new.replace(place)
    if os.name == "posix":
        descriptor = os.open(place.parent, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def _file(settings: Settings) -> Path:
    return settings.data_dir / archive.DATABASE


def _stamp(now: datetime) -> str:
    return now.astimezone(UTC).strftime(STAMP)
