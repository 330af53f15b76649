"""`quizapp upkeep`: tells what would be removed, and removes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.services.accounts import accounts
from quizapp.storage.accounts.tables import Account

Run = Callable[..., Any]


def test_what_is_held_too_long_is_told_then_removed(
    quizapp: Run, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts.create_guest(session, zone="UTC", now=datetime.now(UTC) - timedelta(days=40))
    session.commit()
    assert "     0 guests removed" in quizapp("upkeep").out
    monkeypatch.setenv("QUIZAPP_KEEP_GUESTS", "30")
    assert "     1 guests would be removed" in quizapp("upkeep", "--check").out
    assert len(session.scalars(select(Account)).all()) == 1
    session.rollback()
    done = quizapp("upkeep")
    assert (done.status, "     1 guests removed" in done.out) == (0, True)
    assert session.scalars(select(Account)).all() == []
