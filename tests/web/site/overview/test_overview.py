"""The page on the site: for admins, with what stands and what is wrong, and without secrets."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.services.audit import failures
from quizapp.services.site import backups
from quizapp.settings import Settings
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import db
from quizapp.web.site.overview.building import size_in_words
from tests.house import House
from tests.world import Visitor


@pytest.fixture(name="settings")
def with_secrets(settings: Settings) -> Settings:
    return Settings(
        data_dir=settings.data_dir,
        database_url=settings.database_url,
        drafts_url="http://127.0.0.1:1/v1",
        drafts_key="hush-hush",
        smtp_password="s3cret",
        zone="Europe/Madrid",
    )


def test_an_admin_sees_how_the_site_stands(app: Flask, house: House, session: Session) -> None:
    failures.note(session, "backup", "today’s backup", "no room", now=now())
    session.commit()
    page = Visitor(house.client("admin")).open("/admin/site").html
    assert "There is no backup from the last two days" in page
    assert "backup 1" in page
    assert "admin 1" in page
    assert "QUIZAPP_ZONE" in page
    assert page.index("Europe/Madrid") < page.index("QUIZAPP_PORT"), "what was set stands first"
    assert "hush-hush" not in page
    assert "s3cret" not in page
    with app.app_context():
        made, _ = backups.make(db.engine, app.config["SETTINGS"], None, now=now())
    page = Visitor(house.client("admin")).open("/admin/site").html
    assert made.name in page
    assert "There is no backup from the last two days" not in page
    assert "7 days, 4 weeks" in page


def test_old_backups_are_told_and_long_lists_cut(app: Flask, house: House) -> None:
    folder = backups.folder_of(app.config["SETTINGS"])
    folder.mkdir()
    for day in range(3, 15):
        with time_machine.travel(now() - timedelta(days=day), tick=False):
            stamp = f"{now():{backups.STAMP}}"
        (folder / f"quizapp-{stamp}.zip").write_bytes(b"")
    page = Visitor(house.client("admin")).open("/admin/site").html
    assert "There is no backup from the last two days" in page
    assert "And 2 older." in page


def test_sizes_are_told_in_words() -> None:
    assert [size_in_words(size) for size in (0, 1_500, 3_240_000, 5_100_000_000)] == [
        "0 kB",
        "2 kB",
        "3.2 MB",
        "5.1 GB",
    ]
