"""What an author is told of a key: forms that people will type, and words one slip away."""

from __future__ import annotations

from quizapp.domain.library.grading.likely import near_words, refused
from quizapp.domain.library.grading.verdicts import Question, Strictness, Verdict


def test_common_words_one_slip_from_the_key_are_told() -> None:
    assert {"effect"}.isdisjoint(near_words("affect", "Which word?"))  # another first letter is no slip
    assert "photon" in near_words("proton", "Which particle?")
    assert "angle" in near_words("ankle", "Which joint?")
    assert near_words("New York", "Where?") == near_words("K2", "Which mountain?") == ()
    assert len(near_words("angle", "What?")) <= 5


def test_forms_that_people_type_and_grading_refuses_are_told() -> None:
    strict = Strictness.SPELLING
    assert refused(Question(("William Shakespeare",), stem="Who wrote it?")) == ()
    assert refused(Question(("William Shakespeare",), stem="What is the full name of who wrote it?")) != ()
    assert refused(Question(("16 May 2024",), stem="When?")) == ()
    assert refused(Question(("tiger",), stem="Which animal?")) == ()
    assert refused(Question(("tiger",), stem="Which animal?", strictness=strict)) == (
        ("tigers", Verdict.WRONG),
    )
    assert refused(Question(("United Nations",), stem="What is it called?")) == ()
    assert dict(refused(Question(("United Nations",), stem="What does UN stand for?"))) == {
        "UN": Verdict.WRONG
    }


def test_of_a_month_no_spelling_with_a_day_is_told() -> None:
    assert refused(Question(("May 2024",), stem="When?", strictness=Strictness.SPELLING)) == ()
