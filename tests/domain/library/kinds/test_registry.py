from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from quizapp.domain.errors import InvalidContent, Missing
from quizapp.domain.library import kinds
from quizapp.domain.library.kinds.base import Chosen, Content, Grade, Part
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.library.kinds.writing.shape import content_of


class Sample(Content, frozen=True, kw_only=True, tag="sample", tag_field="kind"):
    amount: Decimal | None = None
    flag: bool = False
    pairs: tuple[tuple[str, str], ...] = ()
    count: int = 0


CHOICE = {"kind": "single_choice", "stem": "?", "key": "a", "distractors": ["b", "c"]}


def problems(written: dict[str, object]) -> dict[str, str]:
    with pytest.raises(InvalidContent) as caught:
        content_of(Sample, {"stem": "?", **written})
    assert all(f"{field}: {message}" in str(caught.value) for field, message in caught.value.problems)
    return dict(caught.value.problems)


def test_a_table_becomes_a_content() -> None:
    assert kinds.content_from(CHOICE) == SingleChoice(stem="?", key="a", distractors=("b", "c"))


@pytest.mark.parametrize("amount", [3, Decimal(3), "3", 3.0])
def test_numbers_of_every_spelling_become_decimals(amount: object) -> None:
    assert content_of(Sample, {"stem": "?", "amount": amount}).amount == Decimal(3)


def test_problems_say_what_is_wanted_and_where() -> None:
    assert problems({"stem": 3}) == {"stem": "must be a text, not a whole number."}
    assert problems({"flag": "yes"}) == {"flag": "must be true or false, not a text."}
    assert problems({"amount": True}) == {"amount": "must be a number or nothing, not true or false."}
    assert problems({"pairs": "a"}) == {"pairs": "must be a list, not a text."}
    assert problems({"pairs": [["a", "b"], ["c", 4]]}) == {
        "pairs": "entry 2.2: must be a text, not a whole number."
    }
    assert problems({"pairs": [["a"]]})["pairs"].startswith(
        "entry 1: cannot be read: Expected `array` of length 2"
    )
    assert problems({"amount": "x"})["amount"].startswith("cannot be read: ")


def test_every_problem_is_told_at_once() -> None:
    assert set(problems({"stem": 1, "flag": 1, "colour": "red"})) == {"stem", "flag", "colour"}


def test_an_unknown_field_is_named_with_the_nearest_known() -> None:
    told = problems({"pears": [], "colour": "red"})
    assert "Did you mean “pairs”?" in told["pears"]
    assert "Did you mean" not in told["colour"]
    assert "It has: amount, count, difficulty, flag, hint, pairs, rationale, stem." in told["colour"]


def test_an_unknown_kind_is_named_with_the_nearest_known() -> None:
    with pytest.raises(InvalidContent, match="Did you mean “single_choice”") as caught:
        kinds.content_from({**CHOICE, "kind": "single-choice"})
    assert [problem.field for problem in caught.value.problems] == ["kind"]
    for kind in (None, 3, ["x"], ""):
        with pytest.raises(InvalidContent, match="is not a kind"):
            kinds.content_from({**CHOICE, "kind": kind})
    with pytest.raises(Missing, match="Did you mean “true_false”"):
        kinds.kind_named("truefalse")


def test_stored_contents_are_stable_text() -> None:
    content = SingleChoice(stem="Größe?", key="a", distractors=("c", "b"), hint="")
    assert kinds.encode_content(content) == (
        '{"distractors":["c","b"],"key":"a","kind":"single_choice","stem":"Größe?"}'
    )


@pytest.mark.parametrize(
    "text", ["", "{", "{}", "null", '{"kind":"riddle"}', '{"kind":"true_false","stem":"x"}', b"\xff"]
)
def test_what_is_no_stored_content_is_refused(text: str | bytes) -> None:
    with pytest.raises(InvalidContent, match="cannot be read"):
        kinds.decode_content(text)


def test_decimals_are_stored_as_texts() -> None:
    assert '"amount":"0.10"' in kinds._ENCODER.encode(Sample(stem="?", amount=Decimal("0.10"))).decode()


def test_stored_responses_of_no_kind_are_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        kinds.decode_response('{"type":"sung","texts":[]}')


def test_an_unknown_kind_is_told_with_the_nearest_name() -> None:
    assert kinds.kind_named("cloze").name == "cloze"
    with pytest.raises(Missing, match="single_choice"):
        kinds.kind_named("single_choise")


def test_what_is_stored_is_read_back() -> None:
    content, response = kinds.content_from(CHOICE), Chosen(("a",))
    assert kinds.decode_content(kinds.encode_content(content)) == content
    assert kinds.decode_response(kinds.encode_response(response)) == response
    grade = kinds.kind_of(content).grade(content, response)
    assert kinds.decode_grade(kinds.encode_grade(grade)) == grade


def test_grades_stored_before_verdicts_existed_are_read_as_they_were() -> None:
    stored = '{"parts":[{"forgiven":["slip"],"given":"Atehns","key":"Athens","label":"","note":"","score":1.0}],"rating":null,"score":1.0}'
    grade = kinds.decode_grade(stored)
    assert (grade.score, grade.verdict, grade.parts[0].unsure) == (1.0, "right", False)


ASIDE = Part("no", "nay", 0.0)


def test_what_is_in_doubt_is_decided_part_by_part() -> None:
    doubt = Grade(
        1 / 3, (Part("a", "b", 0.0, unsure=True), Part("c", "c", 1.0), Part("d", "e", 0.0, unsure=True))
    )
    assert (doubt.verdict, doubt.by_word, len(doubt.undecided)) == ("unsure", False, 2)
    half = doubt.called((True,))
    assert (half.score, half.by_word, half.undecided) == (2 / 3, True, (doubt.parts[2],))
    assert (doubt.called((True, True)).score, doubt.called((True, True)).verdict) == (1.0, "right")
    other = doubt.called((False, False))
    assert (other.score, other.by_word, other.undecided, other.verdict) == (1 / 3, False, (), "wrong")


def test_what_is_not_in_doubt_stays_whatever_is_said() -> None:
    grade = Grade(0.25, (ASIDE, Part("c", "c", 1.0)))
    assert grade.called((True, True)) == grade
