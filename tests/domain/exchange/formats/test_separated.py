"""Tables as text: separators, quotes, heads, and what columns hold."""

from __future__ import annotations

import io

import pytest

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.bundle import Bundle, Entry, Item, Outcome
from quizapp.domain.exchange.conversion.cells import guess, rows
from quizapp.domain.exchange.file_format import Likelihood, Options, Peek
from quizapp.domain.exchange.formats.separated import Separated
from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.domain.library.kinds.multiple_choice import MultipleChoice
from quizapp.domain.library.kinds.numeric import Numeric
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.library.kinds.true_false import TrueFalse


def read(text: str | bytes, **options: object) -> list[Entry]:
    data = text.encode() if isinstance(text, str) else text
    found = Separated().read(io.BytesIO(data), Options(**options))  # type: ignore[arg-type]
    return [record for record in found if isinstance(record, Entry)]


def contents(text: str | bytes, **options: object) -> list[object]:
    return [entry.item.content if entry.item else entry.notes for entry in read(text, **options)]


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("hola\thello, hi\nadiós\tbye, so long\n", "\t"),
        ("a,b\nc,d\n", ","),
        ("a;b, c\nd;e, f\ng;h\n", ";"),
        ("cat - Katze\nwell-known - bekannt\n", " - "),
        ("one, two\nthree | four\nfive | six\nseven | eight\nnine | ten\neleven | twelve\n", "|"),
        ("just words\nand more\n", ""),
        ("", ""),
    ],
)
def test_the_separator_is_guessed_from_all_lines(text: str, separator: str) -> None:
    assert guess(text) == separator


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('"a, b","c ""d"" e"\r\nf,g', [("line 1", ("a, b", 'c "d" e')), ("line 2", ("f", "g"))]),
        ('"two\nlines",b\nc,d\n', [("line 1", ("two\nlines", "b")), ("line 3", ("c", "d"))]),
        ('"Hi" she said,b\n"open,c\n', [("line 1", ('"Hi" she said', "b")), ("line 2", ('"open', "c"))]),
        ("a,\n,b\r,\n", [("line 1", ("a", "")), ("line 2", ("", "b")), ("line 3", ("", ""))]),
        ("'=1+1,'a\n", [("line 1", ("=1+1", "'a"))]),
    ],
)
def test_quotes_hold_separators_and_lines(text: str, cells: list[object]) -> None:
    assert list(rows(text, ",")) == cells


def test_a_pasted_list_becomes_cards() -> None:
    assert contents("hola\thello\nadiós\tbye *bye*\n") == [
        FlipCard(stem="hola", answer="hello"),
        FlipCard(stem="adiós", answer="bye \\*bye\\*"),
    ]


def test_or_typed_answers_of_which_a_cell_may_hold_several() -> None:
    assert contents("hola\thello; hi | hey\n", ask="typed") == [
        ShortAnswer(stem="hola", key="hello", accept=("hi", "hey"))
    ]


def test_options_in_columns_are_named_by_letter_number_or_text() -> None:
    text = 'Nr,Question,Option A,Option B,Option C,Correct\n1,Q1,x,y,z,B\n2,Q2,x,y,z,"1,3"\n3,Q3,x,y,z,z\n4,Q4,x,y,z,w\n5,Q5,x,y,z,\n'
    one, two, three, four, five = contents(text)
    assert one == SingleChoice(stem="Q1", key="y", distractors=("x", "z"))
    assert two == MultipleChoice(stem="Q2", keys=("x", "z"), distractors=("y",))
    assert three == SingleChoice(stem="Q3", key="z", distractors=("x", "y"))
    assert four == ("“w” names none of the options; write its number, its letter or its text.",)
    assert five == ("Nothing says which option is right; write its number, its letter or its text.",)


def test_options_that_are_not_there_are_not_chosen() -> None:
    text = "Question,Answer 1,Answer 2,Answer 3,Correct answer\nQ,x,y,,3\nQ,x,y,z,9\n"
    assert [entry.outcome.value for entry in read(text)] == ["refused", "refused"]


def test_heads_are_found_below_a_title_and_in_other_words() -> None:
    text = 'My quiz,,\n,,\nFront,Back,Tags\nhola,hello,"greetings, easy"\n'
    (entry,) = read(text)
    assert entry.place == "line 4"
    assert entry.item is not None
    assert entry.item.tags == ("greetings", "easy")


def test_every_column_that_a_head_names_is_used() -> None:
    text = "id,deck,type,question,answer,also right,wrong answers,hint,explanation\n"
    text += "q1,A::B,quiz,Who?,Ann,,Bob; Cy,Think,Because\n"
    text += (
        "q2,,multiple answers,Which?,a;b,,c,,\nq3,,true/false,It is.,true,,,,\nq4,,number,How many?,4.5,,,,\n"
    )
    text += "q5,,number,How much?,a lot,,,,\nq6,,,Where?,here,there,,,\n"
    first, *rest = read(text)
    assert first.item is not None
    assert (first.item.id, first.item.deck) == ("q1", ("A", "B"))
    assert first.item.content == SingleChoice(
        stem="Who?", key="Ann", distractors=("Bob", "Cy"), hint="Think", rationale="Because"
    )
    assert [type(entry.item.content) for entry in rest if entry.item] == [
        MultipleChoice,
        TrueFalse,
        Numeric,
        ShortAnswer,
        ShortAnswer,
    ]


def test_what_nothing_names_is_told() -> None:
    (entry,) = read("hola\thello\t1\nadiós\tbye\t\n")[:1]
    assert entry.notes == ("Column 3 was left out: nothing says what it holds.",)


def test_columns_can_be_said() -> None:
    found = contents("hello\thola\tgreeting\n", columns=("answer", "question", "tags"))
    assert found == [FlipCard(stem="hola", answer="hello")]


def test_empty_cells_are_refused_and_empty_rows_are_none() -> None:
    assert contents("a,b\n,c\nd,\n,\n") == [
        FlipCard(stem="a", answer="b"),
        ("The cell with the question is empty.",),
        ("The cell with the answer is empty.",),
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("quiz,Q,,a,,", "is no kind of question"),
        ("numeric,Q,,,x,", "is no number"),
        ("matching,Q,a b,,,", "has no “=”"),
        ("true_false,Q,,maybe,,", "neither"),
        ("single_choice,Q,,a,,", "distractors"),
        ("single_choice,,,a,,b", "empty"),
    ],
)
def test_our_own_sheet_says_what_is_wrong_in_a_row(row: str, why: str) -> None:
    (entry,) = read(f"kind,stem,pairs,key,value,distractors\n{row}\n")
    assert entry.outcome is Outcome.REFUSED
    assert any(why in note for note in entry.notes), entry.notes


def test_our_own_sheet_tells_of_a_cell_that_has_no_place() -> None:
    (entry,) = read("kind,stem,answer,key,formats,difficulty\nflip_card,Q,A,x,flip,hard\n")
    assert entry.notes == ("The column “key” was left out: this kind has no such field.",)
    assert entry.item is not None
    assert entry.item.formats == ("flip",)


@pytest.mark.parametrize(
    "data", ["hé,b\n".encode("cp1252"), "\ufeffhé,b\n".encode("utf-16"), "\ufeffhé,b\n".encode()]
)
def test_texts_of_other_programs_are_decoded(data: bytes) -> None:
    assert contents(data) == [FlipCard(stem="hé", answer="b")]


@pytest.mark.parametrize("data", [b"words alone", b"a\0b,c", b"x" * 20_000_001])
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        read(data)


def test_formulas_are_written_so_that_no_spreadsheet_calculates_them() -> None:
    card = FlipCard(stem="=HYPERLINK(1)", answer="-x")
    done = Separated().write(Bundle(title="t", items=(Item(content=card),)))
    assert b"'=HYPERLINK(1),'-x" in done.data
    assert contents(done.data) == [card]


@pytest.mark.parametrize(
    ("name", "head", "likely"),
    [
        ("a.csv", b"x", Likelihood.LIKELY),
        ("a.txt", b"a\tb\nc\td", Likelihood.POSSIBLE),
        ("", b"a,b", Likelihood.POSSIBLE),
        ("a.txt", b"words", Likelihood.NO),
        ("a.csv", b"\0", Likelihood.NO),
        ("a.csv", "a,b".encode("utf-16"), Likelihood.LIKELY),
    ],
)
def test_a_table_is_known_by_its_look(name: str, head: bytes, likely: Likelihood) -> None:
    assert Separated().sniff(Peek(name=name, head=head)) is likely
