"""Notes of Anki as text: what the `#` lines say, and note types by their names."""

from __future__ import annotations

import io

import pytest

from quizapp.domain.exchange.bundle import Entry
from quizapp.domain.exchange.file_format import Likelihood, Options, Peek
from quizapp.domain.exchange.formats.anki_cards.text import AnkiText
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.domain.library.kinds.short_answer import ShortAnswer

HEAD = "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n"


def read(text: str, **options: str) -> list[Entry]:
    found = AnkiText().read(io.BytesIO(text.encode()), Options(**options))  # type: ignore[arg-type]
    return [each for each in found if isinstance(each, Entry)]


def contents(text: str) -> list[object]:
    return [entry.item.content if entry.item else entry.notes for entry in read(text)]


def test_columns_are_what_the_head_says() -> None:
    (entry,) = read(f"{HEAD}g1\tBasic\tA::B\tfront <b>x</b>\tback\tone two\n")
    assert entry.place == "line 7"
    assert entry.item is not None
    assert entry.item.content == FlipCard(stem="front **x**", answer="back")
    assert (entry.item.id, entry.item.deck, entry.item.tags) == ("g1", ("A", "B"), ("one", "two"))


def test_note_types_are_known_by_their_names() -> None:
    rows = [
        "g1\tBasic (type in the answer)\tD\tq\tans\t",
        "g2\tBasic (and reversed card)\tD\tq\tans\t",
        "g3\tCloze\tD\t{{c1::Paris}} is in {{c2::France}}\t\t",
    ]
    assert contents(HEAD + "\n".join(rows)) == [
        ShortAnswer(stem="q", key="ans"),
        FlipCard(stem="q", answer="ans"),
        FlipCard(stem="ans", answer="q"),
        Cloze(stem="{{Paris}} is in France"),
        Cloze(stem="Paris is in {{France}}"),
    ]


def test_an_optional_reversed_card_is_made_where_it_is_wished() -> None:
    name = "#separator:comma\n#notetype:Basic (optional reversed card)\n"
    assert len(read(f"{name}q,a,y\n")) == 2
    assert len(read(f"{name}q,a,\n")) == 1


def test_plain_fields_are_shown_letter_by_letter() -> None:
    assert contents('#separator:Semicolon\n#html:false\n"a <b>\nc";2 & 3\n') == [
        FlipCard(stem="a <b>  \nc", answer="2 & 3")
    ]


def test_fields_beyond_the_second_are_told() -> None:
    (entry,) = read("#separator:tab\n#tags:all\n#deck:D\nq\ta\tmore\n")
    assert entry.notes == ("Fields after the second were left out.",)
    assert entry.item is not None
    assert (entry.item.id, entry.item.tags, entry.item.deck) == ("", ("all",), ("D",))


def test_a_comment_amid_the_notes_is_no_note() -> None:
    assert contents("#separator:tab\nq\ta\n# aside\tb\nr\tb\n") == [
        FlipCard(stem="q", answer="a"),
        FlipCard(stem="r", answer="b"),
    ]


def test_an_empty_side_is_refused() -> None:
    (entry,) = read("#separator:tab\n#deck column:9\nq\t\n")
    assert entry.item is None


def test_without_a_separator_it_is_guessed() -> None:
    assert contents("#html:true\nq,a\nr,b\n") == [
        FlipCard(stem="q", answer="a"),
        FlipCard(stem="r", answer="b"),
    ]


@pytest.mark.parametrize(
    ("name", "head", "likely"),
    [
        ("a.txt", b"#separator:tab\nq\ta", Likelihood.SURE),
        ("a.txt", b"# a comment", Likelihood.NO),
        ("a.xml", b"#separator:tab", Likelihood.NO),
        ("a.txt", b"#html:true", Likelihood.SURE),
    ],
)
def test_it_is_known_by_its_head(name: str, head: bytes, likely: Likelihood) -> None:
    assert AnkiText().sniff(Peek(name=name, head=head)) is likely
