"""Text2qti: numbered questions in Markdown."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest

from quizapp.domain.exchange.bundle import Entry
from quizapp.domain.exchange.file_format import Likelihood, Options, Peek
from quizapp.domain.exchange.formats.text2qti import Text2qti
from quizapp.domain.library.kinds.asking.figures import Numeric
from quizapp.domain.library.kinds.multiple_choice import MultipleChoice
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.library.kinds.true_false import TrueFalse


def read(text: str) -> list[Entry]:
    found = Text2qti().read(io.BytesIO(text.encode()), Options())
    return [each for each in found if isinstance(each, Entry)]


def one(text: str) -> Entry:
    (entry,) = read(text)
    return entry


def content(text: str) -> object:
    entry = one(text)
    assert entry.item is not None, entry
    return entry.item.content


def test_one_right_choice_with_feedback() -> None:
    text = "Title: Sum\nPoints: 2\n1.  What is $2+3$?\n\n    More.\n... In general.\na)  6\n... No.\n    Not at all.\n*c) 5\n"
    entry = one(f"Quiz title: T\n% aside\nCOMMENT\n9. not this\nEND_COMMENT\n\n{text}")
    assert entry.title == "Sum"
    assert entry.item is not None
    assert entry.item.content == SingleChoice(
        stem="What is \\(2+3\\)?\n\nMore.",
        key="5",
        distractors=("6",),
        feedback=(("6", "No.\nNot at all."),),
        rationale="In general.",
    )


def test_several_right_choices_and_statements() -> None:
    assert content("1. Which?\n[*] a\n[*] b\n[ ] c\n[] d\n") == MultipleChoice(
        stem="Which?", keys=("a", "b"), distractors=("c", "d")
    )
    assert content("1. It is.\na) True\n*b) False\n") == TrueFalse(stem="It is.", key=False)


def test_words_to_type() -> None:
    assert content("1. Who?\n*   Ann\n*   A*n\n") == ShortAnswer(stem="Who?", key="Ann", accept=("A*n",))


@pytest.mark.parametrize(
    ("written", "figures"),
    [
        ("5", {"value": Decimal(5)}),
        ("1.41 +- 0.01", {"value": Decimal("1.41"), "tolerance": "0.01"}),
        ("200 +- 1%", {"value": Decimal(200), "tolerance": "2"}),
        ("[1.4, 1.5]", {"low": Decimal("1.4"), "high": Decimal("1.5")}),
    ],
)
def test_figures(written: str, figures: dict[str, object]) -> None:
    assert content(f"1. How many?\n=   {written}\n") == Numeric(stem="How many?", **figures)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1. Tell\n____\n", "essay"),
        ("1. Send\n^^^^\n", "file"),
        ("1. Nothing\n", "no answers"),
        ("1. Mixed\na) x\n[*] y\n", "several sorts"),
        ("1. Bad\n= many\n", "no figure"),
        ("1. Bad\n= [a, 2]\n", "no figure"),
        ("1. Bad\n= a +- 2\n", "no figure"),
        ("1. Run\n```{.python .run}\na) x\n", "program"),
    ],
)
def test_what_cannot_come_says_why(text: str, why: str) -> None:
    entry = one(text)
    assert entry.item is None
    assert why in entry.notes[0]


def test_what_is_drawn_or_said_to_some_is_told() -> None:
    entry = one("GROUP\npick: 1\n1. Who?\n+ Yes!\n- No!\n*a) x\nb) ![m](m.png) y\nEND_GROUP\n```\n")
    assert entry.item is None  # a piece of program
    entry = one("```\n1. ![m](a/m.png) Who?\n+ Yes!\na) x\n*b) y\n")
    assert entry.notes == (
        "What is said to who is right or wrong stands in the explanation.",
        "The picture “m.png” was left out: it is not in the file.",
    )


def test_a_second_line_belongs_to_what_stands_last() -> None:
    entry = one("GROUP\n1. Who?\n... Because\n    of this\na) x\n    and more\n*b) y\n")
    assert entry.item is not None
    assert entry.item.content.rationale == "Because\nof this"
    assert entry.notes == ("It stands in a group of which some are drawn; here each is asked.",)


def test_one_question_ends_where_the_next_begins() -> None:
    first, second = read("1. Who?\n*a) x\nb) y\n\n2. Where?\n*a) here\nb) there\n\n")
    assert first.item is not None
    assert first.item.content == SingleChoice(stem="Who?", key="x", distractors=("y",))
    assert second.place == "line 5"
    assert second.item is not None
    assert second.item.content == SingleChoice(stem="Where?", key="here", distractors=("there",))


def test_a_file_without_questions_has_none() -> None:
    assert read("Quiz title: T\n\nwords\n") == []


@pytest.mark.parametrize(
    ("name", "head", "likely"),
    [
        ("a.txt", b"Quiz title: x", Likelihood.SURE),
        ("a.md", b"1. Q\n*a) x\n", Likelihood.LIKELY),
        ("a.md", b"1. one\n2. two", Likelihood.NO),
        ("a.csv", b"Quiz title: x", Likelihood.NO),
    ],
)
def test_it_is_known_by_its_look(name: str, head: bytes, likely: Likelihood) -> None:
    assert Text2qti().sniff(Peek(name=name, head=head)) is likely
