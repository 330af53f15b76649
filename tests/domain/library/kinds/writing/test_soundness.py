from __future__ import annotations

import pytest

from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.kinds.writing.soundness import (
    LONGEST_HINT,
    LONGEST_OPTION,
    LONGEST_RATIONALE,
    LONGEST_STEM,
    blank,
    common_problems,
    count_problems,
    feedback_problems,
    fold,
    option_problems,
    text_problems,
)


class Plain(Content, frozen=True, kw_only=True, tag="plain", tag_field="kind"):
    pass


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rome", " rome "),
        ("two words", "two\n words"),
        ("Caf\u00e9", "cafe\u0301"),
        ("*Rome*", "Rome"),
        ("Straße", "STRASSE"),
    ],
)
def test_these_are_the_same_option(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("10²", "102"), ("cafe", "café"), ("1.5", "15"), ("−2", "2")])
def test_these_are_different_options(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "\u00a0\u2060", "&nbsp;"])
def test_nothing_to_see_is_blank(text: str) -> None:
    assert blank(text)
    assert [problem.field for problem in text_problems("key", text, 10)] == ["key"]
    assert list(text_problems("hint", text, 10, required=False)) == []


@pytest.mark.parametrize("text", ["0", ".", "−", "🙂"])
def test_any_sign_is_something(text: str) -> None:
    assert not blank(text)
    assert list(text_problems("key", text, 10)) == []


def test_lengths_and_characters_are_bounded() -> None:
    assert list(text_problems("key", "a" * 10, 10)) == []
    assert "10 characters; it has 11" in next(text_problems("key", "a" * 11, 10)).message
    for character in ("\x00", "\x07", "\x7f", "\ud800"):
        assert "control characters" in next(text_problems("key", f"a{character}", 10)).message
    assert list(text_problems("key", "a\tb\r\nc", 10)) == []


def test_stem_rationale_and_hint_have_their_limits() -> None:
    longest = {"stem": "a" * LONGEST_STEM, "rationale": "a" * LONGEST_RATIONALE, "hint": "a" * LONGEST_HINT}
    assert list(common_problems(Plain(**longest))) == []
    too_long = Plain(**{name: text + "a" for name, text in longest.items()})
    assert [problem.field for problem in common_problems(too_long)] == ["stem", "rationale", "hint"]
    assert [problem.field for problem in common_problems(Plain(stem=" "))] == ["stem"]


def test_options_differ_over_all_fields() -> None:
    assert list(option_problems((("key", ("Rome",)), ("distractors", ("Oslo", "Bern"))))) == []
    (twice,) = option_problems((("key", ("Rome",)), ("distractors", ("ROME ", "Bern"))))
    assert twice.field == "distractors"
    assert "is there twice (under “key”)" in twice.message
    (again,) = option_problems((("distractors", ("Bern", "bern")),))
    assert "“bern” is there twice." in again.message
    assert [p.message[:7] for p in option_problems((("distractors", ("", "")),))] == ["This is", "This is"]
    assert len(list(option_problems((("key", ("a" * (LONGEST_OPTION + 1),)),)))) == 1


def test_counts_are_bounded() -> None:
    assert (
        list(count_problems("keys", "ab", 2, 3, "keys"))
        == list(count_problems("keys", "abc", 2, 3, "keys"))
        == []
    )
    assert next(count_problems("keys", "a", 2, 3, "keys")).message == "Give at least 2 keys; there are 1."
    assert next(count_problems("keys", "abcd", 2, 3, "keys")).message == "Give at most 3 keys; there are 4."


def test_feedback_is_for_options_and_once_each() -> None:
    assert list(feedback_problems((("Rome", "No."),), ("Rome", "Oslo"))) == []
    assert "isn’t one of the options" in next(feedback_problems((("rome", "No."),), ("Rome",))).message
    assert "twice" in next(feedback_problems((("Rome", "No."), ("Rome", "Never.")), ("Rome",))).message
    assert "empty" in next(feedback_problems((("Rome", ""),), ("Rome",))).message
