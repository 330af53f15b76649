"""Names in a class."""

from __future__ import annotations

import pytest

from quizapp.domain.classes.names import LONGEST, read_name
from quizapp.domain.errors import Invalid


@pytest.mark.parametrize("text", ["", "  ", "...", "x" * (LONGEST + 1), "An\u202ena", "Anna\0"])
def test_what_is_no_name_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_name(text)
    assert [problem.field for problem in refused.value.problems] == ["name"]


def test_spaces_around_and_within_a_name_are_put_in_order() -> None:
    assert read_name("  Anna \t Maria ") == "Anna Maria"
