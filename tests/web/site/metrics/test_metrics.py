"""`/metrics`: for the addresses that are listed, and as if it were not there for others."""

from __future__ import annotations

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from quizapp.services.site import backups
from quizapp.settings import Settings, SettingsError
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import db
from tests.house import House


@pytest.fixture(name="settings")
def watched(settings: Settings) -> Settings:
    return Settings(
        data_dir=settings.data_dir,
        database_url=settings.database_url,
        metrics_addresses="127.0.0.1, 10.1.0.0/16, ::1",
    )


def told(app: Flask) -> dict[str, float]:
    """What Prometheus's own parser reads."""
    answer = app.test_client().get("/metrics")
    assert answer.status_code == 200
    assert answer.mimetype == "text/plain"
    families = text_string_to_metric_families(answer.text)
    return {
        ",".join([sample.name, *sample.labels.values()]): sample.value
        for family in families
        for sample in family.samples
    }


def test_the_figures_are_those_of_the_site(app: Flask, house: House) -> None:
    found = told(app)
    assert found["quizapp_accounts,admin"] >= 1
    assert found["quizapp_accounts,student"] >= 3
    assert min(found["quizapp_answers"], found["quizapp_database_bytes"], found["quizapp_free_bytes"]) > 0
    assert (found["quizapp_backups"], "quizapp_newest_backup_timestamp_seconds" in found) == (0, False)
    assert found["quizapp_failures_of_a_week,backup"] == 0
    with app.app_context():
        backups.make(db.engine, app.config["SETTINGS"], None, now=now())
    found = told(app)
    assert found["quizapp_backups"] == 1
    assert abs(found["quizapp_newest_backup_timestamp_seconds"] - now().timestamp()) < 300


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("127.0.0.1", 200),
        ("10.1.200.3", 200),
        ("::1", 200),
        ("::ffff:10.1.2.3", 200),
        ("10.2.0.1", 404),
        ("127.0.0.2", 404),
        ("203.0.113.9", 404),
        ("", 404),
        ("unknown", 404),
    ],
)
def test_it_is_there_for_listed_addresses_only(app: Flask, address: str, status: int) -> None:
    answer = app.test_client().get("/metrics", environ_base={"REMOTE_ADDR": address})
    assert (answer.status_code, "quizapp_answers" in answer.text) == (status, status == 200)


def test_by_default_and_for_forwarded_headers_without_a_proxy_it_is_not_there(app: Flask) -> None:
    app.config["SETTINGS"] = Settings(data_dir=app.config["SETTINGS"].data_dir)
    assert app.test_client().get("/metrics").status_code == 404
    app.config["SETTINGS"] = Settings(metrics_addresses="10.1.0.1")
    forged = app.test_client().get("/metrics", headers={"X-Forwarded-For": "10.1.0.1"})
    assert forged.status_code == 404


@pytest.mark.parametrize("wrong", ["localhost", "10.0.0.1/99", "10.1.0.1/8", "1.2.3"])
def test_an_address_that_is_none_is_refused_at_the_start(wrong: str) -> None:
    with pytest.raises(SettingsError, match="METRICS_ADDRESSES takes"):
        Settings(metrics_addresses=wrong)
