"""How a site stands, in numbers: for admins' eyes and for anyone who watches it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from quizapp import __version__
from quizapp.services.site import backups
from quizapp.services.site.backups import Backup
from quizapp.settings import Settings
from quizapp.storage.migrating import newest_revision
from quizapp.storage.site import figures

LATELY = timedelta(days=7)


@dataclass(frozen=True)
class Condition:
    """free: bytes on the disk of the data folder; failures: of seven days, by the sort of work."""

    version: str
    revision: str
    database: str
    database_bytes: int
    free: int
    accounts: dict[str, int]
    answers: int
    pictures: int
    picture_bytes: int
    waiting_mail: int
    failures: dict[str, int]
    backups: tuple[Backup, ...]


def condition(session: Session, settings: Settings, *, now: datetime) -> Condition:
    """How the site stands now."""
    pictures, picture_bytes = figures.pictures(session)
    return Condition(
        version=__version__,
        revision=newest_revision(),
        database=session.get_bind().dialect.name,
        database_bytes=figures.database_bytes(session),
        free=shutil.disk_usage(settings.data_dir).free,
        accounts=figures.accounts_by_role(session),
        answers=figures.answers(session),
        pictures=pictures,
        picture_bytes=picture_bytes,
        waiting_mail=figures.waiting_mail(session),
        failures=figures.failures_since(session, now - LATELY),
        backups=tuple(backups.listed(settings)),
    )
