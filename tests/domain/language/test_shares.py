"""Shares and sentences with a percent sign: no line breaks between the number and the sign."""

from __future__ import annotations

import pytest

from quizapp.domain.language.text import percent, percents
from quizapp.domain.language.translation import gettext, ngettext

SPACE = "\N{NO-BREAK SPACE}"


def test_a_share_and_a_range_are_whole() -> None:
    assert percent(0.824) == f"82{SPACE}%"
    assert percents(45, 90) == f"45–90{SPACE}%"
    assert percents(90, 90) == f"90{SPACE}%"


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Choose 80 % to 95 %.", f"Choose 80{SPACE}% to 95{SPACE}%."),
        ("{percent} % more time", f"{{percent}}{SPACE}% more time"),
        ("at least %(share)s %% of it", f"at least %(share)s{SPACE}%% of it"),
        ("one of %(count)s %(name)s", "one of %(count)s %(name)s"),
        ("%(count)s %d", "%(count)s %d"),
        ("No sign", "No sign"),
    ],
)
def test_a_message_keeps_its_numbers_and_signs_together(message: str, said: str) -> None:
    assert gettext(message) == said


def test_so_does_one_that_counts() -> None:
    assert ngettext("{count} % of {count}", "{count} % of all", 2) == f"2{SPACE}% of all"
