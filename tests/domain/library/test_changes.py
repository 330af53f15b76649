"""What sort of change a difference looks like."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from quizapp.domain.library.changes import CHANGES, guess
from quizapp.domain.library.kinds import KINDS
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.matching import Matching
from quizapp.domain.library.kinds.numeric import Numeric
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.true_false import TrueFalse

RIVER = ShortAnswer(stem="Which river flows past Vienna?", key="Danube", distractors=("Elbe", "Rhine"))
GAPS = Cloze(stem="The {{Danube|Donau~Elbe~Rhine}} flows past Vienna.")
HEIGHT = Numeric(
    stem="How high is it?", value=Decimal(8849), unit="m", tolerance="1", tolerance_reason="rounding"
)
TRUE = TrueFalse(stem="The Danube flows past Vienna.", key=True)


@pytest.mark.parametrize(
    ("old", "changed"),
    [
        (RIVER, {"stem": "What is the river of Vienna?", "hint": "It is blue.", "rationale": "So it is."}),
        (RIVER, {"distractors": ("Elbe", "Loire")}),
        (GAPS, {"stem": "Past Vienna flows the {{Danube|Donau~Loire~Rhine}}."}),
        (HEIGHT, {"tolerance_reason": "it grows"}),
        (TRUE, {"stem": "The Danube flows through Vienna."}),
    ],
)
def test_another_way_of_putting_it_is_wording(old: Content, changed: dict[str, object]) -> None:
    assert guess(old, msgspec.structs.replace(old, **changed)) == "wording"


@pytest.mark.parametrize(
    ("old", "changed"),
    [
        (RIVER, {"key": "Donau"}),
        (RIVER, {"accept": ("Donau",)}),
        (RIVER, {"refuse": ("Don",)}),
        (RIVER, {"exact": True}),
        (GAPS, {"stem": "The {{Danube~Elbe~Rhine}} flows past Vienna."}),
        (HEIGHT, {"tolerance": "2"}),
        (TRUE, {"key": False}),
    ],
)
def test_another_right_answer_is_a_change_of_the_key(old: Content, changed: dict[str, object]) -> None:
    assert guess(old, msgspec.structs.replace(old, **changed)) == "key"


def test_another_kind_is_a_change_of_the_key() -> None:
    assert guess(RIVER, TRUE) == "key"
    pairs = Matching(stem="Match.", pairs=(("a", "b"), ("c", "d")))
    assert guess(pairs, msgspec.structs.replace(pairs, extras=("e",))) == "wording"
    assert guess(pairs, msgspec.structs.replace(pairs, pairs=(("a", "d"), ("c", "b")))) == "key"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_nothing_changed_is_wording(kind: object) -> None:
    for example in kind.examples:  # type: ignore[attr-defined]
        assert guess(example.content, example.content) == "wording"


def test_every_sort_says_what_it_does() -> None:
    assert list(CHANGES) == ["wording", "meaning", "key"]
    assert all(title and text.endswith(".") for title, text in CHANGES.values())
