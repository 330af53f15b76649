"""Missing word: a sentence with its options in braces."""

from __future__ import annotations

import io

import pytest

from quizapp.domain.exchange.bundle import Entry
from quizapp.domain.exchange.file_format import Likelihood, Options, Peek
from quizapp.domain.exchange.formats.missing_word import MissingWord
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.single_choice import SingleChoice


def read(text: str) -> list[Entry]:
    found = MissingWord().read(io.BytesIO(text.encode()), Options())
    return [each for each in found if isinstance(each, Entry)]


def test_options_and_a_word_to_type() -> None:
    text = "The cat {=sat ~stood#No.\n~lay} on it.\n\n\nOne {=only}.\n\nWho? {~a =b ~c}\n"
    first, second, third = (entry.item.content for entry in read(text) if entry.item)
    assert first == SingleChoice(
        stem="The cat \\_\\_\\_\\_\\_ on it.",
        key="sat",
        distractors=("stood", "lay"),
        feedback=(("stood", "No."),),
    )
    assert second == Cloze(stem="One {{only}}.")
    assert third == SingleChoice(stem="Who?", key="b", distractors=("a", "c"))


def test_blank_lines_at_the_end_ask_nothing() -> None:
    assert len(read("One {=only}.\n\n\n")) == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("No braces", "one pair of braces"),
        ("Two {=a ~b} {=c ~d}", "one pair of braces"),
        ("Empty { } here", "no option"),
        ("None {~a ~b ~c} right", "marked as right"),
    ],
)
def test_what_is_no_question_says_why(text: str, why: str) -> None:
    (entry,) = read(text)
    assert entry.item is None
    assert why in entry.notes[0]


def test_it_is_taken_for_gift_unless_it_is_named() -> None:
    assert MissingWord().sniff(Peek(name="a.txt", head=b"A {=b ~c}")) is Likelihood.POSSIBLE
    assert MissingWord().sniff(Peek(name="a.xml", head=b"A {=b ~c}")) is Likelihood.NO
