import pytest

from quizapp.domain.library.bank import Examples
from quizapp.domain.library.kinds.base import Format


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({"stem": "How high is the harbour wall of Callao?"}, 1),
        ({"stem": "How high is the harbour wall of Callao?", "unit": "m"}, 0),
        ({"stem": "How many ships lie there?"}, 0),
        ({"stem": "In which calendar year was Lima founded?", "value": 1535}, 0),
        ({"stem": "When was Lima founded?", "value": 1535}, 0),
    ],
)
def test_a_figure_that_is_no_count_has_a_unit(complaints, fields, count):
    assert len(complaints("numeric-without-unit", "numeric", **fields)) == count


def test_kinds_without_units_need_none(complaints):
    assert not complaints("numeric-without-unit")
    assert not complaints("tolerance-without-reason")
    assert not complaints("few-accepted-forms")
    assert not complaints("few-examples")


def test_a_tolerance_says_why(complaints):
    assert complaints("tolerance-without-reason", "numeric", tolerance="1%")
    assert not complaints(
        "tolerance-without-reason", "numeric", tolerance="1%", tolerance_reason="It is rounded."
    )
    assert not complaints("tolerance-without-reason", "numeric")


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({"key": "Lima"}, 0),
        ({"key": "Ciudad de Lima"}, 1),
        ({"key": "Ciudad de Lima", "accept": ["Lima"]}, 0),
        ({"key": "no-limits"}, 1),
        (
            {"key": "Ciudad de Lima", "distractors": ["Quito", "Cusco"], "formats": (Format.CHOOSE,)},
            0,
        ),
    ],
)
def test_a_key_of_several_words_has_other_fair_forms(complaints, fields, count):
    assert len(complaints("few-accepted-forms", "short_answer", **fields)) == count


def test_examples_are_graded_by_the_kind(complaints):
    examples = Examples(right=(("Lima",), ("lima",)), wrong=(("Quito",), ("a", "b")))
    assert not complaints("examples-graded", "short_answer", examples=examples)


def test_a_right_example_that_is_graded_wrong_is_told(complaints):
    examples = Examples(right=(("Lime city",), ("a", "b")))
    assert complaints("examples-graded", "short_answer", examples=examples) == [
        "“Lime city” should be right, but is graded 0. Accept it.",
        "“a | b” should be right, but cannot be graded. Accept it.",
    ]


def test_a_wrong_example_that_is_graded_right_is_told(complaints):
    (message,) = complaints("examples-graded", "short_answer", examples=Examples(wrong=(("LIMA",),)))
    assert message == "“LIMA” should be wrong, but is graded right. Don’t accept it."


def test_an_answer_that_is_partly_right_is_not_right(complaints):
    stem = "{{Lima}} lies in {{Peru}}."
    examples = Examples(right=(("Lima", "Peru"),), wrong=(("Lima", "Chile"),))
    assert not complaints("examples-graded", "cloze", stem=stem, examples=examples)


def test_examples_are_for_typed_items(complaints):
    (message,) = complaints("examples-graded", examples=Examples(right=(("Lima",),)))
    assert "never typed" in message


def test_a_typed_item_has_enough_examples(complaints):
    few = Examples(right=(("Lima",),) * 8, wrong=(("Quito",),) * 4)
    enough = Examples(right=(("Lima",),) * 8, wrong=(("Quito",),) * 5)
    assert complaints("few-examples", "short_answer", examples=few)
    assert not complaints("few-examples", "short_answer", examples=enough)


@pytest.mark.parametrize(
    ("stem", "count"),
    [
        ("Peru sells {{copper}} and {{fish}}.", 1),
        ("Peru sells {{copper}}, {{fish}} or {{wool}}.", 2),
        ("Peru sells {{copper}} and buys {{wheat}}.", 0),
        ("Peru sells {{copper}}.", 0),
    ],
)
def test_gaps_in_no_order_of_their_own_are_told(complaints, stem, count):
    assert len(complaints("gaps-exchangeable", "cloze", stem=stem)) == count


def test_only_gaps_stand_side_by_side(complaints):
    assert not complaints("gaps-exchangeable")


def capital(identity, **fields):
    return {"kind": "short_answer", "id": identity, "fact": identity, "key": "Lima", **fields}


def test_items_with_one_key_take_one_anothers_forms(between):
    other = capital("other", accept=["Ciudad de los Reyes"])
    ((item, message),) = between("forms-differ", capital("one"), other)
    assert item == "one"
    assert "“Ciudad de los Reyes”" in message
    assert not between("forms-differ", capital("one", accept=["Ciudad de los Reyes"]), other)
    assert not between("forms-differ", capital("one", key="Quito"), other)
