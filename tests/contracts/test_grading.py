"""What grading promises of every question: the key's own form is right, nothing raises, other options stay wrong."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp import paths
from quizapp.domain.errors import QuizappError
from quizapp.domain.language.markup import plain
from quizapp.domain.library.grading.deciding import decide
from quizapp.domain.library.grading.verdicts import Question, Strictness, Verdict
from quizapp.domain.library.kinds import KINDS, kind_of
from quizapp.domain.library.kinds.base import Content, Format, Typed
from quizapp.services.exchange.bank import read_bank

SHIPPED: list[Content] = [item.content for item in read_bank(paths.BANK).items]
EXAMPLES: list[Content] = [example.content for kind in KINDS for example in kind.examples]
TYPED: list[Any] = [
    content for content in (*SHIPPED, *EXAMPLES) if Format.TYPE in kind_of(content).formats(content)
]

FORMS = st.text(max_size=40) | st.sampled_from(
    ["-sin x", "5 m", "16 May 2024", "red, white and blue", "O-", "3:30 pm", "5–10", "Ca2+", "√2", "x = 2"]
)


def by_stem(content: Content) -> str:
    return content.stem[:50]


@pytest.mark.parametrize("content", TYPED, ids=by_stem)
def test_the_key_as_the_page_shows_it_is_right(content: Content) -> None:
    kind = kind_of(content)
    keys = kind.outline(content).keys
    for shown in (keys, tuple(map(plain, keys))):
        assert kind.grade(content, Typed(shown)).right, shown


@pytest.mark.parametrize("content", TYPED, ids=by_stem)
def test_no_other_option_is_right(content: Content) -> None:
    kind = kind_of(content)
    for option in kind.outline(content).distractors:
        try:
            grade = kind.grade(content, Typed((option,)))
        except QuizappError:
            continue  # a cloze of several gaps
        assert not grade.right, option


@given(answer=st.text(max_size=120) | FORMS, forms=st.lists(FORMS, min_size=1, max_size=3), stem=FORMS)
def test_grading_never_raises_and_a_form_itself_is_right(answer: str, forms: list[str], stem: str) -> None:
    for strictness in Strictness:
        for gap in (False, True):
            asked = Question(tuple(forms), stem=stem, gap=gap, strictness=strictness)
            assert decide(answer, asked).verdict in Verdict
            refused = asked._replace(refused=(answer,))
            if answer not in forms and decide(answer, refused).verdict is Verdict.RIGHT:
                assert decide(answer, asked).form in forms


@given(form=FORMS.filter(str.strip), other=FORMS.filter(str.strip))
def test_another_option_typed_as_it_stands_is_never_right(form: str, other: str) -> None:
    typed = Question((form,), others=(other,))
    same = decide(other, Question((form,), strictness=Strictness.SPELLING)).verdict is Verdict.RIGHT
    assert same or decide(other, typed).verdict is not Verdict.RIGHT
