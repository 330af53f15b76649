from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.errors import MalformedResponse
from quizapp.domain.language.forgiven import Forgiven
from quizapp.domain.library.kinds.base import (
    Arranged,
    Choices,
    Chosen,
    Format,
    GaveUp,
    Outline,
    Part,
    Response,
    TextEntry,
    Typed,
)
from quizapp.domain.library.kinds.short_answer import ShortAnswer, ShortAnswerKind
from tests.counting import calls

KIND = ShortAnswerKind()
CITY = ShortAnswer(
    stem="Which city?",
    key="Athens",
    accept=("Athína",),
    refuse=("Athena",),
    distractors=("Sydney", "Beijing"),
    hint="In Greece.",
)


def fields(**changes: object) -> list[str]:
    content = ShortAnswer(**{"stem": "?", "key": "Athens", **changes})
    return [problem.field for problem in KIND.problems(content)]


def test_sound_content_has_no_problems() -> None:
    assert fields() == []
    assert fields(accept=("Athina", "athens", "the city of Athens"), refuse=("Athena",)) == []
    assert fields(distractors=tuple("bcdefg")) == []
    assert fields(key="Slovenia", distractors=("Slovakia", "Slovenie")) == []


def test_unsound_content_is_named_by_field() -> None:
    assert fields(stem="") == ["stem"]
    assert fields(stem="x" * 4001) == ["stem"]
    assert fields(key=" ") == ["key"]
    assert fields(key="a\x00") == ["key"]
    assert fields(key="x" * 1001) == ["key"]
    assert fields(accept=("",)) == ["accept"]
    assert fields(accept=("Athens",)) == ["accept"]
    assert fields(accept=("Athina", "Athina")) == ["accept"]
    assert fields(refuse=("Athena", "Athena")) == ["refuse"]
    assert fields(distractors=("Sydney",)) == ["distractors"]
    assert fields(distractors=tuple("bcdefghijklmnopqrstuv")) == ["distractors"]
    assert fields(distractors=("Sydney", "sydney")) == ["distractors"]


def test_contradictions_are_named_with_the_remedy() -> None:
    assert fields(refuse=("Athens",)) == ["refuse"]
    assert fields(refuse=("athens",)) == []  # case may be what is asked
    assert fields(distractors=("Sydney", "The Athens")) == ["distractors"]
    assert fields(key="4", distractors=("four", "5")) == ["distractors"]
    (problem,) = KIND.problems(ShortAnswer(stem="?", key="Athens", refuse=("Athens",)))
    assert "Remove one of them" in problem.message


def test_it_is_chosen_first_where_it_has_distractors() -> None:
    assert KIND.formats(CITY) == (Format.CHOOSE, Format.TYPE)
    assert KIND.formats(ShortAnswer(stem="?", key="a")) == (Format.TYPE,)


def test_prompts_show_options_or_a_line_to_type() -> None:
    (choices,) = KIND.prompt(CITY, Format.CHOOSE, "s").controls
    assert isinstance(choices, Choices)
    assert sorted(choices.options) == ["Athens", "Beijing", "Sydney"]
    prompt = KIND.prompt(CITY, Format.TYPE, "s")
    assert prompt.controls == (TextEntry("answer", "Your answer"),)
    assert prompt.has_hint


def test_typed_answers_are_graded_with_what_was_forgiven() -> None:
    assert KIND.grade(CITY, Typed(("Athens",))).parts == (Part("Athens", "Athens", 1.0),)
    assert KIND.grade(CITY, Typed(("atehns",))).forgiven == (Forgiven.SLIP,)
    assert KIND.grade(CITY, Typed(("Athina",))).forgiven == (Forgiven.ACCENTS,)
    assert not KIND.grade(CITY, Typed(("Sydney",))).right
    assert not KIND.grade(CITY, Typed(("",))).right
    assert not KIND.grade(ShortAnswer(stem="?", key="Athens", exact=True), Typed(("Atehns",))).right


def test_a_near_miss_is_told_to_mean_something_else() -> None:
    grade = KIND.grade(CITY, Typed(("athena",)))
    assert grade.parts == (Part("athena", "Athens", 0.0, note="“Athena” means something else."),)


def test_chosen_answers_are_graded() -> None:
    assert KIND.grade(CITY, Chosen(("Athens",))).right
    assert KIND.grade(CITY, Chosen(("Sydney",))).parts == (Part("Sydney", "Athens", 0.0),)
    assert not KIND.grade(CITY, Chosen(("Athens", "Sydney"))).right
    assert KIND.grade(CITY, GaveUp()).parts == (Part("", "Athens", 0.0),)


@pytest.mark.parametrize("response", [Typed(()), Typed(("a", "b")), Arranged(("a",))])
def test_other_responses_are_refused(response: Response) -> None:
    with pytest.raises(MalformedResponse):
        KIND.grade(CITY, response)


def test_a_choice_is_refused_where_none_was_offered() -> None:
    with pytest.raises(MalformedResponse):
        KIND.grade(ShortAnswer(stem="?", key="a"), Chosen(("a",)))


def test_outline_and_chance() -> None:
    assert KIND.outline(CITY) == Outline(("Athens",), ("Athína",), ("Sydney", "Beijing"))
    assert KIND.chance(CITY, Format.CHOOSE) == pytest.approx(1 / 3)
    assert KIND.chance(CITY, Format.TYPE) == 0.01


@given(st.text(max_size=2000))
def test_any_text_is_graded_alike_in_nfc_and_nfd(text: str) -> None:
    grade = KIND.grade(CITY, Typed((text,)))
    assert grade.score in {0.0, 1.0}
    for form in ("NFC", "NFD"):
        other = KIND.grade(CITY, Typed((unicodedata.normalize(form, text),)))
        assert (other.score, other.forgiven) == (grade.score, grade.forgiven)


@pytest.mark.parametrize(
    "text", ["a" * 1_000_000, "é" * 1_000_000, "-. " * 333_333, "twenty-" * 140, "'-" * 500]
)
def test_long_answers_are_wrong_at_little_cost(text: str) -> None:
    grade = KIND.grade(CITY, Typed((text,)))
    assert calls(lambda: KIND.grade(CITY, Typed((text,)))) < 50 * min(len(text), 1_000)
    assert grade.score == 0
    assert len(grade.parts[0].given) <= 1000


def test_examples_are_sound_and_graded_as_they_say() -> None:
    for example in KIND.examples:
        assert KIND.problems(example.content) == ()
        assert all(KIND.grade(example.content, response).right for response in example.right)
        assert all(KIND.grade(example.content, response).partly for response in example.partly)
        assert all(KIND.grade(example.content, response).score == 0 for response in example.wrong)


def test_typed_words_are_graded_by_all_that_the_key_says() -> None:
    (question,) = KIND.typed(CITY)
    assert (question.forms, question.refused) == (("Athens", "Athína"), ("Athena",))
    assert question.others == ("Sydney", "Beijing")


def test_only_a_typed_answer_becomes_a_common_wrong_one() -> None:
    narrower = KIND.refusing(CITY, Typed((" Attica ",)))
    assert narrower is not None
    assert narrower.refuse == ("Athena", "Attica")
    assert KIND.grade(narrower, Typed(("attica",))).score == 0
    assert KIND.refusing(CITY, Chosen(("Sydney",))) is None
