"""What a class's answers say of the memory model, in words and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quizapp.domain.language import markup
from quizapp.domain.language.moments import day_words
from quizapp.domain.language.text import percent
from quizapp.domain.language.translation import _, ngettext
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.study.scheduling.evidence import eased
from quizapp.domain.study.scheduling.fsrs import GOOD, Weights, first_memory
from quizapp.domain.study.scheduling.interval import interval
from quizapp.domain.study.scheduling.parameters import Parameters, weights_of
from quizapp.services.study.figures import MILLION
from quizapp.services.study.fitting.easing import LEAST_LEARNERS
from quizapp.storage.classes.experience import EasedItem
from quizapp.storage.study.memory_sets import Fits
from quizapp.storage.study.step import PredictionBin
from quizapp.web.classes.memory.pages import EaseLine
from quizapp.web.study.building import in_days
from quizapp.web.study.progress import building as progress
from quizapp.web.study.progress.pages import CalibrationView

MOST_ITEMS = 20
LEAST_EASE = 0.1  # below it a first interval hardly moves


def truth(rows: Sequence[PredictionBin], students: int) -> CalibrationView:
    """How true the predictions of a class's answers were; of few students nothing is told."""
    if students < LEAST_LEARNERS:
        words = _("Shown once {count} students have answered questions again on a later day.")
        return CalibrationView(sentence=words.format(count=LEAST_LEARNERS), dots=(), table=())
    found, answers = progress.truth(rows), sum(row.reviews for row in rows)
    given = ngettext("{count} answer", "{count} answers", answers)
    words = _("{expected} were expected to be right, {actual} were ({given} of {students} students).")
    return replace(
        found,
        sentence=words.format(
            expected=percent(sum(row.expected for row in rows) / answers / MILLION),
            actual=percent(sum(row.right for row in rows) / answers / MILLION),
            given=given,
            students=students,
        ),
    )


def fit_words(fits: Fits) -> tuple[str, ...]:
    """What was last fitted to the site's answers, and what holds."""
    if fits.newest is None:
        return (_("Nothing has been fitted to the answers of this site yet: the published model holds."),)
    lines = []
    if fits.used is not None:
        used = fits.used
        lines.append(
            _(
                "How fast things are forgotten was fitted to {answers} answers of this site on {day}. Its "
                "predictions of {later} later answers were closer than the published model’s: log loss "
                "{loss} instead of {default}."
            ).format(
                answers=f"{used.answers:,}",
                day=day_words(used.fitted_at),
                later=f"{used.held_back:,}",
                loss=f"{used.loss:.3f}",
                default=f"{used.loss_default:.3f}",
            )
        )
    if not fits.newest.used:
        lines.append(
            _(
                "The newest fit, of {day}, predicted no better than what holds now (log loss {loss}, now "
                "{before}), so it isn’t used."
            ).format(
                day=day_words(fits.newest.fitted_at),
                loss=f"{fits.newest.loss:.3f}",
                before=f"{fits.newest.loss_before:.3f}",
            )
        )
    return tuple(lines)


def items(rows: Sequence[EasedItem], fits: Fits) -> tuple[EaseLine, ...]:
    """The questions furthest from what was expected, with what that does to a first right answer."""
    weights = weights_of(fits.used.weights if fits.used is not None else "")
    plain = _first_days(weights, 0.0)
    return tuple(
        EaseLine(
            headline=markup.plain(kind_of(row.content).headline(row.content)),
            deck_slug=row.deck_slug,
            deck_title=row.deck_title,
            harder=row.ease < 0,
            now=in_days(_first_days(weights, row.ease)),
            instead=in_days(plain),
            told=ngettext(
                "{count} answer of {learners} people", "{count} answers of {learners} people", row.answers
            ).format(learners=row.learners),
        )
        for row in rows
        if abs(row.ease) >= LEAST_EASE
    )


def _first_days(weights: Weights, ease: float) -> int:
    """Days after which a first answer that was right is followed by the next."""
    return interval(weights, eased(first_memory(weights, GOOD), ease), Parameters().retention)
