"""Which answers can be claimed, which claims are one, and what a key that accepts them is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.corrections.claims import (
    LONGEST_FORM,
    accepting,
    claimable,
    needs_reason,
    normal_form,
    refusing,
)
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import Chosen, Content, GaveUp, Grade, Rated, Response, Typed
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.numeric import Numeric
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice

RIVER = ShortAnswer(stem="Which river?", key="Danube", refuse=("Donau",), distractors=("Elbe", "Rhine"))
GAPS = Cloze(stem="The {{Danube}} ends in the {{Black Sea}}.")


def test_what_was_not_right_can_be_claimed() -> None:
    assert claimable(Typed(("Donau",)), Grade(0.0))
    assert claimable(Typed(("Donau", "x")), Grade(0.5))
    assert not claimable(Typed(("Danube",)), Grade(1.0))
    assert not claimable(GaveUp(), Grade(0.0))
    assert not claimable(Rated(1), Grade(0.0, rating=1))


def test_only_what_was_not_typed_needs_a_reason() -> None:
    assert needs_reason(Chosen(("Elbe",)))
    assert not needs_reason(Typed(("Elbe",)))


@pytest.mark.parametrize(
    "same",
    [
        ("Donau", " donau. ", "the DONAU", "Do-nau"),
        ("4,000", "4000", "4 thousand"),
        ("5 km", "5 kilometres"),
        ("Zürich", "zurich"),
    ],
)
def test_answers_that_grading_does_not_tell_apart_are_one_claim(same: tuple[str, ...]) -> None:
    assert len({normal_form(Typed((text,))) for text in same}) == 1


def test_other_answers_are_other_claims() -> None:
    assert normal_form(Typed(("Donau",))) != normal_form(Typed(("Dunaj",)))
    assert normal_form(Typed(("a", "b"))) == "a / b"
    assert normal_form(Chosen(("Elbe", "Rhine"))) == "Elbe / Rhine"
    assert len(normal_form(Typed(("x" * 1_000,)))) == LONGEST_FORM


def test_a_short_answer_learns_a_form_and_no_longer_refuses_it() -> None:
    wider = accepting(RIVER, [Typed((" Donau ",))])
    assert wider == ShortAnswer(
        stem="Which river?", key="Danube", accept=("Donau",), distractors=("Elbe", "Rhine")
    )
    assert accepting(wider, [Typed(("donau",))]) == wider  # right already


def test_several_forms_are_learnt_at_once() -> None:
    wider = accepting(RIVER, [Typed(("Dunaj",)), Typed(("Istros",)), Typed(("dunaj",))])
    assert wider is not None
    assert wider.accept == ("Dunaj", "Istros")  # type: ignore[attr-defined]


def test_a_cloze_learns_what_is_in_its_wrong_gaps() -> None:
    wider = accepting(GAPS, [Typed(("Danube", "the Euxine | Sea"))])
    assert wider == Cloze(stem=r"The {{Danube}} ends in the {{Black Sea|the Euxine \| Sea}}.")


@pytest.mark.parametrize(
    ("content", "response"),
    [
        (RIVER, Typed(("Elbe",))),  # offered as a wrong option
        (RIVER, Chosen(("Elbe",))),
        (RIVER, GaveUp()),
        (GAPS, Typed(("Danube", ""))),
        (GAPS, GaveUp()),
        (Numeric(stem="How many?", value=Decimal(4)), Typed(("5",))),
        (SingleChoice(stem="Which?", key="a", distractors=("b", "c")), Chosen(("b",))),
    ],
)
def test_some_keys_only_an_author_can_write(content: Content, response: Response) -> None:
    assert accepting(content, [response]) is None


def test_a_short_answer_learns_what_is_wrong_where_grading_was_unsure() -> None:
    narrower = refusing(RIVER, [Typed(("Danub river",)), Typed(("danub river",)), Typed(("Elbe",))])
    assert narrower is not None
    assert narrower.refuse == ("Donau", "Danub river")  # type: ignore[attr-defined]
    assert kind_of(narrower).grade(narrower, Typed(("Danub river",))).verdict == "wrong"


def test_where_grading_is_sure_nothing_is_learnt_from_a_wrong_answer() -> None:
    assert refusing(RIVER, [Typed(("Istros",)), Typed(("Danube",)), Chosen(("Elbe",))]) is None


def test_a_gap_learns_what_is_wrong_where_grading_was_unsure() -> None:
    given = Typed(("Blue Danube", "Black Sea"))
    assert kind_of(GAPS).grade(GAPS, given).undecided
    narrower = refusing(GAPS, [given, given])
    assert narrower == Cloze(stem="The {{Danube|not: Blue Danube}} ends in the {{Black Sea}}.")


def test_what_cannot_be_written_into_the_question_is_left_to_its_author() -> None:
    given = Typed(("Blue Danube \ud800", "Black Sea"))
    assert kind_of(GAPS).grade(GAPS, given).undecided
    assert refusing(GAPS, [given]) is None


@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=3))
def test_an_accepting_key_is_sound_and_accepts(texts: list[str]) -> None:
    responses = [Typed((text,)) for text in texts]
    wider = accepting(RIVER, responses)
    if wider is not None:
        kind = kind_of(wider)
        assert not kind.problems(wider)
        assert all(kind.grade(wider, response).right for response in responses)
        assert kind.grade(wider, Typed(("Danube",))).right
