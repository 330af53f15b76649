"""The lint rules: a function each, gathered in the one tuple to add to."""

from __future__ import annotations

from quizapp.domain.language.translation import marked
from quizapp.domain.library.lint import (
    copying,
    cues,
    explaining,
    guessing,
    language,
    neighbours,
    options,
    quoting,
    sourcing,
    stems,
    typed,
)
from quizapp.domain.library.lint.base import Rule, Severity

UNUSED_WAIVER = Rule(
    "unused-waiver", Severity.WARNING, marked("A waiver waives something: the warning it names does occur.")
)

RULES: tuple[Rule, ...] = (
    *sourcing.RULES,
    *stems.RULES,
    *options.RULES,
    *cues.RULES,
    *explaining.RULES,
    *language.RULES,
    *typed.RULES,
    *copying.RULES,
    *quoting.RULES,
    *neighbours.RULES,
    *guessing.RULES,
    UNUSED_WAIVER,
)
