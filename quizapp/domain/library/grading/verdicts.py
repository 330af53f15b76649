"""What grading says about a typed answer: right, unsure or wrong, and what was forgiven."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from quizapp.domain.language.forgiven import Forgiven

LONGEST = 1_000  # characters of an answer, after NFC; longer ones are wrong without being compared
CHANCE = 0.01  # that someone who knows nothing types the right words


class Verdict(StrEnum):
    """Unsure: where a teacher would ask back. It earns nothing until someone has decided."""

    RIGHT = "right"
    UNSURE = "unsure"
    WRONG = "wrong"


class Strictness(StrEnum):
    """What counts in an answer, as its author chose."""

    MEANING = "meaning"
    SPELLING = "spelling"  # no slip, no other word
    EXACT = "exact"  # every letter, accent and mark


class Question(NamedTuple):
    """What grading goes by. forms: all that are right, the key first; refused and others (wrong options,
    the keys of other gaps) are wrong however much else is forgiven; stem: the text around, whose words count
    for nothing; gap: the answer is in a sentence, where its ending matters."""

    forms: tuple[str, ...]
    refused: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    stem: str = ""
    gap: bool = False
    strictness: Strictness = Strictness.MEANING


class Judgement(NamedTuple):
    """The verdict, the form that the answer comes closest to, and what had to be forgiven."""

    verdict: Verdict
    form: str = ""
    forgiven: tuple[Forgiven, ...] = ()


WRONG = Judgement(Verdict.WRONG)


def in_order(forgiven: set[Forgiven]) -> tuple[Forgiven, ...]:
    """As the enumeration lists them, so that equal grades are stored as equal texts."""
    return tuple(each for each in Forgiven if each in forgiven)
