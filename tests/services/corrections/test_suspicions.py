"""Suspicious questions: found deck by deck, replaced when they are looked at again, beside writers."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from quizapp.services.corrections import suspicions
from quizapp.services.corrections.suspicions import Looker, refresh
from quizapp.services.library import editor
from quizapp.services.library.items import Draft
from quizapp.storage.batches import run_steps
from quizapp.storage.corrections.analysis import suspicious
from quizapp.storage.corrections.tables import SuspiciousItem
from quizapp.storage.library.tables import Deck, Item
from tests.factories import NOW, add_account, add_deck, choice
from tests.services.corrections.test_analysis import answers, wrong_key


def suspected(session: Session, slug: str) -> list[Item]:
    deck = add_deck(session, [choice(n) for n in range(8)], slug=slug)
    items = list(session.scalars(select(Item).where(Item.deck_id == deck.id).order_by(Item.id)))
    answers(session, items, wrong_key, 30)
    return items


def test_every_deck_is_looked_at_and_what_is_found_is_the_same_the_next_time(
    engine: Engine, session: Session
) -> None:
    first = [suspected(session, slug)[0].id for slug in ("rivers", "lakes")]
    add_deck(session, [choice(1)], slug="seas")
    session.commit()
    for day in range(2):
        assert run_steps(engine, {"look": Looker(NOW + timedelta(days=day))}, pause=0) == {"look": 3}
        found = session.scalars(select(SuspiciousItem).order_by(SuspiciousItem.item_id)).all()
        assert [row.item_id for row in found] == first
        assert {row.at for row in found} == {NOW + timedelta(days=day)}
        session.rollback()


def test_a_question_that_has_changed_since_is_not_suspicious(session: Session) -> None:
    items = suspected(session, "rivers")
    refresh(session, items[0].deck_id, now=NOW)
    assert [row.id for row in suspicious(session, Deck.slug == "rivers", 10, 0)] == [items[0].id]
    assert items[0].version is not None
    other = msgspec.structs.replace(items[0].version.content, key="Elbe", distractors=("Danube", "Volga"))
    author = add_account(session, role="teacher", name="Vera", name_key="vera")
    given = {"base": items[0].version_id, "fact": "", "author": author, "now": NOW}
    assert editor.save_item(session, items[0], Draft(content=other), **given, change="key")
    session.flush()
    assert suspicious(session, Deck.slug == "rivers", 10, 0) == []


def test_no_one_waits_while_a_deck_is_read(
    engine: Engine, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    suspected(session, "rivers")
    session.commit()
    analyse, wrote = suspicions.analyse, []

    def beside(reading: Session, *more: object) -> list[object]:
        with Session(engine) as other, other.begin():
            add_deck(other, [], slug="written-meanwhile")
        wrote.append(1)
        monkeypatch.setattr(suspicions, "analyse", analyse)
        return analyse(reading, *more)  # type: ignore[arg-type,return-value]

    monkeypatch.setattr(suspicions, "analyse", beside)
    run_steps(engine, {"look": Looker(NOW)}, pause=0)
    assert wrote == [1]


def rows_read(engine: Engine) -> int:
    """How many steps SQLite's machine takes for the queue's page of suspicions."""
    steps = [0]

    def count() -> int:
        steps[0] += 1
        return 0

    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        driver.set_progress_handler(count, 1)  # type: ignore[union-attr]
        with Session(connection) as session:
            suspicious(session, Deck.slug == "rivers", 10, 0)
        driver.set_progress_handler(None, 1)  # type: ignore[union-attr]
    return steps[0]


def test_reading_suspicions_takes_the_same_steps_with_three_times_the_answers(
    engine: Engine, session: Session
) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("counts the steps of SQLite's machine")
    items = suspected(session, "rivers")
    refresh(session, items[0].deck_id, now=NOW)
    session.commit()
    rows_read(engine)
    few = rows_read(engine)
    assert few > 0
    for _ in range(2):
        answers(session, items, wrong_key, 30)
    session.commit()
    assert rows_read(engine) == few
