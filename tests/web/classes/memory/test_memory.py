"""What a class has taught the scheduler: told to its teacher, of no one student."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from quizapp.domain.study.scheduling.fsrs import DEFAULT_WEIGHTS, MODEL, Weights
from quizapp.domain.study.scheduling.parameters import text_of
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Item
from quizapp.storage.study.tables import ItemEase, LearnerCalibration, MemorySet
from tests import factories
from tests.web.classes.conftest import Class, room

__all__ = ["room"]
DAY = datetime(2026, 3, 5, tzinfo=UTC)
TEXT = text_of(Weights((0.2, *DEFAULT_WEIGHTS.values[1:])))


def add_set(session: Session, at: datetime = DAY, **columns: object) -> None:
    found = {"answers": 1_200, "held_back": 400, "loss": 0.4, "loss_before": 0.45, "loss_default": 0.5}
    session.add(
        MemorySet(**{"model": MODEL, "weights": TEXT, "fitted_at": at, "used": True, **found, **columns})
    )
    session.commit()


def predict(session: Session, learners: list[int]) -> None:
    """Each has answered ten questions of which eight and a half were expected to be right, and nine were."""
    rows = [
        {"learner_id": learner_id, "bin": 8, "reviews": 10, "expected": 8_500_000, "right": 9_000_000}
        for learner_id in learners
    ]
    session.execute(insert(LearnerCalibration), rows)
    session.commit()


def test_nothing_yet(room: Class) -> None:
    page = room.desk.open(f"/classes/{room.id}/memory")
    assert page.status == 200
    assert "Shown once 5 students" in page.text
    assert "the published model holds" in page.text
    assert "None so far" in page.text
    assert "Predictions" not in room.desk.open(f"/classes/{room.id}").text, "there are no students"


def test_predictions_of_a_class_are_told_once_it_has_enough_students(room: Class, session: Session) -> None:
    places = room.seat("a", "b", "c", "d", "e")
    assert "Predictions" in room.desk.open(f"/classes/{room.id}").text
    predict(session, [place.learner_id for place in places[:4]])
    assert "Shown once 5 students" in room.desk.open(f"/classes/{room.id}/memory").text
    predict(session, [places[4].learner_id])
    page = room.desk.open(f"/classes/{room.id}/memory")
    assert "85 % were expected to be right, 90 % were (50 answers of 5 students)" in page.text
    assert page.soup.select_one("svg")
    assert room.phone(places[0]).open(f"/classes/{room.id}/memory").status == 404


def test_what_was_fitted_and_what_is_not_used_is_told(room: Class, session: Session) -> None:
    add_set(session)
    text = room.desk.open(f"/classes/{room.id}/memory").text
    assert "fitted to 1,200 answers of this site on 5 March 2026" in text
    assert "log loss 0.400 instead of 0.500" in text
    assert "isn’t used." not in text.replace("What predicts no better isn’t used.", "")
    add_set(session, DAY + timedelta(days=1), used=False, loss=0.46)
    text = room.desk.open(f"/classes/{room.id}/memory").text
    assert "fitted to 1,200 answers of this site on 5 March 2026" in text
    assert (
        "The newest fit, of 6 March 2026, predicted no better than what holds now (log loss 0.460, now 0.450)"
        in text
    )


def test_questions_that_surprise_are_told_with_what_follows(
    room: Class, session: Session, count_queries: Callable[[], list[str]]
) -> None:
    room.give()
    items = session.scalars(select(Item.id).order_by(Item.id)).all()
    costs = []
    for places in ((0, 1, 2), (3, 4, 5)):
        eases = dict(zip(places, (-1.0, 0.3, 0.01), strict=True))
        rows = [
            {"item_id": items[place], "ease": ease, "answers": 30, "learners": 12}
            for place, ease in eases.items()
        ]
        session.execute(insert(ItemEase), rows)
        session.commit()
        before = len(count_queries())
        page = room.desk.open(f"/classes/{room.id}/memory")
        costs.append(len(count_queries()) - before)
    assert costs[0] == costs[1]
    told = [" ".join(row.get_text(" ").split()) for row in page.soup.select("tbody tr")]
    assert len(told) == 4, "those that hardly surprise are left out"
    assert all("30 answers of 12 people" in line for line in told)
    assert told[0].endswith("harder tomorrow, not in 5 days")
    assert told[2].endswith("easier in 15 days, not in 5 days")


def test_a_learner_is_told_to_whose_answers_the_model_was_fitted(room: Class, session: Session) -> None:
    [place] = room.seat("Anna")
    predict(session, [place.learner_id])
    phone, learner = room.phone(place), room.learner(place)
    item = factories.studied_deck(session, learner, [factories.flip()], slug="own")[0]
    factories.answer(session, learner, item, at=DAY)
    session.commit()
    assert "fitted" not in phone.open("/progress/").text
    add_set(session)
    session.get_one(Account, place.learner_id).weights = TEXT
    session.commit()
    assert "fitted to the answers of everyone here: 1,200, on 5 March 2026" in phone.open("/progress/").text
    add_set(session, DAY + timedelta(days=1), learner_id=place.learner_id, answers=700)
    assert "fitted to your own answers: 700, on 6 March 2026" in phone.open("/progress/").text
