"""The right answer shown in a preview is right, whatever the kind and format."""

from __future__ import annotations

from typing import Any

import pytest

from quizapp import paths
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import Content, GaveUp
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.services.exchange.bank import read_bank
from quizapp.web.library.authoring.preview.sample import right_response
from tests.factories import EXAMPLES


def check(content: Content) -> None:
    kind = kind_of(content)
    for format in kind.formats(content):
        response = right_response(kind, content, kind.prompt(content, format, "preview"))
        assert kind.grade(content, response).right, (content, format)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.content.stem[:40])
def test_examples(example: Any) -> None:
    check(example.content)


def test_the_whole_bank() -> None:
    for item in read_bank(paths.BANK).items:
        check(item.content)


def test_where_no_answer_is_right_the_answers_are_shown_all_the_same() -> None:
    content = ShortAnswer(stem="?", key=" ")  # which no form lets pass
    kind = kind_of(content)
    prompt = kind.prompt(content, kind.formats(content)[0], "preview")
    assert isinstance(right_response(kind, content, prompt), GaveUp)
