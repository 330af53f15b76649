"""Each rule says its reason where it should, and holds its tongue of a sound question or too few answers."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.corrections.analysis.certainty import Sums
from quizapp.domain.corrections.analysis.figures import Figures, FirstAnswers, OptionUse, Recall
from quizapp.domain.corrections.analysis.suspicions import LONGEST, NEW_ANSWERS, RULES, put_aside, suspicions
from tests.domain.corrections.analysis.test_figures import agreeing

TYPICAL = 8_000.0
SOUND = Figures(
    first=FirstAnswers(answers=60, score=36, chance=15, rest=agreeing(60, 0.4), median_ms=9_000),
    options=(OptionUse("Danube", True, 36, 17, 8), OptionUse("Elbe", False, 14, 2, 7), OptionUse("Oder", False, 10, 1, 5)),
    choices=60,
    third=20,
    recall=Recall(answers=100, expected=85.0, right=84.0, spread=12.0),
    words=12,
)  # fmt: skip


def options(*rows: tuple[str, bool, int, int, int]) -> Figures:
    return replace(SOUND, options=tuple(OptionUse(*row) for row in rows))


def first(**changes: object) -> Figures:
    return replace(SOUND, first=replace(SOUND.first, **changes))  # type: ignore[arg-type]


def said(figures: Figures) -> dict[str, str]:
    return dict(suspicions(figures, TYPICAL))


def test_of_a_sound_question_nothing_is_said() -> None:
    assert said(SOUND) == {}


def test_of_a_question_no_one_has_seen_nothing_is_said() -> None:
    assert suspicions(Figures(first=FirstAnswers()), 0.0) == ()


def test_a_key_that_the_strongest_do_not_choose() -> None:
    found = said(options(("Danube", True, 20, 2, 9), ("Elbe", False, 30, 17, 6), ("Oder", False, 10, 1, 5)))
    assert found["strongest-chose-another"] == (
        "17 of the 20 students who know the deck best chose “Elbe”, 2 the key. Is the key right?"
    )


def test_a_few_strong_students_who_err_prove_nothing() -> None:
    close = options(("Danube", True, 20, 8, 9), ("Elbe", False, 30, 11, 10), ("Oder", False, 10, 1, 1))
    assert "strongest-chose-another" not in said(close)
    wrong = options(("Danube", True, 20, 0, 9), ("Elbe", False, 30, 7, 1))
    assert "strongest-chose-another" not in said(replace(wrong, third=7))


def test_a_question_without_options_raises_no_suspicion_of_them() -> None:
    assert said(replace(SOUND, options=())) == {}


def test_fewer_right_than_by_guessing() -> None:
    found = said(first(score=2.5, chance=15))
    assert found["below-guessing"].startswith("2.5 of 60 were right the first time; guessing would give 15.")
    assert "below-guessing" not in said(first(answers=19, score=0, chance=5))
    assert "below-guessing" not in said(first(score=0, chance=0)), "what is typed cannot be guessed"


def test_a_question_that_the_strong_get_wrong() -> None:
    found = said(first(rest=agreeing(60, -0.5)))
    assert "correlation −0.50, 60 students" in found["works-against"]
    assert "works-against" not in said(first(rest=agreeing(60, -0.2))), "chance alone gives as much"
    assert "works-against" not in said(first(rest=agreeing(29, -0.9)))
    assert "works-against" not in said(first(rest=Sums(60, 60, 60, 0, 60, 0))), "all alike: no correlation"


def test_a_wrong_option_that_draws_the_strongest() -> None:
    found = said(options(("Danube", True, 26, 12, 8), ("Elbe", False, 10, 8, 0), ("Oder", False, 10, 0, 5)))
    assert found["draws-the-strongest"] == (
        "“Elbe” was chosen by 8 of the 20 strongest students and by none of the weakest. Could it be right too?"
    )
    assert "draws-the-strongest" not in said(options(("A", True, 9, 9, 9), ("B", False, 11, 8, 3)))


@pytest.mark.parametrize(
    ("right", "rule", "words"),
    [
        (
            50.0,
            "forgotten-sooner",
            "When it’s asked again, 50\N{NO-BREAK SPACE}% are right; 85\N{NO-BREAK SPACE}% were expected.",
        ),
        (
            99.0,
            "remembered-longer",
            "When it’s asked again, 99\N{NO-BREAK SPACE}% are right; 85\N{NO-BREAK SPACE}% were expected.",
        ),
    ],
)
def test_recall_that_was_not_predicted(right: float, rule: str, words: str) -> None:
    found = said(replace(SOUND, recall=replace(SOUND.recall, right=right)))
    assert found[rule].startswith(words)


@pytest.mark.parametrize(
    "recall",
    [
        Recall(answers=29, expected=27, right=10, spread=3),  # too few
        Recall(answers=30, expected=30, right=20, spread=0),  # predicted for certain
        Recall(answers=40, expected=30, right=27, spread=7),  # by chance
        Recall(answers=9_000, expected=7_000, right=6_500, spread=1_500),  # sure, and of no weight
    ],
)
def test_recall_of_which_nothing_can_be_said(recall: Recall) -> None:
    assert said(replace(SOUND, recall=recall)) == {}


def test_a_question_over_which_all_take_long() -> None:
    assert said(first(median_ms=31_000))["slow"].startswith(
        "Students take 31 s over it; the deck’s questions take 8.0 s.".replace("’", "'")
    )
    assert said(first(median_ms=19_000)) == {}
    assert said(first(median_ms=31_000, answers=19, score=12)) == {}


def test_answers_that_come_before_it_can_be_read() -> None:
    found = said(replace(first(median_ms=1_500), words=40))
    assert found["unread"].startswith(
        "Half of the students answer in less than 1.5 s: sooner than its 40 words"
    )
    assert said(replace(first(median_ms=0), words=40)) == {}, "nothing was measured"


def test_a_question_everyone_knows_before() -> None:
    assert said(first(answers=100, score=100))["known-to-all"].startswith("100 of 100 were right")
    assert said(first(answers=30, score=30)) == {}, "thirty are not yet everybody"


def test_long_options_are_cut() -> None:
    long = "very " * 40
    found = said(options(("Danube", True, 20, 0, 9), (long, False, 30, 17, 6)))
    quoted = re.findall("“(.*?)”", found["strongest-chose-another"])[0]
    assert len(quoted) <= LONGEST
    assert quoted.endswith("…")


def test_what_was_put_aside_is_said_again_after_new_answers() -> None:
    assert put_aside(40 + NEW_ANSWERS - 1, 40)
    assert not put_aside(40 + NEW_ANSWERS, 40)


COUNT = st.integers(0, 40)


@given(
    st.lists(st.tuples(st.booleans(), COUNT, COUNT), max_size=6),
    st.integers(0, 60),
    st.floats(0, 60),
    st.integers(0, 100_000),
    st.floats(0, 60_000),
)
def test_whatever_the_figures_every_reason_is_a_sentence(
    used: list[tuple[bool, int, int]], answers: int, score: float, time: int, typical: float
) -> None:
    figures = Figures(
        first=FirstAnswers(answers=answers, score=min(score, answers), chance=answers / 4, median_ms=time),
        options=tuple(OptionUse(str(n), right, s + w, s, w) for n, (right, s, w) in enumerate(used)),
        third=40,
        words=20,
    )
    for rule, reason in suspicions(figures, typical):
        assert rule in dict(RULES)
        assert reason[-1] in ".?"
        assert "None" not in reason


def test_sound_questions_are_seldom_suspected() -> None:
    """A thousand questions answered as a sound one is: the better a student, the likelier the key."""
    random, suspected = Random(7), 0
    for _ in range(1_000):
        learners = sorted(random.gauss(0, 1) for _ in range(60))
        picks = []
        for learner in learners:
            right = random.random() < 1 / (1 + 2.7 ** -(learner + 0.3))
            picks.append("key" if right else random.choice(("b", "c")))
        pairs = [(float(pick == "key"), learner / 5) for pick, learner in zip(picks, learners, strict=True)]
        rest = Sums(60, sum(x for x, _ in pairs), sum(x * x for x, _ in pairs), sum(y for _, y in pairs), sum(y * y for _, y in pairs), sum(x * y for x, y in pairs))  # fmt: skip
        figures = Figures(
            first=FirstAnswers(answers=60, score=rest.x, chance=20, rest=rest, median_ms=9_000),
            options=tuple(
                OptionUse(
                    text, text == "key", picks.count(text), picks[40:].count(text), picks[:20].count(text)
                )
                for text in ("key", "b", "c")
            ),
            choices=60,
            third=20,
            words=12,
        )
        suspected += bool(suspicions(figures, TYPICAL))
    assert suspected <= 10
