"""What is known of one question from the answers to it, as sums, and what follows from them.

Only first answers count towards how hard it is and how well it tells strong from weak: later ones measure
what was learned. “Rest” is a learner's standing on the deck's other questions: the mean of how far their
first answers there were above the average of those questions. It leaves the question itself out, or every
question would seem to agree with itself (S. Henrysson, Psychometrika 28, 1963), and it compares learners
who have seen different questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from quizapp.domain.corrections.analysis.certainty import Correlation, Sums, correlation, share

LEAST_REST = 5  # other questions that a learner has answered, to have a standing
FOR_A_VERDICT = 30  # learners with a standing, before anything is said of discrimination
FOR_OPTIONS = 30  # answers by choosing, before an option counts as idle: by then its share is below 10 %


NOTHING = Sums(0, 0.0, 0.0, 0.0, 0.0, 0.0)


class Discrimination(Enum):
    """What a question's correlation with the rest lets one say (bounds after R. L. Ebel: below 0.2 poor)."""

    TOO_FEW = "too few answers"
    AGAINST = "works against"
    WEAK = "hardly tells strong from weak"
    UNSURE = "not certain yet"
    GOOD = "tells strong from weak"


@dataclass(frozen=True, kw_only=True)
class FirstAnswers:
    """First answers to the version asked now. score, chance: sums (chance: of guessing right in the format
    asked); rest: (score, rest) of the learners with a standing; median_ms: the middle time."""

    answers: int = 0
    score: float = 0.0
    chance: float = 0.0
    rest: Sums = NOTHING
    median_ms: int = 0


@dataclass(frozen=True)
class OptionUse:
    """How often an option was chosen, by all and by the strongest and weakest third of those who chose."""

    text: str
    right: bool
    chosen: int
    strongest: int
    weakest: int


@dataclass(frozen=True, kw_only=True)
class Recall:
    """Later answers beside what was predicted: how many, how many were expected to be right and were
    (guesses allowed for), and Σ p(1 − p) of the predictions."""

    answers: int = 0
    expected: float = 0.0
    right: float = 0.0
    spread: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Figures:
    """One question. options: where it is asked by choosing; third: learners in each third of them;
    words: of its stem and options."""

    first: FirstAnswers
    options: tuple[OptionUse, ...] = ()
    choices: int = 0
    third: int = 0
    recall: Recall = Recall()
    words: int = 0

    @property
    def facility(self) -> float | None:
        """The share of right first answers; None without any."""
        return self.first.score / self.first.answers if self.first.answers else None

    @property
    def likely_facility(self) -> tuple[float, float]:
        """The range it lies in with 95 %."""
        return share(self.first.score, self.first.answers)

    @property
    def known(self) -> float | None:
        """The share that knew it, guesses removed: (p − c) / (1 − c), not below 0 (F. M. Lord,
        M. R. Novick, Statistical Theories of Mental Test Scores, 1968, ch. 14)."""
        facility = self.facility
        if facility is None:
            return None
        chance = self.first.chance / self.first.answers
        return max(0.0, (facility - chance) / (1 - chance)) if chance < 1 else 0.0

    @property
    def discrimination(self) -> Correlation | None:
        """The correlation of its score with the rest."""
        return correlation(self.first.rest)

    @property
    def verdict(self) -> Discrimination:
        """What may be said of it."""
        found = self.discrimination
        if found is None or found.pairs < FOR_A_VERDICT:
            return Discrimination.TOO_FEW
        low, high = found.likely
        if high < 0:
            return Discrimination.AGAINST
        if high < 0.2:
            return Discrimination.WEAK
        return Discrimination.GOOD if low >= 0.2 else Discrimination.UNSURE

    @property
    def idle(self) -> tuple[str, ...]:
        """Wrong options that no one chose."""
        if self.choices < FOR_OPTIONS:
            return ()
        return tuple(option.text for option in self.options if not option.right and not option.chosen)
