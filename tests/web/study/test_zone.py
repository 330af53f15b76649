"""A newcomer's time zone: the browser's, else the site's."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", database_url=database_url, zone="Europe/Madrid")


@pytest.mark.usefixtures("shipped_bank")
@pytest.mark.parametrize(
    ("told", "kept"),
    [("Asia/Tokyo", "Asia/Tokyo"), ("", "Europe/Madrid"), ("Mars/Olympus", "Europe/Madrid")],
)
def test_a_newcomer_without_a_known_zone_gets_the_sites(
    client: FlaskClient, session: Session, told: str, kept: str
) -> None:
    assert client.post("/study/begin", data={"zone": told}).status_code == 303
    assert session.scalars(select(Account.zone)).one() == kept
