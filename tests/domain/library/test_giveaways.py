"""What gives another question away: right answers with their context, and nothing else."""

from __future__ import annotations

import pytest

from quizapp.domain.library.giveaways import Shown, kept_apart, told
from quizapp.domain.library.kinds import content_from

COMMON = frozenset({"peru"})


def shown(kind: str = "single_choice", **fields: object) -> Shown:
    if kind == "single_choice":
        fields = {"distractors": ["Quito", "Oslo"], **fields}
    return Shown(content_from({"kind": kind, **fields}))


ASKED = shown(stem="From which port did the copper leave?", key="Callao")


@pytest.mark.parametrize(
    ("teller", "key"),
    [
        (shown(stem="Who loaded copper at Callao?", key="Miners"), "callao"),
        (shown(stem="What is Callao known for in Peru?", key="Fish"), ""),
        (shown(stem="Where did copper arrive?", key="Paita", distractors=["Callao", "Oslo"]), ""),
        (shown("true_false", stem="Copper left Callao.", key=True), "callao"),
        (shown("true_false", stem="Copper never saw Callao.", key=False), ""),
        (shown("cloze", stem="Copper left {{Callao}}."), "callao"),
    ],
)
def test_a_key_is_told_by_what_is_shown_as_true_around_it(teller: Shown, key: str) -> None:
    assert told(teller, ASKED, COMMON) == key


def test_where_no_one_knows_what_is_common_two_words_are_needed() -> None:
    one_word = shown(stem="Who loaded copper at Callao?", key="Miners")
    two_words = shown(stem="When did copper leave Callao?", key="At dawn")
    assert not told(one_word, ASKED, frozenset())
    assert told(two_words, ASKED, frozenset())
    assert not told(one_word, ASKED, frozenset({"callao"}))


@pytest.mark.parametrize(
    "asked",
    [
        shown("true_false", stem="Copper left the port.", key=True),
        shown("flip_card", stem="From where did copper leave?", answer="Callao"),
        shown(stem="Did copper leave Callao or Lima?", key="Callao"),
        shown(stem="How did copper leave?", key="slowly"),
        shown(stem="How many tonnes of copper left?", key="12"),
    ],
)
def test_verdicts_cards_and_keys_that_no_one_would_recognise_are_not_told(asked: Shown) -> None:
    teller = shown(stem="Copper left slowly from Callao, 12 tonnes of it. True?", key="Yes")
    assert not told(teller, asked, COMMON)


def test_a_common_word_that_has_to_be_typed_is_recognised() -> None:
    asked = shown("short_answer", stem="What do the mines of Toquepala yield?", key="copper")
    assert told(shown(stem="Where does Toquepala send its copper?", key="Abroad"), asked, COMMON) == "copper"


def test_pairs_stand_both_ways_round_and_a_small_set_has_none() -> None:
    teller = shown(stem="Who loaded copper at Callao?", key="Miners")
    others = {n: shown(stem=f"What does Peru sell in month {n}?", key="Wool") for n in range(10, 40)}
    assert kept_apart({1: ASKED, 2: teller, **others}) == {(1, 2), (2, 1)}
    assert kept_apart({1: ASKED, 2: teller}) == frozenset()
