"""Grading again by a later key, where the learner could have answered rightly by it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from quizapp.domain.library.kinds import KINDS, kind_of
from quizapp.domain.library.kinds.base import (
    Arranged,
    Chosen,
    Content,
    Format,
    GaveUp,
    Matched,
    Rated,
    Response,
    Typed,
)
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.domain.library.kinds.matching import Matching
from quizapp.domain.library.kinds.multiple_choice import MultipleChoice
from quizapp.domain.library.kinds.ordering import Ordering
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.library.kinds.true_false import TrueFalse
from quizapp.domain.study.grading import fits, judge

RIVER = ShortAnswer(stem="Which river?", key="Danube", distractors=("Elbe", "Rhine"))
CHOICE = SingleChoice(stem="Which river?", key="Danube", distractors=("Elbe", "Rhine"))
SEVERAL = MultipleChoice(stem="Which rivers?", keys=("Danube", "Inn"), distractors=("Elbe", "Rhine"))
GAPS = Cloze(stem="The {{Danube~Elbe~Rhine}} ends in the {{Black Sea~North Sea~Baltic}}.")
ORDER = Ordering(stem="Downstream?", sequence=("Ulm", "Vienna", "Budapest"))
PAIRS = Matching(stem="Match.", pairs=(("Vienna", "Danube"), ("Dresden", "Elbe")), extras=("Rhine",))
TRUE = TrueFalse(stem="It ends in the Black Sea.", key=True)


def changed(content: Content, **values: Any) -> Content:
    return msgspec.structs.replace(content, **values)


FITTING: list[tuple[Content, Content, Format, Response, float]] = [
    (RIVER, changed(RIVER, accept=("Donau",)), Format.TYPE, Typed(("donau",)), 1.0),
    (RIVER, changed(RIVER, distractors=()), Format.TYPE, Typed(("Elbe",)), 0.0),
    (CHOICE, changed(CHOICE, key="Elbe", distractors=("Danube", "Rhine")), Format.CHOOSE, Chosen(("Elbe",)), 1),
    (CHOICE, changed(CHOICE, key="Elbe", distractors=("Danube", "Rhine")), Format.CHOOSE, Chosen(("Danube",)), 0),
    (SEVERAL, changed(SEVERAL, keys=("Danube",)), Format.CHOOSE, Chosen(("Danube",)), 1.0),
    (GAPS, Cloze(stem="{{Danube|Donau}} and {{Black Sea}}"), Format.TYPE, Typed(("Donau", "")), 0.5),
    (GAPS, changed(GAPS, stem=GAPS.stem.replace("Danube~Elbe", "Elbe~Danube")), Format.CHOOSE,
     Typed(("Elbe", "Black Sea")), 1.0),
    (ORDER, changed(ORDER, sequence=("Vienna", "Ulm", "Budapest")), Format.ARRANGE,
     Arranged(("Vienna", "Ulm", "Budapest")), 1.0),
    (PAIRS, changed(PAIRS, pairs=(("Vienna", "Elbe"), ("Dresden", "Danube"))), Format.MATCH,
     Matched((("Dresden", "Danube"), ("Vienna", "Elbe"))), 1.0),
    (TRUE, changed(TRUE, key=False), Format.CHOOSE, Chosen(("False",)), 1.0),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "key", "format", "response", "score"), FITTING)
def test_a_key_that_fits_decides(
    asked: Content, key: Content, format: Format, response: Response, score: float
) -> None:
    judged = judge(asked, [key], format, response)
    assert (judged.grade.score, judged.key) == (score, 0)
    assert judged.grade == kind_of(key).grade(key, response)


UNFAIR: list[tuple[Content, Content, Format, Response]] = [
    # The right option was not offered, or the chosen one is not any more.
    (CHOICE, changed(CHOICE, key="Loire", distractors=("Danube", "Elbe")), Format.CHOOSE, Chosen(("Danube",))),
    (CHOICE, changed(CHOICE, distractors=("Elbe", "Loire")), Format.CHOOSE, Chosen(("Rhine",))),
    (RIVER, changed(RIVER, distractors=()), Format.CHOOSE, Chosen(("Elbe",))),
    (GAPS, changed(GAPS, stem=GAPS.stem.replace("Danube", "Loire")), Format.CHOOSE, Typed(("Elbe", "Baltic"))),
    # Other places, other entries, another kind.
    (GAPS, Cloze(stem="The {{Danube}} is a river."), Format.TYPE, Typed(("Danube", "Black Sea"))),
    (ORDER, changed(ORDER, sequence=("Ulm", "Linz", "Vienna")), Format.ARRANGE,
     Arranged(("Ulm", "Budapest", "Vienna"))),
    (PAIRS, changed(PAIRS, extras=("Inn",)), Format.MATCH, Matched((("Dresden", "Rhine"), ("Vienna", "Danube")))),
    (RIVER, CHOICE, Format.CHOOSE, Chosen(("Elbe",))),
    # Nothing was answered that a key could judge.
    (RIVER, changed(RIVER, accept=("Donau",)), Format.TYPE, GaveUp()),
    (FlipCard(stem="River?", answer="Danube"), FlipCard(stem="River?", answer="Elbe"), Format.FLIP, Rated(3)),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "key", "format", "response"), UNFAIR)
def test_a_key_that_does_not_fit_leaves_the_grade(
    asked: Content, key: Content, format: Format, response: Response
) -> None:
    assert not fits(asked, key, format, response)
    assert judge(asked, [key], format, response) == (kind_of(asked).grade(asked, response), None)


def test_the_newest_key_that_fits_is_taken() -> None:
    newest = changed(CHOICE, key="Loire", distractors=("Danube", "Elbe"))
    newer = changed(CHOICE, key="Elbe", distractors=("Danube", "Rhine"))
    assert judge(CHOICE, [newest, newer], Format.CHOOSE, Chosen(("Elbe",))).key == 1
    assert judge(CHOICE, [], Format.CHOOSE, Chosen(("Elbe",))).key is None


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_unchanged_key_changes_no_grade_of_any_kind(kind: Any) -> None:
    for example in kind.examples:
        for format in kind.formats(example.content):
            for response in (*example.right, *example.partly, *example.wrong):
                judged = judge(example.content, [example.content], format, response)
                assert judged.grade == kind.grade(example.content, response)
