"""Dates in figures and with a month's name."""

import pytest

from quizapp.domain.sources.articles.dates import before_date, iso_date, written_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("12 March 2024", "2024-03-12"),
        ("Published 8 November 2023", "2023-11-08"),
        ("By Ann Lee Mar. 3, 2019", "2019-03-03"),
        ("Von Ann Lee 3. März 2019", "2019-03-03"),
        ("el 5 de mayo de 2021", "2021-05-05"),
        ("le 1er août 2020", "2020-08-01"),
        ("2021-05-03, and 12 March 2024", "2021-05-03"),
        ("31 February 2024", ""),
        ("in March, and later", ""),
    ],
)
def test_a_written_date(text, date):
    assert written_date(text) == date


def test_figures_alone():
    assert iso_date("on 2021/5/3 at noon") == iso_date("20210503T12") == "2021-05-03"
    assert iso_date("2021-13-03") == iso_date("soon") == iso_date("12 March 2024") == ""


@pytest.mark.parametrize(
    "line",
    ["Ann Lee March 3, 2019", "Ann Lee, 3. März 2019", "Ann Lee | 3 May 2019", "Ann Lee on 3 May 2019"],
)
def test_a_name_before_a_date(line):
    assert before_date(line) == "Ann Lee"
