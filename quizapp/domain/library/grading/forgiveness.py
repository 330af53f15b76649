"""What may be forgiven at which strictness: the whole of it."""

from __future__ import annotations

from quizapp.domain.language.forgiven import Forgiven
from quizapp.domain.library.grading.verdicts import Strictness

MAY_BE_FORGIVEN = {
    Strictness.MEANING: frozenset(Forgiven),
    Strictness.SPELLING: frozenset(Forgiven) - {Forgiven.SLIP, Forgiven.OTHER_WORDS},
    Strictness.EXACT: frozenset[Forgiven](),
}
