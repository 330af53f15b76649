"""From weighed answers to a kind's content."""

from __future__ import annotations

from decimal import Decimal

from quizapp.domain.exchange.conversion.answers import (
    Answer,
    Figures,
    Head,
    choice,
    figure,
    matching,
    numeric,
    ordering,
    short_answer,
)
from quizapp.domain.library.kinds.ordering import Ordering
from quizapp.domain.library.kinds.short_answer import ShortAnswer

HEAD = Head("Q?")


def test_empty_and_equal_answers_are_told() -> None:
    given = [Answer("a"), Answer("b", 0.0), Answer(" ", 0.0), Answer("B", 0.0), Answer("c", 0.0)]
    shaped = choice(HEAD, given, many=False)
    assert shaped.notes == (
        "An empty answer was left out.",
        "“B” stands among the answers twice; one was left out.",
    )


def test_what_weighs_differently_is_told() -> None:
    several = choice(HEAD, [Answer("a", 0.75), Answer("b", 0.25), Answer("c", 0.0)], many=True)
    assert several.notes == ("The right answers weigh differently there; here each weighs the same.",)
    fined = choice(HEAD, [Answer("a"), Answer("b", -0.5), Answer("c", 0.0)], many=False)
    assert fined.notes == ("Points taken off for a wrong answer are not taken off here.",)


def test_stars_stand_for_any_letters() -> None:
    given = [Answer("*", 0.0, "Look again."), Answer("*Lima*"), Answer("Li*ma"), Answer(r"a\*b"), Answer("")]
    shaped = short_answer(HEAD, given)
    assert shaped.content == ShortAnswer(stem="Q?", key="Lima", accept=("a*b",), rationale="Look again.")
    assert shaped.notes[0] == "“*Lima*” also accepts other words around it there; here it doesn’t."
    assert shaped.notes[1] == "“Li*ma” was left out: its “*” stands for any letters there."
    assert short_answer(HEAD, [Answer("x", 0.5)]).content is None


def test_figures_are_read_strictly() -> None:
    assert figure("−2.50") == Decimal("-2.50")
    assert [figure(text) for text in ("1,5", "1_0", "٣", "nan", "inf", "", "x")] == [None] * 7


def test_one_figure_is_right() -> None:
    shaped = numeric(HEAD, [Figures(value=Decimal(1)), Figures(low=Decimal(2), high=Decimal(3))])
    assert shaped.notes == ("2–3 is right there, too; here only the first figure is.",)
    assert numeric(HEAD, [Figures(value=Decimal(1), weight=0.5)]).content is None


def test_pairs_and_orders() -> None:
    assert matching(HEAD, [("", "x")]).content is None
    assert ordering(HEAD, ["a", "b"]).content == Ordering(
        stem="Q?", sequence=("a", "b"), first="first", last="last"
    )
