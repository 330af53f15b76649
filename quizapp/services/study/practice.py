"""Going over things beside the plan: what was missed, what comes due this week, or a whole deck.

Each answer counts, with the weight that it really has: the memory model takes an early answer for what it is,
so that practice neither spoils the plan nor pretends that nothing happened.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from quizapp.domain.study.scheduling.fsrs import retrievability
from quizapp.services.study.learner import Learner
from quizapp.services.study.next_question import Question, question
from quizapp.storage.study import due as queries
from quizapp.storage.study.due import DueCard

MISSED, ALL, WEEK = "missed", "all", "week"
DAYS = 7  # of a week, today among them


class Round(NamedTuple):
    """A round of practice, in which each card comes once. what: MISSED, ALL, or WEEK (what comes due
    within the week, one item of a fact); since: Unix milliseconds."""

    what: str
    since: int

    @property
    def name(self) -> str:
        """As it is in an address."""
        return f"{self.what}-{self.since}"

    @property
    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.since / 1000, UTC)


def begin(what: str, now: datetime) -> Round:
    """A round that begins now."""
    return Round(what, int(now.timestamp() * 1000))


def round_of(name: str, now: datetime) -> Round | None:
    """The round that an address names; None for anything else. Without a moment it begins now."""
    what, _, text = name.partition("-")
    if what not in {MISSED, ALL, WEEK}:
        return None
    fresh = begin(what, now)
    known = text.isascii() and text.isdigit() and len(text) <= len(str(fresh.since))
    return Round(what, min(int(text), fresh.since)) if known else fresh


def left(session: Session, learner: Learner, going: Round, today: int, deck_id: int | None) -> list[DueCard]:
    """The cards of a round that were not answered in it yet, the least remembered first."""
    cards = queries.practice_cards(
        session, learner.id, today, deck_id, going.moment, missed=going.what == MISSED
    )
    if going.what == WEEK:
        soon = [card for card in cards if card.due_day < today + DAYS]
        cards = list({card.fact_id: card for card in reversed(soon)}.values())

    def recall(card: DueCard) -> float:
        memory = card.stability, card.fast, card.difficulty
        return retrievability(learner.parameters.weights, memory, max(0, today - card.last_day))

    return sorted(cards, key=lambda card: (recall(card), card.item_id))


def next_of(
    session: Session, learner: Learner, going: Round, today: int, deck_id: int | None
) -> tuple[Question | None, int]:
    """The next question of a round, and how many are left with it."""
    cards = left(session, learner, going, today, deck_id)
    return (question(session, learner, cards[0].item_id, today) if cards else None), len(cards)
