"""The day's round: once, in short transactions beside which others write, and no byte stays of whom it erased."""

from __future__ import annotations

import dataclasses
import logging
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.app import create_app
from quizapp.domain.study.scheduling.fsrs import DEFAULT_WEIGHTS, MODEL, Weights
from quizapp.domain.study.scheduling.parameters import text_of
from quizapp.services.accounts import accounts
from quizapp.services.privacy import retention
from quizapp.services.site import archive, backups
from quizapp.storage.accounts.tables import Account
from quizapp.storage.audit.tables import BackgroundFailure
from quizapp.storage.batches import run_steps
from quizapp.storage.study.tables import Card, MemorySet
from quizapp.web.frame.database import db
from quizapp.web.privacy import caretaker
from quizapp.web.privacy.caretaker import Caretaker, adopt, back_up, fit_weights, go_round, replan
from tests import factories

NAME = "Zdenka Prikladova"


def test_the_round_is_made_once_a_day_and_leaves_no_byte(app: Flask, session: Session) -> None:
    old = datetime.now(UTC) - timedelta(days=400)
    accounts.create_guest(session, zone="UTC", now=old).name = NAME
    session.commit()
    assert go_round(app)["guests"] == 1
    assert go_round(app) == {}
    assert session.scalars(select(Account)).all() == []
    session.rollback()
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        for file in path.parent.glob(path.name + "*"):
            assert NAME.encode() not in file.read_bytes(), file
    with time_machine.travel(datetime.now(UTC) + timedelta(days=1)):
        assert go_round(app)["guests"] == 0


def test_cards_of_an_older_model_are_planned_again_once(app: Flask, session: Session) -> None:
    learner = factories.add_learner(session)
    factories.answer(session, learner, factories.studied_deck(session, learner, [factories.flip()])[0])
    session.commit()
    assert replan(app) == 0
    session.execute(update(Card).values(folded="", fast=7.0))
    session.commit()
    assert replan(app) == 1
    session.rollback()
    assert session.scalars(select(Card.folded)).all() == [learner.parameters.mark]
    session.rollback()
    assert replan(app) == 0


def test_new_weights_hold_for_everyone_once(app: Flask, session: Session) -> None:
    for _ in range(2):
        factories.add_account(session)
    text = text_of(Weights((0.2, *DEFAULT_WEIGHTS.values[1:])))
    found = {"answers": 900, "held_back": 300, "loss": 0.4, "loss_before": 0.5, "loss_default": 0.5}
    made = MemorySet(model=MODEL, weights=text, fitted_at=datetime.now(UTC), used=True, **found)
    session.add(made)
    session.commit()
    assert adopt(app) == 2
    assert session.scalars(select(Account.weights)).all() == [text, text]
    session.rollback()
    assert adopt(app) == 0


def test_weights_are_fitted_in_a_process_of_its_own(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "quizapp")
    assert fit_weights(app, threading.Event())
    assert "0 learners have new weights" in caplog.text
    settings = app.config["SETTINGS"]
    monkeypatch.setitem(app.config, "SETTINGS", dataclasses.replace(settings, fit_nightly=False))
    assert not fit_weights(app, threading.Event())


def test_a_fit_that_fails_is_told_to_admins_and_one_that_is_stopped_is_not(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()
    ended.set()
    monkeypatch.setattr(caretaker, "LOOK", 0.01)
    assert not fit_weights(app, ended)
    assert session.scalars(select(BackgroundFailure)).all() == []
    session.rollback()
    monkeypatch.setenv("QUIZAPP_ZONE", "Mars")
    assert not fit_weights(app, threading.Event())
    (noted,) = session.scalars(select(BackgroundFailure)).all()
    assert (noted.task, noted.what, noted.reason) == ("upkeep", "fitting the memory model", "exit status 1")


def test_each_step_is_a_transaction_of_its_own(app: Flask, session: Session) -> None:
    with app.app_context():
        engine = db.engine
    left = [3]

    def step(_: Session) -> int:
        with Session(engine) as other:  # what the last step wrote is there for others
            seen = len(other.scalars(select(Account)).all())
        assert seen == 3 - left[0]
        if not left[0]:
            return 0
        left[0] -= 1
        accounts.create_guest(_, zone="UTC", now=datetime.now(UTC))
        return 1

    assert run_steps(engine, {"guests": step}, pause=0) == {"guests": 3}


def test_the_thread_looks_and_stops(app: Flask, session: Session) -> None:
    old = datetime.now(UTC) - timedelta(days=400)
    accounts.create_guest(session, zone="UTC", now=old)
    session.commit()
    caretaker = Caretaker(app, every=0.01)
    caretaker.start()
    for _ in range(500):
        if not session.scalars(select(Account)).all():
            break
        session.rollback()
        caretaker.join(0.01)
    session.rollback()  # or the thread waits for this look's lock
    caretaker.stop()
    caretaker.join(5)
    assert not caretaker.is_alive()
    assert session.scalars(select(Account)).all() == []


def test_only_a_served_app_has_one(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started: list[object] = []

    def start(caretaker: Caretaker) -> None:
        started.append(caretaker)

    monkeypatch.setattr(Caretaker, "start", start)
    create_app(app.config["SETTINGS"])
    assert started == []
    monkeypatch.setenv("QUIZAPP_DATA_DIR", str(tmp_path))
    create_app()
    assert len(started) == 1


def test_a_step_that_fails_is_noted_and_the_others_are_done(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Session) -> int:
        raise ZeroDivisionError("a secret")

    left = [1]
    steps = {"first": broken, "second": lambda _: left.pop() if left else 0}
    monkeypatch.setattr(retention, "steps", lambda *_, **__: steps)
    assert go_round(app) == {"first": 0, "second": 1}
    (noted,) = session.scalars(select(BackgroundFailure)).all()
    assert (noted.task, noted.what, noted.reason) == ("upkeep", "first", "ZeroDivisionError")


def test_the_thread_survives_whatever_happens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = threading.Event()
    calls = []

    def broken(_app: Flask) -> None:
        calls.append(1)
        if len(calls) > 1:
            seen.set()
        raise ZeroDivisionError

    monkeypatch.setattr(caretaker, "back_up", broken)
    monkeypatch.setattr(caretaker, "go_round", broken)
    thread = Caretaker(app, every=0.01)
    thread.start()
    assert seen.wait(300)
    thread.stop()


@pytest.mark.parametrize("days", [400, -3])
def test_a_clock_that_jumps_for_a_day_removes_nothing_and_admins_are_told(
    app: Flask, session: Session, days: int
) -> None:
    today = datetime.now(UTC)
    accounts.create_guest(session, zone="UTC", now=today)
    session.commit()
    with time_machine.travel(today):
        go_round(app)
    for _ in range(2):
        with time_machine.travel(today + timedelta(days=days)):
            assert go_round(app) == {}
    assert len(session.scalars(select(Account)).all()) == 1
    (noted,) = session.scalars(select(BackgroundFailure)).all()
    assert "clock" in noted.reason
    session.rollback()
    with time_machine.travel(today + timedelta(days=1)):
        assert go_round(app)["guests"] == 0, "the clock is right again"


def test_a_site_that_was_off_for_long_goes_on_a_day_later(app: Flask, session: Session) -> None:
    today = datetime.now(UTC)
    accounts.create_guest(session, zone="UTC", now=today)
    session.commit()
    with time_machine.travel(today):
        go_round(app)
    with time_machine.travel(today + timedelta(days=400)):
        assert go_round(app) == {}
    with time_machine.travel(today + timedelta(days=401)):
        assert go_round(app)["guests"] == 1


def test_a_backup_a_day_is_made_and_old_ones_go(app: Flask) -> None:
    settings = app.config["SETTINGS"]
    made = back_up(app)
    assert made is not None
    assert archive.read_manifest(made).tables["account"].rows == 0
    assert back_up(app) is None
    for day in range(1, 40):
        with time_machine.travel(datetime.now(UTC) - timedelta(days=day), tick=False):
            stamp = f"{datetime.now(UTC):{backups.STAMP}}"
        (made.parent / f"quizapp-{stamp}.zip").write_bytes(b"")
    with time_machine.travel(datetime.now(UTC) + timedelta(days=1)):
        assert back_up(app) is not None
    assert 9 <= len(backups.listed(settings)) <= 11


def test_a_backup_that_cannot_be_made_is_told_to_admins_and_no_old_one_goes(
    app: Flask, session: Session
) -> None:
    folder = backups.folder_of(app.config["SETTINGS"])
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("no folder")
    assert back_up(app) is None
    (noted,) = session.scalars(select(BackgroundFailure)).all()
    assert (noted.task, noted.what) == ("backup", "today’s backup")
    assert "can't be written" in noted.reason


def test_what_is_removed_is_in_the_log_as_it_comes(
    app: Flask, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing here sets a level: it is that of the settings as they come."""
    accounts.create_guest(session, zone="UTC", now=datetime.now(UTC) - timedelta(days=400))
    session.commit()
    go_round(app)
    assert ("quizapp", logging.INFO, "retention: removed 1 guests") in caplog.record_tuples
