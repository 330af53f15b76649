"""Dates in any common order and spelling, and what each of them says."""

from __future__ import annotations

import pytest

from quizapp.domain.library.grading.reading import dates
from quizapp.domain.library.grading.reading.dates import Date

DAY = Date(2024, 5, 16)


@pytest.mark.parametrize(
    "text",
    [
        "16 May 2024", "16th May 2024", "16th of May, 2024", "May 16, 2024", "May 16th 2024", "Thursday, 16 May 2024",
        "2024-05-16", "2024/5/16", "16.5.2024", "16/05/24", "5/16/2024", "on 16 May 2024", "2024 May 16",
    ],
)  # fmt: skip
def test_every_usual_spelling_of_a_day_is_read(text: str) -> None:
    assert DAY in dates.readings(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("5/6/2024", (Date(2024, 6, 5), Date(2024, 5, 6))),
        ("5/5/2024", (Date(2024, 5, 5),)),
        ("03/2024", (Date(2024, 3),)),
        ("2024-03", (Date(2024, 3),)),
        ("Jul 1909", (Date(1909, 7),)),
        ("Sept.", (Date(None, 9),)),
        ("June 16", (Date(None, 6, 16),)),
        ("early 1922", (Date(1922, edge="early"),)),
        ("44 BC", (Date(44, before_christ=True),)),
        ("444 B.C.", (Date(444, before_christ=True),)),
        ("AD 1949", (Date(1949),)),
        ("13/13/2024", ()),
        ("1/40/2024", ()),
        ("13.2024", ()),
        ("32 May 2024", ()),
        ("16 2024", ()),
        ("May May", ()),
        ("4 tigers", ()),
        ("01069", ()),
        ("5000", ()),
        ("x", ()),
    ],
)
def test_what_a_text_can_mean(text: str, read: tuple[Date, ...]) -> None:
    assert dates.readings(text) == read


@pytest.mark.parametrize(
    ("answer", "forms", "contradict"),
    [
        ("17 May 2024", ["16 May 2024"], True),
        ("May 2024", ["16 May 2024"], False),
        ("444 BC", ["444"], True),
        ("17 May 2024", ["a Friday in May"], False),
        ("tigers", ["16 May 2024"], False),
    ],
)
def test_dates_contradict_where_they_differ_in_what_both_say(
    answer: str, forms: list[str], contradict: bool
) -> None:
    assert dates.contradict(answer, forms) is contradict
