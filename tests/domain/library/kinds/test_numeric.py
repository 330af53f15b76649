from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.errors import InvalidContent, MalformedResponse
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
from quizapp.domain.library.kinds.numeric import Numeric, NumericKind
from tests.counting import calls

KIND = NumericKind()
TRADE = Numeric(
    stem="How much?",
    value=Decimal("240.1"),
    unit="billion US dollars",
    distractors=("190.3", "210", "$300bn"),
)
EXACT, NUMBER, UNIT, TOLERANCE = (), Forgiven.NUMBER_FORMAT, Forgiven.UNIT_FORMAT, Forgiven.TOLERANCE


def content(value: object = "5", **changes: object) -> Numeric:
    decimals = {
        name: Decimal(str(each)) if name in {"low", "high"} else each for name, each in changes.items()
    }
    return Numeric(**{"stem": "?", "value": None if value is None else Decimal(str(value)), **decimals})


def fields(value: object = "5", **changes: object) -> list[str]:
    return [problem.field for problem in KIND.problems(content(value, **changes))]


def score(asked: Numeric, text: str) -> float:
    return KIND.grade(asked, Typed((text,))).score


# --- soundness -----------------------------------------------------------------------------------


def test_sound_content_has_no_problems() -> None:
    assert KIND.problems(TRADE) == ()
    assert fields() == fields(tolerance="0.5") == fields(tolerance="1 %") == []
    assert fields(None, low=1, high=2) == []
    assert fields(unit="km", units=("kilometre", "kms"), unit_required=True) == []
    assert fields(unit="billion dollars", units=("bn", "billion USD", "dollars")) == []


def test_unsound_figures_are_named_by_field() -> None:
    assert fields(stem="") == ["stem"]
    assert fields(None) == ["value"]
    assert fields(low=1, high=2) == fields(low=1) == ["value"]
    assert fields(None, low=1) == ["high"]
    assert fields(None, high=1) == ["low"]
    assert fields(None, low=2, high=2) == ["high"]
    assert fields("NaN") == fields("Infinity") == fields("1E+99999") == fields("1E-99999") == ["value"]
    assert fields("1" * 31) == ["value"]
    assert fields(None, low="sNaN", high=1) == ["low"]


def test_unsound_units_and_tolerances_are_named_by_field() -> None:
    assert fields(unit_required=True) == ["unit"]
    assert fields(unit="5 km") == ["unit"]
    assert fields(unit="x" * 61) == ["unit"]
    assert fields(units=("",)) == ["units"]
    assert fields(unit="billion dollars", units=("million dollars",)) == ["units"]
    assert fields(tolerance="some") == fields(tolerance="-1") == fields(tolerance="1e9") == ["tolerance"]
    assert fields(None, low=1, high=2, tolerance="1") == ["tolerance"]
    assert fields(tolerance_reason="x" * 501) == ["tolerance_reason"]


def test_unsound_distractors_are_named() -> None:
    assert fields(distractors=("6",)) == ["distractors"]
    assert fields(distractors=tuple(map(str, range(6, 27)))) == ["distractors"]
    assert fields(distractors=("6", "many")) == ["distractors"]
    assert fields(distractors=("6", "5.0")) == fields(distractors=("6", "five")) == ["distractors"]
    assert fields(tolerance="1", distractors=("6", "7")) == ["distractors"]
    assert fields(distractors=("6", "6")) == ["distractors"]
    assert fields(unit="km", distractors=("6", "6 km")) == ["distractors"]
    assert fields(None, low=1, high=2, distractors=("6", "7")) == ["distractors"]


def test_content_without_a_figure_is_not_graded() -> None:
    with pytest.raises(InvalidContent):
        score(content(None), "5")
    with pytest.raises(InvalidContent):
        score(content(tolerance="some"), "5")


# --- grading -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "forgiven"),
    [
        ("240.1", EXACT),
        (" 240.1 ", EXACT),
        ("240.1 billion US dollars", EXACT),
        ("240.1 Billion US Dollars", EXACT),
        ("$240.1bn", (UNIT,)),
        ("US$240.1 billion", (UNIT,)),
        ("about 240.1 billion dollars", (UNIT,)),
        ("240,1", (NUMBER,)),
        ("240,1 billion", (NUMBER, UNIT)),
        ("240.1e9", (NUMBER,)),
        ("2.401×10¹¹", (NUMBER,)),
        ("240100000000", (NUMBER,)),
        ("240 100 000 000 dollars", (NUMBER, UNIT)),
        ("240,100 million USD", (UNIT,)),
        ("240.1 thousand million", (UNIT,)),
        ("two hundred forty point one billion US dollars", (NUMBER,)),
    ],
)
def test_spellings_of_the_right_figure_are_right_and_say_what_was_forgiven(
    text: str, forgiven: tuple[Forgiven, ...]
) -> None:
    assert KIND.grade(TRADE, Typed((text,))).parts == (Part(text, "240.1 billion US dollars", 1.0, forgiven),)


@pytest.mark.parametrize(
    "text",
    [
        "240.1 million",
        "240.1 thousand",
        "240",
        "241",
        "24.01",
        "-240.1",
        "240.1k",
        "",
        "lots",
        "240.1 240.1",
        "240.1%",
    ],
)
def test_other_figures_are_wrong(text: str) -> None:
    assert score(TRADE, text) == 0


@pytest.mark.parametrize("text", ["€240.1bn", "240.1 billion yuan", "240.1 billion people", "240.1 euros"])
def test_another_unit_is_wrong_and_said(text: str) -> None:
    (part,) = KIND.grade(TRADE, Typed((text,))).parts
    assert part.score == 0
    assert "but the unit isn’t" in part.note


@pytest.mark.parametrize(
    ("unit", "text", "right"),
    [
        ("km", "5", False),
        ("km", "5 km", True),
        ("km", "5 kilometres", True),
        ("million people", "5", False),
        ("million people", "5 people", False),
        ("million people", "5m people", True),
        ("million people", "5 million", False),
        ("million people", "5,000,000 people", True),
        ("million", "5", False),
        ("million", "5m", True),
        ("million", "5000000", True),
    ],
)
def test_a_required_unit_must_be_typed_in_full(unit: str, text: str, right: bool) -> None:
    (part,) = KIND.grade(content(unit=unit, unit_required=True), Typed((text,))).parts
    assert (part.score == 1) is right
    assert ("The unit is" in part.note) is not right


def test_a_wrong_figure_with_a_required_unit_is_just_wrong() -> None:
    assert KIND.grade(content(unit="km", unit_required=True), Typed(("6",))).parts[0].note == ""


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("5", True),
        ("5 apples", True),
        ("$5", True),
        ("5%", False),
        ("5 km", False),
        ("5 million", False),
        ("five", True),
    ],
)
def test_without_a_unit_a_noun_or_a_currency_may_follow_and_no_measure(text: str, right: bool) -> None:
    assert bool(score(content(), text)) is right


def test_other_names_of_the_unit_are_right() -> None:
    fridges = content(unit="fridges", units=("refrigerators",))
    assert KIND.grade(fridges, Typed(("5 refrigerators",))).forgiven == ()
    assert KIND.grade(fridges, Typed(("5 Refrigerator",))).forgiven == (UNIT,)
    assert score(fridges, "5 ovens") == 0


def test_an_ambiguous_spelling_is_right_if_either_reading_is() -> None:
    assert score(content("1234"), "1,234") == score(content("1.234"), "1,234") == 1
    assert score(content(unit="m"), "5 m") == score(content(unit="million people"), "5 m") == 1


@pytest.mark.parametrize(
    ("value", "tolerance", "text", "right"),
    [
        ("240.1", "0.1", "240", True),
        ("240.1", "0.1", "240.2", True),
        ("240.1", "0.1", "239.99", False),
        ("200", "1%", "198", True),
        ("200", "1%", "202.0001", False),
        ("-200", "1%", "-202", True),
        ("0", "1%", "0", True),
        ("0.3", "0.1", "0.2", True),
        ("2022", "0", "2022", True),
    ],
)
def test_tolerance_is_exact_at_its_ends(value: str, tolerance: str, text: str, right: bool) -> None:
    grade = KIND.grade(content(value, tolerance=tolerance), Typed((text,)))
    assert grade.right is right
    assert (TOLERANCE in grade.forgiven) is (right and Decimal(text) != Decimal(value))


def test_tolerance_holds_for_figures_in_full() -> None:
    asked = content("240.1", unit="billion dollars", tolerance="0.1")
    assert KIND.grade(asked, Typed(("240 billion",))).forgiven == (UNIT, TOLERANCE)
    assert score(asked, "240000000000") == 1


def test_a_range_holds_its_ends() -> None:
    asked = content(None, low=10, high=20, unit="%")
    assert [score(asked, text) for text in ("9.9", "10", "15%", "20", "20.1")] == [0, 1, 1, 1, 0]
    assert KIND.grade(asked, Typed(("15",))).parts == (Part("15", "10–20%", 1.0),)


# --- asking --------------------------------------------------------------------------------------


def test_the_unit_stands_behind_the_line_unless_it_must_be_typed() -> None:
    assert KIND.prompt(TRADE, Format.TYPE, "s").controls == (
        TextEntry("answer", "Your answer", "billion US dollars", numeric=True),
    )
    asked = content(unit="km", unit_required=True)
    assert KIND.prompt(asked, Format.TYPE, "s").controls == (
        TextEntry("answer", "Your answer, with its unit", numeric=True),
    )
    assert KIND.formats(asked) == (Format.TYPE,)


def test_a_unit_that_must_be_typed_is_asked_for_again_and_tells_nothing() -> None:
    asked = content(42, unit="km", unit_required=True)
    for text in ("42", "41", "about 1,000", "forty-two"):
        assert KIND.lacking(asked, Typed((text,))) == "Type the unit, too."
    for text in ("42 km", "42 miles", "far", "42k"):
        assert KIND.lacking(asked, Typed((text,))) == ""
    assert KIND.lacking(asked, GaveUp()) == ""
    assert KIND.lacking(content(42, unit="km"), Typed(("42",))) == ""


def test_options_wear_the_dress_of_the_key() -> None:
    assert KIND.formats(TRADE) == (Format.CHOOSE, Format.TYPE)
    (control,) = KIND.prompt(TRADE, Format.CHOOSE, "s").controls
    assert isinstance(control, Choices)
    assert sorted(control.options) == [
        "$300bn",
        "190.3 billion US dollars",
        "210 billion US dollars",
        "240.1 billion US dollars",
    ]


@pytest.mark.parametrize(
    ("unit", "key"),
    [("%", "5%"), ("°C", "5°C"), ("$", "$5"), ("km", "5 km"), ("", "5"), ("% of GDP", "5% of GDP")],
)
def test_units_stand_where_readers_expect_them(unit: str, key: str) -> None:
    assert KIND.outline(content(unit=unit)).keys == (key,)


def test_chosen_answers_are_graded() -> None:
    assert KIND.grade(TRADE, Chosen(("240.1 billion US dollars",))).right
    assert KIND.grade(TRADE, Chosen(("$300bn",))).parts == (Part("$300bn", "240.1 billion US dollars", 0.0),)
    assert KIND.grade(TRADE, GaveUp()).parts == (Part("", "240.1 billion US dollars", 0.0),)


@pytest.mark.parametrize("response", [Typed(()), Typed(("5", "5")), Arranged(("5",))])
def test_other_responses_are_refused(response: Response) -> None:
    with pytest.raises(MalformedResponse):
        KIND.grade(TRADE, response)


def test_outline_and_chance() -> None:
    keys = ("240.1 billion US dollars",)
    distractors = ("190.3 billion US dollars", "210 billion US dollars", "$300bn")
    assert KIND.outline(TRADE) == Outline(keys, distractors=distractors)
    assert KIND.chance(TRADE, Format.CHOOSE) == 0.25
    assert KIND.chance(TRADE, Format.TYPE) == 0.01


@given(st.text(max_size=2000) | st.text(alphabet="0123456789.,' -$€%kmbn½²^ex", max_size=40))
def test_any_text_is_graded_alike_in_nfc_and_nfd(text: str) -> None:
    for asked in (TRADE, content(unit="m", unit_required=True), content(None, low=0, high=10)):
        grade = KIND.grade(asked, Typed((text,)))
        assert grade.score in {0.0, 1.0}
        for form in ("NFC", "NFD"):
            other = KIND.grade(asked, Typed((unicodedata.normalize(form, text),)))
            assert (other.score, other.forgiven) == (grade.score, grade.forgiven)


@pytest.mark.parametrize(
    "text", ["9" * 1_000_000, "1e999999999", "1." * 500_000, "½" * 1_000_000, "9" * 5000]
)
def test_long_figures_are_wrong_at_little_cost(text: str) -> None:
    assert score(TRADE, text) == 0
    assert calls(lambda: score(TRADE, text)) < 1_000, "whatever is too long is not read"


def test_examples_are_sound_and_graded_as_they_say() -> None:
    for example in KIND.examples:
        assert KIND.problems(example.content) == ()
        assert all(KIND.grade(example.content, response).right for response in example.right)
        assert all(KIND.grade(example.content, response).partly for response in example.partly)
        assert all(KIND.grade(example.content, response).score == 0 for response in example.wrong)


def test_capital_and_small_letters_matter_in_units() -> None:
    grade = NumericKind().grade(Numeric(stem="?", value=Decimal(5), unit="MW"), Typed(("5 mW",)))
    assert grade.score == 0
    assert "but the unit isn’t" in grade.parts[0].note


def test_thousands_are_no_decimals() -> None:
    content = Numeric(stem="?", value=Decimal(5))
    assert NumericKind().grade(content, Typed(("5,000",))).score == 0


@pytest.mark.parametrize(
    ("value", "unit", "text", "right"),
    [
        (3600, "s", "60 min", True),
        (3600, "s", "1 h", True),
        (3600, "s", "60 m", False),
        ("42.195", "km", "42195 m", True),
        ("42.195", "km", "42,195 km", True),
        (20, "°C", "68 °F", True),
        (20, "°C", "293.15 K", True),
        (20, "°C", "20 °F", False),
        (20, "°C", "20 deg C", True),
        ("0.30", "$", "30 cents", True),
        ("0.5", "", "50%", True),
        (10, "N", "10 kg m/s²", True),
        (10, "m·s⁻²", "10 m/s^2", True),
        (5, "km/h", "5 kph", True),
        (373, "K", "373000", False),
        (373, "K", "373 thousand", False),
        (273, "kelvin", "273 K", True),
        (8849, "m above sea level", "8849 m", True),
        (8849, "m above sea level", "8849000000", False),
        (12000, "", "12k", True),
        (240, "billion dollars", "$240bn a year", True),
        ("0.75", "", "3 quarters", True),
        (3, "", "3 quarters", False),
        (1949, "", "October 1949", True),
        (1949, "", "AD 1949", True),
        (1949, "", "1949 BC", False),
        (1949, "", "1949%", False),
    ],
)
def test_units_are_read_with_their_case_and_converted(value: str, unit: str, text: str, right: bool) -> None:
    asked = Numeric(stem="How much?", value=Decimal(value), unit=unit)
    assert KIND.grade(asked, Typed((text,))).right is right


def test_a_converted_answer_says_so() -> None:
    asked = Numeric(stem="How long?", value=Decimal(3600), unit="s")
    assert Forgiven.OTHER_UNIT in KIND.grade(asked, Typed(("60 min",))).forgiven


@pytest.mark.parametrize(
    "text", ["42–42.2 km", "42-42.2", "42 to 42.2 km", "between 42 and 42.2 kilometres", "42.1"]
)
def test_a_range_may_be_typed_as_a_range(text: str) -> None:
    asked = Numeric(stem="How long?", low=Decimal(42), high=Decimal("42.2"), unit="km")
    assert KIND.grade(asked, Typed((text,))).right


@pytest.mark.parametrize("text", ["42–43 km", "41 to 42.2 km", "42–42.2 miles", "km"])
def test_another_range_is_wrong(text: str) -> None:
    asked = Numeric(stem="How long?", low=Decimal(42), high=Decimal("42.2"), unit="km")
    assert not KIND.grade(asked, Typed((text,))).right


@pytest.mark.parametrize(
    "text", ["2 full days", "a two-day visit", "two days", "for 2 days", "2 days in May 2024"]
)
def test_the_questions_own_words_count_for_nothing(text: str) -> None:
    asked = Numeric(
        stem="How many days did the visit of May 2024 last?",
        value=Decimal(2),
        unit="days",
        units=("day visit",),
    )
    assert KIND.grade(asked, Typed((text,))).right
