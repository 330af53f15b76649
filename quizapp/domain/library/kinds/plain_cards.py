"""The plainest questions, which a learner writes with two boxes: to turn over, or to type."""

from __future__ import annotations

from typing import NamedTuple

from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.domain.library.kinds.short_answer import ShortAnswer


class PlainCard(NamedTuple):
    """Question and answer; typed: answered by typing, else by turning over."""

    question: str
    answer: str
    typed: bool


def content_of(card: PlainCard, rationale: str) -> Content:
    """The content that such a card is."""
    if card.typed:
        return ShortAnswer(stem=card.question, key=" ".join(card.answer.split()), rationale=rationale)
    return FlipCard(stem=card.question, answer=card.answer, rationale=rationale)


def card_of(content: Content) -> PlainCard | None:
    """The card that a content is; None for what two boxes cannot hold."""
    match content:
        case ShortAnswer(stem=stem, key=key) if content == ShortAnswer(
            stem=stem, key=key, rationale=content.rationale
        ):
            return PlainCard(stem, key, typed=True)
        case FlipCard(stem=stem, answer=answer):
            return PlainCard(stem, answer, typed=False)
    return None
