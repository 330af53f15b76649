"""What a question's form carries: a signed note of which item, version and format was served.

The note names no key. It is signed for one learner, so that no one can answer in an easier format,
a longer-lived version, or another's name; it needs no row in the database, so asking writes nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from quizapp.domain.errors import MalformedResponse
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds.base import Format


class Serving(NamedTuple):
    """events: of the card when it was served; at: Unix milliseconds; left: what waited then;
    way: more than the day's share, or a round of practice."""

    item_id: int
    version_id: int
    events: int
    format: str
    at: int
    left: int
    hinted: bool = False
    deck: str = ""
    way: str = ""


def seal(serving: Serving, learner_id: int) -> str:
    """The note as the form's hidden field."""
    return str(_serializer(learner_id).dumps(tuple(serving)))


def unseal(text: str, learner_id: int) -> Serving:
    """The note back from the form; raises MalformedResponse if it is not ours for this learner."""
    try:
        serving = Serving(*_serializer(learner_id).loads(text))
        Format(serving.format)
    except (BadSignature, TypeError, ValueError):
        raise MalformedResponse(
            _(
                "This question wasn’t asked here, or was asked before you signed in or out. Nothing "
                "was saved. Open your study page again."
            )
        ) from None
    return serving


def _serializer(learner_id: int) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"quizapp:serving:{learner_id}")
