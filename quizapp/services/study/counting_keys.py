"""By which key an answer is graded: that of the version it was given to, or of a later one that an
author has made count for past answers.

What is right is a function of the answer and of the regrades in force, whenever the answer arrives: a
page served before a key was corrected is graded by the corrected key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from quizapp.domain.library.kinds import decode_grade, decode_response, encode_grade, kind_of
from quizapp.domain.library.kinds.base import Content, Format, Grade, Response
from quizapp.domain.study.grading import judge
from quizapp.domain.study.scheduling.evidence import PASS
from quizapp.storage.corrections import regrades as queries
from quizapp.storage.corrections.regrades import CountingAnswer, Key, QuizAnswer
from quizapp.storage.study.history import FullEvent
from quizapp.storage.study.step import AskedItem

CALLED_SAME = 0.5  # the weight of an answer that counts only because its learner calls it the same


def weight_of(grade: Grade) -> float:
    """How much of an answer of this grade counts for the memory."""
    return CALLED_SAME if grade.by_word else 1.0


class Verdict(NamedTuple):
    """A grade, the content it goes by, and its version where that is not the one answered."""

    grade: Grade
    content: Content
    graded_by: int | None


def grade(session: Session, row: AskedItem, format: Format, response: Response) -> Verdict:
    """Grade an answer to an opened item . Raises MalformedResponse."""
    if row.present_id == row.version_id:  # nothing newer: the usual case, and no query
        return Verdict(kind_of(row.content).grade(row.content, response), row.content, None)
    return by_keys(row.content, _newer(queries.keys(session, row.item_id), row.number), format, response)


def by_keys(asked: Content, keys: Sequence[Key], format: Format, response: Response) -> Verdict:
    """Grade an answer by the first of these keys (newest first) that fits it."""
    judged = judge(asked, [key.content for key in keys], format, response)
    if judged.key is None:
        return Verdict(judged.grade, asked, None)
    return Verdict(judged.grade, keys[judged.key].content, keys[judged.key].id)


def _newer(keys: Sequence[Key], number: int) -> list[Key]:
    return [key for key in keys if key.number > number]


class Stored(NamedTuple):
    """What a stored answer is worth: score, the chance of guessing it (of a miss: of guessing right) and of
    guessing half of it, its weight, grade as stored, and the version it goes by."""

    score: float
    chance: float
    guess: float
    weight: float
    grade: str
    graded_by: int | None


def _stored(verdict: Verdict, format: Format) -> Stored:
    score, content = verdict.grade.score, verdict.content
    chance, guess = (
        kind_of(content).chance_of(content, format, least)
        for least in (score if score >= PASS else 1.0, PASS)
    )
    grade, weight = encode_grade(verdict.grade), weight_of(verdict.grade)
    return Stored(score, chance, guess, weight, grade, verdict.graded_by)


class Judge:
    """Grades stored answers to one item; equal answers are graded once."""

    def __init__(self, versions: Mapping[int, Key], keys: Sequence[Key]) -> None:
        self._versions, self._keys = versions, keys
        self._known: dict[tuple[int, str, str, str], Stored] = {}

    def __call__(self, row: FullEvent | QuizAnswer | CountingAnswer, called: str = "") -> Stored:
        """What it is worth. called: its grade as stored where the learner called something the same; that
        stands wherever grading is still not sure."""
        place = (row.version_id, row.format, row.response, called)
        found = self._known.get(place)
        if found is None:
            asked = self._versions[row.version_id]
            keys = _newer(self._keys, asked.number)
            verdict = by_keys(asked.content, keys, Format(row.format), decode_response(row.response))
            if called:
                verdict = verdict._replace(grade=_as_called(verdict.grade, decode_grade(called)))
            found = _stored(verdict, Format(row.format))
            self._known[place] = found
        return found


def _as_called(grade: Grade, before: Grade) -> Grade:
    """A grade with what the learner said when the answer was given."""
    said = [
        old.unsure and old.score >= 1
        for part, old in zip(grade.parts, before.parts, strict=False)
        if part in grade.undecided
    ]
    return grade.called(said)


def judge_of(session: Session, item_id: int) -> Judge:
    """The judge of an item as things stand."""
    return Judge(queries.versions(session, item_id), queries.keys(session, item_id))
