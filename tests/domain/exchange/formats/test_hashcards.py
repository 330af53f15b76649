"""Hashcards: questions with answers, and texts with deletions."""

from __future__ import annotations

import io

import pytest

from quizapp.domain.exchange.bundle import Entry
from quizapp.domain.exchange.file_format import Likelihood, Options, Peek
from quizapp.domain.exchange.formats.hashcards import Hashcards
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.flip_card import FlipCard

FILE = """---
name = "Groups"
---

Q: What is the order of a group?
A: Its cardinality.

- of the underlying set

C: The [order] of a [group] ends.

Q: Unanswered

C: Nothing hidden

C: ![map](maps/a.png) shows [Peru]
"""


def read(text: str = FILE) -> list[Entry]:
    found = Hashcards().read(io.BytesIO(text.encode()), Options())
    return [each for each in found if isinstance(each, Entry)]


def test_cards_are_turned_and_each_deletion_is_asked_alone() -> None:
    card, order, group, *_, peru = read()
    assert card.item is not None
    assert card.item.content == FlipCard(
        stem="What is the order of a group?", answer="Its cardinality.\n\n- of the underlying set"
    )
    assert card.item.deck == ("Groups",)
    assert order.item is not None
    assert group.item is not None
    assert order.item.content == Cloze(stem="The {{order}} of a group ends.")
    assert group.item.content == Cloze(stem="The order of a {{group}} ends.")
    assert order.item.fact == group.item.fact != ""
    assert peru.notes == ("The picture “a.png” was left out: it is not in the file.",)


def test_what_asks_nothing_is_refused() -> None:
    assert [entry.place for entry in read() if entry.item is None] == ["line 12", "line 14"]


def test_after_a_line_that_ends_a_card_nothing_is_asked() -> None:
    (entry,) = read("Q: a\nA: b\n---\nwords\n")
    assert entry.item is not None
    assert entry.item.content == FlipCard(stem="a", answer="b")
    assert read("words\n") == []


@pytest.mark.parametrize(
    ("name", "head", "likely"),
    [
        ("a.md", b"Q: a\nA: b", Likelihood.SURE),
        ("a.txt", b"C: [a] b", Likelihood.LIKELY),
        ("a.md", b"Q: a", Likelihood.NO),
        ("a.csv", b"Q: a\nA: b", Likelihood.NO),
    ],
)
def test_it_is_known_by_its_look(name: str, head: bytes, likely: Likelihood) -> None:
    assert Hashcards().sniff(Peek(name=name, head=head)) is likely
