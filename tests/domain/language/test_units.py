"""Units: names, plurals, ratios, and names that leave open which unit is meant."""

from decimal import Decimal

import pytest

from quizapp.domain.language import units


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("", ""),
        ("us dollars", "USD"),
        ("u.s. dollars", "USD"),
        ("per cent", "%"),
        ("percent of voters", "%"),
        ("tonnes of coal", "tonne"),
        ("km/h", "hour^-1 · kilometre^1"),
        ("KM", "kilometre"),
        ("1/s", "second^-1"),
        ("kilometers per hour", "hour^-1 · kilometre^1"),
        ("people per km2", "person/kilometre^2"),
        ("economies", "economy"),
        ("of trade", "trade"),
        ("glass", "glass"),
        ("students of law", "student of law"),
        ("flights per airport", "flight/airport"),
        ("5 apples", None),
        ("or more", None),
        ("th", None),
        ("a b c d e f g h i", None),
        ("(approx)", None),
        ("or per hour", None),
    ],
)
def test_words_name_a_unit_or_none(text, unit):
    assert units.canonical(text) == unit


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("USD", "USD", True),
        ("dollar", "USD", True),
        ("USD", "dollar", True),
        ("CAD", "USD", False),
        ("dollar/barrel", "USD/barrel", True),
        ("USD/barrel", "USD/tonne", False),
        ("USD/barrel", "USD", False),
        ("%", "percentage point", False),
    ],
)
def test_units_are_the_same_where_one_name_can_mean_the_other(one, other, same):
    assert units.same(one, other) is same


@pytest.mark.parametrize(
    ("before", "after", "unit"),
    [
        ("dollar", "USD", "USD"),
        ("CAD", "dollar", "CAD"),
        ("EUR", "", "EUR"),
        ("", "tonne", "tonne"),
        ("dollar", "per barrel", "dollar/barrel"),
        ("EUR", "USD", None),
        ("dollar", "person", None),
    ],
)
def test_units_before_and_behind_a_number_agree_or_contradict(before, after, unit):
    assert units.joined(before, after) == unit


def test_a_measure_is_known_and_words_are_not():
    assert units.is_known("USD/barrel")
    assert not units.is_known("china policy")


@pytest.mark.parametrize(
    ("one", "other", "line"),
    [
        ("USD", "USD", (1, 0)),
        ("cent", "USD", (Decimal("0.01"), 0)),
        ("%", "", (Decimal("0.01"), 0)),
        ("", "metre", None),
    ],
)
def test_a_value_in_one_unit_is_a_line_of_the_other(one, other, line):
    assert units.conversion(one, other) == line
