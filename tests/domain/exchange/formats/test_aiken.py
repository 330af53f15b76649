"""Aiken: a question, its options, its answer."""

from __future__ import annotations

import io

import pytest

from quizapp.domain.exchange.bundle import Bundle, Entry, Item
from quizapp.domain.exchange.file_format import Likelihood, Options, Peek
from quizapp.domain.exchange.formats.aiken import Aiken
from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.library.kinds.true_false import TrueFalse


def read(text: str) -> list[Entry]:
    return [each for each in Aiken().read(io.BytesIO(text.encode()), Options()) if isinstance(each, Entry)]


def test_questions_and_their_answers() -> None:
    text = "What is 2*3*4?\nA) 23\nB. 24\nC) 25\nANSWER: B\nNext one,\nin two lines?\nA) a\nB) b\nanswer: a\n"
    first, second = (entry.item.content for entry in read(text) if entry.item)
    assert first == SingleChoice(stem="What is 2\\*3\\*4?", key="24", distractors=("23", "25"))
    assert second == SingleChoice(stem="Next one, in two lines?", key="a", distractors=("b",))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Alone\n", "no options"),
        ("Alone\nANSWER: A\n", "no options"),
        ("Q\nA) a\nB) b\n", "no line “ANSWER"),
        ("Q\nA) a\nB) b\nANSWER:\n", "no line “ANSWER"),
        ("Q\nA) a\nB) b\nANSWER: C\n", "names none"),
    ],
)
def test_a_question_that_is_not_whole_says_what_it_lacks(text: str, why: str) -> None:
    entries = read(text + "\nGood?\nA) a\nB) b\nANSWER: A\n" if "ANSWER" in text else text)
    assert why in entries[0].notes[0]
    assert entries[0].item is None


def test_the_rest_goes_on_after_a_bad_question() -> None:
    entries = read("Bad\nA) a\nB) b\nGood?\nA) a\nB) b\nANSWER: A\n")
    assert [(entry.place, entry.outcome.value) for entry in entries] == [
        ("line 1", "refused"),
        ("line 4", "exact"),
    ]


def test_what_aiken_cannot_hold_is_told() -> None:
    contents = (
        SingleChoice(stem="**Who?**", key="a", distractors=("b", "c"), rationale="r"),
        SingleChoice(stem="A) trap", key="a", distractors=("b", "c")),
        FlipCard(stem="q", answer="a"),
        TrueFalse(stem="It is.", key=False),
    )
    items = tuple(Item(content=content, tags=("x",)) for content in contents)
    done = Aiken().write(Bundle(title="t", items=items))
    assert [entry.outcome.value for entry in done.entries] == [
        "approximated",
        "refused",
        "refused",
        "approximated",
    ]
    assert len(done.entries[0].notes) == 3
    assert (
        done.data.decode() == "Who?\nA) a\nB) b\nC) c\nANSWER: A\n\nIt is.\nA) True\nB) False\nANSWER: B\n\n"
    )


def test_a_question_without_tags_loses_nothing() -> None:
    content = SingleChoice(stem="Who?", key="a", distractors=("b", "c"))
    (entry,) = Aiken().write(Bundle(title="t", items=(Item(content=content),))).entries
    assert (entry.outcome.value, entry.notes) == ("exact", ())


@pytest.mark.parametrize(
    ("name", "head", "likely"),
    [
        ("a.txt", b"Q\nA) a\nANSWER: A", Likelihood.SURE),
        ("a.txt", b"ANSWER: A", Likelihood.NO),
        ("a.csv", b"Q\nA) a\nANSWER: A", Likelihood.NO),
    ],
)
def test_it_is_known_by_its_look(name: str, head: bytes, likely: Likelihood) -> None:
    assert Aiken().sniff(Peek(name=name, head=head)) is likely
