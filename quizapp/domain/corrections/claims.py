"""“I was right”: which answers can be claimed, which claims are one, and a key that accepts them."""

from __future__ import annotations

from collections.abc import Iterable

from quizapp.domain.language import numbers
from quizapp.domain.library.grading.spelling import folded
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import Content, GaveUp, Grade, Rated, Response, Typed
from quizapp.domain.library.kinds.responses import in_words

LONGEST_FORM = 300


def claimable(response: Response, grade: Grade) -> bool:
    """Whether someone can hold that this answer was right: not what was right, or nothing was said."""
    return not grade.right and not isinstance(response, GaveUp | Rated)


def needs_reason(response: Response) -> bool:
    """Whether a claim must say why: what was typed speaks for itself, what was chosen does not."""
    return not isinstance(response, Typed)


def normal_form(response: Response) -> str:
    """Equal for answers that one decision is about: those that grading does not tell apart."""
    parts = map(_normal, response.texts) if isinstance(response, Typed) else in_words(response)
    return " / ".join(parts)[:LONGEST_FORM]


def _normal(text: str) -> str:
    read = numbers.parse(text)
    return f"{read.value.normalize():f} {read.unit}".strip() if read else folded(text)


def refusing(content: Content, responses: Iterable[Response]) -> Content | None:
    """The content by which all these answers are wrong; None where grading is sure of them, or only an author
    can write it."""
    kind, narrower = kind_of(content), content
    for response in responses:
        if not kind.grade(narrower, response).undecided:
            continue
        found = kind.refusing(narrower, response)
        if found is None or kind.problems(found) or kind.grade(found, response).undecided:
            return None
        narrower = found
    return None if narrower is content else narrower


def accepting(content: Content, responses: Iterable[Response]) -> Content | None:
    """The content by whose key all these answers are right; None where only an author can write it."""
    kind = kind_of(content)
    for response in responses:
        if kind.grade(content, response).right:
            continue
        wider = kind.accepting(content, response)
        if wider is None or kind.problems(wider) or not kind.grade(wider, response).right:
            return None
        content = wider
    return content
