"""Answers tried from a terminal: a line of JSON with a question and an answer in, its grade out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from quizapp.domain.errors import Malformed, QuizappError
from quizapp.domain.library import kinds
from quizapp.domain.library.grading.verdicts import Verdict
from quizapp.domain.library.kinds.base import (
    Arranged,
    Chosen,
    Content,
    GaveUp,
    Grade,
    Matched,
    Rated,
    Response,
    Typed,
)

LONGEST_LINE = 1_000_000  # characters

Find = Callable[[str], Content]

_KNOWN = "Give “content” (with its “kind”) or “item”, and “response”."
_SHAPES = (
    "A response is a list of typed texts, or one of {“chosen”: [texts]}, {“arranged”: [texts]}, "
    "{“matched”: [[left, right], …]}, {“rated”: 1 to 4}, {“gave_up”: true}."
)


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    """What a line may hold."""

    response: list[str] | dict[str, Any]
    content: dict[str, Any] | None = None
    item: str | None = None


class Answer(msgspec.Struct, omit_defaults=True):
    """What is answered to a line: a grade, or what is wrong with the line."""

    verdict: str = ""
    score: float | None = None
    forgiven: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    error: str = ""


_LINE = msgspec.json.Decoder(_Line)


def try_line(line: str | bytes, find: Find) -> str:
    """The answer to one line, as a line of JSON without its end. `find` looks an item up by its id and
    raises Missing."""
    try:
        answer = _graded(line, find)
    except QuizappError as error:
        answer = Answer(error=str(error))
    return json.dumps(msgspec.to_builtins(answer))  # ASCII: some characters end a line for some readers


def _graded(line: str | bytes, find: Find) -> Answer:
    if len(line) > LONGEST_LINE:
        raise Malformed(f"A line can have at most {LONGEST_LINE:,} characters.")
    try:
        read = _LINE.decode(line)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise Malformed(f"This line can’t be read: {error}. {_KNOWN}") from None
    if (read.content is None) == (read.item is None):
        raise Malformed(_KNOWN)
    content = find(read.item) if read.item is not None else kinds.content_from(read.content or {})
    grade = kinds.kind_of(content).grade(content, _response(read.response))
    notes = tuple(dict.fromkeys(part.note for part in grade.parts if part.note))
    return Answer(_word(grade), _score(grade), tuple(grade.forgiven), notes)


def _word(grade: Grade) -> str:
    """The verdict; “partly” where some parts are right and others wrong."""
    return "partly" if grade.partly and grade.verdict is not Verdict.UNSURE else grade.verdict.value


def _score(grade: Grade) -> float:
    """What is unsure counts half of what it would."""
    unsure = sum(part.unsure for part in grade.parts)
    return grade.score + 0.5 * unsure / len(grade.parts) if unsure else grade.score


def _response(written: list[str] | dict[str, Any]) -> Response:
    if isinstance(written, list):
        return Typed(tuple(written))
    try:
        return _tagged(written)
    except msgspec.ValidationError as error:
        raise Malformed(f"{_SHAPES} {error}.") from None


def _tagged(written: Mapping[str, Any]) -> Response:
    match written:
        case {"chosen": texts}:
            return Chosen(tuple(sorted(msgspec.convert(texts, tuple[str, ...]))))
        case {"arranged": texts}:
            return Arranged(msgspec.convert(texts, tuple[str, ...]))
        case {"matched": pairs}:
            return Matched(tuple(sorted(msgspec.convert(pairs, tuple[tuple[str, str], ...]))))
        case {"rated": 1 | 2 | 3 | 4 as rating}:
            return Rated(rating)
        case {"gave_up": True}:
            return GaveUp()
        case _:
            raise Malformed(_SHAPES)
