"""English verb forms."""

import pytest

from quizapp.domain.drafting.sentences import verbs


@pytest.mark.parametrize(
    ("form", "before", "behind"),
    [
        ("built", "did", "build"),
        ("opened", "did", "open"),
        ("carries", "does", "carry"),
        ("reaches", "does", "reach"),
        ("planned", "did", "plan"),
        ("moved", "did", "move"),
        ("played", "did", "play"),
        ("traveled", "did", "travel"),
        ("was", "was", ""),
    ],
)
def test_a_question_is_asked_with_did_does_or_the_auxiliary(form, before, behind):
    assert verbs.question_form(form) == (before, behind)


def test_what_is_not_listed_is_no_verb():
    assert verbs.question_form("bridge") is None


def test_plurals_that_are_nouns_more_often_are_not_clearly_verbs():
    assert "signs" in verbs.FINITE
    assert "signs" not in verbs.CLEARLY_FINITE
