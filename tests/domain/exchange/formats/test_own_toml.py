"""Our own files: whole, with what is wrong said question by question."""

from __future__ import annotations

import io

import pytest

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.bundle import Bundle, Entry, Item
from quizapp.domain.exchange.file_format import Likelihood, Options, Peek
from quizapp.domain.exchange.formats.own_toml import OwnToml
from quizapp.domain.library.kinds import KINDS
from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.domain.sources.evidence import EvidenceRef, Role

FILE = """[deck]
slug = "rivers"
title = "Rivers"

[[items]]
id = "a-1"
kind = "flip_card"
stem = "q"
answer = "a"
waive = [{ rule = "key-longest", reason = "so" }]

[[items]]
id = "Not A Slug!"
kind = "flip_card"
stem = "r"

[[items]]
kind = "flip_card"
stem = "s"
answer = "t"
"""


def read(text: str) -> list[Entry]:
    found = OwnToml().read(io.BytesIO(text.encode()), Options())
    return [each for each in found if isinstance(each, Entry)]


def test_each_question_says_what_is_wrong_with_it() -> None:
    first, second, third = read(FILE)
    assert first.item is not None
    assert (first.place, first.item.id, first.item.deck, first.item.fact) == (
        "line 5",
        "a-1",
        ("Rivers",),
        "",
    )
    assert first.notes == ("What the bank says of it for its own checks was left out.",)
    assert (second.place, second.item) == ("line 12", None)
    assert any("answer" in note for note in second.notes)
    assert third.item is not None
    assert (third.item.id, third.item.content) == ("", FlipCard(stem="s", answer="t"))


def test_a_deck_comes_back_whole() -> None:
    evidence = (EvidenceRef("atlas", 2, 1, "0123456789ab", Role.PROVES, ""),)
    items = tuple(
        Item(
            content=example.content,
            id=f"Any id {number}",
            deck=("The deck",),
            tags=("x",),
            fact="f",
            evidence=evidence,
        )
        for number, example in enumerate(example for kind in KINDS for example in kind.examples)
    )
    done = OwnToml().write(Bundle(title="The deck", items=items))
    assert {entry.outcome.value for entry in done.entries} == {"exact"}
    assert tuple(entry.item for entry in read(done.data.decode())) == items


def test_a_deck_without_letters_for_an_address_has_one() -> None:
    done = OwnToml().write(Bundle(title="漢", items=(Item(content=FlipCard(stem="q", answer="a")),)))
    assert b'slug = "deck"' in done.data
    assert read(done.data.decode())[0].item is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[deck\n", "Line 1 is not valid TOML"),
        ("[[items]]\nid = \n", "Line 2 is not valid TOML"),
        ("items = 3\n", "must be tables"),
        ("items = [1]\n", "must be tables"),
        ("a = " + "[" * 5000, "not valid TOML"),
    ],
)
def test_what_is_no_file_of_ours_is_refused(text: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        read(text)


def test_a_file_without_questions_has_none() -> None:
    assert read("[deck]\n") == []


@pytest.mark.parametrize(
    ("name", "head", "likely"),
    [
        ("a.toml", b"[deck]", Likelihood.SURE),
        ("", b"[[items]]", Likelihood.SURE),
        ("a.toml", b"x = 1", Likelihood.NO),
        ("a.csv", b"[deck]", Likelihood.NO),
    ],
)
def test_it_is_known_by_its_look(name: str, head: bytes, likely: Likelihood) -> None:
    assert OwnToml().sniff(Peek(name=name, head=head)) is likely
