"""Answers tried as lines of JSON: every kind of response, and a clear word about every line that is amiss."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.errors import Missing
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.trials import LONGEST_LINE, try_line

PERU = {"kind": "short_answer", "stem": "Capital of Peru?", "key": "Lima"}


def find(name: str) -> Content:
    if name != "chile":
        raise Missing(f"No item “{name}”.")
    return ShortAnswer(stem="Capital of Chile?", key="Santiago")


def tried(**line: object) -> dict[str, object]:
    answer = json.loads(try_line(json.dumps(line), find))
    assert isinstance(answer, dict)
    return answer


def test_a_typed_answer_is_graded_and_what_was_forgiven_is_told() -> None:
    assert tried(content=PERU, response=["lima"]) == {"verdict": "right", "score": 1.0, "forgiven": ["case"]}
    assert tried(content=PERU, response=["Quito"]) == {"verdict": "wrong", "score": 0.0}
    assert tried(item="chile", response=["Santiago"])["score"] == 1


@pytest.mark.parametrize(
    ("content", "response", "verdict"),
    [
        (
            {"kind": "multiple_choice", "keys": ["a", "b"], "distractors": ["c"]},
            {"chosen": ["b", "a"]},
            "right",
        ),
        ({"kind": "multiple_choice", "keys": ["a", "b"], "distractors": ["c"]}, {"chosen": ["a"]}, "partly"),
        ({"kind": "ordering", "sequence": ["1", "2", "3"]}, {"arranged": ["1", "2", "3"]}, "right"),
        (
            {"kind": "matching", "pairs": [["b", "2"], ["a", "1"], ["c", "3"]]},
            {"matched": [["b", "2"], ["a", "1"], ["c", "3"]]},
            "right",
        ),
        ({"kind": "flip_card", "answer": "x"}, {"rated": 4}, "right"),
        (PERU, {"gave_up": True}, "wrong"),
    ],
)
def test_every_kind_of_response_is_read(content: dict[str, object], response: object, verdict: str) -> None:
    assert tried(content={"stem": "?", **content}, response=response)["verdict"] == verdict


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "can’t be read"),
        ("[]", "Expected `object`"),
        (b"\xff", "can’t be read"),
        ('{"response": ["a"]}', "Give “content”"),
        ('{"item": "chile", "content": {}, "response": ["a"]}', "Give “content”"),
        ('{"item": "chile", "respose": ["a"]}', "respose"),
        ('{"item": "peru", "response": ["a"]}', "No item “peru”"),
        ('{"item": "chile", "response": {"choosen": ["a"]}}', "A response is"),
        ('{"item": "chile", "response": {"matched": ["a"]}}', "A response is"),
        ('{"item": "chile", "response": {"rated": 5}}', "A response is"),
        ('{"item": "chile", "response": {"arranged": ["a"]}}', "can’t be answered with"),
        ('{"content": {"kind": "essay"}, "response": []}', "“essay” is not a kind"),
        ('{"content": {}, "response": []}', "is not a kind"),
        (" " * (LONGEST_LINE + 1), "1,000,000 characters"),
    ],
)
def test_a_line_that_is_amiss_is_told_what_is(line: str | bytes, said: str) -> None:
    assert said in json.loads(try_line(line, find))["error"]


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON, JSON | st.lists(st.text()))
def test_no_line_breaks_it(content: object, response: object) -> None:
    for line in (
        {"content": content, "response": response},
        {"item": "chile", "response": response},
        {"content": {**PERU, "accept": content}, "response": response},
    ):
        answer = try_line(json.dumps(line), find)
        assert answer.isascii()
        assert set(json.loads(answer)) <= {"verdict", "score", "forgiven", "notes", "error"}
