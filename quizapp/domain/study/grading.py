"""Grading an answer again by the key of a later version, where that is fair.

An answer is judged by the newest of the later keys that fits it, else by the version it was given
to. A key fits where the learner could have answered rightly by it:
chosen: the options that are right by it were among those offered, and what was chosen is still offered;
typed: it has as many places to type in; arranged and matched: it has the same entries.
Self-ratings and “I don't know” are never judged again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import (
    Arrangement,
    Choices,
    Chosen,
    Content,
    Control,
    Format,
    GaveUp,
    Grade,
    Pairing,
    Rated,
    Response,
    Typed,
)


class Judged(NamedTuple):
    """A grade, and the place among the keys of the one it goes by; None: the version answered."""

    grade: Grade
    key: int | None


def judge(asked: Content, keys: Sequence[Content], format: Format, response: Response) -> Judged:
    """The grade of an answer to `asked` by the first of the keys that fits (newest first)."""
    for place, key in enumerate(keys):
        if fits(asked, key, format, response):
            return Judged(kind_of(key).grade(key, response), place)
    return Judged(kind_of(asked).grade(asked, response), None)


def fits(asked: Content, key: Content, format: Format, response: Response) -> bool:
    """Whether an answer to `asked` may be graded by `key`."""
    kind = kind_of(asked)
    if kind is not kind_of(key) or format not in kind.formats(key) or isinstance(response, GaveUp | Rated):
        return False
    offered, wanted = (kind.prompt(content, format, "").controls for content in (asked, key))
    if len(offered) != len(wanted):
        return False
    keys = kind.outline(key).keys
    right = [keys] if len(wanted) == 1 else [(each,) for each in keys]
    places = zip(offered, wanted, right, _given(response, len(wanted)), strict=True)
    return all(_fits(*place) for place in places)


def _given(response: Response, places: int) -> list[tuple[str, ...]]:
    """What was chosen or typed, place by place."""
    match response:
        case Chosen(options):
            return [options]
        case Typed(texts):
            return [(text,) if text else () for text in texts]
    return [()] * places


def _fits(offered: Control, wanted: Control, right: tuple[str, ...], given: tuple[str, ...]) -> bool:
    match offered, wanted:
        case Choices(options=before), Choices(options=after):
            return set(right) <= set(before) and set(given) <= set(after)
        case Arrangement(entries=before), Arrangement(entries=after):
            return set(before) == set(after)
        case Pairing(left=left, right=before), Pairing(left=now, right=after):
            return set(left) == set(now) and set(before) == set(after)
    return True
