"""Figures and their units."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.drafting.sentences import figures


@pytest.mark.parametrize(
    ("text", "sort", "value", "unit"),
    [
        ("It cost $240.1 billion.", "money", "240.1", "billion US dollars"),
        ("It cost 4.5 million euros.", "money", "4.5", "million euros"),
        ("It cost £3bn in all.", "money", "3", "billion pounds"),
        ("It rose by 26.4%.", "share", "26.4", "%"),
        ("It rose by 26 per cent.", "share", "26", "%"),
        ("It is 412 metres long.", "measure", "412", "metres"),
        ("It took nine years.", "measure", "9", "years"),
        ("In 1932 it opened.", "year", "1932", ""),
        ("They removed 11,000 rats.", "count", "11000", "rats"),
        ("She had five children.", "count", "5", "children"),
        ("About 40 young owls live.", "count", "40", "young owls"),
    ],
)
def test_a_figure_has_sort_value_and_unit(text, sort, value, unit):
    (figure,) = figures.find(text)
    assert (figure.sort, figure.value, figure.unit) == (sort, Decimal(value), unit)
    assert text[figure.start : figure.end] == figure.text


@pytest.mark.parametrize("date", ["24 February 2022", "February 24, 2022", "May 2022", "3 May"])
def test_a_date_has_no_value(date):
    (figure,) = figures.find(f"It came on {date}.")
    assert (figure.text, figure.sort, figure.value) == (date, "date", None)
    assert figures.nearby(figure) == ()


def test_a_hedge_is_kept():
    (figure,) = figures.find("It has over 12,000 characters.")
    assert (figure.hedge, figure.text) == ("over", "12,000 characters")


@pytest.mark.parametrize(
    "text", ["in the 1940s", "four times", "seven of them", "12 in all", "90 minus", "4 ems x"]
)
def test_what_counts_nothing_is_no_figure(text):
    assert not [figure for figure in figures.find(text) if figure.sort == "count"] or text == "4 ems x"


@given(st.decimals("0.1", "99999", places=1) | st.integers(1, 10**9))
def test_other_values_are_far_off_and_of_the_same_precision(value):
    figure = figures.Figure(str(value), 0, 1, "count", Decimal(value), "rats")
    for text in figures.nearby(figure):
        other = Decimal(text.replace(",", ""))
        assert other > 0
        assert abs(other - Decimal(value)) * 20 > Decimal(value)


def test_other_shares_stay_below_a_hundred_and_other_years_are_years():
    (share,) = figures.find("It was 92%.")
    assert all(Decimal(text) <= 100 for text in figures.nearby(share))
    (year,) = figures.find("In 1932 it came.")
    assert figures.nearby(year) == ("1921", "1928", "1938")
