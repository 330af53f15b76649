"""An assignment may switch off that students are asked about answers of which grading is not sure."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.classes.terms import Feedback, Sort
from quizapp.domain.library.kinds.base import Typed
from quizapp.storage.classes.tables import Enrolment
from quizapp.storage.corrections.tables import Claim
from quizapp.storage.study.tables import Review
from tests import factories
from tests.web.classes.conftest import NOW, Class
from tests.web.quizzes.test_unsure import ASKED, UNSURE
from tests.world import Visitor, client_of, rows_of


@pytest.fixture
def treaty(session: Session) -> int:
    deck = factories.add_deck(session, [ASKED], slug="treaty")
    session.commit()
    return deck.id


@pytest.mark.parametrize(("ask", "heading"), [(True, "Not sure"), (False, "Incorrect")])
def test_in_a_quiz_what_is_not_clearly_right_is_then_wrong(
    room: Class, treaty: int, ask: bool, heading: str
) -> None:
    [anna] = room.seat("Anna")
    made = room.give(deck_slug="treaty", questions=1, feedback=Feedback.NOW, ask_unsure=ask)
    phone = room.phone(anna)
    question = phone.send(phone.open(f"/assignments/{made}"), {}, "/begin")
    told = phone.answer(question, Typed((UNSURE,)))
    assert told.heading == heading
    assert ("until your teacher decides" in told.text) == ask
    assert "I was right" in told.text or ask
    result = phone.send(told, {}, "/finish")
    assert ("We’re not sure" in result.text) == ask


@pytest.mark.parametrize(
    ("ask", "heading"), [(True, "We’re not sure. Is yours the same?"), (False, "Incorrect")]
)
def test_in_study_no_one_is_then_asked(
    room: Class, session: Session, treaty: int, ask: bool, heading: str
) -> None:
    [anna] = room.seat("Anna")
    room.give(Sort.STUDY, deck_slug="treaty", ask_unsure=ask)
    phone = room.phone(anna)
    told = phone.answer(phone.open("/study/?deck=treaty"), Typed((UNSURE,)))
    assert told.heading == heading
    assert [row.score for row in rows_of(session, Review)] == ([] if ask else [0.0])
    assert rows_of(session, Claim) == []


def test_only_students_of_the_class_are_not_asked(room: Class, session: Session, treaty: int) -> None:
    anna, bela = room.seat("Anna", "Bela")
    room.give(Sort.STUDY, deck_slug="treaty", ask_unsure=False)
    session.get_one(Enrolment, bela.id).removed_at = NOW
    session.add(other := factories.add_account(session, name="Cleo"))
    session.commit()
    strangers = [room.phone(bela), Visitor(client_of(room.app, session, other, now=NOW))]
    for phone in strangers:
        asked = phone.answer(phone.open("/study/?deck=treaty"), Typed((UNSURE,)))
        assert asked.heading == "We’re not sure. Is yours the same?"
    phone = room.phone(anna)
    assert phone.answer(phone.open("/study/?deck=treaty"), Typed((UNSURE,))).heading == "Incorrect"


def test_the_form_keeps_what_was_chosen(room: Class) -> None:
    made = room.give(title="Rivers")
    path = f"/classes/assignments/{made}/edit"
    form = room.desk.open(path)
    assert form.soup.select_one("input[name=ask_unsure]").has_attr("checked")
    room.desk.send(form, {"ask_unsure": []}, "/edit")
    assert not room.desk.open(path).soup.select_one("input[name=ask_unsure]").has_attr("checked")
